//! How words and character bigrams are made of a text; [`segmenter`] loads the dictionary once, when first asked.
//!
//! Locators (第三十三条, （七）) are left out: they are addresses, and the dictionary holds many of them as words.

use super::lexicon;
use crate::text::numeral::is_numeral;
use jieba_rs::Jieba;
use std::ops::Range;
use std::sync::{Arc, OnceLock};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name under which the index knows the tokenizer of jieba words.
pub const WORDS: &str = "words";
/// The name under which the index knows the tokenizer of character bigrams.
pub const GRAMS: &str = "grams";

/// The one segmenter of the process. The first call loads the dictionary, about 160 ms.
pub fn segmenter() -> &'static Arc<Jieba> {
    static SEGMENTER: OnceLock<Arc<Jieba>> = OnceLock::new();
    SEGMENTER.get_or_init(|| {
        let mut jieba = Jieba::new();
        for word in lexicon::dictionary() {
            jieba.add_word(word, Some(2_000), None);
        }
        Arc::new(jieba)
    })
}

/// The places of all words of `text`, compounds and their parts, in the order of the text.
pub fn words(text: &str) -> Vec<Range<usize>> {
    let mut places = Vec::with_capacity(text.len() / 5);
    let jieba = segmenter();
    for clean in without_locators(text) {
        let part = &text[clean.clone()];
        for word in jieba.cut_for_search(part, true) {
            if !word.word.chars().any(char::is_alphanumeric) {
                continue;
            }
            let start = clean.start + word.byte_start;
            places.push(start..start + word.word.len());
        }
    }
    places
}

/// The places of all pairs of neighbouring Han characters of `text`.
pub fn grams(text: &str) -> Vec<Range<usize>> {
    let mut places = Vec::with_capacity(text.len() / 3);
    for clean in without_locators(text) {
        let mut before: Option<usize> = None;
        for (at, c) in text[clean.clone()].char_indices() {
            let at = clean.start + at;
            if !is_han(c) {
                before = None;
                continue;
            }
            if let Some(start) = before {
                places.push(start..at + c.len_utf8());
            }
            before = Some(at);
        }
    }
    places
}

pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}')
}

/// The stretches of `text` between its locators.
fn without_locators(text: &str) -> Vec<Range<usize>> {
    let mut kept = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        if at < from || !matches!(c, '第' | '（' | '(') {
            continue;
        }
        let Some(len) = locator_len(&text[at..]) else { continue };
        if from < at {
            kept.push(from..at);
        }
        from = at + len;
    }
    if from < text.len() {
        kept.push(from..text.len());
    }
    kept
}

/// The length of the locator at the start of `text`: 第X条, 第X款, 第（X）项, （X）, with 之X after 条.
fn locator_len(text: &str) -> Option<usize> {
    let numeral = |from: usize| {
        let rest = text.get(from..)?;
        let len = rest.char_indices().find(|&(_, c)| !is_numeral(c)).map_or(rest.len(), |(at, _)| at);
        (len > 0).then_some(from + len)
    };
    let follows = |at: usize, c: char| text.get(at..).is_some_and(|rest| rest.starts_with(c));
    let bracketed = |from: usize| {
        let open = ['（', '('].into_iter().find(|&c| follows(from, c))?;
        let end = numeral(from + open.len_utf8())?;
        let close = ['）', ')'].into_iter().find(|&c| follows(end, c))?;
        Some(end + close.len_utf8())
    };
    if !text.starts_with('第') {
        return bracketed(0);
    }
    let after = '第'.len_utf8();
    let end = bracketed(after).or_else(|| numeral(after))?;
    let unit = ['条', '款', '项', '目', '章', '节', '编'].into_iter().find(|&c| follows(end, c))?;
    let end = end + unit.len_utf8();
    if unit == '条' && follows(end, '之') {
        return numeral(end + '之'.len_utf8()).or(Some(end));
    }
    Some(end)
}

/// One of the two analyses, as the index asks for it.
#[derive(Clone, Copy)]
pub struct Analysis(pub fn(&str) -> Vec<Range<usize>>);

/// The tokens of one text.
pub struct Tokens<'t> {
    text: &'t str,
    places: std::vec::IntoIter<Range<usize>>,
    token: Token,
}

impl Tokenizer for Analysis {
    type TokenStream<'t> = Tokens<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> Tokens<'t> {
        Tokens { text, places: (self.0)(text).into_iter(), token: Token::default() }
    }
}

impl TokenStream for Tokens<'_> {
    fn advance(&mut self) -> bool {
        let Some(place) = self.places.next() else { return false };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = place.start;
        self.token.offset_to = place.end;
        self.token.text.clear();
        self.token.text.push_str(&self.text[place]);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(analysis: fn(&str) -> Vec<Range<usize>>, text: &str) -> Vec<&str> {
        analysis(text).into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn locators_are_no_words() {
        let words = texts(words, "依照本法第三十三条第二款第（七）项和第一百二十条之一公开预算");
        assert!(words.contains(&"公开") && words.contains(&"预算"), "{words:?}");
        assert!(!words.iter().any(|w| w.contains('第') || w.contains('三') || w.contains('七')), "{words:?}");
        assert_eq!(texts(words_of_persons, "第三人"), ["第三人"]);
    }

    fn words_of_persons(text: &str) -> Vec<Range<usize>> {
        without_locators(text)
    }

    #[test]
    fn grams_do_not_reach_over_marks_or_locators() {
        assert_eq!(texts(grams, "预算、决算"), ["预算", "决算"]);
        assert_eq!(texts(grams, "（一）财政预"), ["财政", "政预"]);
        assert_eq!(texts(grams, "税"), Vec::<&str>::new());
    }

    proptest! {
        #[test]
        fn any_text_is_analysed_on_character_boundaries(text in "[第（）()一二十0-9条之款项财政预算a ，。]{0,40}") {
            for place in words(&text).into_iter().chain(grams(&text)) {
                prop_assert!(text.get(place).is_some());
            }
        }
    }
}
