//! [`pinpoint_items`]: the 项 that stands inside quoted words, 第二十条 …下列信息：（二）….

use super::citation::{Citation, CitedLocator, CitedNumber, Quote};
use super::cursor::{Cursor, Meter, back_over_space, before, is_space, plain};
use super::quotation::Reading;
use crate::law::locator::{Locator, Marker};
use crate::text::Span;

/// An item number inside a quotation: its number, and where its mark stands.
struct ItemMark {
    number: u32,
    marker: Marker,
    span: Span,
}

/// Takes 第二十条 …下列信息：（二）… as item 2, and 第二十条（二）…；（七）… as two citations.
pub(super) fn pinpoint_items(text: &str, citations: Vec<Citation>, reading: Reading) -> Vec<Citation> {
    let mut out = Vec::with_capacity(citations.len());
    for mut citation in citations {
        let (Some(quote), false) = (citation.quote.clone(), citation.mention) else {
            out.push(citation);
            continue;
        };
        let marks = item_marks(text, quote.span);
        match citation.locators.as_slice() {
            [CitedLocator { locator: Locator::Article(article), span }] if article.item.is_none() => {
                let span = *span;
                let han: Vec<&ItemMark> = marks.iter().filter(|m| m.marker == Marker::HanParenthesized).collect();
                let whole = han.len() > 1 && han.iter().zip(1..).all(|(mark, n)| mark.number == n);
                if !whole && !han.is_empty() && han.windows(2).all(|w| w[0].number < w[1].number) {
                    let article = article.clone();
                    citation.locators = han
                        .iter()
                        .map(|mark| {
                            let mut item = article.clone();
                            item.item = Some(mark.number);
                            CitedLocator { locator: item.into(), span }
                        })
                        .collect();
                }
                out.push(citation);
            }
            [only] if reading != Reading::Running => match last_step(&only.locator) {
                Some((marker, number)) => split(text, citation, quote, &marks, marker, number, &mut out),
                None => out.push(citation),
            },
            _ => out.push(citation),
        }
    }
    out
}

/// The marker and number of the item or point that a locator ends with.
fn last_step(locator: &Locator) -> Option<(Marker, u32)> {
    match locator {
        Locator::Article(a) => a.item.filter(|_| a.subitem.is_none()).map(|n| (Marker::HanParenthesized, n)),
        Locator::Outline(o) if o.paragraph.is_none() && o.ordinal.is_none() => {
            o.steps.last().map(|s| (s.marker, s.number))
        }
        _ => None,
    }
}

fn split(
    text: &str,
    mut citation: Citation,
    quote: Quote,
    marks: &[ItemMark],
    marker: Marker,
    first: u32,
    out: &mut Vec<Citation>,
) {
    let mut number = first;
    let mut from = quote.span.start;
    let mut rest = Vec::new();
    for mark in marks.iter().filter(|m| m.marker == marker) {
        if mark.number <= number || mark.span.start <= from {
            continue;
        }
        rest.push((mark.number, mark.span));
        number = mark.number;
        from = mark.span.end;
    }
    let ends: Vec<usize> = rest.iter().map(|(_, span)| span.start).chain([quote.span.end]).collect();
    let set = |citation: &mut Citation, span: Span| {
        let end = back_over_space(text, span.end);
        let from = span.start
            + (text[span.start..end.max(span.start)].len()
                - text[span.start..end.max(span.start)].trim_start_matches(is_space).len());
        let span = Span::new(from, end.max(from));
        citation.quote = (!span.is_empty()).then(|| Quote { text: span.of(text).to_string(), span });
    };
    let template = citation.clone();
    set(&mut citation, Span::new(quote.span.start, ends[0]));
    out.push(citation);
    for (&(number, span), &end) in rest.iter().zip(&ends[1..]) {
        let mut next = template.clone();
        next.span = span;
        next.title_span = None;
        next.number = next.number.map(|n| CitedNumber { own: false, ..n });
        for cited in &mut next.locators {
            cited.span = span;
            match &mut cited.locator {
                Locator::Article(a) => a.item = Some(number),
                Locator::Outline(o) => {
                    if let Some(last) = o.steps.last_mut() {
                        last.number = number;
                    }
                }
                Locator::Division(_) => {}
            }
        }
        set(&mut next, Span::new(span.end, end));
        out.push(next);
    }
}

/// Item marks that begin a line, a sentence or a list inside a quotation.
fn item_marks(text: &str, span: Span) -> Vec<ItemMark> {
    let meter = Meter::default();
    let mut marks = Vec::new();
    for (at, c) in span.of(text).char_indices() {
        let at = span.start + at;
        let enclosed = matches!(plain(c), '(') || matches!(c, '㈠'..='㈩');
        let digit = c.is_ascii_digit();
        if !(enclosed || digit) {
            continue;
        }
        let previous = before(text, back_over_space(text, at)).map(plain);
        if at > span.start && !matches!(previous, Some('。' | ';' | ':' | ',' | '、' | '…')) {
            continue;
        }
        let mut cursor = Cursor::new(text, at, &meter);
        let read = if enclosed {
            cursor
                .parenthesized()
                .map(|(n, arabic)| (n, if arabic { Marker::ArabicParenthesized } else { Marker::HanParenthesized }))
        } else {
            cursor.numeral().filter(|_| cursor.peek() == Some('.')).map(|(n, _)| {
                cursor.bump();
                (n, Marker::Arabic)
            })
        };
        if let Some((number, marker)) = read {
            marks.push(ItemMark { number, marker, span: Span::new(at, cursor.at) });
        }
    }
    marks
}
