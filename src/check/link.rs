//! [`Link`]: one citation of one item with all that is known of it; what a rule sees.

use super::footing::{self, Footing, Spot};
use crate::cite::{Citation, Resolution, past_heading};
use crate::law::Corpus;
use crate::quote::{self, Match, Place};
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// `Item::row`.
    pub item: u32,
    /// Position among the catalog's citations, from 0.
    pub index: usize,
    pub citation: Citation,
    pub resolution: Resolution,
    /// The provisions that the locators name, in their order; a locator that leads nowhere has none.
    pub provisions: Vec<Option<Place>>,
    /// Where the quoted words stand, most alike first; empty without a quotation or where nothing is alike.
    pub matches: Vec<Match>,
    pub footing: Footing,
}

impl Link {
    /// The match that the footing speaks of.
    pub fn quoted_at(&self) -> Option<&Match> {
        use footing::Quoted::{Abridged, CutOff, Differ, Elsewhere, Right};
        match self.footing.words {
            Right(at) | Abridged(at) | CutOff(at) | Differ(at) | Elsewhere(at) => self.matches.get(at),
            _ => None,
        }
    }

    /// Position of the regulation in the corpus, when exactly one is meant.
    pub fn regulation(&self) -> Option<usize> {
        match &self.resolution {
            Resolution::Found(found) => Some(found.regulation),
            _ => None,
        }
    }

    /// The name the reader knows the document by, with its marks.
    pub fn title(&self) -> String {
        self.citation.title.as_ref().map_or(String::new(), |title| format!("《{title}》"))
    }
}

/// Quotations already looked for in this run: catalogs repeat the same clause row after row.
#[derive(Debug, Default)]
pub struct Looked(Mutex<HashMap<Asked, Arc<Vec<Match>>>>);

/// The quoted words and the cited places.
type Asked = (String, Vec<Place>);

impl Looked {
    fn find(&self, corpus: &Corpus, quotes: &quote::Index, words: &str, cited: &[Place]) -> Arc<Vec<Match>> {
        let key = (words.to_string(), cited.to_vec());
        let known = |map: &mut HashMap<_, Arc<Vec<Match>>>| map.get(&key).cloned();
        if let Some(found) = self.0.lock().ok().and_then(|mut map| known(&mut map)) {
            return found;
        }
        let found = Arc::new(quotes.find(corpus, words, cited));
        if let Ok(mut map) = self.0.lock() {
            map.insert(key, Arc::clone(&found));
        }
        found
    }
}

/// Locators that the basis cell gives for words that the clause cell quotes without any: 《X》第十四条第一款 beside
/// the bare words. Only where one citation of the same document has locators and no words of its own.
pub fn borrowed(at: usize, cited: &[(Citation, Resolution)]) -> Option<&Citation> {
    let (own, Resolution::Found(document)) = cited.get(at)? else { return None };
    if own.quote.is_none() || !own.locators.is_empty() {
        return None;
    }
    let same = |r: &Resolution| matches!(r, Resolution::Found(f) if f.regulation == document.regulation);
    let mut others = cited.iter().filter(|(_, r)| same(r)).map(|(citation, _)| citation);
    let bare = cited.iter().filter(|(c, r)| same(r) && c.quote.is_some()).count();
    let only = others.by_ref().filter(|c| !c.locators.is_empty()).collect::<Vec<_>>();
    match only[..] {
        [one] if one.quote.is_none() && bare == 1 => Some(one),
        _ => None,
    }
}

/// Joins one citation with what the corpus knows of it; `lender` gives the locators that its words belong to.
#[expect(clippy::too_many_arguments, reason = "all that a link is made of, each of another kind")]
pub fn link(
    corpus: &Corpus,
    quotes: &quote::Index,
    looked: &Looked,
    today: Date,
    item: u32,
    mut citation: Citation,
    resolution: Resolution,
    lender: Option<&Citation>,
) -> Link {
    let places = lender.unwrap_or(&citation).locators.clone();
    past_heading(&mut citation, &places, corpus, &resolution);
    let (spots, own) = footing::cited_places(corpus, &citation, &resolution);
    let cited = lender.map_or(own, |lender| footing::cited_places(corpus, lender, &resolution).1);
    let found = match &citation.quote {
        Some(quote) if may_compare(&resolution) => looked.find(corpus, quotes, &quote.text, &cited),
        _ => Arc::default(),
    };
    let matches = Arc::unwrap_or_clone(found);
    let footing = footing::footing(corpus, &citation, &resolution, spots, &cited, &matches, today);
    let lent = cited.iter().filter(|place| lender.is_some() && !place.locator.is_empty()).cloned().map(Some);
    let provisions = footing
        .spots
        .iter()
        .map(|spot| match (spot, &resolution) {
            (Spot::Found(ids), Resolution::Found(found)) => {
                Some(Place { regulation: found.regulation, version: found.version?, locator: ids.first()?.clone() })
            }
            _ => None,
        })
        .chain(lent)
        .collect();
    Link { item, index: 0, citation, resolution, provisions, matches, footing }
}

/// Words are looked for when the document is known, or when they may show that a near title is meant.
fn may_compare(resolution: &Resolution) -> bool {
    match resolution {
        Resolution::Found(_) => true,
        Resolution::Ambiguous(_) => false,
        Resolution::NotInCorpus(unknown) => !unknown.near.is_empty(),
    }
}
