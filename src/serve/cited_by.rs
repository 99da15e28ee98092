//! Which items of the catalogs cite a clause, as links.

use crate::law::Regulation;
use crate::snapshot::Snapshot;

pub struct CitingItem {
    pub address: String,
    pub subject: String,
    pub publisher: String,
}

/// The items that cite the provision with this id.
pub fn cited_by(_snapshot: &Snapshot, _regulation: &Regulation, _version: usize, _id: &str) -> Vec<CitingItem> {
    Vec::new()
}
