//! [`Head`]: one citation without its context; the pass over a text that finds them all.

use super::anaphor::{self, Anaphor};
use super::citation::{CitedLocator, CitedNumber};
use super::cited_number;
use super::cursor::{Cursor, Meter, is_space, plain};
use super::names::Names;
use super::pinpoint;
use super::title;
use super::unmarked;
use crate::law::locator::{ArticleLocator, Locator};
use crate::text::Span;
use crate::text::numeral;

/// Characters on which a citation may turn, besides the last ones of names.
pub(super) const STOPS: &[char] = &['《', '〈', '«', '<', '＜', '第', '号', '本', '该', '同', '前', '上'];

/// A title as one citation has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct HeadTitle {
    pub text: String,
    /// With its marks.
    pub span: Span,
    /// It stands in title marks.
    pub marked: bool,
}

/// What is written of one citation in one place.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Head {
    pub span: Span,
    pub title: Option<HeadTitle>,
    pub anaphor: Option<Anaphor>,
    pub number: Option<CitedNumber>,
    pub version_year: Option<u32>,
    pub locators: Vec<CitedLocator>,
    /// The short name that this citation gives its document: （以下简称《条例》）.
    pub defines: Option<String>,
    /// The end of what was read with it: brackets that say nothing of the document stand between `span` and this.
    pub after: usize,
    /// Which document of the basis cell a bare clause belongs to by its order, from 1.
    pub order: Option<u32>,
}

/// Everything in `text` that has the form of a citation, in order, not overlapping.
pub(super) fn heads(text: &str, names: &Names, meter: &Meter) -> Vec<Head> {
    let mut found: Vec<Head> = Vec::new();
    let bytes = text.as_bytes();
    let (mut at, mut floor) = (0, 0);
    // No closing mark stands before this place, so no title can end before it.
    let mut unclosed_until = 0;
    while let Some(&lead) = bytes.get(at) {
        let (code, len) = decode(bytes, at, lead);
        if !names.stops_at(code) {
            at += len;
            continue;
        }
        let c = char::from_u32(code).unwrap_or_default();
        let mut cursor = Cursor::new(text, at, meter);
        let head = match c {
            '《' | '〈' | '«' | '<' | '＜' if at >= unclosed_until => match title_head(&mut cursor) {
                Ok(head) => head,
                Err(reached) => {
                    unclosed_until = reached;
                    None
                }
            },
            '第' => match ordinal_head(&mut cursor, &found, floor) {
                Ok(head) => head,
                Err(reached) => {
                    at = reached.max(at + len);
                    continue;
                }
            },
            '号' => number_head(&mut cursor, at, floor),
            '本' | '该' | '同' | '前' | '上' => anaphor_head(&mut cursor, &found),
            _ => None,
        };
        let head = head.or_else(|| name_head(&mut cursor, names, c, at, floor));
        let Some(mut head) = head else {
            at += len;
            continue;
        };
        tail(&mut cursor, &mut head);
        head.span.end = head.span.end.max(end_of(&head));
        head.after = cursor.at;
        at = cursor.at.max(at + len);
        floor = at;
        join(text, &mut found, head);
    }
    found
}

/// The code point at `at`, and its length; malformed input cannot occur in a `str`.
#[inline]
fn decode(bytes: &[u8], at: usize, lead: u8) -> (u32, usize) {
    let tail = |n: usize| u32::from(bytes.get(at + n).copied().unwrap_or(0) & 0x3F);
    match lead {
        0..0x80 => (u32::from(lead), 1),
        0x80..0xE0 => (u32::from(lead & 0x1F) << 6 | tail(1), 2),
        0xE0..0xF0 => (u32::from(lead & 0x0F) << 12 | tail(1) << 6 | tail(2), 3),
        _ => (u32::MAX, 4),
    }
}

fn end_of(head: &Head) -> usize {
    let number = head.number.iter().map(|n| n.span.end);
    number
        .chain(head.locators.iter().map(|l| l.span.end))
        .chain(head.title.iter().map(|t| t.span.end))
        .max()
        .unwrap_or(0)
}

