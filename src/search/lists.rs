//! [`Lists`]: the index as lists of units, one a word; [`Lists::best`] sums those of a question.
//!
//! Lists are summed for a window of neighbouring units at a time. Those that cannot lift a unit among the best, even
//! all together, are looked into only for units that the others have brought close enough (MaxScore). The engine's
//! own WAND sorts its lists at each step, which costs more than it saves with fifty of them (index/README.md).

use super::best::Best;
use super::bounds::Bounds;
use super::build::{Fields, VERSION};
use super::rank::Ranked;
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, InvertedIndexReader, Searcher, TantivyError, Term};

/// How fast more of a word stops to say more, and how much the length of a text counts: BM25 as usual.
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// Units in one window: their sums fit the fastest cache.
const WINDOW: u32 = 2048;
/// Sums looked at together.
const CHUNK: usize = 32;
/// Above every error of rounding in a sum of bounds.
const SLACK: f32 = 1.0001;

/// All words of an index, opened once. The index has one segment, or none when it is empty.
pub(super) struct Lists {
    columns: Vec<Column>,
    /// Position of the version of each unit.
    versions: Vec<u32>,
    /// The versions of the units of each window, in runs.
    runs: Vec<Vec<u32>>,
    bounds: Bounds,
}

/// One field of the index.
pub(super) struct Column {
    field: Field,
    pub inverted: Arc<InvertedIndexReader>,
    norms: FieldNormReader,
    /// What the length of a text adds below the line, by its code.
    lengths: Box<[f32; 256]>,
}

/// One word asked for in one field.
pub(super) struct Asked<'w> {
    pub field: Field,
    pub word: &'w str,
    pub weight: f32,
    /// Whether a unit without it is out.
    pub required: bool,
}

/// The units that hold a word.
struct List<'p> {
    postings: BlockSegmentPostings,
    column: &'p Column,
    weight: f32,
    /// What it adds to no unit more than.
    bound: f32,
}

/// A unit of a window that may yet be among the best.
struct Candidate {
    doc: DocId,
    sum: f32,
    version: u32,
    prior: f32,
}

/// What a word of this rarity weighs: of `all` units, `found` hold it.
pub(super) fn rarity(found: u64, all: u64) -> f32 {
    let (found, all) = (found as f32, all as f32);
    (1.0 + (all - found + 0.5) / (found + 0.5)).ln()
}

impl Lists {
    pub fn open(searcher: &Searcher, fields: Fields, bounds: Bounds) -> Result<Self, TantivyError> {
        let segment = match searcher.segment_readers() {
            [] => return Ok(Lists { columns: Vec::new(), versions: Vec::new(), runs: Vec::new(), bounds }),
            [one] => one,
            _ => return Err(TantivyError::SystemError("more than one segment".into())),
        };
        let columns = fields.weighed().into_iter().map(|field| Column::open(segment, field));
        let columns = columns.collect::<Result<_, TantivyError>>()?;
        let column = segment.fast_fields().u64(VERSION)?;
        let version = |doc| column.first(doc).and_then(|version| version.try_into().ok()).unwrap_or(u32::MAX);
        let versions: Vec<u32> = (0..segment.max_doc()).map(version).collect();
        let runs = versions.chunks(WINDOW as usize).map(|window| {
            let mut runs = window.to_vec();
            runs.dedup();
            runs
        });
        Ok(Lists { columns, runs: runs.collect(), versions, bounds })
    }

