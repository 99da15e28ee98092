//! [`Names`]: every exact name of the corpus, found where it stands without title marks.

use super::cursor::{back_over_space, before, is_han, is_space, plain};
use crate::law::Corpus;
use crate::text::Span;
use crate::text::fold;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Names read backwards from their last character, so that 预算法实施条例 never gives 预算法.
#[derive(Debug, Default)]
pub struct Names {
    /// Node and the character before it, by [`step`] → node; node 0 is the root.
    steps: HashMap<u64, u32, BuildHasherDefault<Spread>>,
    /// Whether a name begins at the node.
    ends: Vec<bool>,
    /// Last characters of names, a bit a code point of the basic plane.
    last: Vec<u64>,
    /// `last` and the characters on which the scanner stops anyway.
    stops: Vec<u64>,
    longest: usize,
}

/// A key of `Names::steps`.
fn step(node: u32, c: char) -> u64 {
    u64::from(node) << 32 | u64::from(c as u32)
}

/// Hashes the one number that a step is: names come from the corpus, not from whoever sends a text.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&b| self.write_u64(u64::from(b)));
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0 ^ n).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

/// What may stand right before a bare name besides marks and the start of the text.
const LEFT: &[&str] = &[
    "依据",
    "根据",
    "依照",
    "按照",
    "遵照",
    "参照",
    "违反",
    "适用",
    "执行",
    "贯彻",
    "落实",
    "按",
    "依",
    "据",
    "和",
    "与",
    "及",
    "或",
    "由",
    "在",
    "对",
    "从",
    "以",
    "即",
    "如",
    "为",
    "是",
    "的",
    "到",
    "现行",
    "遵守",
    "符合",
    "我国",
    "国务院",
    "公布",
    "修订",
    "见",
    "除",
];

/// What may stand right after a bare name besides marks, a clause and the end of the text.
const RIGHT: &[&str] = &["等", "的", "规定", "要求", "和", "与", "及", "以及", "或", "中", "国务院令", "主席令", "第"];

impl Names {
    pub fn of(corpus: &Corpus) -> Self {
        Self::from_titles(corpus.regulations().iter().flat_map(|r| r.names()))
    }

    pub fn from_titles<'n>(titles: impl IntoIterator<Item = &'n str>) -> Self {
        let mut names = Names { ends: vec![false], last: vec![0; 1024], ..Names::default() };
        for title in titles {
            let key = fold::key(title);
            // A name of three characters or fewer (宪法, 条例) is too easily a part of a sentence.
            let length = key.chars().count();
            if length >= 3 {
                names.longest = names.longest.max(title.chars().count() + 8);
                names.add(&key);
            }
        }
        names.stops = names.last.clone();
        for c in super::heads::STOPS {
            set(&mut names.stops, *c);
        }
        names
    }

    /// Whether the scanner has to look closer at `c`, a code point of the basic plane.
    #[inline]
    pub(super) fn stops_at(&self, c: u32) -> bool {
        self.stops.get(c as usize / 64).is_some_and(|bits| bits & (1 << (c % 64)) != 0)
    }

    fn add(&mut self, key: &str) {
        let mut node = 0;
        for c in key.chars().rev() {
            let next = self.ends.len() as u32;
            node = *self.steps.entry(step(node, c)).or_insert(next);
            if node == next {
                self.ends.push(false);
            }
        }
        if let Some(end) = self.ends.get_mut(node as usize) {
            *end = true;
        }
        if let Some(c) = key.chars().next_back() {
            set(&mut self.last, c);
        }
    }

    /// Whether some name ends with `c`.
    pub(super) fn may_end_with(&self, c: char) -> bool {
        self.last.get(c as usize / 64).is_some_and(|bits| bits & (1 << (c as usize % 64)) != 0)
    }

    /// The longest name whose last character ends at `end`, not reaching back beyond `floor`.
    pub(super) fn ending_at(&self, text: &str, end: usize, floor: usize) -> Option<Span> {
        let (mut node, mut at, mut found) = (0, end, None);
        for _ in 0..self.longest {
            let Some(c) = before(text, at).filter(|_| at > floor) else { break };
            // Most characters are what they fold to.
            if is_han(c) {
                let Some(&next) = self.steps.get(&step(node, c)) else { break };
                node = next;
                at -= c.len_utf8();
                if self.ends.get(node as usize).copied().unwrap_or(false) {
                    found = Some(at);
                }
                continue;
            }
            let mut folded = [None; 4];
            let mut count = 0;
            fold::each_of_key(c, |f| {
                if let Some(slot) = folded.get_mut(count) {
                    *slot = Some(f);
                }
                count += 1;
            });
            if count == 0 && !(is_space(c) || "《》〈〉()（）“”、，".contains(c)) {
                break;
            }
            let next = folded.iter().flatten().rev().try_fold(node, |node, &f| self.steps.get(&step(node, f)).copied());
            let Some(next) = next else { break };
            node = next;
            at -= c.len_utf8();
            if count > 0 && self.ends.get(node as usize).copied().unwrap_or(false) {
                found = Some(at);
            }
        }
        let start = found?;
        let span = Span::new(start, closed(text, start, end));
        (left_free(text, start) && right_free(text, span.end)).then_some(span)
    }
}

fn set(bits: &mut [u64], c: char) {
    if let Some(word) = bits.get_mut(c as usize / 64) {
        *word |= 1 << (c as usize % 64);
    }
}

/// The end of a name moved over the bracket that closes one opened inside it.
fn closed(text: &str, start: usize, end: usize) -> usize {
    let words = text.get(start..end).unwrap_or_default();
    let open = words.matches(['（', '(']).count() > words.matches(['）', ')']).count();
    match text.get(end..).and_then(|rest| rest.chars().next()) {
        Some(c) if open && plain(c) == ')' => end + c.len_utf8(),
        _ => end,
    }
}

fn left_free(text: &str, start: usize) -> bool {
    match before(text, start) {
        Some(c) if is_han(c) => LEFT.iter().any(|word| word.ends_with(c) && text[..start].ends_with(word)),
        Some(c) => !matches!(c, '《' | '〈'),
        None => true,
    }
}

fn right_free(text: &str, end: usize) -> bool {
    let rest = text.get(end..).unwrap_or_default();
    let word = rest.trim_start_matches(is_space);
    match word.chars().next() {
        None => true,
        Some(c) if crate::text::numeral::is_numeral(plain(c)) => true,
        Some('》' | '〉') => false,
        Some(c) if is_han(c) => word.len() < rest.len() || RIGHT.iter().any(|w| word.starts_with(w)),
        Some(_) => true,
    }
}

/// Whether the words before `at` end with one of `words`, white space aside.
pub(super) fn ends_with_any(text: &str, at: usize, words: &[&str]) -> bool {
    let at = back_over_space(text, at);
    text.get(..at).is_some_and(|t| words.iter().any(|w| t.ends_with(w)))
}
