//! Places in a text: a [`Span`] of bytes, and its conversion to the code points that leave the program.

use serde::{Deserialize, Serialize};

/// A half-open range of byte offsets into one string, on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The words at this place; empty when the span does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// Byte offsets of one text as counts of Unicode code points, each found in constant time.
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before byte `i * STRIDE`, rounded up to the next character boundary.
    marks: Vec<usize>,
}

const STRIDE: usize = 256;

impl<'t> CodePoints<'t> {
    pub fn of(text: &'t str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        for (count, (at, _)) in text.char_indices().enumerate() {
            while marks.len() * STRIDE <= at {
                marks.push(count);
            }
        }
        CodePoints { text, marks }
    }

    /// Code points before the byte offset `at`; offsets past the end count the whole text.
    pub fn before(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let mark = at / STRIDE;
        let Some(&count) = self.marks.get(mark) else {
            return self.text.chars().count();
        };
        let from = (mark * STRIDE..=at).find(|&i| self.text.is_char_boundary(i)).unwrap_or(at);
        count + self.text.as_bytes()[from..at].iter().filter(|&&b| b & 0xC0 != 0x80).count()
    }

    /// `[start, end]` of a span in code points, the form of every span in JSON.
    pub fn range(&self, span: Span) -> [usize; 2] {
        [self.before(span.start), self.before(span.end)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_match_a_naive_count_at_every_boundary() {
        let text = "《预算法》第14条，a".repeat(90);
        let points = CodePoints::of(&text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(points.before(at), n);
        }
        assert_eq!(points.before(text.len()), text.chars().count());
        assert_eq!(CodePoints::of("").before(0), 0);
    }
}
