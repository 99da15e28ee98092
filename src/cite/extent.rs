//! [`Marks`] and [`Paragraphs`]: how far quoted words reach, by their closing mark or by the end of their paragraph.

use super::cursor::{back_over_space, before, is_space};
use super::quotation::{AFTER_MARKS, has_words};

/// Where the quotation marks around quoted words close.
///
/// Asked for ever later places of one quotation at a time, so that a text is gone through once.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Where the quotation asked for begins.
    from: Option<usize>,
    /// How far it has been read, and how many marks are open there.
    at: usize,
    depth: usize,
    closed: Option<usize>,
}

impl Marks {
    /// The end of a quotation that began at `from` in marks, when they close before `to` and no words of it follow.
    pub fn closed_before(&mut self, text: &str, from: usize, to: usize) -> Option<usize> {
        let open = text.get(from..to)?.chars().next()?;
        let close = match open {
            '“' => '”',
            '「' => '」',
            '"' => '"',
            _ => return None,
        };
        if self.from != Some(from) {
            *self = Marks { from: Some(from), at: from + open.len_utf8(), depth: 1, closed: None };
        }
        if self.closed.is_none() && self.at < to {
            let rest = text.get(self.at..to)?;
            for (at, c) in rest.char_indices() {
                if c == close {
                    self.depth -= 1;
                } else if c == open {
                    self.depth += 1;
                }
                if self.depth == 0 {
                    self.closed = Some(self.at + at + c.len_utf8());
                    break;
                }
            }
            self.at = self.closed.unwrap_or(to);
        }
        let end = self.closed.filter(|&end| end <= to)?;
        let sentence = before(text, end - close.len_utf8()).is_some_and(|c| "。；！？;".contains(c));
        let rest = text.get(end..to)?;
        let words = has_words(rest) || rest.contains(open) && open != close;
        let named = AFTER_MARKS.iter().any(|word| rest.trim_start_matches(is_space).starts_with(word));
        (sentence || named || !words).then_some(end)
    }
}

/// Where the paragraphs of a running text end: a quotation goes no further, unless a list goes on below.
///
/// Asked only for ever later places, so that a text is gone through once.
#[derive(Debug, Default)]
pub(super) struct Paragraphs {
    end: usize,
    known: bool,
}

impl Paragraphs {
    pub fn end_after(&mut self, text: &str, from: usize) -> usize {
        if !self.known || self.end < from {
            let rest = text.get(from..).unwrap_or_default();
            self.end = from + paragraph(rest);
            self.known = true;
        }
        self.end
    }
}

fn paragraph(words: &str) -> usize {
    for (at, _) in words.match_indices('\n') {
        let rest = &words[at + 1..];
        let next = rest.trim_start_matches(is_space);
        let listed = next.starts_with(['（', '(', '①']) || next.starts_with(|c: char| c.is_ascii_digit());
        let ended = before(words, back_over_space(words, at)).is_some_and(|c| "。；！？.;”".contains(c));
        if ended && !listed || rest.starts_with(['\n', '\r']) {
            return at;
        }
    }
    words.len()
}
