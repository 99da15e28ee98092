//! [`CitationView`]: a citation as written, where it stands, and what it means.

use super::{LocatorShape, ProvisionView, Views};
use crate::cite::citation::{Citation, Resolution};
use crate::law::Locator;
use crate::text::CodePoints;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CitationView {
    pub text: String,
    pub span: [usize; 2],
    /// Without 《》; for an anaphor the title it stands for.
    pub title: Option<String>,
    pub document_number: Option<String>,
    /// What the text says, not what it should say.
    #[schema(value_type = Vec<LocatorShape>)]
    pub locators: Vec<Locator>,
    pub quote: Option<QuoteView>,
    /// No basis: a cross-reference inside a quotation, a title in 公开内容.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub mention: bool,
    pub resolution: ResolutionView,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct QuoteView {
    pub text: String,
    pub span: [usize; 2],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ResolutionStatus {
    Found,
    Ambiguous,
    NotInCorpus,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ResolutionView {
    pub status: ResolutionStatus,
    pub regulation: Option<String>,
    pub full_title: Option<String>,
    /// What the locators name, in their order; a locator that leads nowhere has none.
    pub provisions: Vec<ProvisionView>,
    /// Ambiguous: what may be meant. Not in the corpus: near titles, nearest first.
    pub candidates: Vec<CandidateView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CandidateView {
    pub regulation: String,
    pub full_title: String,
    /// Edit distance of a near title; `None` for a candidate that bears the very name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance: Option<usize>,
}

impl Views<'_> {
    /// `text` is the cell or running text that the citation's spans point into.
    pub fn citation(&self, citation: &Citation, resolution: &Resolution, text: &str) -> CitationView {
        self.citation_in(citation, resolution, text, &CodePoints::of(text))
    }

    /// As [`Views::citation`], for many citations of one text: `points` are counted once.
    pub fn citation_in(
        &self,
        citation: &Citation,
        resolution: &Resolution,
        text: &str,
        points: &CodePoints<'_>,
    ) -> CitationView {
        CitationView {
            text: citation.span.of(text).to_string(),
            span: points.range(citation.span),
            title: citation.title.clone(),
            document_number: citation.number.as_ref().map(|n| n.text.clone()),
            locators: citation.locators.iter().map(|l| l.locator.clone()).collect(),
            quote: citation.quote.as_ref().map(|q| QuoteView { text: q.text.clone(), span: points.range(q.span) }),
            mention: citation.mention,
            resolution: self.resolution(citation, resolution),
        }
    }

    fn resolution(&self, citation: &Citation, resolution: &Resolution) -> ResolutionView {
        let mut view = ResolutionView {
            status: ResolutionStatus::NotInCorpus,
            regulation: None,
            full_title: None,
            provisions: Vec::new(),
            candidates: Vec::new(),
        };
        match resolution {
            Resolution::Found(found) => {
                view.status = ResolutionStatus::Found;
                if let Some(regulation) = self.corpus.regulations().get(found.regulation) {
                    view.regulation = Some(regulation.id.clone());
                    view.full_title = Some(regulation.title.clone());
                }
                if let Some(version) = found.version {
                    let named = citation.locators.iter();
                    let named = named.filter_map(|l| self.locate(found.regulation, version, &l.locator));
                    view.provisions = named.map(|provision| self.provision(provision)).collect();
                }
            }
            Resolution::Ambiguous(candidates) => {
                view.status = ResolutionStatus::Ambiguous;
                view.candidates = candidates.iter().filter_map(|&at| self.candidate(at, None)).collect();
            }
            Resolution::NotInCorpus(unknown) => {
                let near = unknown.near.iter();
                view.candidates = near.filter_map(|&(at, distance)| self.candidate(at, Some(distance))).collect();
            }
        }
        view
    }

    fn candidate(&self, at: usize, distance: Option<usize>) -> Option<CandidateView> {
        let regulation = self.corpus.regulations().get(at)?;
        Some(CandidateView { regulation: regulation.id.clone(), full_title: regulation.title.clone(), distance })
    }
}
