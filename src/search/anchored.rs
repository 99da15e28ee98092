//! How the words of catalog items bring up the provisions that they cite ([`Index::by_anchors`]).

use super::anchors::Anchors;
use super::build::VERSION;
use super::index::Index;
use super::lists::rarity;
use super::rank::{DEPTH, Ranked, Terms};
use crate::law::{Corpus, Locator};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, TantivyError, Term};

/// What a word shared with an item weighs against its rarity in the law.
const ANCHOR: f32 = 2.0;
/// Units that items may bring up for one question.
const BROUGHT: usize = 20;

impl Index {
    /// Adds to the candidates what items say of the provisions they cite, and the provisions that the words alone do
    /// not find. `priors` is as for the words.
    pub(super) fn by_anchors(
        &self,
        corpus: &Corpus,
        anchors: &Anchors,
        terms: &Terms,
        priors: &[f32],
        ranked: &mut Vec<Ranked>,
    ) -> Result<(), TantivyError> {
        if anchors.is_empty() {
            return Ok(());
        }
        let searcher = self.searcher();
        let mut asked = Vec::with_capacity(terms.words.len());
        for (word, weight) in &terms.words {
            // What a question means but does not say is left to the words of the law.
            if *weight >= 1.0 {
                let found = searcher.doc_freq(&Term::from_field_text(self.fields.words, word))?;
                asked.push((word.as_str(), weight * rarity(found, searcher.num_docs())));
            }
        }
        let mut changed = false;
        for (unit, likeness) in anchors.said(&asked).into_iter().take(BROUGHT) {
            let Some((address, version)) = self.place_of(corpus, &searcher, unit)? else { continue };
            let score = ANCHOR * likeness * priors.get(version).copied().unwrap_or_default();
            if score <= 0.0 {
                continue;
            }
            changed = true;
            match ranked.iter_mut().find(|one| one.address == address) {
                Some(one) => one.score += score,
                None => ranked.push(Ranked { address, version, score }),
            }
        }
        if changed {
            ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.address.cmp(&b.address)));
            ranked.truncate(DEPTH);
        }
        Ok(())
    }

    /// Where a unit stands in the index, and the position of its version; `None` for one that is not there.
    fn place_of(
        &self,
        corpus: &Corpus,
        searcher: &Searcher,
        unit: &str,
    ) -> Result<Option<(DocAddress, usize)>, TantivyError> {
        let Some((text, locator)) = unit.split_once('/') else { return Ok(None) };
        let Some((regulation, version)) = text.split_once('@') else { return Ok(None) };
        let Ok(locator) = Locator::from_id(locator) else { return Ok(None) };
        let Some(at) = corpus.regulations().iter().position(|one| one.id == regulation) else { return Ok(None) };
        let version = corpus.regulations()[at].version_by_id(version);
        let Some(version) = version.and_then(|v| self.versions.binary_search(&(at, v)).ok()) else { return Ok(None) };
        let place = Term::from_field_text(self.fields.place, &locator.to_string());
        for (ordinal, segment) in searcher.segment_readers().iter().enumerate() {
            let versions = segment.fast_fields().u64(VERSION)?;
            let inverted = segment.inverted_index(self.fields.place)?;
            let Some(mut found) = inverted.read_postings(&place, IndexRecordOption::Basic)? else { continue };
            while found.doc() != TERMINATED {
                if versions.first(found.doc()) == Some(version as u64) {
                    return Ok(Some((DocAddress::new(ordinal as u32, found.doc()), version)));
                }
                found.advance();
            }
        }
        Ok(None)
    }
}
