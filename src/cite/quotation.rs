//! [`Reading`]: how a text is read, and where the words given as those of a clause begin.

use super::cursor::{Cursor, Meter, is_han, is_space, plain};
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
pub(super) const AFTER_MARKS: &[&str] = &["的规定", "之规定", "等规定", "的要求", "的情形", "的内容"];
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
