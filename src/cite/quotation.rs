//! Where the words given as those of a clause begin and end, and the 项 that stands inside them.

use super::citation::{Citation, CitedLocator, CitedNumber, Quote};
use super::cursor::{Cursor, Meter, back_over_space, before, is_han, is_space, plain};
use crate::law::locator::{Locator, Marker};
use crate::text::Span;

/// How a text is read: what counts as a quotation differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Any text: a quotation is set off from its clause by a colon, a space or quotation marks.
    Running,
    /// 公开依据: words after a clause are quoted; words after a mere title only when they are a sentence.
    Basis,
    /// 条款内容: all words are quoted.
    Clause,
}

/// Words after a citation that are no quotation: the sentence goes on about the clause.
const GOES_ON_LOCATED: &[&str] = &[
    "等", "及", "以及", "和", "与", "或", "的", "之", "所", "规定", "》", ")", "）", "〉", "、", "】", "]", "款", "另",
];
/// The same where white space stands between: a clause may begin with 所 or 与.
const GOES_ON_SPACED: &[&str] = &["等", "及", "以及", "和", "或", "的", "规定", "》", ")", "）", "〉", "、", "】", "]"];
/// The same after a title or number without clause.
const GOES_ON: &[&str] = &[
    "等", "及", "以及", "和", "与", "或", "的", "之", "所", "规定", "要求", "文件", "有关", "相关", "精神", "执行",
    "办理", "中", "制定", "》", ")", "）", "〉", "、", "】", "]", "款", "项", "另",
];
/// Words behind the closing mark of a quotation: the sentence goes on about it.
const AFTER_MARKS: &[&str] = &["的规定", "之规定", "等规定", "的要求", "的情形", "的内容"];
/// Fewer characters after a title without clause are a remark, not a sentence quoted.
const SHORTEST_SENTENCE: usize = 10;

/// Whether a gap between two heads holds more than separators and list numbers.
pub(super) fn has_words(gap: &str) -> bool {
    const TIES: &[&str] = &["以及", "及其", "和", "及", "与", "或", "并", "等"];
    let word = |c: char| is_han(c) && !crate::text::numeral::is_numeral(c);
    if gap.chars().filter(|&c| !is_space(c)).nth(24).is_some() {
        return true;
    }
    if !gap.chars().any(word) {
        return false;
    }
    let mut words: String = gap.chars().filter(|&c| !is_space(c)).collect();
    for tie in TIES {
        words = words.replace(tie, "");
    }
    words.chars().any(word)
}

/// What is known of a citation after which a quotation may begin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cited {
    /// Its last character.
    pub end: usize,
    pub located: bool,
    /// A clause without a title, at the beginning of a line.
    pub bare_line: bool,
    /// Nothing but words is written: they are the quotation.
    pub bare: bool,
    /// It begins its sentence: 《X》第三条规定，… says what the clause says; 根据《X》第三条规定，… does not.
    pub subject: bool,
}

/// The place where the quotation of a citation begins, if one may.
pub(super) fn starts(text: &str, cited: Cited, reading: Reading) -> Option<usize> {
    let Cited { end, located, bare_line, bare, subject } = cited;
    if bare {
        return Some(end);
    }
    let meter = Meter::default();
    let mut c = Cursor::new(text, end, &meter);
    let mut line = false;
    let spaced = {
        let from = c.at;
        let any = c.skip_space();
        line |= Span::new(from, c.at).of(text).contains('\n');
        any
    };
    let from = c.at;
    let mut said = false;
    if c.eat_word(&["规定", "明确", "明确规定", "要求", "指出", "明确要求"]).is_some() {
        said = matches!(c.peek_word(), Some(':' | ',' | '“' | '"'));
        if !said || (reading == Reading::Running && c.peek_word() == Some(',') && !(subject && located)) {
            c.at = from;
            said = false;
        }
    }
    let colon = c.eat_any(&[':']).is_some();
    let marked = matches!(c.peek_word(), Some('“' | '"' | '「'));
    match reading {
        Reading::Running => {
            let told = said && c.eat_any(&[',']).is_some();
            let set_off = colon
                || told
                || (marked && (said || located && !spaced))
                || (located && spaced && (!line || bare_line));
            if !set_off || !(located || colon && marked) {
                return None;
            }
        }
        Reading::Basis | Reading::Clause => {
            if !colon {
                c.eat_any(&[',', '。', ';', '.', '-']);
            }
        }
    }
    c.skip_space();
    let rest = text.get(c.at..)?;
    let goes_on = match (located, spaced) {
        (true, true) => GOES_ON_SPACED,
        (true, false) => GOES_ON_LOCATED,
        _ => GOES_ON,
    };
    let on = goes_on.iter().any(|word| rest.starts_with(word)) || names_field(rest);
    // 按照第二条办理: too few words to be those of a clause.
    let few = !spaced && rest.chars().filter(|&c| is_han(c)).nth(2).is_none();
    (colon || marked || !on && !few).then_some(c.at)
}