fn title_head(c: &mut Cursor) -> Result<Option<Head>, usize> {
    let title = title::read(c)?;
    let end = c.at;
    let mut head = Head { span: title.span, ..Head::default() };
    if let Some(at) = title.locator_at {
        let mut inside = c.at(at);
        head.locators = pinpoint::articles(&mut inside, false, None).unwrap_or_default();
    }
    if let Some(at) = title.bracket_at {
        bracket(&mut c.at(at), &mut head);
    }
    head.title = Some(HeadTitle { text: title.text, span: title.span, marked: true });
    c.at = end;
    if head.title.as_ref().is_some_and(|t| t.text.is_empty()) {
        return Ok(None);
    }
    Ok(Some(head))
}

/// 第…: a number of an order, or articles; the error holds how far the text has been seen to be neither.
fn ordinal_head(c: &mut Cursor, found: &[Head], floor: usize) -> Result<Option<Head>, usize> {
    let start = c.at;
    if let Some(number) = cited_number::read(c).filter(|_| c.text[start..].starts_with('第')) {
        return Ok(Some(Head { span: number.span, number: Some(number), ..Head::default() }));
    }
    c.at = start;
    let context = context(found);
    match pinpoint::articles(c, false, context) {
        Ok(locators) => {
            let mut head = Head { span: c.span_from(start), locators, ..Head::default() };
            if let Some(title) = unmarked::before_clause(c.text, start, floor) {
                head.span.start = title.start;
                head.title = Some(HeadTitle { text: title::clean(title.of(c.text)), span: title, marked: false });
            }
            Ok(Some(head))
        }
        Err(pinpoint::NoLocator(reached)) => {
            // 第二十号 and 第十四届法 still want their own look.
            let mut end = start;
            while end < reached
                && c.text[end..]
                    .chars()
                    .next()
                    .is_some_and(|d| is_space(d) || d == '第' || d == '、' || numeral::is_numeral(d))
            {
                end += c.text[end..].chars().next().map_or(1, char::len_utf8);
            }
            Err(end)
        }
    }
}

/// The article that 第（七）项 without 条 continues.
fn context(found: &[Head]) -> Option<&ArticleLocator> {
    match found.last()?.locators.last().map(|l| &l.locator) {
        Some(Locator::Article(article)) => Some(article),
        _ => None,
    }
}

fn number_head(c: &mut Cursor, hao: usize, floor: usize) -> Option<Head> {
    let number = cited_number::ending_at(c, hao, floor)?;
    c.at = number.span.end;
    Some(Head { span: number.span, number: Some(number), ..Head::default() })
}

fn anaphor_head(c: &mut Cursor, found: &[Head]) -> Option<Head> {
    let start = c.at;
    let anaphor = anaphor::read(c)?;
    let mut head = Head { ..Head::default() };
    match &anaphor {
        Anaphor::Former { unit, count } => {
            head.locators = anaphor::former(*unit, *count, context(found), c.span_from(start))
        }
        Anaphor::ThisArticle => {
            let mark = c.at;
            match pinpoint::articles(c, false, context(found)) {
                Ok(locators) => head.locators = locators,
                Err(_) => c.at = mark,
            }
            if head.locators.is_empty() {
                c.at = start;
                return None;
            }
        }
        Anaphor::Ditto => {}
        _ => {
            let mark = c.at;
            c.eat("的");
            match pinpoint::articles(c, true, None) {
                Ok(locators) => head.locators = locators,
                Err(_) => match pinpoint::divisions(c) {
                    Some(division) => head.locators = vec![division],
                    None => {
                        c.at = mark.min(start);
                        return None;
                    }
                },
            }
        }
    }
    head.anaphor = Some(anaphor);
    head.span = c.span_from(start);
    Some(head)
}

fn name_head(c: &mut Cursor, names: &Names, last: char, at: usize, floor: usize) -> Option<Head> {
    if !names.may_end_with(last) {
        return None;
    }
    let span = names.ending_at(c.text, at + last.len_utf8(), floor)?;
    c.at = span.end;
    let text = title::clean(span.of(c.text));
    Some(Head { span, title: Some(HeadTitle { text, span, marked: false }), ..Head::default() })
}

