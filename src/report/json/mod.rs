//! The JSON shapes, shared by commands, HTTP API and MCP: [`Views`] makes each of them from what the library knows.
//!
//! Inside the library a place is a span of bytes; here it is a pair of code-point offsets.

pub mod basis;
pub mod catalog;
pub mod check;
pub mod citation;
pub mod provision;
pub mod search;
mod shape;

pub use basis::{BasisView, PrecedentView, ProposalView, WhyView};
pub use catalog::{CatalogView, ColumnView, ItemView, OriginView};
pub use check::{CatalogHead, Cells, CheckView, CheckedView, FindingView, SeverityCounts, SummaryView, VerdictCounts};
pub use citation::{CandidateView, CitationView, QuoteView, ResolutionStatus, ResolutionView};
pub use provision::ProvisionView;
pub use search::{HitView, SearchView};
pub use shape::LocatorShape;

use crate::law::Corpus;
use jiff::civil::Date;

/// Makes the views: the corpus that positions point into, and the day on which 时效 is judged.
#[derive(Clone, Copy)]
pub struct Views<'c> {
    pub corpus: &'c Corpus,
    pub today: Date,
}

impl<'c> Views<'c> {
    pub fn new(corpus: &'c Corpus, today: Date) -> Self {
        Views { corpus, today }
    }
}
