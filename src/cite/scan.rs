//! [`scan`]: the citations of any running text.

use super::antecedent::Antecedents;
use super::assemble::assemble;
use super::citation::Citation;
use super::cursor::Meter;
use super::heads::heads;
use super::names::Names;
use super::quotation::Reading;

/// Finds the citations of a running text, in its order; spans are bytes of `text`.
pub fn scan(text: &str, names: &Names) -> Vec<Citation> {
    scan_counted(text, names).0
}

/// As [`scan`], with the number of characters the grammar looked at: a small multiple of the text's length.
pub fn scan_counted(text: &str, names: &Names) -> (Vec<Citation>, u64) {
    let meter = Meter::default();
    let heads = heads(text, names, &meter);
    let citations = assemble(text, heads, Reading::Running, None, &mut Antecedents::default());
    (citations, meter.steps())
}
