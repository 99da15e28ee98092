//! [`RULES`]: every rule, one file each; a rule's one text is what `explain` prints, its page shows and its test runs.

mod doc;
mod row;

mod deadline_mismatch;
mod duplicate_item;
mod effect_level_mismatch;
mod missing_basis;
mod missing_locator;
mod no_such_provision;
mod not_in_force;
mod number_format;
mod number_mismatch;
mod other_jurisdiction;
mod paragraph_for_item;
mod quote_differs;
mod quote_from_elsewhere;
mod quote_incomplete;
mod quote_not_found;
mod quote_punctuation;
mod repealed;
mod superseded_version;
mod title_inexact;
mod unknown_regulation;

pub use doc::{Doc, Example, SECTIONS};
pub use row::Row;

use super::finding::{Finding, Severity};

/// One thing to find.
#[derive(Debug)]
pub struct Rule {
    /// `paragraph-for-item`; the file has the same name.
    pub name: &'static str,
    /// The gravest severity it gives.
    pub severity: Severity,
    /// Markdown in Chinese: what it finds, why it matters, examples that raise it and that do not, the repair.
    pub doc: &'static str,
    pub check: fn(&Row<'_>, &mut Vec<Finding>),
}

/// In the order in which a person reads a citation: document, place, words, validity, the row's other columns.
pub const RULES: &[&Rule] = &[
    &unknown_regulation::RULE,
    &title_inexact::RULE,
    &number_mismatch::RULE,
    &number_format::RULE,
    &no_such_provision::RULE,
    &paragraph_for_item::RULE,
    &missing_locator::RULE,
    &quote_differs::RULE,
    &quote_from_elsewhere::RULE,
    &quote_incomplete::RULE,
    &quote_not_found::RULE,
    &quote_punctuation::RULE,
    &repealed::RULE,
    &superseded_version::RULE,
    &not_in_force::RULE,
    &other_jurisdiction::RULE,
    &effect_level_mismatch::RULE,
    &deadline_mismatch::RULE,
    &missing_basis::RULE,
    &duplicate_item::RULE,
];

/// The rule of this name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name).copied()
}
