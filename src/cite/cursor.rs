//! [`Cursor`]: a place in a text from which the grammar reads, width folded and white space stepped over.

use crate::text::Span;
use crate::text::numeral;
use std::cell::Cell;

/// Reads forward only where told; `at` is saved and put back by whoever tries a form.
#[derive(Clone)]
pub(super) struct Cursor<'t> {
    pub text: &'t str,
    pub at: usize,
    meter: &'t Meter,
}

/// What reading a text has cost, over all attempts: what the bounds on time and memory are stated in.
#[derive(Debug, Default)]
pub(super) struct Meter {
    steps: Cell<u64>,
    expanded: Cell<usize>,
}

impl Meter {
    /// Characters looked at.
    pub fn steps(&self) -> u64 {
        self.steps.get()
    }

    /// Asks leave to write out `places` more of a range; refused when ranges have outgrown the text by far.
    pub fn may_expand(&self, places: usize, text: &str) -> bool {
        const FREE: usize = 10_000;
        let all = self.expanded.get() + places;
        self.expanded.set(all);
        all <= FREE + text.len() / 32
    }
}

/// One form for the widths and shapes of a mark.
pub(super) fn plain(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '﹝' | '❲' | '〖' => '〔',
        '﹞' | '❳' | '〗' => '〕',
        '﹙' => '(',
        '﹚' => ')',
        '–' | '—' | '―' | '‐' | '‑' | '−' | '─' | '﹣' => '-',
        '∼' | '〜' => '~',
        '﹤' => '<',
        '﹥' => '>',
        c => c,
    }
}

/// White space and what a page leaves between words without being seen.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{00AD}' | '\u{2060}')
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '〇')
}

impl<'t> Cursor<'t> {
    pub fn new(text: &'t str, at: usize, meter: &'t Meter) -> Self {
        Cursor { text, at, meter }
    }

    pub fn at(&self, at: usize) -> Self {
        Cursor { at, ..self.clone() }
    }

    /// The next character as printed.
    pub fn raw(&self) -> Option<char> {
        self.meter.steps.set(self.meter.steps.get() + 1);
        self.text.get(self.at..)?.chars().next()
    }

    /// The next character, width folded.
    pub fn peek(&self) -> Option<char> {
        self.raw().map(plain)
    }

    /// The next character after white space, width folded, without moving.
    pub fn peek_word(&self) -> Option<char> {
        let mut ahead = self.clone();
        ahead.skip_space();
        ahead.peek()
    }

    pub fn bump(&mut self) {
        if let Some(c) = self.raw() {
            self.at += c.len_utf8();
        }
    }

    /// Steps over white space; whether there was any.
    pub fn skip_space(&mut self) -> bool {
        let from = self.at;
        while self.raw().is_some_and(is_space) {
            self.bump();
        }
        self.at > from
    }

    /// Steps over white space and one of `chars` (folded); otherwise stays.
    pub fn eat_any(&mut self, chars: &[char]) -> Option<char> {
        let from = self.at;
        self.skip_space();
        match self.peek() {
            Some(c) if chars.contains(&c) => {
                self.bump();
                Some(c)
            }
            _ => {
                self.at = from;
                None
            }
        }
    }

    /// Steps over `word`, white space before and inside it; otherwise stays.
    pub fn eat(&mut self, word: &str) -> bool {
        let from = self.at;
        for c in word.chars() {
            if self.eat_any(&[c]).is_none() {
                self.at = from;
                return false;
            }
        }
        true
    }

    /// Steps over the first of `words` that stands here.
    pub fn eat_word(&mut self, words: &[&'static str]) -> Option<&'static str> {
        words.iter().copied().find(|word| self.eat(word))
    }

    /// Whether one of `words` stands here, white space before it aside.
    pub fn sees(&self, words: &[&'static str]) -> bool {
        self.clone().eat_word(words).is_some()
    }

    /// A numeral, white space before it and line breaks inside it stepped over; whether it was all Arabic.
    pub fn numeral(&mut self) -> Option<(u32, bool)> {
        const LONGEST: usize = 12;
        let from = self.at;
        self.skip_space();
        let mut digits = String::new();
        let mut end = self.at;
        while digits.chars().count() < LONGEST {
            match self.peek() {
                Some(c) if numeral::is_numeral(c) => {
                    digits.push(c);
                    self.bump();
                    end = self.at;
                }
                Some(c) if is_space(c) && !digits.is_empty() && self.peek_word().is_some_and(numeral::is_numeral) => {
                    self.skip_space();
                }
                _ => break,
            }
        }
        self.at = end;
        let value = numeral::parse(&digits);
        if value.is_none() {
            self.at = from;
        }
        value.map(|n| (n, digits.bytes().all(|b| b.is_ascii_digit())))
    }

    /// （七）, (7), ㈦, ⑦ or ⑺: the number, and whether it is Arabic.
    pub fn parenthesized(&mut self) -> Option<(u32, bool)> {
        let from = self.at;
        self.skip_space();
        if let Some(c) = self.raw() {
            let enclosed = match c {
                '㈠'..='㈩' => Some((c as u32 - '㈠' as u32 + 1, false)),
                '①'..='⑳' => Some((c as u32 - '①' as u32 + 1, true)),
                '⑴'..='⒇' => Some((c as u32 - '⑴' as u32 + 1, true)),
                _ => None,
            };
            if enclosed.is_some() {
                self.bump();
                return enclosed;
            }
        }
        let read = self.eat_any(&['(', '〔', '[']).and_then(|_| self.numeral());
        match read {
            Some((n, arabic)) if n < 1000 && self.eat_any(&[')', '〕', ']']).is_some() => Some((n, arabic)),
            _ => {
                self.at = from;
                None
            }
        }
    }

    /// See [`Meter::may_expand`].
    pub fn may_expand(&self, places: usize) -> bool {
        self.meter.may_expand(places, self.text)
    }

    pub fn span_from(&self, start: usize) -> Span {
        Span::new(start, self.at)
    }
}

/// The character before `at`, as printed.
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// `at` moved back over white space.
pub(super) fn back_over_space(text: &str, mut at: usize) -> usize {
    while let Some(c) = before(text, at).filter(|&c| is_space(c)) {
        at -= c.len_utf8();
    }
    at
}
