//! Retrieval over provisions: [`Index`] answers a [`Query`] with [`Results`].
//!
//! A document of the index is one provision that answers by itself: an article of a regulation, a point of a
//! notice. Ranking is described and measured in `index/README.md`.

pub mod analyzer;
mod anchored;
pub mod anchors;
mod authority;
mod best;
mod bounds;
pub mod build;
pub mod error;
mod fuse;
pub mod index;
pub mod lexicon;
mod lists;
pub mod query;
pub mod rank;
pub mod results;
pub mod semantic;
pub mod snippet;
pub mod suggest;
mod titles;
pub mod traditional;
pub mod unit;

pub use anchors::Anchors;
pub use error::SearchError;
pub use index::Index;
pub use query::{Filters, Query, Sort};
pub use results::{Facets, Hit, Results};
pub use semantic::Semantic;
pub use snippet::{Piece, PieceKind};
pub use suggest::{Suggestion, Suggestions};
