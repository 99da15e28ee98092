//! [`Title`]: a title in its marks, however they were nested, closed or broken over lines.

use super::cursor::{Cursor, is_han, is_space, plain};
use super::pinpoint;
use super::unmarked;
use crate::text::Span;

/// What was read from 《 on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Title {
    /// With its marks.
    pub span: Span,
    /// Without marks, version and number; white space of a wrapped cell dropped.
    pub text: String,
    /// Between the marks.
    pub inner: Span,
    /// A locator that was written inside the marks starts here.
    pub locator_at: Option<usize>,
    /// A bracket at the end of the title that may hold a number or a version.
    pub bracket_at: Option<usize>,
}

/// Longest title read, in characters; the longest real ones have some 120.
const LONGEST: usize = 180;
const DEEPEST: usize = 6;

/// Words that a wrapper goes on with after the title it carries.
const WRAPPED: &[&str] =
    &["通知", "意见", "决定", "公告", "批复", "函", "办法", "规定", "方案", "细则", "通告", "命令"];

pub(super) fn is_open(c: char) -> bool {
    matches!(c, '《' | '〈' | '«' | '<')
}

fn is_close(c: char) -> bool {
    matches!(c, '》' | '〉' | '»' | '>')
}

/// Reads a title at `c`, which stands on an opening mark. `Err` holds the place up to which no closing mark stands.
pub(super) fn read(c: &mut Cursor) -> Result<Title, usize> {
    let start = c.at;
    let Some(first) = c.peek() else { return Err(start) };
    let first_len = c.raw().map_or(0, char::len_utf8);
    c.bump();
    let lone = matches!(first, '<' | '«' | '〈');
    if lone && !c.peek_word().is_some_and(|next| is_han(next) || is_open(next)) {
        return Err(c.at);
    }
    let (mut depth, mut last_close) = (1usize, None);
    for _ in 0..LONGEST {
        let Some(next) = c.peek() else { break };
        let at = c.at;
        if is_open(next) {
            // A title that never closed ends where the next one of the same rank follows a close or a separator.
            if next == '《' && last_close.is_some() && first == '《' && separated(c.text, at) {
                break;
            }
            depth += 1;
            if depth > DEEPEST {
                break;
            }
        } else if is_close(next) {
            depth -= 1;
            c.bump();
            last_close = Some((at, c.at));
            if depth == 0 {
                break;
            }
            continue;
        } else if matches!(next, '。' | '!' | '?' | '|' | '\t') || (next == ';' && depth == 1) {
            break;
        }
        c.bump();
    }
    let Some((close_at, end)) = last_close else {
        return unclosed(c, start, start + first_len);
    };
    c.at = end;
    let mut inner = Span::new(start + first_len, close_at);
    inner = doubled(c.text, inner);
    let mut words = clean(inner.of(c.text));
    if depth == 0
        && (words.contains("印发") || words.contains("转发") || words.contains("关于"))
        && !ends_as_document(&words)
        && !unmarked::CARRYING.iter().any(|verb| c.text[..start].ends_with(verb))
        && let Some(tail) = wrapper_tail(c)
    {
        words.push('的');
        words.push_str(tail);
        inner.end = c.at;
    }
    Ok(finish(c, start, inner, words))
}

/// <<X>>, 《《X》》: marks written twice are one pair.
fn doubled(text: &str, inner: Span) -> Span {
    let words = inner.of(text);
    let (open, close) = (words.chars().next().map(plain), words.chars().next_back().map(plain));
    let twice = matches!((open, close), (Some('<'), Some('>')) | (Some('《'), Some('》')));
    match words.char_indices().nth(1).zip(words.char_indices().next_back()) {
        Some(((from, _), (to, _))) if twice && from < to && !words[from..to].contains(is_mark) => {
            Span::new(inner.start + from, inner.start + to)
        }
        _ => inner,
    }
}

fn is_mark(c: char) -> bool {
    is_open(plain(c)) || is_close(plain(c))
}

/// 《关于印发X指引》的通知: marks closed before the title was over.
fn wrapper_tail(c: &mut Cursor) -> Option<&'static str> {
    let from = c.at;
    let tail = if c.eat("的") { c.eat_word(WRAPPED) } else { None };
    if tail.is_none() {
        c.at = from;
    }
    tail
}

