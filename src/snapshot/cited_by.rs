//! [`CitedBy`]: for each provision, the catalog items that cite it.

use crate::catalog::{Catalog, Field};
use crate::check::{Checked, Verdict};
use crate::law::Corpus;
use crate::quote::Place;
use crate::search::Anchors;
use std::collections::BTreeMap;

/// An item that cites a provision, and how its citation was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cited {
    /// Position in `Snapshot::catalogs`.
    pub catalog: usize,
    /// `Item::row`.
    pub item: u32,
    /// Position among the catalog's citations.
    pub citation: usize,
    pub verdict: Verdict,
}

/// Items by the provision that they name, wrongly placed ones included: a reader sees the verdict beside them.
#[derive(Debug, Clone, Default)]
pub struct CitedBy(BTreeMap<Place, Vec<Cited>>);

impl CitedBy {
    /// Turns the links of all checked catalogs around.
    pub fn of(checked: &[Checked]) -> Self {
        let mut cited_by = BTreeMap::<Place, Vec<Cited>>::new();
        for (catalog, checked) in checked.iter().enumerate() {
            for (link, &(verdict, _)) in checked.links.iter().zip(&checked.verdicts) {
                for place in link.provisions.iter().flatten() {
                    let cited = Cited { catalog, item: link.item, citation: link.index, verdict };
                    cited_by.entry(place.clone()).or_default().push(cited);
                }
            }
        }
        CitedBy(cited_by)
    }

    /// Items that cite exactly this provision.
    pub fn exactly(&self, place: &Place) -> &[Cited] {
        self.0.get(place).map_or(&[], Vec::as_slice)
    }

    /// Items that cite this provision or something in it; the empty locator is the whole version.
    pub fn within<'c>(&'c self, place: &'c Place) -> impl Iterator<Item = (&'c Place, &'c Cited)> {
        let inside = move |other: &Place| {
            let rest = other.locator.strip_prefix(&place.locator);
            (other.regulation, other.version) == (place.regulation, place.version)
                && rest.is_some_and(|rest| rest.is_empty() || place.locator.is_empty() || rest.starts_with('.'))
        };
        let from = self.0.range(place.clone()..);
        from.take_while(|(other, _)| (other.regulation, other.version) == (place.regulation, place.version))
            .filter(move |(other, _)| inside(other))
            .flat_map(|(other, cited)| cited.iter().map(move |cited| (other, cited)))
    }

    /// What items say of the provisions they cite, for the ranking; only citations that stand.
    pub fn anchors(&self, corpus: &Corpus, catalogs: &[Catalog]) -> Anchors {
        let mut anchors = Anchors::default();
        for (place, cited) in &self.0 {
            let Some(regulation) = corpus.regulations().get(place.regulation) else { continue };
            let Some(version) = regulation.versions.get(place.version) else { continue };
            let id = format!("{}@{}/{}", regulation.id, version.id(), place.locator);
            for cited in cited.iter().filter(|c| matches!(c.verdict, Verdict::Confirmed | Verdict::TextDiffers)) {
                let item = catalogs.get(cited.catalog).and_then(|c| c.items.iter().find(|i| i.row == cited.item));
                if let Some(item) = item {
                    anchors.add(&id, &item.path.join(" "), item.text(Field::Content));
                }
            }
        }
        anchors
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn within_holds_what_is_below_and_nothing_beside() {
        let place = |locator: &str| Place { regulation: 1, version: 0, locator: locator.into() };
        let cited = |item| Cited { catalog: 0, item, citation: 0, verdict: Verdict::Confirmed };
        let cited_by = CitedBy(
            ["a2", "a20", "a20.p1.i7", "a20-1", "a21"]
                .iter()
                .zip(1..)
                .map(|(at, n)| (place(at), vec![cited(n)]))
                .collect(),
        );
        let items = |locator: &str| cited_by.within(&place(locator)).map(|(_, c)| c.item).collect::<Vec<_>>();
        assert_eq!(items("a20"), [2, 3]);
        assert_eq!(items("a2"), [1]);
        assert_eq!(items("").len(), 5);
        assert_eq!(cited_by.exactly(&place("a21")), [cited(5)]);
    }
}
