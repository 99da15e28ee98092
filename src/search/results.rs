//! [`Results`]: the hits of a query in order, with what can be narrowed further.

use super::snippet::Piece;
use crate::law::{EffectLevel, Locator, Status};
use std::collections::BTreeMap;
use std::time::Duration;

/// The answer to one query.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    pub query: String,
    /// The regulation and clause that the query names, where it names one: 《预算法》第十四条.
    pub understood: Option<String>,
    /// Ids of the clauses that the query cites; they are the first hits of the first page.
    pub named: Vec<String>,
    /// Id and title of the text that the query names and nothing else.
    pub document: Option<(String, String)>,
    /// What the reader should know of the answer, in Chinese: what is named and is not there.
    pub notes: Vec<String>,
    /// How many provisions were judged to fit; never more than [`super::rank::DEPTH`], see `more`.
    pub total: usize,
    /// Whether more than `total` provisions hold words of the query.
    pub more: bool,
    pub took: Duration,
    pub facets: Facets,
    pub hits: Vec<Hit>,
}

/// How many of the provisions that fit are of each kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facets {
    pub levels: BTreeMap<EffectLevel, usize>,
    pub statuses: BTreeMap<Status, usize>,
    /// Id of the regulation → count.
    pub regulations: BTreeMap<String, usize>,
    pub issuers: BTreeMap<String, usize>,
}

/// One provision that answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Id of the provision, as in `Corpus::provision`.
    pub id: String,
    pub regulation: String,
    /// Id of the version: its date.
    pub version: String,
    pub title: String,
    pub locator: Locator,
    /// 第二十条, as cited.
    pub label: String,
    pub text: String,
    pub level: EffectLevel,
    pub status: Status,
    pub score: f32,
    /// The sentence that fits best, in pieces.
    pub snippet: Vec<Piece>,
    /// How many catalog items cite it.
    pub cited_by: usize,
}
