//! [`Match`]: the place where quoted words stand, how likely, and the difference character by character.

use crate::text::Span;
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

impl Segment {
    /// A difference of marks and spaces only, no word.
    pub fn is_marks(&self) -> bool {
        !self.1.chars().any(char::is_alphanumeric)
    }
}

/// A provision by position: regulation in `Corpus::regulations`, version in its `versions`, and its locator's id.
///
/// The empty locator is the whole version.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    pub regulation: usize,
    pub version: usize,
    pub locator: String,
}

/// Where in a sentence of the official text a quotation starts, stops or skips.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edge {
    /// In the middle of a clause.
    Inside,
    /// At a comma.
    Clause,
    /// At the start or end of a sentence, a 项 or a 款.
    Sentence,
}

/// What a quotation leaves out between its first and last words, where it shows no ellipsis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dropped {
    Nothing,
    /// Whole sentences of a paragraph; whole 项 and 款 count as nothing.
    Sentences,
    /// Part of a sentence, from one comma to another.
    Clauses,
}

/// How quoted words agree with the words of one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The smallest provision that holds the words; a lead-in with one 项 of its list is that 项.
    pub place: Place,
    /// Every provision whose own words are quoted, in the order of the text.
    pub parts: Vec<Place>,
    /// 0–1: share of the quotation's characters (marks and spaces aside) that stand there in order.
    pub likeness: f32,
    /// Words that differ: of the quotation only, or of the official text only where the quotation runs on.
    pub changed: usize,
    /// No word differs. Words may be left out, see `dropped`, `start` and `end`.
    pub same_words: bool,
    /// Marks between the words agree too, width and list numbers aside.
    pub same_marks: bool,
    pub start: Edge,
    pub end: Edge,
    pub dropped: Dropped,
    /// The quotation stops before its sentence does, starts inside a clause, or leaves words out where it shows no
    /// ellipsis.
    pub cut_off: bool,
    pub diff: Vec<Segment>,
    /// What to put where in the quotation (bytes of it) so that no word differs; words left out stay out.
    pub repairs: Vec<(Span, String)>,
}

impl Match {
    /// The words stand here unchanged, and nothing that matters is missing.
    pub fn is_right(&self) -> bool {
        self.same_words && !self.cut_off
    }
}
