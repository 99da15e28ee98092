use std::path::Path;
use yiju::cite::Names;
use yiju::eval::citations::{Gold, Placed, measure};
use yiju::law::Corpus;

pub fn names() -> Names {
    Names::of(&Corpus::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap())
}

/// Prints what differs, case by case, and asks every score of the files `which` names for at least `least`.
fn check(which: impl Fn(&str) -> bool, least: f64) {
    let names = names();
    let gold = Gold::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold")).unwrap();
    let cases: Vec<&Placed> = gold.cases.iter().filter(|case| which(&case.place)).collect();
    assert!(!cases.is_empty());
    cases.iter().flat_map(|case| case.differences(&names)).for_each(|line| println!("{line}"));
    let scores = measure(cases.iter().map(|placed| &placed.case), &names);
    println!("{scores}");
    for (name, score) in scores.named() {
        assert!(score.f1() >= least, "{name}: {:.4}\n{scores}", score.f1());
    }
}

/// Files of the four catalogs; the other files are tables of forms.
const CATALOGS: &[&str] = &["etuokeqi", "zhangzhou", "qiaokou"];

fn of_catalog(place: &str) -> bool {
    CATALOGS.iter().any(|name| place.starts_with(name))
}

#[test]
fn every_form_is_read() {
    check(|place| !of_catalog(place), 0.98);
}

#[test]
fn the_four_catalogs_are_read_as_a_person_reads_them() {
    check(of_catalog, 0.98);
}

#[test]
fn the_command_prints_each_score() {
    let yiju = |args: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("yiju").unwrap();
        command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["eval", "citations"]).args(args).output().unwrap()
    };
    let json = yiju(&["--format", "json"]);
    let scores: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    for part in ["titles", "numbers", "locators", "quotations", "spans"] {
        for figure in ["precision", "recall", "f1"] {
            assert!(scores[part][figure].as_f64().unwrap() >= 0.98, "{scores}");
        }
    }
    let text = String::from_utf8(yiju(&["--gold", "tests/gold/citations"]).stdout).unwrap();
    for word in ["准确率", "召回率", "F1", "题名", "文号", "条款", "引文"] {
        assert!(text.contains(word), "{text}");
    }
    let empty = yiju(&["--gold", "tests/cite"]);
    assert_eq!(empty.status.code(), Some(2));
    assert!(String::from_utf8(empty.stderr).unwrap().contains("--gold"));
}