/// What belongs to a head after its title or number: version, numbers, short name, pinpoints.
fn tail(c: &mut Cursor, head: &mut Head) {
    if head.title.is_none() && head.number.is_none() {
        return;
    }
    loop {
        let mark = c.at;
        if c.sees(&["(", "〔", "[", "【"]) && bracket(c, head) {
            continue;
        }
        if head.number.is_none() && head.title.is_some() {
            c.eat_any(&[',', '·']);
            if let Some(number) = cited_number::read(c) {
                head.span.end = number.span.end;
                head.number = Some(number);
                c.eat("文件");
                continue;
            }
        }
        c.at = mark;
        break;
    }
    if head.locators.is_empty() && (head.title.is_some() || head.number.is_some()) {
        locators_after(c, head);
    }
}

/// Pinpoints right behind a title or number.
fn locators_after(c: &mut Cursor, head: &mut Head) {
    let mark = c.at;
    let open = c.eat_any(&['(']).is_some();
    let comma = c.eat_any(&[',', ':', '、', ';']).is_some();
    let joined = !comma && (c.eat("之") || c.eat_any(&['中', '的']).is_some());
    if c.eat_any(&['('])
        .is_none()
        .then(|| pinpoint::articles(c, !comma && !joined, None))
        .and_then(Result::ok)
        .is_some_and(|locators| {
            head.locators = locators;
            true
        })
    {
        if let Some(last) = head.locators.last() {
            head.span.end = last.span.end;
        }
        if open {
            c.eat_any(&[')']);
            head.span.end = c.at;
        }
        return;
    }
    c.at = mark;
    if comma || joined {
        c.eat_any(&[',', ':', '的', '中']);
    }
    let point = pinpoint::divisions(c).or_else(|| (!comma).then(|| pinpoint::outline(c)).flatten());
    match point {
        Some(locator) => {
            let division = matches!(locator.locator, Locator::Division(_));
            head.span.end = locator.span.end;
            head.locators = vec![locator];
            // 《民法典》第三编第五百零九条: the article says it all.
            if division && let Ok(articles) = pinpoint::articles(c, false, None) {
                head.locators = articles;
                head.span.end = head.locators.last().map_or(head.span.end, |l| l.span.end);
            }
        }
        None => c.at = mark,
    }
}

/// Longest bracket read after a title, in characters.
const LONGEST_BRACKET: usize = 120;

/// （国办发〔2017〕47号）, （2018年修正）, （以下简称《条例》）, and what mixes them. Stays where none of it is inside.
fn bracket(c: &mut Cursor, head: &mut Head) -> bool {
    let from = c.at;
    let Some(open) = c.eat_any(&['(', '〔', '[', '【']) else { return false };
    let close = match open {
        '(' => ')',
        '〔' => '〕',
        '[' => ']',
        _ => '】',
    };
    let (mut numbers, mut version, mut defines) = (Vec::new(), None, None);
    let mut depth = 1;
    let mut closed = false;
    let mut last_read = c.at;
    let mut fresh = true;
    for _ in 0..LONGEST_BRACKET {
        let Some(next) = c.peek() else { break };
        if next == close {
            depth -= 1;
            c.bump();
            if depth == 0 {
                closed = true;
                break;
            }
            continue;
        }
        if next == open {
            depth += 1;
        }
        if fresh && let Some(number) = cited_number::read(c) {
            numbers.push(number);
            last_read = c.at;
            fresh = false;
            continue;
        }
        if version.is_none()
            && next.is_ascii_digit()
            && let Some(year) = version_year(c)
        {
            version = Some(year);
            last_read = c.at;
            continue;
        }
        if defines.is_none() && c.eat_word(&["以下统称", "以下简称", "以下称", "下称", "简称"]).is_some()
        {
            c.eat_any(&[':', '为']);
            defines = short_name(c);
            last_read = c.at;
            continue;
        }
        if matches!(next, '。' | '《') {
            break;
        }
        fresh = matches!(next, ',' | '、' | ';' | ':' | '和' | '日') || is_space(next) || depth > 1;
        c.bump();
    }
    if !closed && let Some((end, year)) = history(c.text, from) {
        (c.at, closed) = (end, true);
        version = year.or(version);
    }
    if numbers.is_empty() && version.is_none() && defines.is_none() {
        // （中共中央、国务院发布）: said of the title, but nothing to read.
        const EVENTS: &[&str] = &["发布", "公布", "修订", "修正", "印发", "通过", "施行", "废止", "制定"];
        let held = c.span_from(from).of(c.text);
        let event = closed && EVENTS.iter().any(|event| held.contains(event));
        if !event {
            c.at = from;
        }
        return event;
    }
    if !closed {
        c.at = last_read;
    }
    head.version_year = version.or(head.version_year);
    head.defines = defines.or(head.defines.take());
    if head.number.is_none() {
        // 国务院令第492号公布，国务院令第711号修订: one document; the number of its last text is meant.
        let orders = numbers.iter().all(|n| matches!(&n.number, Some(crate::law::DocumentNumber::Order { .. })));
        head.number = if orders { numbers.pop() } else { numbers.into_iter().next() };
    }
    if head.number.is_some() || version.is_some() {
        head.span.end = c.at;
    }
    true
}

