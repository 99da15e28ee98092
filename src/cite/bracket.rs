//! [`bracket`]: what stands in brackets after a title: numbers, the version meant, the short name given to it.

use super::citation::CitedNumber;
use super::cited_number;
use super::cited_number::is_office;
use super::cursor::{Cursor, is_space, plain};
use super::heads::Head;
use super::title;
use crate::law::DocumentNumber;
use crate::text::numeral;

/// Longest bracket read after a title, in characters: three amendments with the decisions that made them.
const LONGEST: usize = 600;
const OPEN: &[char] = &['(', '〔', '[', '【'];
/// What may be said to have happened to a text without making another version of it.
const EVENTS: &[&str] = &[
    "发布", "公布", "印发", "通过", "施行", "废止", "制定", "颁布", "实施", "批准", "备案", "转发", "批转", "下发",
    "颁发", "生效", "批复",
];
/// What makes another version of a text.
const CHANGES: &[&str] = &["修正", "修订", "修改", "版", "文本", "本"];

/// What a bracket has said so far.
#[derive(Default)]
struct Said {
    numbers: Vec<CitedNumber>,
    version: Option<u32>,
    defines: Option<String>,
    event: bool,
    /// The year of the date read last.
    year: Option<u32>,
    /// After the last thing read.
    end: usize,
}

/// （国办发〔2017〕47号）, （2018年修正）, （以下简称《条例》）, and what mixes them. Stays where none of it is inside.
pub(super) fn bracket(c: &mut Cursor, head: &mut Head) -> bool {
    let from = c.at;
    let Some(open) = c.eat_any(OPEN) else { return false };
    let close = match open {
        '(' => ')',
        '〔' => '〕',
        '[' => ']',
        _ => '】',
    };
    let open_end = c.at;
    let mut said = Said { end: c.at, ..Said::default() };
    let closed = read(c, open, close, &mut said);
    said.event |=
        closed && is_office(c.span_from(open_end).of(c.text).trim_end_matches(|m| is_space(m) || plain(m) == close));
    let names = !said.numbers.is_empty() || said.version.is_some() || said.defines.is_some();
    // （中共中央、国务院发布）, （国务院）: said of the title, but nothing to read.
    if !(names || closed && said.event) {
        c.at = from;
        return false;
    }
    if !closed {
        c.at = said.end;
    }
    head.version_year = said.version.or(head.version_year);
    head.defines = said.defines.or(head.defines.take());
    if head.number.is_none() {
        // 国务院令第492号公布，国务院令第711号修订: one document; the number of its last text is meant.
        let orders = said.numbers.iter().all(|n| matches!(&n.number, Some(DocumentNumber::Order { .. })));
        head.number = if orders { said.numbers.pop() } else { said.numbers.into_iter().next() };
    }
    if head.number.is_some() || said.version.is_some() {
        head.span.end = c.at;
    }
    true
}

/// Reads up to the closing mark; whether there was one.
fn read(c: &mut Cursor, open: char, close: char, said: &mut Said) -> bool {
    let start = c.at;
    let mut depth = 1;
    let mut fresh = true;
    for _ in 0..LONGEST {
        let Some(next) = c.peek() else { return false };
        if next == close {
            depth -= 1;
            c.bump();
            if depth == 0 {
                return true;
            }
            continue;
        }
        if next == open {
            depth += 1;
        }
        if fresh && let Some(number) = cited_number::read_in_bracket(c) {
            said.numbers.push(number);
            said.end = c.at;
            fresh = false;
            continue;
        }
        if numeral::is_numeral(next) && dated(c, said, c.at == start) {
            fresh = true;
            continue;
        }
        if said.defines.is_none() && c.eat_word(&["以下统称", "以下简称", "以下称", "下称", "简称"]).is_some()
        {
            c.eat_any(&[':', '为']);
            said.defines = short_name(c);
            said.end = c.at;
            continue;
        }
        if (matches!(next, '修' | '版' | '文') || next == '本' && said.year.is_some()) && c.eat_word(CHANGES).is_some()
        {
            said.event = true;
            if let Some(year) = said.year.take() {
                said.version = Some(year);
                said.end = c.at;
            }
            continue;
        }
        if "发公印通施废制颁实批备转下生".contains(next) && c.eat_word(EVENTS).is_some() {
            said.event = true;
            said.year = None;
            continue;
        }
        if next == '。' || next == '《' && !decision(c) {
            return false;
        }
        if next == '《' {
            fresh = false;
            continue;
        }
        fresh = matches!(next, ',' | '、' | ';' | ':' | '和' | '日') || is_space(next) || depth > 1;
        c.bump();
    }
    false
}

/// 2018年12月29日, 2018: a date, of which the year is kept; all that the bracket holds, it names the version.
/// 2018年第4号: a number, when the bracket begins with it.
fn dated(c: &mut Cursor, said: &mut Said, first: bool) -> bool {
    let from = c.at;
    let year = c.numeral().filter(|&(y, _)| (1949..2100).contains(&y));
    let nian = c.eat("年");
    let Some((year, _)) = year.filter(|&(_, arabic)| arabic || nian) else {
        c.at = from;
        return false;
    };
    said.year = Some(year);
    let mark = c.at;
    if nian && first && c.eat("第") && c.numeral().is_some() && c.eat("号") {
        c.eat_word(cited_number::ANNOUNCED);
        let span = c.span_from(from);
        said.numbers.push(CitedNumber { text: span.of(c.text).to_string(), span, number: None, own: true });
        said.end = c.at;
        return true;
    }
    c.at = mark;
    if nian && c.numeral().is_some() && c.eat("月") && c.numeral().is_some() {
        c.eat("日");
    } else {
        c.at = mark;
    }
    if first && matches!(c.peek_word(), Some(')' | '〕' | ']' | '】')) {
        said.version = Some(year);
        said.end = c.at;
    }
    true
}

/// 根据…《国务院关于修改部分行政法规的决定》修订: the decision by which the title before the bracket was amended.
fn decision(c: &mut Cursor) -> bool {
    let from = c.at;
    let amends = title::read(c).is_ok_and(|t| ["修改", "修正", "修订", "废止"].iter().any(|w| t.text.contains(w)));
    if !amends {
        c.at = from;
    }
    amends
}

/// 《条例》, “条例” or 条例 after 以下简称.
fn short_name(c: &mut Cursor) -> Option<String> {
    let mark = c.at;
    c.skip_space();
    if c.peek() == Some('《') {
        return title::read(c).ok().map(|t| t.text);
    }
    let quoted = c.eat_any(&['“', '"', '「', '‘']).is_some();
    let start = c.at;
    for _ in 0..20 {
        match c.peek() {
            Some('”' | '"' | '」' | '’') if quoted => break,
            Some(')' | ',' | ';') | None => break,
            _ => c.bump(),
        }
    }
    let name = title::clean(c.span_from(start).of(c.text));
    if quoted {
        c.eat_any(&['”', '"', '」', '’']);
    }
    if name.is_empty() {
        c.at = mark;
        return None;
    }
    Some(name)
}
