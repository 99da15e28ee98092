//! [`past_heading`]: 第三章：主动公开 行政机关…: the heading of a cited chapter, stepped over before its words are compared.

use super::citation::{Citation, CitedLocator, Quote, Resolution};
use super::cursor::{is_space, plain};
use crate::law::provision::{Located, locate};
use crate::law::{Corpus, Locator};
use crate::text::Span;

/// Leaves out of a quotation the heading of the one chapter, part or section that it is said to be of.
///
/// `cited` are the citation's own locators, or those of the citation that its words belong to. Titles of chapters are
/// nobody's clause, so that no rule compares them.
pub fn past_heading(citation: &mut Citation, cited: &[CitedLocator], corpus: &Corpus, resolution: &Resolution) {
    let ([CitedLocator { locator: locator @ Locator::Division(_), .. }], Some(quote)) = (cited, &citation.quote) else {
        return;
    };
    let Resolution::Found(found) = resolution else { return };
    let version = corpus.regulations().get(found.regulation).zip(found.version);
    let root = version.and_then(|(regulation, at)| regulation.versions.get(at)?.provisions());
    let Some(Located::Found(division)) = root.map(|root| locate(root, locator)) else { return };
    let Some(rest) = after(&quote.text, &division.text) else { return };
    let start = quote.span.end - rest.len();
    let kept = Quote { text: rest.to_string(), span: Span::new(start, quote.span.end) };
    citation.quote = (!rest.is_empty()).then_some(kept);
}

/// `words` after a heading with which they begin, white space aside.
fn after<'w>(words: &'w str, heading: &str) -> Option<&'w str> {
    let mut wanted = heading.chars().filter(|&c| !is_space(c)).map(plain).peekable();
    wanted.peek()?;
    let mut rest = words;
    while let Some(&next) = wanted.peek() {
        rest = rest.trim_start_matches(is_space);
        rest = rest.strip_prefix(|c| plain(c) == next)?;
        wanted.next();
    }
    Some(rest.trim_start_matches(|c| is_space(c) || matches!(plain(c), '。' | ':' | '.' | ';')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_left_out_where_the_words_begin_with_it() {
        for (words, heading, rest) in [
            ("附则本法自公布之日起施行。", "附　则", Some("本法自公布之日起施行。")),
            ("附　则\n本法", "附则", Some("本法")),
            ("法律责任：有下列", "法律责任", Some("有下列")),
            ("附则", "附则", Some("")),
            ("本法", "附则", None),
            ("本法", "", None),
        ] {
            assert_eq!(after(words, heading), rest, "{words}");
        }
    }
}
