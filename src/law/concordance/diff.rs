//! [`word_diff`]: the difference between two texts, word by word.

use crate::text::fold;
use std::ops::Range;

/// A stretch of words: kept, taken out of the old text, or put into the new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    Equal,
    Delete,
    Insert,
}

/// The difference between two texts, word by word; `words` gives the words of a text as byte ranges, and what lies
/// between them is taken character by character. Layout alone is [`Edit::Equal`].
pub fn word_diff(old: &str, new: &str, words: impl Fn(&str) -> Vec<Range<usize>>) -> Vec<(Edit, String)> {
    let (old, new) = (tokens(old, &words), tokens(new, &words));
    let keys = |side: &[&str]| side.iter().map(|t| fold::fold(t).text).collect::<Vec<_>>();
    let (old_keys, new_keys) = (keys(&old), keys(&new));
    let mut out: Vec<(Edit, String)> = Vec::new();
    let mut push = |edit: Edit, text: &str| match out.last_mut() {
        Some((last, words)) if *last == edit => words.push_str(text),
        _ => out.push((edit, text.into())),
    };
    for op in similar::capture_diff_slices(similar::Algorithm::Myers, &old_keys, &new_keys) {
        let (tag, before, after) = op.as_tag_tuple();
        if tag == similar::DiffTag::Equal {
            new[after].iter().for_each(|t| push(Edit::Equal, t));
            continue;
        }
        old[before].iter().for_each(|t| push(Edit::Delete, t));
        new[after].iter().for_each(|t| push(Edit::Insert, t));
    }
    out
}

/// Words, and the characters between them; white space goes with what stands before it.
fn tokens(text: &str, words: impl Fn(&str) -> Vec<Range<usize>>) -> Vec<&str> {
    let mut bounds: Vec<usize> = Vec::new();
    let mut at = 0;
    for word in words(text).into_iter().filter(|w| !w.is_empty()) {
        if word.start < at || text.get(word.clone()).is_none() {
            continue;
        }
        bounds.extend(text[at..word.start].char_indices().map(|(i, _)| at + i));
        bounds.push(word.start);
        at = word.end;
    }
    bounds.extend(text[at..].char_indices().map(|(i, _)| at + i));
    bounds.push(text.len());
    bounds.dedup();
    let mut found: Vec<&str> = Vec::new();
    let mut start = 0;
    for pair in bounds.windows(2) {
        let token = &text[pair[0]..pair[1]];
        if token.chars().all(char::is_whitespace) && pair[0] > start {
            continue;
        }
        if pair[0] > start {
            found.push(&text[start..pair[0]]);
        }
        start = pair[0];
    }
    if start < text.len() {
        found.push(&text[start..]);
    }
    found
}
