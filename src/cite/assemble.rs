//! From heads to citations: antecedents filled in, quotations cut out, cross-references inside them set apart.

use super::anaphor::Anaphor;
use super::antecedent::{Antecedents, Named};
use super::citation::{Citation, CitedNumber, Quote};
use super::cited_number::{ANNOUNCED, is_office};
use super::cursor::{back_over_space, before, is_space, plain};
use super::extent::{Marks, Paragraphs};
use super::heads::Head;
use super::items::pinpoint_items;
use super::lead::{Lead, lead_in};
use super::names::ends_with_any;
use super::quotation::{self, Reading};
use crate::catalog::Field;
use crate::law::DocumentNumber;
use crate::text::Span;
use crate::text::numeral;

/// Reads the citations of one text or cell.
pub(super) fn assemble(
    text: &str,
    heads: Vec<Head>,
    reading: Reading,
    column: Option<Field>,
    antecedents: &mut Antecedents,
) -> Vec<Citation> {
    let mut out: Vec<Citation> = Vec::new();
    // The citation whose quotation runs on, and where that began.
    let mut open: Option<(usize, usize)> = None;
    let mut marks = Marks::default();
    let mut last_end = 0;
    let mut paragraphs = Paragraphs::default();
    for head in heads {
        if reading == Reading::Running
            && let Some((at, from)) = open
            && paragraphs.end_after(text, from) < head.span.start
        {
            close(text, &mut out, at, Span::new(from, paragraphs.end_after(text, from)), reading);
            open = None;
        }
        if let Some((at, from)) = open
            && let Some(end) = marks.closed_before(text, from, head.span.start)
        {
            close(text, &mut out, at, Span::new(from, end), reading);
            open = None;
            last_end = end;
        }
        let gap = Span::new(last_end, head.span.start).of(text);
        let bare = open.and_then(|(at, _)| out.get(at)).is_some_and(|citation| citation.span.is_empty());
        let own = head.title.is_some() || head.number.is_some() || head.anaphor.is_none();
        let inside = open.is_some()
            && (quotation::has_words(gap) || !own && !tied(gap) || quotation_begins_with(text, &head, gap, bare));
        let quoted = open.is_some() && gap.trim_end_matches(is_space).ends_with(['“', '「']);
        let lead = lead_in(text, open.map_or(last_end, |(_, from)| from), head.span.start, head.begins_marked());
        let mention = !head.listed && (quoted || inside && !begins_new(text, &head, lead, reading));
        if let Some((at, from)) = open.take_if(|_| !mention) {
            close(text, &mut out, at, Span::new(from, lead.start.max(from)), reading);
        }
        let end = head.span.end.max(head.after);
        let cited = quotation::Cited {
            end,
            located: !head.locators.is_empty(),
            bare: head.span.is_empty(),
            bare_line: head.title.is_none() && head.number.is_none() && starts_line(text, head.span.start),
            subject: sentence_start(text, head.span.start),
        };
        let Some(citation) = build(head, mention, column, lead.number, antecedents) else { continue };
        let at = out.len();
        out.push(citation);
        if !mention {
            last_end = end;
            open = quotation::starts(text, cited, reading).map(|from| (at, from));
        }
    }
    if let Some((at, from)) = open {
        let end = if reading == Reading::Running { paragraphs.end_after(text, from) } else { text.len() };
        close(text, &mut out, at, Span::new(from, end), reading);
    }
    pinpoint_items(text, out, reading)
}

fn build(
    head: Head,
    mention: bool,
    column: Option<Field>,
    list_number: Option<u32>,
    antecedents: &mut Antecedents,
) -> Option<Citation> {
    // 前款 of nothing known says nothing.
    if matches!(head.anaphor, Some(Anaphor::Former { .. } | Anaphor::ThisArticle | Anaphor::FirstOfArticle { .. }))
        && head.locators.is_empty()
    {
        return None;
    }
    let written = head.title.as_ref().map(|t| t.text.clone());
    let expanded = written.as_deref().and_then(|title| antecedents.expand(title)).cloned();
    let meant = match (&written, &head.number) {
        (None, None) => antecedents.meant(&head, list_number).cloned(),
        (Some(_), _) => expanded,
        _ => None,
    };
    let inherited = meant.as_ref().and_then(|named| named.number.clone()).map(|n| CitedNumber { own: false, ..n });
    let title = match &meant {
        Some(named) => named.title.clone().or(written.clone()),
        None => written.clone(),
    };
    let version_year = head.version_year.or(meant.as_ref().and_then(|named| named.version_year));
    let own_number = head.number.clone().map(|number| announced_by(title.as_deref(), number));
    if (written.is_some() || own_number.is_some()) && !mention {
        let named =
            Named { title: title.clone(), number: own_number.clone().or(inherited.clone()), version_year, list_number };
        antecedents.name(named, head.defines.as_deref());
    } else if let (Some(named), false) = (&meant, mention) {
        // The clauses that follow without a title of their own belong to it as well.
        antecedents.name(named.clone(), None);
    }
    Some(Citation {
        span: head.span,
        column,
        title,
        title_span: head.title.map(|t| t.span),
        number: own_number.or(inherited),
        version_year,
        locators: head.locators,
        quote: None,
        // Where the words themselves stand is for the text to know; a cross-reference is no basis.
        mention,
    })
}

/// 《国家税务总局关于…的公告》（2016年第34号）: the title says whose announcement the number is.
fn announced_by(title: Option<&str>, number: CitedNumber) -> CitedNumber {
    let issuer = title.and_then(|title| title.split_once("关于")).map(|(issuer, _)| issuer).filter(|i| is_office(i));
    let kind = title.and_then(|title| ANNOUNCED.iter().find(|kind| title.ends_with(**kind)));
    let (None, Some(issuer), Some(kind)) = (&number.number, issuer, kind) else { return number };
    let counted = ANNOUNCED.iter().fold(number.text.clone(), |text, kind| text.replace(kind, ""));
    CitedNumber { number: DocumentNumber::parse(&format!("{issuer}{kind}{counted}")).ok(), ..number }
}

