//! [`Precedents`]: the items of all catalogs with the clauses that they cite rightly.

use super::Described;
use crate::catalog::Catalog;
use crate::check::{Checked, Link, Verdict};
use crate::law::Corpus;
use crate::quote::Place;
use crate::search::rank::Terms;
use crate::search::unit::unit_id;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One item of one catalog.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Precedent {
    /// Id of the catalog.
    pub catalog: String,
    /// `Item::row`.
    pub item: u32,
}

/// An item with what it says and cites.
#[derive(Debug, Clone)]
pub struct Cites {
    pub precedent: Precedent,
    /// Ids of the provisions.
    pub cites: BTreeSet<String>,
    described: Described,
}

/// All items that cite something rightly.
#[derive(Debug, Default)]
pub struct Precedents {
    items: Vec<Cites>,
    /// How many items have a word or bigram.
    known: HashMap<String, u32>,
}

/// Precedents less alike than this say nothing.
const ALIKE: f32 = 0.05;
/// What likeness of the levels alone is worth beside that of the whole.
const HEAD: f32 = 0.5;
/// How many precedents are heard.
const HEARD: usize = 12;

impl Precedents {
    /// Of checked catalogs, each with what its check gave. Loads the segmenter.
    pub fn of(corpus: &Corpus, catalogs: &[Catalog], checked: &[Checked]) -> Self {
        let mut precedents = Precedents::default();
        for (catalog, checked) in catalogs.iter().zip(checked) {
            let cites = cited(corpus, checked);
            for item in &catalog.items {
                let Some(cites) = cites.get(&item.row) else { continue };
                let described = Described::of(&item.subject());
                let terms = &described.whole;
                for word in terms.words.keys().chain(terms.grams.keys()) {
                    *precedents.known.entry(word.clone()).or_default() += 1;
                }
                let precedent = Precedent { catalog: catalog.id.clone(), item: item.row };
                precedents.items.push(Cites { precedent, cites: cites.clone(), described });
            }
        }
        precedents
    }

    pub fn items(&self) -> &[Cites] {
        &self.items
    }

    /// The precedents most alike, with how alike (0–1), best first.
    pub(super) fn alike(&self, item: &Described, except: Option<&str>) -> Vec<(f32, &Cites)> {
        let (whole, head) = (self.norm(&item.whole), self.norm(&item.head));
        let likeness =
            |a: &Terms, norm: f32, b: &Terms| self.product(a, b) / (norm * self.norm(b)).max(f32::MIN_POSITIVE);
        let mut found: Vec<(f32, &Cites)> = self
            .others(except)
            .map(|other| {
                let by_whole = likeness(&item.whole, whole, &other.described.whole);
                let by_head = likeness(&item.head, head, &other.described.head);
                (by_whole.max(HEAD * by_head), other)
            })
            .filter(|(likeness, _)| *likeness >= ALIKE)
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.precedent.cmp(&b.1.precedent)));
        found.truncate(HEARD);
        found
    }

    /// The units that items cite, with the share of all items that cite them, the most cited first.
    pub fn usual(&self, except: Option<&str>) -> Vec<(String, f32)> {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        let mut items = 0;
        for other in self.others(except) {
            items += 1;
            let units: BTreeSet<&str> = other.cites.iter().map(|id| unit_id(id)).collect();
            units.into_iter().for_each(|unit| *counts.entry(unit).or_default() += 1);
        }
        let mut shares: Vec<(String, f32)> =
            counts.into_iter().map(|(unit, count)| (unit.to_string(), count as f32 / items.max(1) as f32)).collect();
        shares.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        shares
    }

    fn others(&self, except: Option<&str>) -> impl Iterator<Item = &Cites> {
        self.items.iter().filter(move |item| except != Some(item.precedent.catalog.as_str()))
    }

    fn weight(&self, word: &str) -> f32 {
        let known = self.known.get(word).copied().unwrap_or(0) as f32;
        (1.0 + self.items.len() as f32 / (1.0 + known)).ln()
    }

    fn product(&self, a: &Terms, b: &Terms) -> f32 {
        let part = |a: &BTreeMap<String, f32>, b: &BTreeMap<String, f32>| -> f32 {
            let both = a.iter().filter_map(|(word, x)| Some(x * b.get(word)? * self.weight(word).powi(2)));
            both.sum()
        };
        part(&a.words, &b.words) + part(&a.grams, &b.grams)
    }

    fn norm(&self, terms: &Terms) -> f32 {
        self.product(terms, terms).sqrt()
    }
}

/// Item → ids of what it cites rightly: the cited place, or the place where the quoted words really stand.
pub fn cited(corpus: &Corpus, checked: &Checked) -> BTreeMap<u32, BTreeSet<String>> {
    let mut cites: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for (link, &(verdict, _)) in checked.links.iter().zip(&checked.verdicts) {
        for place in meant(link, verdict) {
            if let Some(id) = id(corpus, place) {
                cites.entry(link.item).or_default().insert(id);
            }
        }
    }
    cites
}

fn meant(link: &Link, verdict: Verdict) -> Vec<&Place> {
    let right = link.matches.first().filter(|found| found.same_words);
    match (verdict, right) {
        (Verdict::Confirmed | Verdict::TextDiffers, Some(found)) => vec![&found.place],
        (Verdict::Confirmed | Verdict::TextDiffers, None) => link.provisions.iter().flatten().collect(),
        (Verdict::Misplaced | Verdict::WrongSource, Some(found)) => vec![&found.place],
        _ => Vec::new(),
    }
}

/// The id of a place that is a provision; the whole of a regulation justifies nothing.
fn id(corpus: &Corpus, place: &Place) -> Option<String> {
    let regulation = corpus.regulations().get(place.regulation)?;
    let version = regulation.versions.get(place.version)?;
    (!place.locator.is_empty()).then(|| format!("{}@{}/{}", regulation.id, version.id(), place.locator))
}
