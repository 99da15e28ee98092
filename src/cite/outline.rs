//! [`outline`] and [`divisions`]: the points of notices (三、（七）), and what stands over articles (第三编第一章).
//!
//! The grammar stands in the module documentation of [`cite`](super).

use super::citation::CitedLocator;
use super::cursor::{Cursor, back_over_space, is_han};
use crate::law::locator::{Division, DivisionKind, Locator, Marker, OutlineLocator, OutlineStep};
use crate::text::Span;

/// Longest heading between two steps of an outline (二、重点任务（五）), in characters.
const LONGEST_HEADING: usize = 20;

/// 第三编第一章: what stands over articles; read only right after a title.
pub(super) fn divisions(c: &mut Cursor) -> Option<CitedLocator> {
    let from = c.at;
    c.skip_space();
    let start = c.at;
    let mut path: Vec<Division> = Vec::new();
    loop {
        let mark = c.at;
        let next = if c.eat("第") { c.numeral() } else { None };
        let kind = match next.and_then(|_| c.eat_word(&["分编", "编", "章", "节"])) {
            Some("分编") => DivisionKind::SubPart,
            Some("编") => DivisionKind::Part,
            Some("章") => DivisionKind::Chapter,
            Some(_) => DivisionKind::Section,
            None => {
                c.at = mark;
                break;
            }
        };
        let (Some((number, _)), true) = (next, path.last().is_none_or(|last| last.kind < kind)) else {
            c.at = mark;
            break;
        };
        path.push(Division { kind, number });
    }
    if path.is_empty() {
        c.at = from;
        return None;
    }
    Some(CitedLocator { locator: Locator::Division(path), span: c.span_from(start) })
}

/// A point of a notice: 三、（七）, （六）, 4., 第四部分, 附件2第236项, 二是.
///
/// Read only where a title stands before it or a cell begins with it; elsewhere the same marks are a list's own.
pub(super) fn outline(c: &mut Cursor) -> Option<CitedLocator> {
    let from = c.at;
    c.skip_space();
    let start = c.at;
    let mut outline = OutlineLocator::default();
    if c.eat("附件") {
        let number = c.numeral();
        if number.is_none() && !matches!(c.peek_word(), Some('第' | ':' | '中' | '《')) && c.peek_word().is_some() {
            c.at = from;
            return None;
        }
        outline.annex = Some(number.map_or(1, |(n, _)| n));
        c.eat_any(&['中', '的']);
    } else if c.eat("前言") {
        // The words before the first point: a step there is none.
        outline.paragraph = segment(c);
    }
    let mut end_of_step = c.at;
    while outline.paragraph.is_none() && outline.steps.len() < Marker::ORDER.len() {
        let mark = c.at;
        let inner = outline.annex.is_some() || !outline.steps.is_empty();
        let Some(step) = step(c, outline.annex.is_some(), inner) else { break };
        if outline.steps.last().is_some_and(|last| last.marker >= step.marker) {
            c.at = mark;
            break;
        }
        outline.steps.push(step);
        end_of_step = c.at;
        heading(c);
    }
    // A heading is stepped over only on the way to a further step.
    c.at = if outline.steps.is_empty() { c.at } else { end_of_step };
    outline.paragraph = outline.paragraph.or_else(|| segment(c));
    let mark = c.at;
    match c.numeral() {
        Some((n, false)) if n > 0 && c.eat("是") => outline.ordinal = Some(n),
        _ => c.at = mark,
    }
    if outline == OutlineLocator::default() {
        c.at = from;
        return None;
    }
    let end = back_over_space(c.text, c.at);
    Some(CitedLocator { locator: outline.into(), span: Span::new(start, end) })
}

/// 第二段, 第二自然段
fn segment(c: &mut Cursor) -> Option<u32> {
    let from = c.at;
    let number = if c.eat("第") { c.numeral() } else { None };
    match number {
        Some((n, _)) if c.eat("段") || c.eat("自然段") => Some(n),
        _ => {
            c.at = from;
            None
        }
    }
}

/// Steps over the heading in 二、重点任务（五）; stays where no further step follows it at once.
fn heading(c: &mut Cursor) {
    let from = c.at;
    for _ in 0..LONGEST_HEADING {
        match c.peek() {
            Some('(') if c.at > from && c.clone().parenthesized().is_some_and(|(_, arabic)| !arabic) => return,
            Some('第') => break,
            Some(next) if is_han(next) || matches!(next, '、' | '“' | '”' | '"') => c.bump(),
            _ => break,
        }
    }
    c.at = from;
}

fn step(c: &mut Cursor, annexed: bool, inner: bool) -> Option<OutlineStep> {
    let from = c.at;
    if c.eat("第") {
        let enclosed = c.clone().parenthesized().is_some();
        let number = c.parenthesized().or_else(|| c.numeral());
        if let Some((number, arabic)) = number {
            if c.eat("部分") || c.eat("大点") {
                return Some(OutlineStep { marker: Marker::Han, number });
            }
            if c.eat("项") || c.eat("点") || c.eat("小点") || c.eat("小项") {
                let marker = match (enclosed, arabic || annexed) {
                    (true, true) => Marker::ArabicParenthesized,
                    (false, true) => Marker::Arabic,
                    (_, false) => Marker::HanParenthesized,
                };
                return Some(OutlineStep { marker, number });
            }
        }
        c.at = from;
        return None;
    }
    if let Some((number, arabic)) = c.parenthesized() {
        // ②《乙办法》: a list's own number before another title.
        if !inner && c.peek_word() == Some('《') {
            c.at = from;
            return None;
        }
        let marker = if arabic { Marker::ArabicParenthesized } else { Marker::HanParenthesized };
        return Some(OutlineStep { marker, number });
    }
    let (number, arabic) = c.numeral()?;
    let marker = if arabic { Marker::Arabic } else { Marker::Han };
    let small = number > 0 && number < 500;
    match c.peek() {
        Some('.' | '、') if small => {
            c.bump();
            // 1.5倍, and a list's own number before another title.
            if !c.peek().is_some_and(|next| next.is_ascii_digit())
                && (inner || !arabic || c.peek_word().is_some())
                && (!matches!(c.peek_word(), Some('《' | '第')) || segment(&mut c.clone()).is_some())
            {
                return Some(OutlineStep { marker, number });
            }
        }
        Some('部') if small && c.eat("部分") => return Some(OutlineStep { marker: Marker::Han, number }),
        Some('(') if !arabic && c.clone().parenthesized().is_some() => return Some(OutlineStep { marker, number }),
        _ => {}
    }
    c.at = from;
    None
}