fn ends_as_document(words: &str) -> bool {
    words.contains("的通知") || words.contains("的意见") || words.contains("的决定") || words.contains("的公告")
}

/// A title whose closing mark is missing: up to the clause, the bracket or the end of the line that follows it.
fn unclosed(c: &mut Cursor, start: usize, inner: usize) -> Result<Title, usize> {
    let limit = c.at;
    c.at = inner;
    let mut end = None;
    while c.at < limit {
        let Some(next) = c.peek() else { break };
        if matches!(next, '(' | ':' | '。' | ';' | ',' | '\n' | '、') || is_open(next) || pinpoint::starts_article(c)
        {
            end = Some(c.at);
            break;
        }
        c.bump();
    }
    let span = Span::new(inner, end.unwrap_or(c.at));
    let words = clean(span.of(c.text));
    let named = ["法", "条例", "规定", "办法", "细则", "通知", "意见", "规则", "决定", "指引", "规程", "章程"];
    if !named.iter().any(|w| words.ends_with(w)) {
        return Err(limit);
    }
    c.at = span.end;
    Ok(finish(c, start, span, words))
}

/// `《` after a separator begins another title.
fn separated(text: &str, at: usize) -> bool {
    text.get(..at)
        .and_then(|t| t.trim_end_matches(is_space).chars().next_back())
        .is_some_and(|c| "、，,；;".contains(c))
}

fn finish(c: &Cursor, start: usize, inner: Span, words: String) -> Title {
    let mut title = Title { span: c.span_from(start), text: words, inner, locator_at: None, bracket_at: None };
    // 《预算法第十四条》: a clause inside the marks.
    let mut ahead = c.at(inner.start);
    while ahead.at < inner.end {
        if ahead.peek() == Some('第') && ahead.at > inner.start && pinpoint::is_all(&ahead, inner.end) {
            title.locator_at = Some(ahead.at);
            title.text = clean(Span::new(inner.start, ahead.at).of(c.text));
            return title;
        }
        ahead.bump();
    }
    let body = inner.of(c.text).trim_end_matches(is_space);
    if body.ends_with([')', '）', '〕', ']', '】']) {
        let open = body.rfind(['(', '（', '[', '［', '【']).filter(|&at| at > 0);
        if let Some(open) = open {
            let held = &body[open..];
            let dated =
                held.contains(['修', '号', '令', '版', '年']) && held.chars().any(|c| plain(c).is_ascii_digit());
            if dated {
                title.bracket_at = Some(inner.start + open);
                // （2023年版）, （2024年本） belong to the title of a catalog or standard.
                if !is_edition(held) {
                    title.text = clean(&body[..open]);
                }
            }
        }
    }
    title
}

/// （2023年版）, （2024年本）
pub(super) fn is_edition(bracket: &str) -> bool {
    let words = bracket.trim_matches(|c| is_space(c) || "()（）[]［］【】〔〕".contains(c));
    let Some(year) = words.strip_suffix(['版', '本']).and_then(|words| words.strip_suffix('年')) else {
        return false;
    };
    year.chars().count() == 4 && year.chars().all(|c| plain(c).is_ascii_digit())
}

/// White space of wrapped cells dropped; between two Latin words one space stays.
pub(super) fn clean(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut gap = false;
    for c in words.chars() {
        if is_space(c) {
            gap = true;
            continue;
        }
        if gap && c.is_ascii_alphanumeric() && out.ends_with(|p: char| p.is_ascii_alphanumeric()) {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    out
}

/// Things in title marks that nobody cites as a basis, unless a clause or number follows.
pub(super) fn is_no_document(title: &str) -> bool {
    let title = title.trim_end_matches(['》', '〉', ')', '）']);
    const PAPERS: &[&str] = &[
        "证",
        "书",
        "执照",
        "表",
        "报",
        "手册",
        "图",
        "杂志",
        "新闻联播",
        "周刊",
        "月刊",
        "台账",
        "凭证",
        "发票",
        "合同",
        "协议",
        "登记卡",
        "回执",
        "单据",
        "通行卡",
        "报告单",
        "回执单",
        "报表",
        "简章",
    ];
    /// Lists: papers when short, documents when their titles say what they are of.
    const LISTS: &[&str] = &["清单", "目录", "名单"];
    PAPERS.iter().any(|word| title.ends_with(word))
        || title.chars().count() < 10 && LISTS.iter().any(|word| title.ends_with(word))
}
