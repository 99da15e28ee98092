//! [`Match`]: the place where quoted words stand, how likely, and the difference character by character.

use serde::{Deserialize, Serialize};

/// One run of a character diff from the quotation to the official words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    Equal,
    /// In the quotation only.
    Delete,
    /// In the official text only.
    Insert,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment(pub Change, pub String);

/// A provision by position: regulation in `Corpus::regulations`, version in its `versions`, and its locator's id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    pub regulation: usize,
    pub version: usize,
    pub locator: String,
}

/// How quoted words agree with the words of one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    pub place: Place,
    /// 0–1: share of the quotation's characters (marks and spaces aside) that stand there in order.
    pub likeness: f32,
    /// Same words, marks and width aside.
    pub same_words: bool,
    /// The quotation stops before its sentence does, or leaves words out where it shows no ellipsis.
    pub cut_off: bool,
    pub diff: Vec<Segment>,
}
