//! [`Head`]: one citation without its context; the pass over a text that finds them all.

use super::anaphor::{self, Anaphor};
use super::assemble::{list_mark, starts_line};
use super::bracket::bracket;
use super::citation::{CitedLocator, CitedNumber};
use super::cited_number;
use super::cursor::{Cursor, Meter, back_over_space, before, is_han, is_space, plain};
use super::names::{Names, ends_with_any};
use super::outline;
use super::pinpoint;
use super::places;
use super::series::NoLocator;
use super::tie::{join, leads, tail};
use super::title;
use super::unit::{Unit, counted_from};
use super::unmarked;
use crate::law::locator::{ArticleLocator, Locator};
use crate::text::Span;
use crate::text::numeral;

/// Characters on which a citation may turn, besides the last ones of names.
pub(super) const STOPS: &[char] = &['《', '〈', '«', '<', '＜', '第', '号', '本', '该', '同', '前', '上', '”'];

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
    /// The cell's own list says that a citation begins here, whatever follows.
    pub listed: bool,
}

impl Head {
    /// It begins with a title in its marks.
    pub fn begins_marked(&self) -> bool {
        self.title.as_ref().is_some_and(|title| title.marked && title.span.start == self.span.start)
    }
}

/// Everything in `text` that has the form of a citation, in order, not overlapping.
pub(super) fn heads(text: &str, names: &Names, meter: &Meter) -> Vec<Head> {
    let mut found: Vec<Head> = Vec::new();
    let bytes = text.as_bytes();
    let (mut at, mut floor) = (0, 0);
    let mut unit: Option<Unit> = None;
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
            '《' | '〈' | '«' | '<' | '＜' if at >= unclosed_until => match title_head(&mut cursor, floor) {
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
            '本' | '该' | '同' | '前' | '上' => anaphor_head(&mut cursor, &found, unit.as_mut()),
            '”' => places::next_quoted(&mut cursor, &found),
            _ => None,
        };
        let head = head.or_else(|| name_head(&mut cursor, names, c, at, floor));
        let Some(mut head) = head else {
            at += len;
            continue;
        };
        let numbered = leads(text, &found, &head);
        tail(&mut cursor, &mut head, numbered);
        head.span.end = head.span.end.max(end_of(&head));
        head.after = cursor.at;
        at = cursor.at.max(at + len);
        floor = at;
        unit = Unit::begun_by(&cursor, &head).or(unit);
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

fn title_head(c: &mut Cursor, floor: usize) -> Result<Option<Head>, usize> {
    let mut title = title::read(c)?;
    unmarked::wrap(c, &mut title, floor);
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
    // 第 of nothing that counts, the most frequent one: 第三者 has a numeral, 次第 and 门第 have none.
    let mut ahead = c.at(start + '第'.len_utf8());
    let numeral = match ahead.peek_word() {
        Some(next) if numeral::is_numeral(next) => ahead.numeral(),
        Some('(' | '〔' | '[' | '㈠'..='㈩' | '①'..='⑳' | '⑴'..='⒇') => None,
        _ => return Err(ahead.at),
    };
    if numeral.is_some()
        && ahead.peek_word() == Some('号')
        && let Some(number) = announced(c, &ahead, floor).or_else(|| cited_number::read(c))
    {
        return Ok(Some(Head { span: number.span, number: Some(number), ..Head::default() }));
    }
    c.at = start;
    // 第三章第十九条: the article says it all.
    if matches!(ahead.peek_word(), Some('编' | '分' | '章' | '节'))
        && outline::divisions(c).is_some()
        && let Ok(locators) = pinpoint::articles(c, false, None)
    {
        return Ok(Some(Head { span: c.span_from(start), locators, ..Head::default() }));
    }
    c.at = start;
    let context = context(found);
    match pinpoint::articles(c, false, context) {
        Ok(locators) => {
            let mut head = Head { span: c.span_from(start), locators, ..Head::default() };
            if let Some(title) = unmarked::before_clause(c.text, start, floor) {
                head.span.start = title.start;
                head.title = Some(HeadTitle { text: title::clean(title.of(c.text)), span: title, marked: false });
            } else if counts_things(c.text, Span::new(start, c.at)) {
                return Err(c.at);
            }
            Ok(Some(head))
        }
        Err(NoLocator(reached)) => {
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

/// 2019年第15号公告: the number whose ordinal has been read up to 号, with what stands before 第.
fn announced(c: &mut Cursor, ordinal: &Cursor, floor: usize) -> Option<CitedNumber> {
    let mut ahead = ordinal.clone();
    ahead.skip_space();
    let hao = ahead.at;
    if !ahead.eat("号") || !ahead.sees(cited_number::ANNOUNCED) {
        return None;
    }
    let number = cited_number::ending_at(c, hao, floor)?;
    c.at = number.span.end;
    Some(number)
}

/// Words after a bare clause that speak of it as one.
const OF_A_CLAUSE: &[&str] = &[
    "规定", "第", "的", "之", "所", "中", "和", "及", "以及", "与", "或", "至", "到", "情形", "以外", "等", "有关",
    "另有", "要求", "明确", "内容", "处", "予", "执行", "办理", "修改", "改为", "作为", "并", "但", "外", "前", "后",
    "已", "不", "是", "为", "对", "将", "即", "进行", "给予", "应", "可", "同时", "自", "参照", "依照", "适用", "列",
];
/// Words that lead to a clause and to nothing else that is counted by 条.
const TO_A_CLAUSE: &[&str] =
    &["依据", "根据", "依照", "按照", "遵照", "参照", "违反", "适用", "符合", "删去", "触犯", "援引", "按"];

/// 第三条地铁, 第二条生产线: 条 counts things where a noun follows it inside a sentence.
fn counts_things(text: &str, span: Span) -> bool {
    let follows = text.get(span.end..).unwrap_or_default();
    let noun = follows.starts_with(is_han) && !OF_A_CLAUSE.iter().any(|word| follows.starts_with(word));
    noun && before(text, back_over_space(text, span.start)).is_some_and(|c| is_han(c) || matches!(c, '，' | '、' | ','))
        && !ends_with_any(text, span.start, TO_A_CLAUSE)
        && !starts_line(text, span.start)
        && list_mark(text, span.start).is_none()
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
    let mut head = Head { span: number.span, number: Some(number), ..Head::default() };
    // 统计执法监督检查办法（国家统计局令第21号）: a title without marks before the bracket.
    let open = back_over_space(c.text, head.span.start);
    if let Some(mark) = before(c.text, open).filter(|&mark| plain(mark) == '(')
        && let Some(title) = unmarked::before_clause(c.text, open - mark.len_utf8(), floor)
    {
        c.eat_any(&[')']);
        head.span = Span::new(title.start, c.at);
        head.title = Some(HeadTitle { text: title::clean(title.of(c.text)), span: title, marked: false });
    }
    Some(head)
}

fn anaphor_head(c: &mut Cursor, found: &[Head], unit: Option<&mut Unit>) -> Option<Head> {
    let start = c.at;
    let anaphor = anaphor::read(c)?;
    let from = counted_from(unit, &anaphor, c, start);
    let mut head = Head { ..Head::default() };
    match &anaphor {
        Anaphor::Former { unit, count } => {
            head.locators = anaphor::former(*unit, *count, from.as_ref().or(context(found)), c.span_from(start))
        }
        Anaphor::FirstOfArticle { count } => {
            head.locators = anaphor::first_of_article(*count, from.as_ref().or(context(found)), c.span_from(start))
        }
        Anaphor::ThisArticle => {
            let mark = c.at;
            let article = from.as_ref().or(context(found)).map(ArticleLocator::whole);
            match pinpoint::articles(c, false, article.as_ref()) {
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
                Err(_) => match outline::divisions(c) {
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
