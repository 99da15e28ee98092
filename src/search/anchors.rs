//! [`Anchors`]: the catalog items that cite a provision, which say in a body's own words what it is about.

use super::unit::unit_id;
use std::collections::HashMap;

/// Items by the unit that they cite.
#[derive(Debug, Clone, Default)]
pub struct Anchors {
    by_unit: HashMap<String, Vec<String>>,
}

impl Anchors {
    /// Notes that an item with these words cites the provision `id`.
    pub fn add(&mut self, id: &str, words: impl Into<String>) {
        self.by_unit.entry(unit_id(id).to_string()).or_default().push(words.into());
    }

    /// How many items cite the unit `id` or something in it.
    pub fn cited_by(&self, id: &str) -> usize {
        self.by_unit.get(id).map_or(0, Vec::len)
    }
}
