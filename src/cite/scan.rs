//! [`scan`]: the citations of any running text.

use super::antecedent::Antecedents;
use super::assemble::assemble;
use super::citation::Citation;
use super::heads::heads;
use super::names::Names;
use super::quotation::Reading;
use std::cell::Cell;

/// Finds the citations of a running text, in its order; spans are bytes of `text`.
pub fn scan(text: &str, names: &Names) -> Vec<Citation> {
    scan_counted(text, names).0
}

/// As [`scan`], with the number of characters the grammar looked at: a small multiple of the text's length.
pub fn scan_counted(text: &str, names: &Names) -> (Vec<Citation>, u64) {
    let steps = Cell::new(0);
    let heads = heads(text, names, &steps);
    let citations = assemble(text, heads, Reading::Running, None, &mut Antecedents::default());
    (citations, steps.get())
}
