//! [`CitedBy`]: what cites a clause: items of catalogs, body by body, and clauses of the law itself.

use crate::check::Verdict;
use crate::law::{Regulation, Status};
use crate::quote::Place;
use crate::report::card::item_name;
use crate::snapshot::Snapshot;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
pub struct CitedBy {
    pub bodies: Vec<Body>,
    /// In force first, in the order of the corpus.
    pub clauses: Vec<CitingClause>,
}

/// One body and its items.
pub struct Body {
    pub publisher: String,
    pub items: Vec<CitingItem>,
}

/// An item of a catalog that cites the clause.
pub struct CitingItem {
    /// `/catalogs/{id}#item-7`
    pub address: String,
    pub subject: String,
    pub verdict: Verdict,
}

/// A clause that refers to the clause.
pub struct CitingClause {
    pub address: String,
    /// 《title》第十四条; without a title where it stands in the same text.
    pub name: String,
    pub status: Status,
}

impl CitedBy {
    pub fn is_empty(&self) -> bool {
        self.bodies.is_empty() && self.clauses.is_empty()
    }

    /// How many items of all bodies.
    pub fn items(&self) -> usize {
        self.bodies.iter().map(|body| body.items.len()).sum()
    }
}

/// Asks for one version of a regulation.
pub struct Citing<'s> {
    snapshot: &'s Snapshot,
    /// Position in the corpus.
    regulation: Option<usize>,
    version: usize,
    id: String,
    date: Date,
}

impl<'s> Citing<'s> {
    pub fn of(snapshot: &'s Snapshot, regulation: &Regulation, version: usize, date: Date) -> Self {
        let at = snapshot.corpus.regulations().iter().position(|r| std::ptr::eq(r, regulation));
        let version_id = regulation.versions.get(version).map(|v| v.id()).unwrap_or_default();
        Citing { snapshot, regulation: at, version, id: format!("{}@{version_id}", regulation.id), date }
    }

    /// What cites the provision with this locator's id, or anything in it.
    pub fn clause(&self, locator: &str) -> CitedBy {
        if locator.is_empty() {
            return CitedBy::default();
        }
        CitedBy { bodies: self.bodies(locator), clauses: self.clauses(locator) }
    }

    fn bodies(&self, locator: &str) -> Vec<Body> {
        let Some(regulation) = self.regulation else { return Vec::new() };
        let place = Place { regulation, version: self.version, locator: locator.into() };
        let mut by_catalog: BTreeMap<usize, BTreeMap<u32, Verdict>> = BTreeMap::new();
        for (_, cited) in self.snapshot.cited_by.within(&place) {
            by_catalog.entry(cited.catalog).or_default().entry(cited.item).or_insert(cited.verdict);
        }
        let body = |(catalog, items): (usize, BTreeMap<u32, Verdict>)| {
            let catalog = self.snapshot.catalogs.get(catalog)?;
            let items = items.into_iter().filter_map(|(row, verdict)| {
                let item = catalog.items.iter().find(|item| item.row == row)?;
                let address = format!("/catalogs/{}#item-{row}", catalog.id);
                Some(CitingItem { address, subject: item_name(item), verdict })
            });
            Some(Body { publisher: catalog.publisher.clone(), items: items.collect() })
        };
        by_catalog.into_iter().filter_map(body).collect()
    }

    fn clauses(&self, locator: &str) -> Vec<CitingClause> {
        let corpus = &self.snapshot.corpus;
        let references = self.snapshot.cross_references().cited_by(&format!("{}/{locator}", self.id));
        let mut seen = BTreeSet::new();
        let citing = references.into_iter().filter(|reference| seen.insert(&reference.from)).filter_map(|reference| {
            let place = corpus.provision(&reference.from, self.date)?;
            let own = reference.from.strip_prefix(&self.id).is_some_and(|rest| rest.starts_with('/'));
            let label = place.label();
            Some(CitingClause {
                address: format!("/r/{}", reference.from),
                name: if own {
                    format!("本文件{label}")
                } else {
                    format!("《{}》{label}", place.regulation.title)
                },
                status: corpus.status(place.regulation, place.version, self.date),
            })
        });
        let mut citing: Vec<CitingClause> = citing.collect();
        citing.sort_by_key(|clause| clause.status != Status::InForce);
        citing
    }
}
