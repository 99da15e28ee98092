//! [`SearchView`]: what a search found, in order, with the counts to narrow it by.

use super::ProvisionView;
use crate::search::{Hit, Piece, Results};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SearchView {
    pub query: String,
    /// How the query was understood, where it names a regulation or clause.
    pub understood: Option<String>,
    /// What the reader should know of the answer, in Chinese.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    pub total: usize,
    /// Whether more than `total` provisions hold words of the query.
    pub more: bool,
    pub took_ms: f64,
    pub facets: FacetsView,
    pub results: Vec<HitView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FacetsView {
    pub level: BTreeMap<&'static str, usize>,
    pub status: BTreeMap<&'static str, usize>,
    pub regulation: BTreeMap<String, usize>,
    pub issuer: BTreeMap<String, usize>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct HitView {
    pub provision: ProvisionView,
    pub score: f32,
    /// `["text", "…"]` and `["hit", "…"]` in their order.
    #[schema(value_type = Vec<[String; 2]>)]
    pub snippet: Vec<Piece>,
    pub cited_by: usize,
}

impl SearchView {
    pub fn of(results: &Results) -> Self {
        let facets = &results.facets;
        SearchView {
            query: results.query.clone(),
            understood: results.understood.clone(),
            notes: results.notes.clone(),
            total: results.total,
            more: results.more,
            took_ms: (results.took.as_secs_f64() * 1e6).round() / 1e3,
            facets: FacetsView {
                level: facets.levels.iter().map(|(level, n)| (level.name(), *n)).collect(),
                status: facets.statuses.iter().map(|(status, n)| (status.code(), *n)).collect(),
                regulation: facets.regulations.clone(),
                issuer: facets.issuers.clone(),
            },
            results: results.hits.iter().map(HitView::of).collect(),
        }
    }
}

impl HitView {
    pub fn of(hit: &Hit) -> Self {
        HitView {
            provision: ProvisionView {
                id: hit.id.clone(),
                regulation: hit.regulation.clone(),
                version: hit.version.clone(),
                title: hit.title.clone(),
                locator: Some(hit.locator.clone()),
                label: hit.label.clone(),
                text: hit.text.clone(),
                status: hit.status.code(),
                level: hit.level.name(),
            },
            score: hit.score,
            snippet: hit.snippet.clone(),
            cited_by: hit.cited_by,
        }
    }
}