    /// The `depth` units with the highest sums times the prior of their version, and whether there were more. A prior
    /// of 0 leaves the version out.
    pub fn best(&self, asked: &[Asked<'_>], priors: &[f32], depth: usize) -> Result<(Vec<Ranked>, bool), TantivyError> {
        let mut best = Best::of(depth);
        let (mut required, mut lists) = (Vec::new(), Vec::new());
        for one in asked {
            match (self.list(one)?, one.required) {
                (Some(list), true) => required.push(list),
                (Some(list), false) => lists.push(list),
                (None, true) => return Ok(best.ranked()),
                (None, false) => {}
            }
        }
        // The rarest of what must be there leads; the others say no to most of it.
        required.sort_by_key(|list| list.postings.doc_freq());
        lists.sort_by(|a, b| a.bound.total_cmp(&b.bound));
        let mut sums = [0.0_f32; WINDOW as usize];
        let mut candidates = Vec::new();
        let prior = |version: u32| priors.get(version as usize).copied().unwrap_or(0.0);
        for (runs, from) in self.runs.iter().zip((0..).step_by(WINDOW as usize)) {
            let greatest = runs.iter().map(|&version| prior(version)).fold(0.0, f32::max);
            if greatest <= 0.0 {
                continue;
            }
            let least = best.floor() / greatest;
            let following = if required.is_empty() { following(&lists, least) } else { lists.len() };
            let (followers, leaders) = lists.split_at_mut(following);
            let (leaders, required) = match required.split_first_mut() {
                Some((first, others)) => (std::slice::from_mut(first), others),
                None => (leaders, [].as_mut_slice()),
            };
            let mut found = false;
            for list in leaders {
                found |= list.sum_up(from, &mut sums);
            }
            if !found {
                continue;
            }
            // So much can those that follow still add.
            let mut rest = required.iter().chain(&*followers).map(|list| list.bound).sum::<f32>() * SLACK;
            gather(&mut sums, from, (least - rest).max(0.0), &mut candidates);
            for candidate in &mut candidates {
                candidate.version = self.versions.get(candidate.doc as usize).copied().unwrap_or(u32::MAX);
                candidate.prior = prior(candidate.version);
            }
            let must = required.iter_mut().map(|list| (list, true));
            for (list, must) in must.chain(followers.iter_mut().rev().map(|list| (list, false))) {
                let floor = best.floor();
                candidates.retain(|one| (one.sum + rest) * one.prior > floor);
                list.look_up(&mut candidates, must);
                rest = (rest - list.bound).max(0.0);
            }
            for one in candidates.drain(..) {
                best.enter(one.sum * one.prior, DocAddress::new(0, one.doc), one.version as usize);
            }
        }
        Ok(best.ranked())
    }

    /// Position of the version of a unit.
    pub fn version(&self, doc: DocId) -> usize {
        self.versions.get(doc as usize).map_or(usize::MAX, |&version| version as usize)
    }

    /// The units that hold a word; `None` where none does.
    fn list(&self, asked: &Asked<'_>) -> Result<Option<List<'_>>, TantivyError> {
        let Some(column) = self.columns.iter().find(|column| column.field == asked.field) else { return Ok(None) };
        let term = Term::from_field_text(asked.field, asked.word);
        let Some(postings) = column.inverted.read_block_postings(&term, IndexRecordOption::WithFreqs)? else {
            return Ok(None);
        };
        let weight = asked.weight * (1.0 + K1) * rarity(postings.doc_freq().into(), self.versions.len() as u64);
        let share = self.bounds.of(&term).unwrap_or_else(|| column.greatest(&postings));
        Ok(Some(List { postings, column, weight, bound: share * weight }))
    }
}

impl Column {
    pub fn open(segment: &SegmentReader, field: Field) -> Result<Self, TantivyError> {
        let inverted = segment.inverted_index(field)?;
        let norms = segment.get_fieldnorms_reader(field)?;
        let average = inverted.total_num_tokens() as f32 / segment.max_doc().max(1) as f32;
        let mut lengths = Box::new([0.0; 256]);
        for (code, length) in (0..=u8::MAX).zip(lengths.iter_mut()) {
            let own = FieldNormReader::id_to_fieldnorm(code) as f32;
            *length = K1 * (1.0 - B + B * own / average.max(f32::MIN_POSITIVE));
        }
        Ok(Column { field, inverted, norms, lengths })
    }

    /// The greatest share in the block that is read.
    pub fn greatest(&self, postings: &BlockSegmentPostings) -> f32 {
        let held = postings.docs().iter().zip(postings.freqs());
        held.map(|(&doc, &count)| self.share(doc, count)).fold(0.0, f32::max)
    }

    /// What a word that stands `count` times in a unit adds of what it weighs.
    fn share(&self, doc: DocId, count: u32) -> f32 {
        let count = count as f32;
        count / (count + self.lengths[usize::from(self.norms.fieldnorm_id(doc))])
    }
}

impl List<'_> {
    /// Adds to the sum of each unit of the window that begins at `from`; whether there is one.
    fn sum_up(&mut self, from: DocId, sums: &mut [f32]) -> bool {
        let to = from + sums.len() as u32;
        let mut at = self.postings.seek(from);
        let mut found = false;
        loop {
            let (docs, counts) = (self.postings.docs(), self.postings.freqs());
            let ends = docs.last().is_none_or(|&last| last >= to);
            let end = if ends { docs.partition_point(|&doc| doc < to) } else { docs.len() };
            let held = docs.get(at..end).unwrap_or_default().iter().zip(counts.get(at..end).unwrap_or_default());
            found |= at < end;
            for (&doc, &count) in held {
                if let Some(sum) = sums.get_mut((doc - from) as usize) {
                    *sum += self.weight * self.column.share(doc, count);
                }
            }
            if ends {
                return found;
            }
            self.postings.advance();
            at = 0;
        }
    }

    /// Adds to the sums of candidates, which stand in the order of the index; those without are out where it `must` be.
    fn look_up(&mut self, candidates: &mut Vec<Candidate>, must: bool) {
        candidates.retain_mut(|one| {
            let at = self.postings.seek(one.doc);
            if self.postings.docs().get(at) != Some(&one.doc) {
                return !must;
            }
            let count = self.postings.freqs().get(at).copied().unwrap_or_default();
            one.sum += self.weight * self.column.share(one.doc, count);
            true
        });
    }
}

/// How many lists, of those in the order of their bounds, cannot lift a unit above `least` together.
fn following(lists: &[List<'_>], least: f32) -> usize {
    let mut sum = 0.0;
    let within = lists.iter().take_while(|list| {
        sum += list.bound;
        sum * SLACK <= least
    });
    within.count()
}

/// Takes the units with more than `least` out of the sums of a window, which are 0 again.
fn gather(sums: &mut [f32], from: DocId, least: f32, candidates: &mut Vec<Candidate>) {
    for (sums, from) in sums.chunks_mut(CHUNK).zip((from..).step_by(CHUNK)) {
        // Without a branch for each of them the compiler compares many at once.
        if sums.iter().fold(0.0, |most, &sum| if sum > most { sum } else { most }) > least {
            let above = (from..).zip(sums.iter()).filter(|(_, sum)| **sum > least);
            candidates.extend(above.map(|(doc, &sum)| Candidate { doc, sum, version: 0, prior: 0.0 }));
        }
        sums.fill(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::super::build;
    use super::super::rank::Terms;
    use super::*;
    use crate::law::Corpus;
    use crate::search::Index;
    use tantivy::collector::TopDocs;
    use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};

    const QUESTIONS: [&str; 7] = [
        "部门预算什么时候公开",
        "政府信息公开申请多久答复，收不收费",
        "用人单位没有给职工缴纳社会保险费怎么办",
        "县级以上人民政府应当公开预算",
        "公开",
        "彗星",
        "",
    ];

    fn index() -> (tempfile::TempDir, Corpus, Index) {
        let (dir, corpus) = (tempfile::tempdir().unwrap(), Corpus::embedded().unwrap());
        let index = Index::build(dir.path(), &corpus).unwrap();
        (dir, corpus, index)
    }

    /// Scores to three places: sums are made in another order.
    fn rounded(ranked: &[Ranked]) -> Vec<(u32, f32)> {
        ranked.iter().map(|one| (one.address.doc_id, (one.score * 1e3).round())).collect()
    }

    #[test]
    fn the_sums_are_those_of_the_engine() {
        let (_dir, _, index) = index();
        let (_, fields) = build::schema();
        let searcher = index.searcher();
        for (question, phrases) in
            QUESTIONS.iter().map(|q| (*q, vec![])).chain([("政府", vec!["主动公开".to_string()])])
        {
            let terms = Terms::of(question);
            let asked = terms.asked(fields, &phrases);
            let clauses = asked.iter().map(|one| {
                let term = TermQuery::new(Term::from_field_text(one.field, one.word), IndexRecordOption::WithFreqs);
                let boosted: Box<dyn Query> = Box::new(BoostQuery::new(Box::new(term), one.weight));
                (if one.required { Occur::Must } else { Occur::Should }, boosted)
            });
            let query = BooleanQuery::new(clauses.collect());
            let mut theirs = searcher.search(&query, &TopDocs::with_limit(10_000).order_by_score()).unwrap();
            theirs.sort_by_key(|(_, address)| *address);
            let priors = vec![1.0; index.versions.len()];
            let (mut ours, more) = index.lists.best(&asked, &priors, 10_000).unwrap();
            ours.sort_by_key(|one| one.address);
            assert!(!more);
            assert_eq!(ours.len(), theirs.len(), "{question}");
            for (own, (score, address)) in ours.iter().zip(theirs) {
                assert_eq!(own.address, address, "{question}");
                assert!((own.score - score).abs() < 1e-3, "{question}: {} {score}", own.score);
            }
        }
    }

    #[test]
    fn the_best_few_are_those_of_all() {
        let (_dir, _, index) = index();
        let (_, fields) = build::schema();
        let priors: Vec<f32> = (0..index.versions.len()).map(|at| [1.0, 0.3, 0.0, 0.7][at % 4]).collect();
        for question in QUESTIONS {
            let terms = Terms::of(question);
            for phrases in [vec![], vec!["政府信息".to_string()]] {
                let asked = terms.asked(fields, &phrases);
                let (all, _) = index.lists.best(&asked, &priors, 10_000).unwrap();
                for depth in [0, 1, 10, 200] {
                    let (few, more) = index.lists.best(&asked, &priors, depth).unwrap();
                    assert_eq!(rounded(&few), rounded(&all[..depth.min(all.len())]), "{question} {depth}");
                    assert_eq!(more, all.len() > depth, "{question} {depth}");
                }
            }
        }
    }
}