/// Longest account of how a law was made and amended, in characters.
const LONGEST_HISTORY: usize = 600;

/// （2010年10月28日第十一届…通过　根据2018年12月29日…《关于修改〈…〉的决定》修正）: where it ends, and the year of the
/// last amendment that it tells.
fn history(text: &str, from: usize) -> Option<(usize, Option<u32>)> {
    let open = text.get(from..)?.char_indices().find(|&(_, c)| !is_space(c))?;
    if plain(open.1) != '(' {
        return None;
    }
    let start = from + open.0 + open.1.len_utf8();
    let inner = &text[start..];
    let mut depth = 1;
    let mut end = None;
    for (at, c) in inner.char_indices().take(LONGEST_HISTORY) {
        match plain(c) {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            end = Some((at, c.len_utf8()));
            break;
        }
    }
    let (at, close) = end?;
    let words = inner[..at].trim_start_matches(is_space);
    let dated = years(words).next().is_some_and(|(at, _)| at == 0);
    let made =
        ["通过", "公布", "发布", "批准", "修订", "修正", "修改", "施行"].iter().any(|event| words.contains(event));
    if !dated || !made {
        return None;
    }
    let amended = ["修订", "修正"].iter().filter_map(|event| words.rfind(event)).max();
    let year = amended.and_then(|amended| years(&words[..amended]).last()).map(|(_, year)| year);
    Some((start + at + close, year))
}

/// Every 2018年 in a text: where it stands, and the year.
fn years(text: &str) -> impl Iterator<Item = (usize, u32)> {
    text.match_indices('年').filter_map(|(at, _)| {
        let before = text[..at].trim_end_matches(is_space);
        let start = before.trim_end_matches(|c: char| c.is_numeric()).len();
        let (year, _) = numeral::prefix(&before[start..])?;
        (1949..2100).contains(&year).then_some((start, year))
    })
}

/// The year in 2018年修正, 2019修订, 2018年12月29日第二次修正, 2018修正版, 2019版.
fn version_year(c: &mut Cursor) -> Option<u32> {
    let from = c.at;
    let year = c.numeral().filter(|&(y, arabic)| arabic && (1949..2100).contains(&y));
    let Some((year, _)) = year else {
        c.at = from;
        return None;
    };
    for _ in 0..24 {
        if c.eat_word(&["修正", "修订", "修改", "版", "文本"]).is_some() {
            return Some(year);
        }
        match c.peek() {
            Some(next)
                if "年月日第次全国人大常委会十届议于二三四五六七八九一".contains(next)
                    || next.is_ascii_digit()
                    || is_space(next) =>
            {
                c.bump()
            }
            _ => break,
        }
    }
    c.at = from;
    None
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

/// A number that stands right before its title, or in the bracket after it, is one citation with it.
fn join(text: &str, found: &mut Vec<Head>, mut head: Head) {
    if let Some(last) = found.last_mut()
        && last.title.is_none()
        && last.anaphor.is_none()
        && last.locators.is_empty()
        && head.number.is_none()
        && head.title.as_ref().is_some_and(|t| t.marked)
    {
        let gap = Span::new(last.span.end, head.span.start).of(text);
        let tied = gap.trim_matches(is_space);
        if matches!(tied, "" | "文件" | "）" | ")" | "，" | "公布的" | "发布的" | "印发的" | "颁布的" | "：")
        {
            head.number = last.number.take();
            head.span.start = last.span.start;
            *last = head;
            return;
        }
    }
    let bare = head.title.as_ref().is_some_and(|t| t.marked && title::is_no_document(&t.text));
    if bare && head.locators.is_empty() && head.number.is_none() {
        return;
    }
    found.push(head);
}