/// 第二十条、本条例第十九条: the words between two clauses that stand in one list.
fn tied(gap: &str) -> bool {
    let gap = gap.trim_matches(is_space);
    matches!(gap, "" | "、" | "和" | "及" | "以及" | "与" | "或")
}

/// 第七条：预算法第十五条所称…: the words quoted begin with a reference, which is no citation of its own.
fn quotation_begins_with(text: &str, head: &Head, gap: &str, bare: bool) -> bool {
    let marked = head.title.as_ref().is_some_and(|title| title.marked);
    let set_off = bare
        || gap.contains([':', '：'])
        || !marked && gap.starts_with(is_space) && gap.trim_matches(is_space).is_empty();
    let follows = text.get(head.span.end..).unwrap_or_default().trim_start_matches(is_space);
    set_off && refers(follows)
}

fn close(text: &str, out: &mut [Citation], at: usize, span: Span, reading: Reading) {
    if let Some(citation) = out.get_mut(at)
        && let Some(span) = quotation::trimmed(text, span, reading, !citation.locators.is_empty())
    {
        citation.quote = Some(Quote { text: span.of(text).to_string(), span });
    }
}

/// Words that lead to a document inside a sentence: what follows is referred to, not quoted.
const LEADING: &[&str] = &[
    "依据", "根据", "依照", "按照", "遵照", "参照", "违反", "适用", "执行", "贯彻", "落实", "符合", "遵守", "按", "依",
    "和", "与", "及", "或", "由", "在", "对", "以", "除", "即", "有", "将", "为", "照", "是", "于", "把", "从", "如",
    "属于", "制定", "印发", "关于", "实施", "、", "《",
];

/// Whether a head that stands inside running words is a citation of its own and ends the quotation before it.
fn begins_new(text: &str, head: &Head, lead: Lead, reading: Reading) -> bool {
    if head.anaphor.is_some() {
        return false;
    }
    let rest = text.get(head.span.end..).unwrap_or_default();
    let follows = rest.trim_start_matches(is_space);
    let spaced = follows.len() < rest.len();
    let next = follows.chars().next().map(plain);
    let named = head.title.is_some() || head.number.is_some();
    if refers(follows) {
        return false;
    }
    let stop = lead.start;
    let sentence = sentence_start(text, stop) || lead.labelled;
    let cited = !head.locators.is_empty() || head.number.is_some();
    let set_off = spaced || matches!(next, None | Some(':' | '(' | ',' | '。' | ';'));
    if named {
        if ends_with_any(text, stop, LEADING) {
            return false;
        }
        return if sentence {
            cited || set_off || lead.sets_off()
        } else {
            cited && (set_off || reading != Reading::Running)
        };
    }
    let apart = sentence || lead.sets_off();
    apart || (before(text, stop).is_some_and(is_space) && set_off && !ends_with_any(text, stop, LEADING))
}

/// 第十条规定的…, 第十条所列…: the words go on with the clause as their object.
fn refers(follows: &str) -> bool {
    const OBJECT: &[&str] =
        &["所", "的", "之", "以外", "等", "另有", "有关", "中", "和", "与", "或者", "至", "或", "及", "、"];
    if let Some(rest) = follows.strip_prefix("规定").or_else(|| follows.strip_prefix("要求")) {
        return !rest.trim_start_matches(is_space).starts_with(['：', ':', '，', ',', '“', '"']);
    }
    OBJECT.iter().any(|word| follows.starts_with(word))
}

/// Nothing of a sentence stands before `at`.
fn sentence_start(text: &str, at: usize) -> bool {
    let end = back_over_space(text, at);
    let line = Span::new(end, at).of(text).contains('\n');
    match before(text, end).map(plain) {
        None | Some('。' | ';' | '!' | '?' | '…' | ':' | '|' | '>') => true,
        Some('.') => true,
        Some('”' | '"' | ')' | '》') => line || end < at,
        _ => line,
    }
}

pub(super) fn starts_line(text: &str, at: usize) -> bool {
    let end = back_over_space(text, at);
    end == 0 || Span::new(end, at).of(text).contains('\n')
}

/// The list number right before `at` (`2.`, `2、`, `（2）`, `二、`, ②) and where it starts.
pub(super) fn list_mark(text: &str, at: usize) -> Option<(u32, usize)> {
    let end = back_over_space(text, at);
    let close = before(text, end)?;
    let folded = plain(close);
    if let '①'..='⑳' = close {
        return Some((close as u32 - '①' as u32 + 1, end - close.len_utf8()));
    }
    if !matches!(folded, '.' | '、' | ')') {
        return None;
    }
    let digits_end = back_over_space(text, end - close.len_utf8());
    let mut start = digits_end;
    for _ in 0..4 {
        let Some(d) = before(text, start).filter(|&d| numeral::is_numeral(plain(d))) else { break };
        start -= d.len_utf8();
    }
    let number = numeral::parse(&Span::new(start, digits_end).of(text).chars().map(plain).collect::<String>())?;
    if folded == ')' {
        match before(text, start).filter(|&c| plain(c) == '(') {
            Some(open) => start -= open.len_utf8(),
            None => return None,
        }
    }
    let free = before(text, start).is_none_or(|c| is_space(c) || "。；;：:！？.、，,”\"》】）)|>".contains(c));
    (free && (1..100).contains(&number)).then_some((number, start))
}
