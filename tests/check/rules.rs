//! A rule's text, its file and the table agree, and its examples do what they say.

use super::{catalog_of, checked};
use std::collections::BTreeSet;
use std::path::Path;
use yiju::check::rules::{Example, SECTIONS};
use yiju::check::{RULES, Severity};

/// The names that are fixed for other programs.
const FIXED: &str = "unknown-regulation title-inexact number-mismatch number-format no-such-provision \
    paragraph-for-item missing-locator quote-differs quote-from-elsewhere quote-incomplete quote-not-found repealed \
    superseded-version not-in-force effect-level-mismatch deadline-mismatch missing-basis";

#[test]
fn files_table_and_fixed_names_agree() {
    let table: BTreeSet<String> = RULES.iter().map(|rule| rule.name.to_string()).collect();
    assert_eq!(table.len(), RULES.len(), "a name stands twice in the table");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/rules");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap().trim_end_matches(".rs").replace('_', "-"))
        .filter(|name| !["mod", "doc", "row"].contains(&name.as_str()))
        .collect();
    assert_eq!(files, table);
    for name in FIXED.split_whitespace() {
        assert!(table.contains(name), "{name}");
    }
}

#[test]
fn every_rule_has_a_whole_text() {
    for rule in RULES {
        let doc = rule.doc();
        let headings: Vec<&str> = doc.sections.iter().map(|(heading, _)| heading.as_str()).collect();
        assert_eq!(headings, SECTIONS, "{}", rule.name);
        assert!(!doc.title.is_empty() && !doc.what.is_empty(), "{}", rule.name);
        assert!(doc.sections.iter().all(|(_, words)| !words.is_empty()), "{}", rule.name);
        assert!(!doc.raises().is_empty() && !doc.silent().is_empty(), "{}", rule.name);
    }
}

/// What is found in an example; one of `duplicate-item` needs those before it.
fn raised(examples: &[Example], at: usize) -> Vec<(&'static str, Severity, String)> {
    let items = examples[..=at].iter().zip(1..).map(|(example, row)| example.item(row)).collect();
    let own = checked(&catalog_of(items)).findings.into_iter().filter(|f| f.item == at as u32 + 1);
    own.map(|f| (f.rule, f.severity, f.message)).collect()
}

#[test]
fn examples_raise_their_rule_and_counterexamples_do_not() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let raises = rule.doc().raises();
        for (at, example) in raises.iter().enumerate() {
            let found = raised(&raises, at);
            // The first of two alike is no duplicate.
            if (rule.name != "duplicate-item" || at > 0) && !found.iter().any(|(name, ..)| *name == rule.name) {
                wrong.push(format!("{} is silent on {:?}: {found:?}", rule.name, example.cells));
            }
            if let Some((_, severity, _)) = found.iter().find(|(name, ..)| *name == rule.name)
                && *severity < rule.severity
            {
                wrong.push(format!("{} gives {severity:?}, graver than it says", rule.name));
            }
        }
        let silent = rule.doc().silent();
        for (at, example) in silent.iter().enumerate() {
            let found = raised(&silent, at);
            if found.iter().any(|(name, ..)| *name == rule.name) {
                wrong.push(format!("{} is raised on {:?}: {found:?}", rule.name, example.cells));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
