//! [`Terms`]: what a question asks for, with weights; [`prior`]: what a unit counts before its words are looked at.

use super::analyzer::{grams, words};
use super::build::Fields;
use super::lexicon;
use super::lists::Asked;
use crate::law::{EffectLevel, Status};
use std::collections::BTreeMap;
use tantivy::DocAddress;

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
        for word in lexicon::legal_words(text) {
            for place in words(word) {
                terms.words.entry(word[place].to_string()).or_insert(SYNONYM);
            }
            for place in grams(word) {
                terms.grams.entry(word[place].to_string()).or_insert(SYNONYM);
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
    pub(super) fn asked<'w>(&'w self, fields: Fields, phrases: &'w [String]) -> Vec<Asked<'w>> {
        let mut asked = Vec::with_capacity(2 * self.words.len() + self.grams.len());
        let mut add = |field, word, weight, required| asked.push(Asked { field, word, weight, required });
        for (word, weight) in &self.words {
            add(fields.words, word.as_str(), *weight, false);
            add(fields.context, word, weight * CONTEXT, false);
        }
        for (gram, weight) in &self.grams {
            add(fields.grams, gram, weight * GRAM, false);
        }
        for phrase in phrases {
            grams(phrase).into_iter().for_each(|place| add(fields.grams, &phrase[place], 1.0, true));
        }
        asked
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
