//! [`Successors`]: which provision of one text corresponds to one of another: the concordance, narrowed to 款 and 项 by the words.

use crate::law::concordance::Concordance;
use crate::law::{Corpus, Locator, Provision};
use crate::quote::{self, Place, is_within};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

/// A 款 or 项 less alike than this is not said to have become another; its article is told instead.
const LIKE: f32 = 0.6;

/// Locator ids of the units (articles, points) of one text, and those of the other text that correspond.
type Units = BTreeMap<String, Vec<String>>;
/// Regulation and version by position.
type Document = (usize, usize);

/// Concordances already made in this run: catalogs cite the same old text row after row.
#[derive(Debug, Default)]
pub struct Successors(Mutex<HashMap<(Document, Document), Arc<Units>>>);

impl Successors {
    /// The provisions of `other` (a whole version) that correspond to `cited`, in their order; none where a text is not
    /// here or nothing corresponds.
    pub fn of(&self, corpus: &Corpus, quotes: &quote::Index, cited: &Place, other: &Place) -> Vec<Place> {
        let units = self.units(corpus, (cited.regulation, cited.version), (other.regulation, other.version));
        let Some((unit, found)) = units.iter().rev().find(|(unit, _)| is_within(&cited.locator, unit)) else {
            return Vec::new();
        };
        let at = |locator: &String| Place { locator: locator.clone(), ..other.clone() };
        let places: Vec<Place> = found.iter().map(at).collect();
        if *unit == cited.locator || places.is_empty() {
            return places;
        }
        let words = root(corpus, (cited.regulation, cited.version)).and_then(|root| inner(root, &cited.locator));
        let matches = words.map_or(Vec::new(), |words| quotes.find(corpus, &words, &places));
        let inside = |m: &quote::Match| {
            let document = (m.place.regulation, m.place.version) == (other.regulation, other.version);
            document && found.iter().any(|unit| is_within(&m.place.locator, unit)) && m.likeness >= LIKE
        };
        match matches.into_iter().find(inside) {
            Some(nearest) => vec![nearest.place],
            None => places,
        }
    }

    fn units(&self, corpus: &Corpus, from: Document, to: Document) -> Arc<Units> {
        if let Some(known) = self.0.lock().ok().and_then(|map| map.get(&(from, to)).cloned()) {
            return known;
        }
        let made = Arc::new(match (root(corpus, from), root(corpus, to)) {
            (Some(from), Some(to)) => units(from, to),
            _ => Units::new(),
        });
        if let Ok(mut map) = self.0.lock() {
            map.insert((from, to), Arc::clone(&made));
        }
        made
    }
}

fn root(corpus: &Corpus, (regulation, version): Document) -> Option<&Provision> {
    corpus.regulations().get(regulation)?.versions.get(version)?.provisions()
}

fn units(from: &Provision, to: &Provision) -> Units {
    let ids = |side: &[&Provision]| -> Vec<String> {
        side.iter().filter_map(|p| p.locator.as_ref()).map(Locator::id).collect()
    };
    let mut units = Units::new();
    for row in Concordance::between(from, to).rows {
        for old in ids(&row.old) {
            units.entry(old).or_default().extend(ids(&row.new));
        }
    }
    units
}

/// The words of a provision.
fn inner(root: &Provision, id: &str) -> Option<String> {
    let is_it = |p: &&Provision| p.locator.as_ref().is_some_and(|own| own.id() == id);
    root.walk().find(is_it).map(Provision::full_text)
}
