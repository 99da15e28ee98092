//! `rank`: which units fit the words of a question, best first.

use super::analyzer::{grams, words};
use super::build::{Fields, VERSION};
use super::lexicon;
use crate::law::{EffectLevel, Status};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use tantivy::query::{BooleanQuery, BoostQuery, EnableScoring, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Searcher, TantivyError, Term};

/// How many units are ranked for one question.
pub const DEPTH: usize = 200;

/// A bigram says less than a word: it may reach over two.
const GRAM: f32 = 0.5;
/// A chapter's heading says what its articles are about.
const CONTEXT: f32 = 0.5;
/// What a question means but does not say.
const SYNONYM: f32 = 0.25;

/// What a question asks for: words and bigrams with their weights.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Terms {
    pub words: BTreeMap<String, f32>,
    pub grams: BTreeMap<String, f32>,
}

impl Terms {
    /// The words of a question without those that say nothing, and the legal words for the everyday ones.
    pub fn of(text: &str) -> Self {
        let mut terms = Terms::default();
        for place in words(text) {
            let word = &text[place];
            if !lexicon::is_stopword(word) {
                terms.words.insert(word.to_string(), 1.0);
            }
        }
        let telling = lexicon::without_stop_phrases(text);
        for place in grams(&telling) {
            terms.grams.insert(telling[place].to_string(), 1.0);
        }
        for (everyday, legal) in lexicon::synonyms() {
            if text.contains(everyday.as_str()) {
                for word in legal {
                    for place in words(word) {
                        terms.words.entry(word[place].to_string()).or_insert(SYNONYM);
                    }
                    for place in grams(word) {
                        terms.grams.entry(word[place].to_string()).or_insert(SYNONYM);
                    }
                }
            }
        }
        terms
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.grams.is_empty()
    }

    /// What to mark in a text, with how much it says.
    pub fn marks(&self) -> Vec<(String, f32)> {
        let long = self.words.iter().filter(|(word, _)| word.chars().count() > 1);
        let short = self.words.iter().filter(|(word, _)| word.chars().count() == 1).map(|(word, w)| (word, w * 0.2));
        let mut marks: Vec<(String, f32)> = long.map(|(word, w)| (word.clone(), *w)).collect();
        if marks.is_empty() {
            marks.extend(short.map(|(word, w)| (word.clone(), w)));
        }
        marks
    }

    /// All bigrams of `phrases` must be there; that they stand together is looked at later.
    fn query(&self, fields: Fields, phrases: &[String]) -> BooleanQuery {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let mut add = |field: Field, word: &str, weight: f32| {
            let term = TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs);
            clauses.push((Occur::Should, Box::new(BoostQuery::new(Box::new(term), weight))));
        };
        for (word, weight) in &self.words {
            add(fields.words, word, *weight);
            add(fields.context, word, weight * CONTEXT);
        }
        for (gram, weight) in &self.grams {
            add(fields.grams, gram, weight * GRAM);
        }
        for phrase in phrases {
            for place in grams(phrase) {
                let gram = Term::from_field_text(fields.grams, &phrase[place]);
                clauses.push((Occur::Must, Box::new(TermQuery::new(gram, IndexRecordOption::WithFreqs))));
            }
        }
        BooleanQuery::new(clauses)
    }
}

/// How much a unit of this level and 时效 counts before its words are looked at.
pub fn prior(level: EffectLevel, status: Status) -> f32 {
    let level = match level {
        EffectLevel::Law => 1.0,
        EffectLevel::JudicialInterpretation => 0.9,
        EffectLevel::Constitution => 0.8,
        EffectLevel::AdministrativeRegulation | EffectLevel::SupervisionRegulation => 0.8,
        EffectLevel::PartyRegulation | EffectLevel::DepartmentalRule | EffectLevel::StateCouncilDocument => 0.7,
        EffectLevel::JointPartyDocument | EffectLevel::DepartmentalDocument | EffectLevel::Undetermined => 0.7,
        EffectLevel::LocalRegulation | EffectLevel::LocalGovernmentRule => 0.5,
        EffectLevel::LocalDocument | EffectLevel::InternalRule => 0.5,
    };
    let status = match status {
        Status::InForce | Status::Unknown => 1.0,
        Status::NotYet => 0.8,
        Status::Superseded => 0.8,
        Status::Repealed => 0.6,
    };
    level * status
}

/// One unit in the ranking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    pub address: DocAddress,
    /// Position of its version among all versions of the corpus.
    pub version: usize,
    pub score: f32,
}

/// Orders the heap: the worst is on top, of equals the one that stands later.
#[derive(PartialEq)]
struct Entry(f32, Reverse<DocAddress>, usize);

impl Eq for Entry {}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        other.0.total_cmp(&self.0).then(other.1.cmp(&self.1))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// The best `depth` units, and whether there were more. `priors` has a factor for each version; 0 leaves the version
/// out.
pub(super) fn rank(
    searcher: &Searcher,
    fields: Fields,
    terms: &Terms,
    phrases: &[String],
    priors: &[f32],
    depth: usize,
) -> Result<(Vec<Ranked>, bool), TantivyError> {
    if terms.is_empty() || depth == 0 {
        return Ok((Vec::new(), false));
    }
    let weight = terms.query(fields, phrases).weight(EnableScoring::enabled_from_searcher(searcher))?;
    let mut heap: BinaryHeap<Entry> = BinaryHeap::with_capacity(depth + 1);
    let mut more = false;
    let greatest = priors.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
    for (ordinal, segment) in searcher.segment_readers().iter().enumerate() {
        let versions = segment.fast_fields().u64(VERSION)?;
        let floor = |heap: &BinaryHeap<Entry>| if heap.len() < depth { 0.0 } else { heap.peek().map_or(0.0, |e| e.0) };
        // The engine skips what cannot reach the floor before the factor is known.
        weight.for_each_pruning(floor(&heap) / greatest, segment, &mut |doc, score| {
            let version = versions.first(doc).unwrap_or(u64::MAX) as usize;
            let score = score * priors.get(version).copied().unwrap_or(0.0);
            let least = floor(&heap);
            if score > least {
                heap.push(Entry(score, Reverse(DocAddress::new(ordinal as u32, doc)), version));
                if heap.len() > depth {
                    heap.pop();
                    more = true;
                }
            }
            floor(&heap) / greatest
        })?;
    }
    let mut ranked: Vec<Ranked> =
        heap.into_iter().map(|Entry(score, Reverse(address), version)| Ranked { address, version, score }).collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.address.cmp(&b.address)));
    Ok((ranked, more))
}
