//! Folding: one form for what differs only in width, spacing or the shape of a mark, with the way back to the original.

use super::span::Span;
use unicode_normalization::UnicodeNormalization;

/// A folded text and, for each of its bytes, the original character it came from.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    pub text: String,
    /// One entry a byte of `text`: the byte range of the original character.
    origin: Vec<(u32, u32)>,
}

impl Folded {
    /// The original place of a span of the folded text, from its first character to its last.
    pub fn original(&self, span: Span) -> Span {
        let at = |i: usize| self.origin.get(i).or(self.origin.last()).copied().unwrap_or_default();
        let start = at(span.start).0 as usize;
        if span.is_empty() { Span::new(start, start) } else { Span::new(start, at(span.end - 1).1 as usize) }
    }
}

/// Folds width (NFKC: `２０`→`20`, `（`→`(`, `㈦`→`(七)`, `⑦`→`7`) and quotation marks, and drops white space.
///
/// Book-title marks 《》 and number brackets 〔〕 keep their form: the grammar reads them.
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len()) };
    for (at, c) in text.char_indices() {
        let range = (at as u32, (at + c.len_utf8()) as u32);
        each_folded(c, |f| {
            folded.text.push(f);
            folded.origin.extend(std::iter::repeat_n(range, f.len_utf8()));
        });
    }
    folded
}

/// The key under which a title or alias is filed: folded, without marks and brackets, so that
/// `《关于印发〈X〉的通知》` and `关于印发X的通知` meet, and nothing shorter does.
pub fn key(title: &str) -> String {
    let mut key = String::with_capacity(title.len());
    for c in title.chars() {
        each_of_key(c, |f| key.push(f));
    }
    key
}

/// Calls `each` with what one character adds to a [`key`]: nothing for marks, brackets and white space.
pub fn each_of_key(c: char, mut each: impl FnMut(char)) {
    each_folded(c, |f| {
        if !matches!(
            f,
            '《' | '》'
                | '〈'
                | '〉'
                | '<'
                | '>'
                | '«'
                | '»'
                | '"'
                | '\''
                | '('
                | ')'
                | '〔'
                | '〕'
                | '['
                | ']'
                | '、'
                | ','
                | '·'
        ) {
            each(f);
        }
    });
}

/// Calls `each` with what one character folds to: nothing for white space and invisible characters.
pub fn each_folded(c: char, mut each: impl FnMut(char)) {
    match c {
        '\u{4E00}'..='\u{9FFF}' | '!'..='~' => each(c),
        '“' | '”' | '„' | '〝' | '〞' | '＂' | '「' | '」' => each('"'),
        '‘' | '’' => each('\''),
        '﹝' | '❲' => each('〔'),
        '﹞' | '❳' => each('〕'),
        '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{00AD}' | '\u{2060}' => {}
        c if c.is_whitespace() || c.is_control() => {}
        c => std::iter::once(c).nfkc().filter(|f| !f.is_whitespace()).for_each(each),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_width_marks_and_space() {
        for (text, folded) in [
            ("第２０条", "第20条"),
            ("（七） 项", "(七)项"),
            ("㈦", "(七)"),
            ("《预 算\n法》", "《预算法》"),
            ("“三公”：", "\"三公\":"),
            ("﹝2017﹞", "〔2017〕"),
            ("", ""),
        ] {
            assert_eq!(fold(text).text, folded);
        }
    }

    #[test]
    fn keys_meet_only_for_the_same_words() {
        assert_eq!(key("关于印发〈政府网站发展指引〉的通知"), key("《关于印发政府网站发展指引 的通知》"));
        assert_ne!(key("预算法实施条例"), key("预算法"));
        assert_eq!(key("党务公开条例（试行）"), key("党务公开条例(试行)"));
    }

    proptest! {
        #[test]
        fn every_folded_character_leads_back_to_the_one_it_came_from(text in ".{0,60}") {
            let folded = fold(&text);
            for (at, c) in folded.text.char_indices() {
                let back = folded.original(Span::new(at, at + c.len_utf8()));
                prop_assert!(fold(back.of(&text)).text.contains(c));
            }
        }
    }
}
