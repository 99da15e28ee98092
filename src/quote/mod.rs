//! Where quoted words stand in the corpus, and how they differ: [`Index::find`] gives [`Match`]es.

mod align;
mod compare;
pub mod index;
pub mod matching;
mod shingles;
mod stream;
mod table;
pub mod words;

pub use index::Index;
pub use matching::{Change, Dropped, Edge, Match, Place, Segment};
pub use stream::is_within;
