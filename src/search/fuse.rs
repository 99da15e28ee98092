//! How likeness of meaning orders what the words have found, and how the vectors for it are made ([`Index::prepare`]).

use super::build::CONTENT;
use super::index::Index;
use super::rank::{DEPTH, Ranked};
use super::semantic::{Prepared, Probe, Role, Semantic, SemanticError, passage};
use crate::law::Corpus;
use std::collections::HashSet;
use std::sync::{Arc, PoisonError};
use tantivy::{DocAddress, Searcher, TantivyError};

/// What the best score by words weighs, in standard deviations of the cosines among the candidates. Models spread
/// their cosines differently; their deviation is the measure that fits all.
const WORDS: f32 = 2.0;
/// How many units come in by their meaning alone.
const NEAREST: usize = 100;
/// The least share of candidates with a vector: below it, meaning would only shuffle.
const SHARE: f32 = 0.5;

impl Index {
    /// Lets searches ask for meaning too.
    pub fn attach(&mut self, semantic: Option<Semantic>) {
        self.semantic = semantic.map(Arc::new);
    }

    pub fn semantic(&self) -> Option<&Arc<Semantic>> {
        self.semantic.as_ref()
    }

    /// How many of the provisions have a vector, of how many; `None` without a semantic side.
    pub fn prepared(&self) -> Option<Prepared> {
        let semantic = self.semantic.as_ref()?;
        let keys = self.keys(semantic, None).ok()?;
        let done = semantic.vectors().rows(&keys).into_iter().filter(|&row| row != u32::MAX).count();
        Some(Prepared { done, total: keys.len(), refused: 0 })
    }

    /// Makes the vectors that are missing, of all provisions, or of `some` alone; see [`Semantic::prepare`].
    ///
    /// # Errors
    /// As [`Semantic::prepare`]; without a semantic side nothing is done.
    pub fn prepare(
        &self,
        corpus: &Corpus,
        some: Option<&[DocAddress]>,
        step: impl FnMut(Prepared) -> bool,
    ) -> Result<Prepared, SemanticError> {
        let Some(semantic) = &self.semantic else { return Ok(Prepared::default()) };
        let unreadable = |error: TantivyError| SemanticError::Unwritable(error.to_string());
        let searcher = self.searcher();
        let all: Vec<DocAddress>;
        let addresses = match some {
            Some(some) => some,
            None => {
                all = addresses(&searcher);
                &all
            }
        };
        let keys = self.keys(semantic, Some(addresses)).map_err(unreadable)?;
        let text = |at: usize| {
            let address = *addresses.get(at)?;
            let (title, text) = self.titled(corpus, &searcher, address)?;
            Some(passage(&title, &text))
        };
        semantic.prepare(Role::Passage, &keys, text, step)
    }

    /// The keys of the vectors of these units, or of all.
    fn keys(&self, semantic: &Semantic, some: Option<&[DocAddress]>) -> Result<Vec<u64>, TantivyError> {
        let searcher = self.searcher();
        let columns: Vec<_> = searcher
            .segment_readers()
            .iter()
            .map(|segment| segment.fast_fields().u64(CONTENT))
            .collect::<Result<_, _>>()?;
        let key = |address: &DocAddress| {
            let content = columns.get(address.segment_ord as usize).and_then(|column| column.first(address.doc_id));
            semantic.key(Role::Passage, content.unwrap_or_default())
        };
        Ok(match some {
            Some(some) => some.iter().map(key).collect(),
            None => addresses(&searcher).iter().map(key).collect(),
        })
    }

    /// Puts the candidates in the order of meaning and words together; a note where that cannot be. With `priors`, what
    /// is nearest in meaning and not filtered out comes in too, whatever its words.
    pub(super) fn by_meaning<T>(
        &self,
        question: &str,
        priors: Option<&[f32]>,
        ranked: &mut Vec<Ranked>,
        texts: &mut Vec<T>,
    ) -> Result<Option<String>, TantivyError> {
        let Some(semantic) = &self.semantic else { return Ok(None) };
        if ranked.len() < 2 {
            return Ok(None);
        }
        let candidates: Vec<DocAddress> = ranked.iter().map(|one| one.address).collect();
        let rows = semantic.vectors().rows(&self.keys(semantic, Some(&candidates))?);
        let known = rows.iter().filter(|&&row| row != u32::MAX).count();
        if (known as f32) < SHARE * rows.len() as f32 {
            return Ok(Some("语义向量还没有备齐，以下按词语排序".into()));
        }
        let vector = match semantic.question(question) {
            Ok(vector) => vector,
            Err(error) => return Ok(Some(format!("{error}，以下按词语排序"))),
        };
        let probe = Probe::of(&vector);
        let mut cosines = semantic.vectors().cosines(&probe, &rows);
        let found = ranked.len();
        if let Some(priors) = priors {
            for (one, cosine) in self.nearest(semantic, &probe, priors, ranked)? {
                ranked.push(one);
                cosines.push(Some(cosine));
            }
        }
        let scores = fused(&ranked.iter().map(|one| one.score).collect::<Vec<_>>(), &cosines, found);
        let mut order: Vec<usize> = (0..ranked.len()).collect();
        order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
        order.truncate(DEPTH);
        *ranked = order.iter().map(|&at| Ranked { score: scores[at], ..ranked[at] }).collect();
        if texts.len() == found {
            let mut old: Vec<Option<T>> = texts.drain(..).map(Some).collect();
            texts.extend(order.iter().filter_map(|&at| old.get_mut(at)?.take()));
        }
        Ok(None)
    }

