//! Where quoted words stand in the corpus, and how they differ: [`Match`].

pub mod matching;

pub use matching::{Change, Match, Place, Segment};
