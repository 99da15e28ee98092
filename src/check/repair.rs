//! [`Repair`]: what the safe fixes of a catalog's findings make of its cells; applied twice it changes nothing more.

use super::{Applicability, Edit, Finding};
use crate::catalog::{Catalog, Field, FieldCell, Item};
use crate::import::Origin;
use crate::text::Span;
use std::collections::{BTreeMap, HashMap};

/// Cells as they should be, and which findings that takes care of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Repair {
    /// In the order of the catalog; items that share a merged cell have it once.
    pub cells: Vec<CellRepair>,
    /// Positions, among the findings given, of those whose fix is in.
    pub applied: Vec<usize>,
    /// Of safe fixes that would change words another fix has changed already: run again.
    pub clashed: Vec<usize>,
    /// Of fixes that want a person.
    pub left: Vec<usize>,
}

/// One cell, before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct CellRepair {
    /// `Item::row` of the first item that has the cell.
    pub item: u32,
    pub column: Field,
    pub origin: Origin,
    /// Further cells whose words were joined to these.
    pub continued: Vec<Origin>,
    pub before: String,
    pub after: String,
    /// Applied edits, in the order of the text, none overlapping another.
    pub edits: Vec<Edit>,
}

/// Where a cell stands in the file: items that share a merged cell share the key.
type Key = (Field, Origin, Option<u32>);

/// Puts the safe fixes of `findings` together. A fix is applied whole or not at all.
pub fn repair<'f>(catalog: &Catalog, findings: impl IntoIterator<Item = &'f Finding>) -> Repair {
    let items: HashMap<u32, &Item> = catalog.items.iter().map(|item| (item.row, item)).collect();
    let mut repair = Repair::default();
    let mut cells: BTreeMap<Order, (Key, CellRepair)> = BTreeMap::new();
    let mut places: HashMap<Key, Order> = HashMap::new();
    for (at, finding) in findings.into_iter().enumerate() {
        let Some(fix) = finding.fix.as_ref().filter(|fix| !fix.edits.is_empty()) else { continue };
        let Some(item) = items.get(&finding.item) else { continue };
        if fix.applicability != Applicability::Safe {
            repair.left.push(at);
            continue;
        }
        let fits = fix.edits.iter().all(|edit| {
            let own = item.fields.get(&edit.column);
            own.is_some_and(|cell| {
                let key = key(item, edit.column, cell);
                let known = places.get(&key).and_then(|order| cells.get(order)).map(|(_, cell)| cell);
                admits(cell, known, edit)
            })
        });
        if !fits {
            repair.clashed.push(at);
            continue;
        }
        for edit in &fix.edits {
            let Some(cell) = item.fields.get(&edit.column) else { continue };
            let key = key(item, edit.column, cell);
            let order = *places.entry(key.clone()).or_insert((item.row, edit.column));
            let (_, own) = cells.entry(order).or_insert_with(|| (key, start(item, edit.column, cell)));
            if !own.edits.contains(edit) {
                own.edits.push(edit.clone());
            }
        }
        repair.applied.push(at);
    }
    repair.cells = cells.into_values().map(|(_, cell)| finish(cell)).filter(|cell| cell.before != cell.after).collect();
    repair
}

/// Row of the first item, column.
type Order = (u32, Field);

/// A cell that the file does not place is its item's own.
fn key(item: &Item, column: Field, cell: &FieldCell) -> Key {
    let own = (cell.origin.cell.is_none()).then_some(item.row);
    (column, cell.origin.clone(), own)
}

/// Whether an edit fits the words, and the edits that are in already.
fn admits(cell: &FieldCell, known: Option<&CellRepair>, edit: &Edit) -> bool {
    let apart = |other: &Edit| {
        other == edit || {
            let (a, b) = (other.span, edit.span);
            let overlap = a.start < b.end && b.start < a.end;
            // Two insertions at one place, or one beside a replacement, have no order of their own.
            let touch = (a.is_empty() || b.is_empty()) && a.start <= b.end && b.start <= a.end;
            !overlap && !touch
        }
    };
    cell.text.get(edit.span.start..edit.span.end).is_some()
        && known.is_none_or(|known| known.before == cell.text && known.edits.iter().all(apart))
}