    /// The units nearest in meaning that are not among `ranked`, with their cosines: all vectors are looked at. Their
    /// words are worth no more than those of the last of a full ranking.
    fn nearest(
        &self,
        semantic: &Semantic,
        probe: &Probe,
        priors: &[f32],
        ranked: &[Ranked],
    ) -> Result<Vec<(Ranked, f32)>, TantivyError> {
        let cosines = semantic.vectors().cosines(probe, &self.rows(semantic)?);
        let prior = |version: usize| priors.get(version).copied().unwrap_or(0.0);
        let greatest = priors.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
        let least =
            if ranked.len() < DEPTH { 0.0 } else { ranked.iter().map(|one| one.score).fold(f32::MAX, f32::min) };
        let known: HashSet<DocAddress> = ranked.iter().map(|one| one.address).collect();
        let mut near: Vec<(Ranked, f32)> = Vec::new();
        for (doc, cosine) in (0..).zip(cosines) {
            let (address, version) = (DocAddress::new(0, doc), self.lists.version(doc));
            if let Some(cosine) = cosine.filter(|_| prior(version) > 0.0 && !known.contains(&address)) {
                near.push((Ranked { address, version, score: least * prior(version) / greatest }, cosine));
            }
        }
        let order = |a: &(Ranked, f32), b: &(Ranked, f32)| b.1.total_cmp(&a.1).then(a.0.address.cmp(&b.0.address));
        if near.len() > NEAREST {
            near.select_nth_unstable_by(NEAREST, order);
            near.truncate(NEAREST);
        }
        near.sort_by(order);
        Ok(near)
    }

    /// The row of the vector of each unit, looked up anew when more vectors have come.
    fn rows(&self, semantic: &Semantic) -> Result<Arc<Vec<u32>>, TantivyError> {
        let mut kept = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        let known = semantic.vectors().len();
        if let Some((_, rows)) = kept.as_ref().filter(|(then, _)| *then == known) {
            return Ok(Arc::clone(rows));
        }
        let rows = Arc::new(semantic.vectors().rows(&self.keys(semantic, None)?));
        *kept = Some((known, Arc::clone(&rows)));
        Ok(rows)
    }
}

/// Scores of meaning and words together, on the scale of the words. A candidate without a vector counts as the mean of
/// those that the words have `found`, which stand first.
fn fused(words: &[f32], cosines: &[Option<f32>], found: usize) -> Vec<f32> {
    let known: Vec<f32> = cosines.iter().take(found).flatten().copied().collect();
    let best = words.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
    let mean = known.iter().sum::<f32>() / known.len().max(1) as f32;
    let spread = known.iter().map(|cosine| (cosine - mean).powi(2)).sum::<f32>() / known.len().max(1) as f32;
    let spread = spread.sqrt().max(1e-6);
    let sums: Vec<f32> = words
        .iter()
        .zip(cosines)
        .map(|(score, cosine)| (cosine.unwrap_or(mean) - mean) / spread + WORDS * score / best)
        .collect();
    let (least, most) = sums.iter().fold((f32::MAX, f32::MIN), |(least, most), &s| (least.min(s), most.max(s)));
    // The range of the scores by words is kept: what reads them, reads these. Equal ones leave no range to order in.
    let lowest = words.iter().copied().fold(best, f32::min);
    let lowest = if lowest < best { lowest } else { 0.0 };
    let share = |sum: f32| if most > least { (sum - least) / (most - least) } else { 1.0 };
    sums.into_iter().map(|sum| lowest + (best - lowest) * share(sum)).collect()
}

fn addresses(searcher: &Searcher) -> Vec<DocAddress> {
    let segments = searcher.segment_readers().iter().enumerate();
    segments.flat_map(|(at, segment)| (0..segment.max_doc()).map(move |doc| DocAddress::new(at as u32, doc))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meaning_and_words_are_both_heard() {
        let order = |words: &[f32], cosines: &[Option<f32>]| {
            let scores = fused(words, cosines, words.len());
            let mut order: Vec<usize> = (0..words.len()).collect();
            order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
            order
        };
        assert_eq!(order(&[9.0, 8.0, 7.0], &[Some(0.8), Some(0.8), Some(0.8)]), [0, 1, 2], "words decide alone");
        assert_eq!(order(&[9.0, 8.9, 8.8], &[Some(0.7), Some(0.8), Some(0.9)]), [2, 1, 0], "meaning decides");
        assert_eq!(order(&[9.0, 9.0, 9.0], &[Some(0.7), None, Some(0.9)]), [2, 1, 0], "unknown is the mean");
        let scores = fused(&[9.0, 8.0, 3.0], &[Some(0.7), Some(0.8), Some(0.9)], 2);
        assert!(scores.iter().all(|score| (3.0..=9.0).contains(score)), "{scores:?}");
    }
}