/// 公开时限：…, 备注：…: what another column would say, told in this cell.
fn names_field(words: &str) -> bool {
    const FIELDS: &[&str] = &["公开", "责任", "备注", "时限", "期限", "说明", "注"];
    let Some(end) = words.char_indices().take(8).find(|(_, c)| plain(*c) == ':').map(|(at, _)| at) else {
        return false;
    };
    let label = &words[..end];
    label.chars().all(is_han) && FIELDS.iter().any(|field| label.starts_with(field))
}

/// The quotation inside `span` without white space and enclosing marks around it; none where there are no words.
pub(super) fn trimmed(text: &str, span: Span, reading: Reading, located: bool) -> Option<Span> {
    let words = span.of(text);
    let mut start = span.start + (words.len() - words.trim_start_matches(is_space).len());
    let mut end = span.start + words.trim_end_matches(|c| is_space(c) || c == '、' || c == '|').len();
    if start >= end {
        return None;
    }
    let first = text[start..end].chars().next()?;
    let closing = match first {
        '“' => Some('”'),
        '「' => Some('」'),
        '"' => Some('"'),
        _ => None,
    };
    if let Some(closing) = closing {
        let inner = start + first.len_utf8();
        let at = matching(&text[inner..end], first, closing).map(|at| inner + at);
        if let Some(at) = at {
            let rest = text[at + closing.len_utf8()..end].trim_start_matches(is_space);
            let after = rest.trim_start_matches(['。', '；', ';', '，', ',', '.', ')', '）']);
            let done = after.trim_start_matches(is_space).is_empty();
            let named = AFTER_MARKS.iter().any(|word| rest.starts_with(word));
            if done || reading == Reading::Running && (named || after.len() < rest.len()) {
                (start, end) = (inner, at);
            }
        }
    }
    let han = text[start..end].chars().filter(|&c| is_han(c)).count();
    let least = if located { 2 } else { SHORTEST_SENTENCE };
    (han >= least).then_some(Span::new(start, end))
}

/// The closing mark that belongs to an opening one just read.
fn matching(words: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in words.char_indices() {
        if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        } else if c == open {
            depth += 1;
        }
    }
    None
}

/// Where the quotation marks around quoted words close.
///
/// Asked for ever later places of one quotation at a time, so that a text is gone through once.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Where the quotation asked for begins.
    from: Option<usize>,
    /// How far it has been read, and how many marks are open there.
    at: usize,
    depth: usize,
    closed: Option<usize>,
}

impl Marks {
    /// The end of a quotation that began at `from` in marks, when they close before `to` and no words of it follow.
    pub fn closed_before(&mut self, text: &str, from: usize, to: usize) -> Option<usize> {
        let open = text.get(from..to)?.chars().next()?;
        let close = match open {
            '“' => '”',
            '「' => '」',
            '"' => '"',
            _ => return None,
        };
        if self.from != Some(from) {
            *self = Marks { from: Some(from), at: from + open.len_utf8(), depth: 1, closed: None };
        }
        if self.closed.is_none() && self.at < to {
            let rest = text.get(self.at..to)?;
            for (at, c) in rest.char_indices() {
                if c == close {
                    self.depth -= 1;
                } else if c == open {
                    self.depth += 1;
                }
                if self.depth == 0 {
                    self.closed = Some(self.at + at + c.len_utf8());
                    break;
                }
            }
            self.at = self.closed.unwrap_or(to);
        }
        let end = self.closed.filter(|&end| end <= to)?;
        let sentence = before(text, end - close.len_utf8()).is_some_and(|c| "。；！？;".contains(c));
        let rest = text.get(end..to)?;
        let words = has_words(rest) || rest.contains(open) && open != close;
        let named = AFTER_MARKS.iter().any(|word| rest.trim_start_matches(is_space).starts_with(word));
        (sentence || named || !words).then_some(end)
    }
}

/// Where the paragraphs of a running text end: a quotation goes no further, unless a list goes on below.
///
/// Asked only for ever later places, so that a text is gone through once.
#[derive(Debug, Default)]
pub(super) struct Paragraphs {
    end: usize,
    known: bool,
}

impl Paragraphs {
    pub fn end_after(&mut self, text: &str, from: usize) -> usize {
        if !self.known || self.end < from {
            let rest = text.get(from..).unwrap_or_default();
            self.end = from + paragraph(rest);
            self.known = true;
        }
        self.end
    }
}

fn paragraph(words: &str) -> usize {
    for (at, _) in words.match_indices('\n') {
        let rest = &words[at + 1..];
        let next = rest.trim_start_matches(is_space);
        let listed = next.starts_with(['（', '(', '①']) || next.starts_with(|c: char| c.is_ascii_digit());
        let ended = before(words, back_over_space(words, at)).is_some_and(|c| "。；！？.;”".contains(c));
        if ended && !listed || rest.starts_with(['\n', '\r']) {
            return at;
        }
    }
    words.len()
}

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
