//! [`corrected`]: the uploaded file with the safe repairs in it, formats kept.

use super::upload::Upload;
use crate::check::repair;
use crate::check::writeback::cell_words;
use crate::import::{self, Document};
use crate::report::Report;

/// A file to send back.
pub struct Copy {
    /// `目录.fixed.xlsx`
    pub name: String,
    pub bytes: Vec<u8>,
    /// How many findings it takes care of.
    pub repaired: usize,
}

/// `None` where nothing can safely be repaired, or the format cannot be written back for certain.
pub fn corrected(upload: &Upload, reports: &[Report<'_>], document: &Document) -> Option<Copy> {
    let (mut cells, mut repaired) = (Vec::new(), 0);
    for report in reports {
        let repair = repair(report.catalog, report.counting().map(|reported| reported.finding));
        let words = cell_words(&repair, document);
        if !words.unplaced.is_empty() {
            return None;
        }
        repaired += repair.applied.len();
        cells.extend(words.cells);
    }
    if cells.is_empty() {
        return None;
    }
    let bytes = import::rewrite(&upload.bytes, document, &cells).ok()??;
    let name = match upload.name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.fixed.{extension}"),
        None => format!("{}.fixed", upload.name),
    };
    Some(Copy { name, bytes, repaired })
}
