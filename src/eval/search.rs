//! [`run`]: questions with the articles that answer them → how well and how fast search finds those.

use super::Latency;
use crate::law::locator::{ArticleLocator, ArticleNumber};
use crate::law::{Corpus, Locator};
use crate::search::{Anchors, Index, Query, SearchError};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How deep the ranking of a question is read.
pub const DEPTH: usize = 100;

/// One question and what answers it, a line of the file.
#[derive(Debug, Clone, Deserialize)]
pub struct Question {
    pub qid: serde_json::Value,
    pub query: String,
    pub gold: Vec<Gold>,
}

/// An article by the full title of its regulation; `article` is `120-1` for 第一百二十条之一.
#[derive(Debug, Clone, Deserialize)]
pub struct Gold {
    pub title: String,
    pub article: String,
}

/// What one question got.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    pub qid: serde_json::Value,
    pub query: String,
    /// Ids in order, with scores.
    pub ranking: Vec<(String, f32)>,
    /// Ranks from 1 at which answers stand.
    pub found: Vec<usize>,
    /// How many answers the question has, those that the corpus lacks included.
    pub answers: usize,
}

/// Means over all questions.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    pub questions: usize,
    /// Answers that the corpus lacks: no ranking can find them.
    pub missing: usize,
    pub recall_10: f64,
    pub recall_100: f64,
    pub mrr_10: f64,
    pub ndcg_10: f64,
    pub latency: Latency,
}

/// Asks every question.
///
/// # Errors
/// [`SearchError`] when the index cannot be asked.
pub fn run(
    corpus: &Corpus,
    index: &Index,
    anchors: &Anchors,
    questions: &[Question],
    on: Date,
) -> Result<(Report, Vec<Outcome>), SearchError> {
    let mut outcomes = Vec::with_capacity(questions.len());
    let mut times = Vec::with_capacity(questions.len());
    let mut missing = 0;
    prepare(corpus, index, questions, on)?;
    for question in questions {
        let gold: Vec<BTreeSet<String>> = question.gold.iter().map(|gold| units(corpus, gold)).collect();
        missing += gold.iter().filter(|ids| ids.is_empty()).count();
        // The time of a page of ten is what a reader waits for.
        let page = index.search(corpus, &Query::new(&question.query, on), anchors)?;
        times.push(page.took);
        let deep = Query { limit: DEPTH, ..Query::new(&question.query, on) };
        let results = index.search(corpus, &deep, anchors)?;
        let mut found = Vec::new();
        let mut open: Vec<&BTreeSet<String>> = gold.iter().collect();
        for (rank, hit) in results.hits.iter().enumerate() {
            if let Some(at) = open.iter().position(|ids| ids.contains(&hit.id)) {
                open.swap_remove(at);
                found.push(rank + 1);
            }
        }
        outcomes.push(Outcome {
            qid: question.qid.clone(),
            query: question.query.clone(),
            ranking: results.hits.into_iter().map(|hit| (hit.id, hit.score)).collect(),
            found,
            answers: gold.len(),
        });
    }
    let mean = |value: &dyn Fn(&Outcome) -> f64| {
        outcomes.iter().filter(|o| o.answers > 0).map(value).sum::<f64>() / outcomes.len().max(1) as f64
    };
    let recall = |depth: usize| {
        mean(&|o: &Outcome| o.found.iter().filter(|&&rank| rank <= depth).count() as f64 / o.answers as f64)
    };
    let report = Report {
        questions: questions.len(),
        missing,
        recall_10: recall(10),
        recall_100: recall(100),
        mrr_10: mean(&|o| o.found.iter().find(|&&rank| rank <= 10).map_or(0.0, |&rank| 1.0 / rank as f64)),
        ndcg_10: mean(&|o| {
            let gain = |rank: usize| 1.0 / ((rank + 1) as f64).log2();
            let ideal: f64 = (1..=o.answers.min(10)).map(gain).sum();
            o.found.iter().filter(|&&rank| rank <= 10).map(|&rank| gain(rank)).sum::<f64>() / ideal
        }),
        latency: Latency::of(times),
    };
    Ok((report, outcomes))
}

/// Makes the vectors of what the words find: with a large corpus, all would take hours that a measurement need not wait.
fn prepare(corpus: &Corpus, index: &Index, questions: &[Question], on: Date) -> Result<(), SearchError> {
    if index.semantic().is_none() {
        return Ok(());
    }
    let mut needed = BTreeSet::new();
    for question in questions {
        needed.extend(index.candidates(corpus, &Query::new(&question.query, on))?);
    }
    let needed: Vec<_> = needed.into_iter().collect();
    index.prepare(corpus, Some(&needed), |_| true).map_err(|error| SearchError::Ask(error.to_string()))?;
    Ok(())
}

/// The ids of an article in every version of the regulations with this title.
fn units(corpus: &Corpus, gold: &Gold) -> BTreeSet<String> {
    let Some(article) = ArticleNumber::from_code(&gold.article) else { return BTreeSet::new() };
    let locator: Locator = ArticleLocator::article(article).into();
    let versions = corpus.by_name(&gold.title).into_iter().flat_map(|regulation| {
        regulation.versions.iter().map(|version| format!("{}@{}/{}", regulation.id, version.id(), locator.id()))
    });
    versions.collect()
}
