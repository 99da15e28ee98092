//! [`fingerprints`]: names findings by what they say of which words, so that a moved row keeps its findings.

use super::{Finding, Link};
use crate::catalog::{Catalog, Field, Item};
use crate::text::fold;
use std::collections::HashMap;

/// One fingerprint a finding, in their order: 16 hexadecimal digits.
///
/// A fingerprint covers the rule, the item's levels and content, the citation and its quotation as written (width,
/// marks and spaces aside), and for rules about another column that column's words. Findings that agree in all of
/// these are told apart by their order.
pub fn fingerprints(catalog: &Catalog, links: &[Link], findings: &[Finding]) -> Vec<String> {
    let items: HashMap<u32, &Item> = catalog.items.iter().map(|item| (item.row, item)).collect();
    let mut seen: HashMap<u64, u32> = HashMap::new();
    let mut print = |finding: &Finding| {
        let mut hash = Fnv::default();
        hash.part(finding.rule);
        if let Some(item) = items.get(&finding.item) {
            hash.part(&item.subject());
            if let Some(link) = finding.citation.and_then(|at| links.get(at)) {
                let cell = link.citation.column.map_or("", |column| item.text(column));
                hash.part(link.citation.span.of(cell));
                hash.part(link.citation.quote.as_ref().map_or("", |quote| &quote.text));
            } else {
                hash.part(item.text(Field::Basis));
            }
            for column in judged_columns(finding.rule) {
                hash.part(item.text(*column));
            }
        }
        let again = seen.entry(hash.0).or_default();
        *again += 1;
        if *again > 1 {
            hash.part(&again.to_string());
        }
        format!("{:016x}", hash.0)
    };
    findings.iter().map(&mut print).collect()
}

/// The columns that a rule judges besides the citation itself.
fn judged_columns(rule: &str) -> &'static [Field] {
    match rule {
        "deadline-mismatch" => &[Field::Deadline],
        "effect-level-mismatch" => &[Field::EffectLevel],
        _ => &[],
    }
}

/// FNV-1a, 64 bits: the same on every machine and in every version, which a baseline file needs.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn part(&mut self, text: &str) {
        for byte in fold::key(text).bytes().chain([0]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::FieldCell;
    use crate::check::Severity;

    fn item(row: u32, content: &str, deadline: &str) -> Item {
        let mut item = Item { row, ..Default::default() };
        for (field, text) in [(Field::Content, content), (Field::Deadline, deadline)] {
            item.fields.insert(field, FieldCell { text: text.into(), ..Default::default() });
        }
        item
    }

    fn finding(rule: &'static str, item: u32) -> Finding {
        Finding::new(rule, Severity::Error, item)
    }

    #[test]
    fn a_fingerprint_follows_the_words_not_the_row() {
        let before = Catalog {
            items: vec![item(1, "部门预算", "及时"), item(2, "部门决算", "及时")],
            ..Default::default()
        };
        let moved = Catalog {
            items: vec![item(1, "部门决算", "及时"), item(2, "部 门预算", "随时")],
            ..Default::default()
        };
        let print = |catalog: &Catalog, rule, row| fingerprints(catalog, &[], &[finding(rule, row)]).remove(0);
        assert_eq!(print(&before, "missing-basis", 1), print(&moved, "missing-basis", 2));
        assert_ne!(print(&before, "missing-basis", 1), print(&before, "missing-basis", 2));
        assert_ne!(print(&before, "missing-basis", 1), print(&before, "unknown-regulation", 1));
        assert_ne!(print(&before, "deadline-mismatch", 1), print(&moved, "deadline-mismatch", 2));
    }

    #[test]
    fn findings_that_say_the_same_of_the_same_words_are_told_apart() {
        let catalog =
            Catalog { items: vec![item(1, "部门预算", ""), item(2, "部门预算", "")], ..Default::default() };
        let prints = fingerprints(&catalog, &[], &[finding("missing-basis", 1), finding("missing-basis", 2)]);
        assert_ne!(prints[0], prints[1]);
        assert_eq!(prints[0].len(), 16);
    }
}
