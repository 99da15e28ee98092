//! Titles without marks that the corpus does not know, told by their form: 食品安全法第三十四条, a basis cell that is a title.

use super::cursor::{Cursor, back_over_space, before, is_han, is_space, plain};
use super::heads::{Head, HeadTitle};
use super::title::{Title, clean};
use crate::text::Span;

/// Longest title read by its form, in characters.
const LONGEST: usize = 80;
/// Last words of a title that say enough by themselves.
const PLAIN_KINDS: &[&str] = &["条例", "实施细则", "实施办法", "管理办法", "暂行办法", "法典", "法"];
/// Last words that common nouns have too: the title has to be longer, or begin as titles do.
const LOOSE_KINDS: &[&str] = &[
    "办法", "规定", "细则", "规则", "决定", "通知", "意见", "章程", "规程", "指引", "准则", "解释", "方案", "纲要",
    "公告", "规范", "要点",
];
/// Words ending in 法 that name no law.
const NO_LAWS: &[&str] = &[
    "方法",
    "做法",
    "说法",
    "看法",
    "执法",
    "司法",
    "立法",
    "合法",
    "违法",
    "依法",
    "用法",
    "想法",
    "办法",
    "守法",
    "普法",
    "修法",
    "书法",
    "疗法",
    "新法",
    "旧法",
    "此法",
    "上位法",
    "下位法",
    "实体法",
    "程序法",
    "部门法",
    "一般法",
    "特别法",
    "国际法",
    "依照法",
    "国法",
];
/// Words that no title has.
const NO_TITLE: &[&str] = &[
    "有关",
    "相关",
    "其他",
    "上级",
    "本级",
    "本单位",
    "文件规定",
    "规定的",
    "工作职责",
    "法律法规",
    "法律、法规",
    "上述",
    "下列",
    "以下",
    "前述",
    "本办法",
    "本条例",
    "本法",
    "本规定",
    "该",
    "同",
];
/// Words that lead to a title and do not belong to it.
const LEAD: &[&str] = &[
    "违反了",
    "违反",
    "根据",
    "依据",
    "依照",
    "按照",
    "遵照",
    "参照",
    "适用",
    "符合",
    "触犯",
    "执行",
    "贯彻",
    "落实",
    "按",
    "依",
    "见",
    "了",
];

fn is_break(c: char) -> bool {
    matches!(
        plain(c),
        '。' | ';' | ':' | ',' | '、' | '!' | '?' | '|' | '》' | '《' | '”' | '“' | '】' | ')' | '.' | '…'
    ) || c == '\n'
}

/// The unmarked title that ends right before the clause at `at`, not reaching back beyond `floor`.
pub(super) fn before_clause(text: &str, at: usize, floor: usize) -> Option<Span> {
    let end = back_over_space(text, at);
    if at - end > 3 {
        return None;
    }
    let mut start = end;
    for _ in 0..LONGEST {
        let Some(c) = before(text, start).filter(|&c| start > floor && !is_break(c) && !is_space(c)) else { break };
        start -= c.len_utf8();
    }
    let words = Span::new(start, end);
    titled(text, words).or_else(|| generic(text, words))
}

/// 条例第十条: the last word of a title named before, after words that lead to a document or at the beginning.
fn generic(text: &str, span: Span) -> Option<Span> {
    const GENERIC: &[&str] = &["实施条例", "实施细则", "实施办法", "暂行条例", "暂行办法", "条例", "办法", "细则"];
    let words = span.of(text);
    let kind = GENERIC.iter().find(|kind| words.ends_with(*kind))?;
    let lead = &words[..words.len() - kind.len()];
    let free = lead.is_empty() || LEAD.iter().chain(PREFIXES).any(|word| lead.ends_with(word));
    free.then(|| Span::new(span.end - kind.len(), span.end))
}

/// What a wrapper without marks does to the title that it carries.
const CARRYING: &[&str] =
    &["修改", "印发", "转发", "废止", "公布", "发布", "批转", "实施", "贯彻实施", "修订", "下发", "执行", "调整"];
const WRAPPER_KINDS: &[&str] = &["通知", "决定", "公告", "意见", "批复", "函", "通告", "命令", "通报"];
/// Words before a wrapper that do not belong to it.
const BEFORE_WRAPPER: &[&str] = &[
    "现将", "根据", "依据", "依照", "按照", "遵照", "参照", "贯彻", "落实", "执行", "违反", "见", "经", "由", "将",
    "按", "和", "及", "与", "的",
];

/// 国务院关于修改《X》的决定, where only X stands in marks: the whole is the title.
pub(super) fn wrap(c: &mut Cursor, title: &mut Title, floor: usize) {
    let from = c.at;
    let before_title = c.text.get(floor..title.span.start).unwrap_or_default();
    let Some(verb) = CARRYING.iter().find(|verb| before_title.ends_with(*verb)) else { return };
    let lead = &before_title[..before_title.len() - verb.len()];
    if !lead.ends_with("关于") {
        return;
    }
    let kind = if c.eat("的") { c.eat_word(WRAPPER_KINDS) } else { None };
    let Some(kind) = kind else {
        c.at = from;
        return;
    };
    let issuer_end = floor + lead.len() - "关于".len();
    let mut start = issuer_end;
    for _ in 0..LONGEST {
        let Some(prev) = before(c.text, start).filter(|_| start > floor) else { break };
        if !(is_han(prev) || matches!(prev, '、' | ' ' | '\u{3000}')) {
            break;
        }
        start -= prev.len_utf8();
    }
    let issuer = Span::new(start, issuer_end).of(c.text);
    let cut = BEFORE_WRAPPER.iter().filter_map(|word| issuer.rfind(word).map(|at| at + word.len())).max().unwrap_or(0);
    let issuer = &issuer[cut..];
    start = issuer_end - issuer.trim_start_matches(|ch: char| is_space(ch) || ch == '、').len();
    title.span = Span::new(start, c.at);
    title.inner = title.span;
    title.text = clean(title.span.of(c.text));
    title.locator_at = None;
    title.bracket_at = None;
    debug_assert!(title.text.ends_with(kind));
}

