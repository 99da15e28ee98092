//! [`CrossReferences`]: where the law cites itself: 预算法第六条第二款, 本条例第十九条, 前款, each with both ends.

mod place;
mod reader;

use super::Names;
use crate::law::Corpus;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// One reference from a clause to a document or clause.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossReference {
    /// Id of the 款 or point that cites.
    pub from: String,
    /// The words as printed: 本条例第九条.
    pub words: String,
    pub target: Target,
}

/// What the words lead to.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// Ids of what is cited: `yusuan-fa@2018-12-29/a6.p2`; the version's id where the document alone is cited.
    Found(Vec<String>),
    /// The text meant is here, whole, and has no such place.
    Missing { document: String, place: String },
    /// The words do not tell which document is meant: a bare 第四条 of a decision that amends others.
    Unclear { place: String },
    /// The corpus has the document, but not (this part of) its text.
    NotHeld(String),
    /// The corpus does not have the document: its title as written.
    NotInCorpus(String),
}

/// All references of a corpus, to be asked from either end.
#[derive(Debug, Default)]
pub struct CrossReferences {
    all: Vec<CrossReference>,
    from: BTreeMap<String, Vec<usize>>,
    to: BTreeMap<String, Vec<usize>>,
}

impl CrossReferences {
    /// Reads every text of the corpus; a text that is not in force is read as of its own time.
    pub fn of(corpus: &Corpus, names: &Names, today: Date) -> Self {
        let versions: Vec<(usize, usize)> = corpus
            .regulations()
            .iter()
            .enumerate()
            .flat_map(|(r, regulation)| (0..regulation.versions.len()).map(move |v| (r, v)))
            .collect();
        let all: Vec<CrossReference> =
            versions.par_iter().flat_map_iter(|&(r, v)| reader::of_version(corpus, names, r, v, today)).collect();
        let mut found = CrossReferences { all, ..Default::default() };
        for (at, reference) in found.all.iter().enumerate() {
            found.from.entry(reference.from.clone()).or_default().push(at);
            if let Target::Found(ids) = &reference.target {
                ids.iter().for_each(|id| found.to.entry(id.clone()).or_default().push(at));
            }
        }
        found
    }

    pub fn all(&self) -> &[CrossReference] {
        &self.all
    }

    /// What a provision and all below it cite.
    pub fn cites(&self, id: &str) -> Vec<&CrossReference> {
        self.below(&self.from, id)
    }

    /// What cites a provision or anything below it.
    pub fn cited_by(&self, id: &str) -> Vec<&CrossReference> {
        self.below(&self.to, id)
    }

    fn below(&self, map: &BTreeMap<String, Vec<usize>>, id: &str) -> Vec<&CrossReference> {
        let inside = |key: &str| key == id || key.strip_prefix(id).is_some_and(|rest| rest.starts_with(['.', '/']));
        let range = map.range(id.to_string()..).take_while(|(key, _)| key.starts_with(id));
        let mut found: Vec<usize> =
            range.filter(|(key, _)| inside(key)).flat_map(|(_, at)| at.iter().copied()).collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|at| &self.all[at]).collect()
    }
}
