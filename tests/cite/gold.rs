use std::path::Path;
use yiju::cite::Names;
use yiju::eval::citations::{Case, measure};
use yiju::law::Corpus;

pub fn names() -> Names {
    Names::of(&Corpus::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap())
}

pub fn cases(name: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/citations").join(name);
    let lines = std::fs::read_to_string(&path).unwrap();
    Case::read_lines(&lines).unwrap_or_else(|(line, e)| panic!("{name}:{line}: {e}"))
}

/// Prints what differs, case by case.
fn check(files: &[&str], least: f64) {
    let names = names();
    let mut all = Vec::new();
    for file in files {
        for (case, line) in cases(file).into_iter().zip(1..) {
            let found = case.found(&names);
            if found != case.citations {
                println!("{file}:{line} {}", case.text.as_deref().unwrap_or_default());
                let missing = case.citations.iter().filter(|c| !found.contains(c));
                missing.for_each(|c| println!("  - {c:?}"));
                found.iter().filter(|c| !case.citations.contains(c)).for_each(|c| println!("  + {c:?}"));
            }
            all.push(case);
        }
    }
    let scores = measure(&all, &names);
    println!("{scores}");
    for (name, score) in scores.named() {
        assert!(score.f1() >= least, "{name}: {:.4}\n{scores}", score.f1());
    }
}

#[test]
fn every_form_is_read() {
    check(&["forms.jsonl", "rows.jsonl"], 0.98);
}

#[test]
fn the_four_catalogs_are_read_as_a_person_reads_them() {
    check(&["etuokeqi.jsonl", "zhangzhou.jsonl", "qiaokou.jsonl"], 0.98);
}