fn start(item: &Item, column: Field, cell: &FieldCell) -> CellRepair {
    CellRepair {
        item: item.row,
        column,
        origin: cell.origin.clone(),
        continued: cell.continued.clone(),
        before: cell.text.clone(),
        after: String::new(),
        edits: Vec::new(),
    }
}

fn finish(mut cell: CellRepair) -> CellRepair {
    cell.edits.sort_by_key(|edit| edit.span);
    let mut at = 0;
    for edit in &cell.edits {
        cell.after.push_str(Span::new(at, edit.span.start).of(&cell.before));
        cell.after.push_str(&edit.text);
        at = edit.span.end;
    }
    cell.after.push_str(Span::new(at, cell.before.len()).of(&cell.before));
    cell
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Fix, Severity};

    const CELL: &str = "第二十条第七款、第八款";

    fn item(row: u32, origin: Origin) -> Item {
        let mut item = Item { row, ..Default::default() };
        item.fields.insert(Field::Clause, FieldCell { text: CELL.into(), origin, ..Default::default() });
        item
    }

    fn finding(item: u32, applicability: Applicability, edits: &[(&str, &str)]) -> Finding {
        let edit = |(from, to): &(&str, &str)| {
            let start = CELL.find(from).unwrap();
            Edit { column: Field::Clause, span: Span::new(start, start + from.len()), text: to.to_string() }
        };
        Finding {
            fix: Some(Fix { applicability, edits: edits.iter().map(edit).collect() }),
            ..Finding::new("paragraph-for-item", Severity::Error, item)
        }
    }

    #[test]
    fn safe_fixes_go_in_and_the_others_are_listed() {
        let catalog = Catalog { items: vec![item(1, Origin::line(3))], ..Default::default() };
        let findings = [
            finding(1, Applicability::Safe, &[("第八款", "第（八）项")]),
            finding(1, Applicability::Unsafe, &[("二十", "十")]),
            finding(1, Applicability::Safe, &[("第七款", "第（七）项")]),
            finding(1, Applicability::Safe, &[("七款", "六款"), ("二十", "十")]),
        ];
        let repair = repair(&catalog, &findings);
        assert_eq!(repair.cells.len(), 1);
        assert_eq!(repair.cells[0].after, "第二十条第（七）项、第（八）项");
        assert_eq!((repair.applied, repair.left, repair.clashed), (vec![0, 2], vec![1], vec![3]));
    }

    #[test]
    fn items_that_share_a_merged_cell_repair_it_once() {
        let merged = Origin { cell: Some("E4".into()), ..Default::default() };
        let catalog = Catalog { items: vec![item(1, merged.clone()), item(2, merged)], ..Default::default() };
        let both = [1, 2].map(|row| finding(row, Applicability::Safe, &[("第七款", "第（七）项")]));
        let one = repair(&catalog, &both);
        assert_eq!(one.cells.len(), 1);
        assert_eq!((one.cells[0].edits.len(), one.applied), (1, vec![0, 1]));

        let apart =
            Catalog { items: vec![item(1, Origin::default()), item(2, Origin::default())], ..Default::default() };
        assert_eq!(repair(&apart, &both).cells.len(), 2);
    }

    #[test]
    fn a_fix_that_does_not_fit_its_cell_is_not_applied() {
        let catalog = Catalog { items: vec![item(1, Origin::line(3))], ..Default::default() };
        let mut bad = finding(1, Applicability::Safe, &[("第七款", "x")]);
        bad.fix.as_mut().unwrap().edits[0].span = Span::new(1, 500);
        let repair = repair(&catalog, [&bad]);
        assert!(repair.cells.is_empty());
        assert_eq!(repair.clashed, [0]);
    }
}
