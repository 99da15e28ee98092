//! [`snippet`]: the sentence of a provision that fits a query best, with the words that hit marked.

use super::analyzer::is_han;
use crate::text::Span;
use serde::{Serialize, Serializer};

/// Plain words or words that hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    Text,
    Hit,
}

/// A stretch of a snippet; in JSON `["text", "…"]` or `["hit", "…"]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub kind: PieceKind,
    pub words: String,
}

impl Serialize for Piece {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = match self.kind {
            PieceKind::Text => "text",
            PieceKind::Hit => "hit",
        };
        (kind, &self.words).serialize(serializer)
    }
}

/// The most characters a snippet shows.
const LENGTH: usize = 120;

/// Shows the stretch of `text` with most of `marks` (words with their weight), from a sentence's start, ended at a
/// mark. The pieces joined are words of `text` as they stand, apart from … where it was cut.
pub fn snippet(text: &str, marks: &[(String, f32)]) -> Vec<Piece> {
    let hits = hits(text, marks);
    let window = window(text, &hits);
    let mut pieces = Vec::new();
    let mut push = |kind, words: &str| {
        if !words.is_empty() {
            pieces.push(Piece { kind, words: words.to_string() });
        }
    };
    if window.start > 0 {
        push(PieceKind::Text, "…");
    }
    let mut from = window.start;
    for (hit, _) in hits.iter().filter(|(hit, _)| window.contains(*hit)) {
        push(PieceKind::Text, Span::new(from, hit.start).of(text));
        push(PieceKind::Hit, hit.of(text));
        from = hit.end;
    }
    push(PieceKind::Text, Span::new(from, window.end).of(text));
    if window.end < text.len() {
        push(PieceKind::Text, "…");
    }
    pieces
}

/// Where marked words stand, in order, those that touch joined; the weight of a place is that of its words.
fn hits(text: &str, marks: &[(String, f32)]) -> Vec<(Span, f32)> {
    let mut found: Vec<(Span, f32)> = Vec::new();
    for (word, weight) in marks.iter().filter(|(word, _)| !word.is_empty()) {
        found.extend(text.match_indices(word.as_str()).map(|(at, w)| (Span::new(at, at + w.len()), *weight)));
    }
    found.sort_by_key(|(span, _)| *span);
    let mut joined: Vec<(Span, f32)> = Vec::new();
    for (span, weight) in found {
        match joined.last_mut() {
            Some((last, sum)) if span.start <= last.end => {
                if span.end > last.end {
                    last.end = span.end;
                    *sum += weight;
                }
            }
            _ => joined.push((span, weight)),
        }
    }
    joined
}

/// The best stretch of at most [`LENGTH`] characters.
fn window(text: &str, hits: &[(Span, f32)]) -> Span {
    if text.chars().count() <= LENGTH {
        return Span::new(0, text.len());
    }
    let starts = sentence_starts(text);
    let mut best = (Span::new(0, stretch(text, 0)), 0.0_f32);
    let weight = |window: Span| hits.iter().filter(|(hit, _)| window.contains(*hit)).map(|(_, w)| w).sum::<f32>();
    for &start in &starts {
        // Where even the longest stretch would hold no more, its end need not be looked for.
        if weight(Span::new(start, start + LENGTH * char::MAX.len_utf8())) <= best.1 * 1.001 {
            continue;
        }
        let window = Span::new(start, stretch(text, start));
        let weight = weight(window);
        if weight > best.1 * 1.001 {
            best = (window, weight);
        }
    }
    best.0
}

fn sentence_starts(text: &str) -> Vec<usize> {
    let mut starts = vec![0];
    for (at, c) in text.char_indices() {
        if matches!(c, '。' | '；' | '\n' | '：' | '，') {
            let next = at + c.len_utf8();
            if text[next..].chars().next().is_some_and(|c| is_han(c) || matches!(c, '（' | '(' | '《')) {
                starts.push(next);
            }
        }
    }
    starts
}

/// Where a stretch that starts at `start` ends: at the last mark within [`LENGTH`] characters, else there.
fn stretch(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut at_mark = None;
    for (count, (at, c)) in text[start..].char_indices().enumerate() {
        if count == LENGTH {
            return at_mark.unwrap_or(end);
        }
        end = start + at + c.len_utf8();
        if matches!(c, '。' | '；' | '，' | '、' | '：' | '\n') && count > LENGTH / 2 {
            at_mark = Some(end);
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|p| match p.kind {
                PieceKind::Text => p.words.clone(),
                PieceKind::Hit => format!("[{}]", p.words),
            })
            .collect()
    }

    fn marks(words: &[&str]) -> Vec<(String, f32)> {
        words.iter().map(|w| (w.to_string(), 1.0)).collect()
    }

    #[test]
    fn hits_that_touch_are_one() {
        assert_eq!(shown(&snippet("公开部门预算。", &marks(&["部门", "预算", "门预"]))), "公开[部门预算]。");
        assert_eq!(shown(&snippet("公开。", &[])), "公开。");
        assert!(snippet("", &marks(&["公开"])).is_empty());
    }

    #[test]
    fn a_long_text_shows_the_sentence_that_fits() {
        let text =
            format!("{}县级以上人民政府应当公开预算、决算。{}", "前面的话很多。".repeat(30), "后面也是。".repeat(30));
        let pieces = snippet(&text, &marks(&["预算", "决算"]));
        assert!(shown(&pieces).contains("县级以上人民政府应当公开[预算]、[决算]。"), "{}", shown(&pieces));
        assert!(shown(&pieces).starts_with('…') && shown(&pieces).ends_with('…'));
    }

    proptest! {
        #[test]
        fn a_snippet_is_words_of_the_text(text in "[公开预算决，。；\n（一）a]{0,300}", word in "[公开预算决]{0,3}") {
            let joined: String = snippet(&text, &[(word, 1.0)]).into_iter().map(|p| p.words).collect();
            prop_assert!(text.contains(joined.trim_matches('…')));
        }
    }
}
