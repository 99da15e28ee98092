//! [`CitingItem`]: an item of a catalog that cites a clause, as a link.

use crate::check::Verdict;
use crate::law::Regulation;
use crate::quote::Place;
use crate::report::card::item_name;
use crate::snapshot::Snapshot;

pub struct CitingItem {
    /// `/catalogs/{id}#item-7`
    pub address: String,
    pub subject: String,
    pub publisher: String,
    pub verdict: Verdict,
}

/// The items that cite exactly the provision with this locator's id.
pub fn cited_by(snapshot: &Snapshot, regulation: &Regulation, version: usize, locator: &str) -> Vec<CitingItem> {
    let at = snapshot.corpus.regulations().iter().position(|r| std::ptr::eq(r, regulation));
    let Some(at) = at.filter(|_| !locator.is_empty()) else { return Vec::new() };
    let place = Place { regulation: at, version, locator: locator.into() };
    let cited = snapshot.cited_by.exactly(&place).iter();
    cited
        .filter_map(|cited| {
            let catalog = snapshot.catalogs.get(cited.catalog)?;
            let item = catalog.items.iter().find(|item| item.row == cited.item)?;
            Some(CitingItem {
                address: format!("/catalogs/{}#item-{}", catalog.id, item.row),
                subject: item_name(item),
                publisher: catalog.publisher.clone(),
                verdict: cited.verdict,
            })
        })
        .collect()
}
