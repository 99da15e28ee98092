//! [`Anaphor`]: words that stand for a document or a place named before: 本条例, 该办法, 同上, 前款.

use super::citation::CitedLocator;
use super::cursor::Cursor;
use crate::law::locator::ArticleLocator;
use crate::text::Span;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Anaphor {
    /// 本法, 本条例: the document that the words themselves stand in.
    This(&'static str),
    /// 该办法, 同法, 上述条例: the document of that kind named last.
    That(&'static str),
    /// 同上
    Ditto,
    /// 本条第二款, 同条第二款, 该条第二款: a place in the article read last
    ThisArticle,
    /// 本条前三款: the first three 款 of the article read last
    FirstOfArticle { count: u32 },
    /// 前款, 前三款, 前条
    Former { unit: char, count: u32 },
}

/// What a document may be called by its last word, longer ones first.
pub(super) const KINDS: &[&str] = &[
    "实施细则",
    "实施办法",
    "实施条例",
    "暂行条例",
    "暂行办法",
    "暂行规定",
    "条例",
    "办法",
    "规定",
    "细则",
    "规则",
    "决定",
    "通知",
    "意见",
    "章程",
    "规程",
    "指引",
    "准则",
    "制度",
    "解释",
    "标准",
    "方案",
    "法典",
    "法",
];

/// Ranks that a document named before may be called by, after 该 or 上述.
pub(super) const RANKS: &[&str] = &["法律", "法规", "规章", "文件"];

/// Reads an anaphor at `c`; whoever asks sees to what must follow it.
pub(super) fn read(c: &mut Cursor) -> Option<Anaphor> {
    let from = c.at;
    if !may_start(c) {
        return None;
    }
    let anaphor = match c.raw()? {
        '本' => {
            c.bump();
            of_article(c).or_else(|| c.eat_word(KINDS).map(Anaphor::This))
        }
        '该' => {
            c.bump();
            of_article(c).or_else(|| c.eat_word(RANKS).or_else(|| c.eat_word(KINDS)).map(Anaphor::That))
        }
        '同' => {
            c.bump();
            if c.eat("上") { ditto(c) } else { of_article(c).or_else(|| c.eat_word(KINDS).map(Anaphor::That)) }
        }
        '上' if c.eat("上述") => c.eat_word(RANKS).or_else(|| c.eat_word(KINDS)).map(Anaphor::That),
        '前' => {
            c.bump();
            let count = c.numeral().map_or(1, |(n, _)| n);
            c.eat_any(&['款', '条', '项'])
                .filter(|_| (1..20).contains(&count))
                .map(|unit| Anaphor::Former { unit, count })
        }
        _ => None,
    };
    if anaphor.is_none() {
        c.at = from;
    }
    anaphor
}

/// 条第…, 条前三款 after 本, 该 or 同.
fn of_article(c: &mut Cursor) -> Option<Anaphor> {
    let from = c.at;
    if c.eat("条第") {
        c.at -= '第'.len_utf8();
        return Some(Anaphor::ThisArticle);
    }
    if c.eat("条前")
        && let Some((count, _)) = c.numeral().filter(|&(n, _)| (1..20).contains(&n))
        && c.eat("款")
    {
        return Some(Anaphor::FirstOfArticle { count });
    }
    c.at = from;
    None
}

/// Characters with which 本 and 同 end another word: 劳动合同法, 基本法, 政府定价成本办法.
const WORDS: &[(char, &str)] = &[('同', "合共相不协等如会雷"), ('本', "基成资日文版标样根书课剧脚")];

/// A look at the second character, without which these words are too common to try each form on them.
fn may_start(c: &Cursor) -> bool {
    let mut chars = c.text.get(c.at..).unwrap_or_default().chars();
    let (first, second) = (chars.next(), chars.find(|&next| !super::cursor::is_space(next)));
    let kind = |next: char| "条办规细决通意章指准制解标方法实暂文".contains(next);
    if let (Some(first), Some(last)) = (first, super::cursor::before(c.text, c.at))
        && WORDS.iter().any(|&(anaphor, others)| anaphor == first && others.contains(last))
    {
        return false;
    }
    match (first, second) {
        (Some('上'), Some(next)) => next == '述',
        (Some('前'), Some(next)) => matches!(next, '款' | '条' | '项') || crate::text::numeral::is_numeral(next),
        (Some('同'), Some(next)) => next == '上' || kind(next),
        (_, Some(next)) => kind(next),
        _ => false,
    }
}

/// 同上 is one only where it is all that is said.
fn ditto(c: &Cursor) -> Option<Anaphor> {
    let ends = c.peek_word().is_none_or(|next| matches!(next, '。' | ';' | ',' | '、' | ')' | '第' | ':'));
    ends.then_some(Anaphor::Ditto)
}

/// The places that 本条前三款 means after the article read last.
pub(super) fn first_of_article(count: u32, last: Option<&ArticleLocator>, span: Span) -> Vec<CitedLocator> {
    let Some(last) = last else { return Vec::new() };
    let place = |n| ArticleLocator { paragraph: Some(n), ..ArticleLocator::article(last.article) };
    (1..=count).map(|n| CitedLocator { locator: place(n).into(), span }).collect()
}

/// The places that 前款 or 前三款 mean after the article and 款 read last; none where that is not known.
pub(super) fn former(unit: char, count: u32, last: Option<&ArticleLocator>, span: Span) -> Vec<CitedLocator> {
    let Some(last) = last else { return Vec::new() };
    let (end, make): (u32, fn(&ArticleLocator, u32) -> ArticleLocator) = match unit {
        '款' => (last.paragraph.unwrap_or(0), |last, n| ArticleLocator {
            paragraph: Some(n),
            item: None,
            subitem: None,
            ..last.clone()
        }),
        '项' => (last.item.unwrap_or(0), |last, n| ArticleLocator { item: Some(n), subitem: None, ..last.clone() }),
        _ => (last.article.number, |_, n| ArticleLocator::article(crate::law::locator::ArticleNumber::new(n))),
    };
    let first = end.saturating_sub(count).max(1);
    (first..end).map(|n| CitedLocator { locator: make(last, n).into(), span }).collect()
}
