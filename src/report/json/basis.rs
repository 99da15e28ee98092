//! [`BasisView`]: the clauses that may justify an item, each with why.

use super::{ProvisionView, Views};
use crate::basis::Proposal;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BasisView {
    pub item: String,
    pub results: Vec<ProposalView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ProposalView {
    pub provision: ProvisionView,
    pub score: f32,
    pub why: WhyView,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct WhyView {
    /// Words of the item that stand in the provision.
    pub words: Vec<String>,
    pub precedents: Vec<PrecedentView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PrecedentView {
    /// Id of the catalog.
    pub catalog: String,
    /// `Item::row`
    pub item: u32,
}

impl Views<'_> {
    pub fn basis(&self, item: &str, proposals: &[Proposal]) -> BasisView {
        BasisView { item: item.into(), results: self.proposals(proposals) }
    }

    pub fn proposals(&self, proposals: &[Proposal]) -> Vec<ProposalView> {
        let view = |one: &Proposal| {
            let precedents = one.precedents.iter();
            let precedents = precedents.map(|p| PrecedentView { catalog: p.catalog.clone(), item: p.item });
            Some(ProposalView {
                provision: self.provision(self.corpus.provision(&one.id, self.today)?),
                score: one.score,
                why: WhyView { words: one.words.clone(), precedents: precedents.collect() },
            })
        };
        proposals.iter().filter_map(view).collect()
    }
}
