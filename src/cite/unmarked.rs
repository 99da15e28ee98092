//! Titles without marks that the corpus does not know, told by their form: 食品安全法第三十四条, a basis cell that is a title.

use super::bracket::bracket;
use super::cited_number::is_office;
use super::cursor::{Cursor, Meter, back_over_space, before, is_han, is_space, plain};
use super::heads::{Head, HeadTitle};
use super::lead::before_issuer;
use super::title::{self, Title, clean};
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
    titled(text, words).map(|title| with_issuers(text, title, floor)).or_else(|| generic(text, words))
}

/// 财政部、农业部关于…的通知: who issued it stands in its title, all of them.
fn with_issuers(text: &str, title: Span, floor: usize) -> Span {
    let issued = title.of(text).find("关于").is_some_and(|at| is_office(&title.of(text)[..at]));
    if !issued {
        return title;
    }
    let listed = back_over_space(text, title.start);
    let end = text.get(..listed).and_then(|before| before.strip_suffix('、')).map_or(listed, str::len);
    let start = if end > floor { before_issuer(text, floor, end) } else { end };
    if start < end { Span::new(start, title.end) } else { title }
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
pub(super) const CARRYING: &[&str] =
    &["修改", "印发", "转发", "废止", "公布", "发布", "批转", "实施", "贯彻实施", "修订", "下发", "执行", "调整"];
/// Titles that one wrapper carries, besides the first.
const MOST_CARRIED: usize = 8;
const WRAPPER_KINDS: &[&str] = &["通知", "决定", "公告", "意见", "批复", "函", "通告", "命令", "通报"];
/// Words before a wrapper that do not belong to it.
const BEFORE_WRAPPER: &[&str] = &[
    "现将", "根据", "依据", "依照", "按照", "遵照", "参照", "贯彻", "落实", "执行", "违反", "见", "经", "由", "将",
    "按", "和", "及", "与", "的",
];

/// 国务院关于修改《X》的决定, where only X stands in marks: the whole is the title. In 市政府印发《X》的通知 X alone is.
pub(super) fn wrap(c: &mut Cursor, title: &mut Title, floor: usize) {
    let from = c.at;
    let before_title = c.text.get(floor..title.span.start).unwrap_or_default();
    let Some(verb) = CARRYING.iter().find(|verb| before_title.ends_with(*verb)) else { return };
    let lead = &before_title[..before_title.len() - verb.len()];
    // 关于印发《X》和《Y》的通知
    for _ in 0..MOST_CARRIED {
        let mark = c.at;
        if c.eat_any(&['、', '和', '及', '与']).is_none() || c.peek_word() != Some('《') || {
            c.skip_space();
            title::read(c).is_err()
        } {
            c.at = mark;
            break;
        }
    }
    let several = c.at > from;
    let kind = if c.eat("的") { c.eat_word(WRAPPER_KINDS) } else { None };
    let Some(kind) = kind.filter(|_| lead.ends_with("关于") || !several) else {
        c.at = from;
        return;
    };
    if !lead.ends_with("关于") {
        title.span.end = c.at;
        return;
    }
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
pub(super) fn add_segments(text: &str, heads: &mut Vec<Head>, meter: &Meter) {
    // Beside titles in their marks other words are a title only where they say so.
    let marked = heads.iter().any(|head| head.title.as_ref().is_some_and(|title| title.marked));
    let mut start = 0;
    let mut last_end = 0;
    // The heads of titles, and of the numbers that are theirs.
    let (mut added, mut numbers) = (Vec::new(), Vec::new());
    let breaks = |&(_, c): &(usize, char)| matches!(plain(c), ';' | '、' | ',' | '。' | '【' | '】') || c == '\n';
    for (at, c) in text.char_indices().filter(breaks).chain([(text.len(), '。')]) {
        let segment = Span::new(start, at);
        let held = titled_segment(text, segment, heads, last_end, marked, meter);
        let is_title = held.is_some();
        if let Some((head, number)) = held {
            numbers.extend(number);
            added.push(head);
            last_end = at;
        }
        // A title that a narrow cell has broken goes on in the next line.
        let goes_on = c == '\n' && !is_title && segment.of(text).chars().nth(LONGEST).is_none();
        if !goes_on {
            start = at + c.len_utf8();
        }
    }
    heads.retain(|head| numbers.binary_search(&head.span.start).is_err());
    heads.append(&mut added);
    heads.sort_by_key(|head| head.span.start);
}

/// The title that the segment is, if it is one, and where the number in it stands.
fn titled_segment(
    text: &str,
    segment: Span,
    heads: &[Head],
    floor: usize,
    marked: bool,
    meter: &Meter,
) -> Option<(Head, Option<usize>)> {
    let first = heads.partition_point(|head| head.span.end <= segment.start);
    let mut held = heads.get(first..)?.iter().take_while(|head| head.span.start < segment.end);
    let number = match (held.next(), held.next()) {
        (None, _) => None,
        (Some(only), None)
            if only.title.is_none()
                && only.anaphor.is_none()
                && only.number.is_some()
                && segment.contains(only.span) =>
        {
            Some(only.clone())
        }
        _ => return None,
    };
    let words = segment.of(text);
    let open = words.find(['（', '(', '〔', '[']).map_or(segment.end, |at| segment.start + at);
    let end = number.as_ref().map_or(open, |head| open.min(head.span.start));
    // A bracket that holds neither a number nor a date is part of the title: （试行）.
    let dated = Span::new(open, segment.end).of(text).contains(|c: char| plain(c).is_ascii_digit());
    let end = if number.is_none() && !dated && words.trim_end().ends_with(['）', ')']) { segment.end } else { end };
    if number.is_none() && !dated && Span::new(end, segment.end).of(text).chars().any(is_han) {
        return None;
    }
    let end = back_over_space(text, end).max(segment.start);
    let mut start = segment.start;
    // The cell's own list number.
    let body = Span::new(start, end).of(text);
    let unlisted =
        body.trim_start_matches(|c: char| is_space(c) || c.is_ascii_digit() || matches!(plain(c), '.' | '(' | ')'));
    start += body.len() - unlisted.len();
    let title = titled(text, Span::new(start, end)).filter(|title| title.end == end)?;
    if marked && !["关于", "印发"].iter().any(|word| clean(title.of(text)).contains(word)) {
        return None;
    }
    let title = with_issuers(text, title, floor);
    let mut head = Head {
        span: title,
        title: Some(HeadTitle { text: clean(title.of(text)), span: title, marked: false }),
        ..Head::default()
    };
    let own = number.as_ref().map(|number| number.span.start);
    if let Some(number) = number {
        let close = text.get(number.span.end..).and_then(|rest| rest.chars().next()).filter(|&c| plain(c) == ')');
        head.span.end = number.span.end + close.filter(|_| open < number.span.start).map_or(0, char::len_utf8);
        head.number = number.number;
        head.locators = number.locators;
    } else if dated && !(bracket(&mut Cursor::new(text, open, meter), &mut head) && head.span.end == segment.end) {
        return None;
    }
    Some((head, own))
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
    if !(2..=LONGEST).contains(&length)
        || NO_TITLE.iter().any(|w| bare.contains(w) && !bare.contains("基本法"))
        || !bare.starts_with(is_han)
    {
        return false;
    }
    if bare.starts_with(['该', '同'])
        || LEAD.iter().chain(PREFIXES).any(|lead| lead.chars().count() > 1 && bare.starts_with(lead))
    {
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
