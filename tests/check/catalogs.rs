//! Whole catalogs: the answer tables, and catalogs whose citations are all right.

use super::checked;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use yiju::catalog::{self, Catalog};
use yiju::check::{Checked, RULES, Severity};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Item and rule, with how many findings of it.
type Table = BTreeMap<(u32, String), usize>;

fn expected(id: &str) -> Table {
    let path = |folder: &str| root().join("tests/gold/findings").join(folder).join(format!("{id}.tsv"));
    let text = [path(""), path("constructed")].iter().find_map(|path| std::fs::read_to_string(path).ok()).unwrap();
    let mut table = Table::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (item, rule) = (cells.next().unwrap().parse().unwrap(), cells.next().unwrap());
        assert!(RULES.iter().any(|known| known.name == rule), "{id}: {rule}");
        *table.entry((item, rule.to_string())).or_default() += 1;
    }
    table
}

fn told(checked: &Checked, item: u32, rule: &str) -> String {
    let own = checked.findings.iter().filter(|f| f.item == item && f.rule == rule);
    own.map(|f| format!("\n    {}", f.message)).collect()
}

#[test]
fn the_four_catalogs_have_the_findings_that_a_reader_found() {
    let folders = ["etuoke-yibaoju", "juye-yibaoju", "qiaokou-yibaoju", "zhangzhou-yibaoju"];
    let load = |folder: &&'static str| {
        let mut catalogs = catalog::load(&root().join("corpus/catalogs").join(folder)).unwrap();
        assert_eq!(catalogs.len(), 1, "{folder}");
        (*folder, catalogs.remove(0))
    };
    compare(folders.iter().map(load).collect());
}

#[test]
fn the_constructed_catalogs_have_the_findings_that_were_put_into_them() {
    let files = [
        "caizhengju.md",
        "jiaotiju.csv",
        "jiaoyuju.csv",
        "jiedaoban.html",
        "renshe.md",
        "shebaozhongxin.md",
        "shichangjianguan.csv",
        "tongjiju.txt",
        "yiyuan.txt",
        "zhengfuban.html",
        "zhengwufuwu.csv",
        "ziranziyuan.md",
    ];
    let load = |file: &&'static str| {
        let path = root().join("tests/gold/findings/constructed").join(file);
        (file.split_once('.').unwrap().0, read(&path))
    };
    let expected_rules = compare(files.iter().map(load).collect());
    for rule in RULES.iter().filter(|rule| rule.name != "duplicate-item") {
        assert!(expected_rules.contains(rule.name), "{} has no case", rule.name);
    }
}

/// Every catalog against its table; gives the rules that the tables name.
fn compare(catalogs: Vec<(&str, Catalog)>) -> BTreeSet<String> {
    let mut wrong = Vec::new();
    let mut scores: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for (folder, one) in &catalogs {
        let checked = checked(one);
        let expected = expected(folder);
        let mut found = Table::new();
        for finding in &checked.findings {
            *found.entry((finding.item, finding.rule.to_string())).or_default() += 1;
        }
        let keys = expected.keys().chain(found.keys().filter(|key| !expected.contains_key(*key)));
        for key in keys {
            let (want, have) = (expected.get(key).copied().unwrap_or(0), found.get(key).copied().unwrap_or(0));
            let score = scores.entry(key.1.clone()).or_default();
            score[0] += want.min(have);
            score[1] += have;
            score[2] += want;
            if want != have {
                let told = told(&checked, key.0, &key.1);
                wrong.push(format!("{folder} item {} {}: {have} found, {want} expected{told}", key.0, key.1));
            }
        }
    }
    for (rule, [right, found, expected]) in &scores {
        let share = |of: &usize| if *of == 0 { 1.0 } else { *right as f64 / *of as f64 };
        println!("{rule}: precision {:.2} recall {:.2} ({expected} expected)", share(found), share(expected));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    scores.into_keys().collect()
}

fn read(path: &Path) -> Catalog {
    let name = path.file_name().unwrap().to_str().unwrap();
    let document = yiju::import::read(name, &std::fs::read(path).unwrap()).unwrap();
    let mut catalogs = catalog::read(&document, None).unwrap();
    assert_eq!(catalogs.len(), 1, "{name}");
    catalogs.remove(0)
}

fn clean() -> Vec<(PathBuf, Catalog)> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(root().join("tests/gold/clean")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|path| (path.clone(), read(&path))).collect()
}

#[test]
fn a_catalog_whose_citations_are_all_right_has_no_error_and_no_warning() {
    let clean = clean();
    assert!(clean.len() >= 3);
    for (path, catalog) in clean {
        let checked = checked(&catalog);
        let grave = checked.findings.iter().filter(|f| f.severity != Severity::Notice);
        let grave: Vec<_> = grave.map(|f| (f.item, f.rule, &f.message)).collect();
        assert!(grave.is_empty(), "{}: {grave:#?}", path.display());
        assert!(checked.summary.citations >= catalog.items.len(), "{}: too few citations read", path.display());
        let summary = checked.summary;
        let confirmed = summary.verdicts[0];
        assert_eq!(confirmed, summary.citations, "{}: {:?}", path.display(), summary.verdicts);
    }
}