/// The titles of which a basis cell consists where it has no marks: whole segments between separators.
pub(super) fn add_segments(text: &str, heads: &mut Vec<Head>) {
    let mut segments = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if matches!(plain(c), ';' | '、' | ',' | '。' | '【' | '】') || c == '\n' {
            segments.push(Span::new(start, at));
            start = at + c.len_utf8();
        }
    }
    segments.push(Span::new(start, text.len()));
    for segment in segments {
        add_segment(text, segment, heads);
    }
    heads.sort_by_key(|head| head.span.start);
}

fn add_segment(text: &str, segment: Span, heads: &mut Vec<Head>) {
    let overlaps = |head: &&Head| head.span.start < segment.end && segment.start < head.span.end;
    let held: Vec<&Head> = heads.iter().filter(overlaps).collect();
    let number = match held.as_slice() {
        [] => None,
        [only]
            if only.title.is_none()
                && only.anaphor.is_none()
                && only.number.is_some()
                && segment.contains(only.span) =>
        {
            Some((*only).clone())
        }
        _ => return,
    };
    let words = segment.of(text);
    let open = words.find(['（', '(', '〔', '[']).map_or(segment.end, |at| segment.start + at);
    let end = number.as_ref().map_or(open, |head| open.min(head.span.start));
    // A bracket that holds no number is part of the title: （试行）.
    let end = if number.is_none() && words.trim_end().ends_with(['）', ')']) { segment.end } else { end };
    if number.is_none() && Span::new(end, segment.end).of(text).chars().any(is_han) {
        return;
    }
    let end = back_over_space(text, end).max(segment.start);
    let mut start = segment.start;
    // The cell's own list number.
    let body = Span::new(start, end).of(text);
    let marked =
        body.trim_start_matches(|c: char| is_space(c) || c.is_ascii_digit() || matches!(plain(c), '.' | '(' | ')'));
    start += body.len() - marked.len();
    let Some(title) = titled(text, Span::new(start, end)).filter(|t| t.end == end) else { return };
    let mut head = Head {
        span: title,
        title: Some(HeadTitle { text: clean(title.of(text)), span: title, marked: false }),
        ..Head::default()
    };
    if let Some(number) = number {
        heads.retain(|h| h.span != number.span);
        let close = text.get(number.span.end..).and_then(|rest| rest.chars().next()).filter(|&c| plain(c) == ')');
        head.span.end = number.span.end + close.filter(|_| open < number.span.start).map_or(0, char::len_utf8);
        head.number = number.number;
        head.locators = number.locators;
    }
    heads.push(head);
}

/// Single words before a title that may also stand inside one: cut only at the beginning.
const PREFIXES: &[&str] = &[
    "不属于",
    "属于",
    "办理",
    "构成",
    "将",
    "在",
    "对",
    "由",
    "以",
    "与",
    "除",
    "从",
    "为",
    "是",
    "有",
    "把",
    "因",
    "和",
    "及",
    "或",
];

/// The part of `span` that has the form of a title, words that lead to it left out.
fn titled(text: &str, span: Span) -> Option<Span> {
    let words = span.of(text);
    // The last characters of all kinds: most words before a clause end with none of them.
    if !words.ends_with(|c| "例则法典定知见程引释案要告范点）)".contains(c)) {
        return None;
    }
    let cut = LEAD
        .iter()
        .flat_map(|lead| words.rfind(lead).map(|at| at + lead.len()))
        .filter(|&at| is_title(&clean(&words[at..])))
        .max()
        .unwrap_or(0);
    let cut = PREFIXES
        .iter()
        .filter(|prefix| words[cut..].starts_with(*prefix))
        .map(|prefix| cut + prefix.len())
        .find(|&at| is_title(&clean(&words[at..])))
        .unwrap_or(cut);
    let title = &words[cut..];
    let start = span.start + cut + (title.len() - title.trim_start_matches(is_space).len());
    is_title(&clean(title)).then_some(Span::new(start, span.end))
}

fn is_title(words: &str) -> bool {
    let bare = words.strip_suffix(['）', ')']).and_then(|w| w.rfind(['（', '(']).map(|at| &w[..at])).unwrap_or(words);
    let length = bare.chars().count();
    if !(2..=LONGEST).contains(&length) || NO_TITLE.iter().any(|w| bare.contains(w)) || !bare.starts_with(is_han) {
        return false;
    }
    if LEAD.iter().chain(PREFIXES).any(|lead| lead.chars().count() > 1 && bare.starts_with(lead)) {
        return false;
    }
    if bare.contains('的') && !bare.contains("关于") && !bare.contains("印发") {
        return false;
    }
    let plain =
        |kind: &&str| bare.ends_with(*kind) && length > kind.chars().count() + usize::from(!kind.starts_with('法'));
    let no_law = NO_LAWS.iter().any(|word| bare.ends_with(word));
    if PLAIN_KINDS.iter().any(plain) {
        if !no_law || ["管理办法", "暂行办法", "实施办法"].iter().any(|kind| bare.ends_with(kind)) {
            return true;
        }
        if !bare.ends_with("办法") {
            return false;
        }
    }
    LOOSE_KINDS.iter().any(|kind| bare.ends_with(kind)) && (length >= 8 || bare.contains("关于"))
}
