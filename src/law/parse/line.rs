//! What one line of a regulation starts with.

use crate::law::locator::{ArticleNumber, DivisionKind, Marker};
use crate::text::numeral;

/// A line that starts with 第N条.
pub struct ArticleLine<'t> {
    pub number: ArticleNumber,
    /// 第N条 with the white space after it.
    pub mark: &'t str,
    pub rest: &'t str,
    /// White space, or nothing at all, follows the number: the form of an article's own line.
    pub spaced: bool,
}

/// A line that starts with 第N章 and is a heading.
pub struct DivisionLine<'t> {
    pub kind: DivisionKind,
    pub number: u32,
    pub mark: &'t str,
    pub rest: &'t str,
}

/// A line that starts with a list or outline mark.
pub struct MarkedLine<'t> {
    pub marker: Marker,
    pub number: u32,
    pub mark: &'t str,
    pub rest: &'t str,
}

/// Longer lines are sentences that begin with 第一章, not headings.
const HEADING_CHARS: usize = 40;

pub fn article(line: &str) -> Option<ArticleLine<'_>> {
    let after = line.strip_prefix('第')?;
    let (number, read) = numeral::prefix(after.trim_start())?;
    let mut rest = after.trim_start()[read..].trim_start().strip_prefix('条')?;
    let mut insertion = 0;
    if let Some((n, read)) = rest.strip_prefix('之').and_then(numeral::prefix) {
        insertion = n;
        rest = &rest['之'.len_utf8() + read..];
    }
    let text = rest.trim_start();
    let mark = &line[..line.len() - text.len()];
    let spaced = text.len() < rest.len() || text.is_empty() || text.starts_with('【');
    Some(ArticleLine { number: ArticleNumber { number, insertion }, mark, rest: text, spaced })
}

pub fn division(line: &str) -> Option<DivisionLine<'_>> {
    let after = line.strip_prefix('第')?.trim_start();
    let (number, read) = numeral::prefix(after)?;
    let after = after[read..].trim_start();
    let kind = DivisionKind::ALL.into_iter().find(|k| after.starts_with(k.word()))?;
    let rest = &after[kind.word().len()..];
    let text = rest.trim_start();
    let spaced = text.len() < rest.len() || text.is_empty();
    (spaced && is_heading(text)).then(|| DivisionLine {
        kind,
        number,
        mark: &line[..line.len() - text.len()],
        rest: text,
    })
}

fn is_heading(text: &str) -> bool {
    text.chars().count() <= HEADING_CHARS && !text.contains(['。', '；'])
}

/// 合同编, 一、管辖, 附 则: a line without a number of the usual kind that heads the article or chapter on the next
/// line. A 款 ends with a mark of punctuation, a heading does not.
pub fn is_bare_heading(line: &str, next: &str) -> bool {
    let heads = article(next).is_some_and(|a| a.spaced) || division(next).is_some();
    let ends_open = line.chars().next_back().is_some_and(|c| c.is_alphanumeric());
    heads && ends_open && line.chars().count() <= HEADING_CHARS && !line.contains(['。', '；', '：', '，'])
}

/// `第…章　总则` or `第…条　…` whose number cannot be read: 第二十章十章, 第 章, 第X条.
pub fn is_broken_heading(line: &str) -> bool {
    let Some(after) = line.strip_prefix('第') else { return false };
    let Some((at, word)) = after.char_indices().take(8).find(|(_, c)| matches!(c, '编' | '章' | '节' | '条'))
    else {
        return false;
    };
    let number = after[..at].trim();
    let rest = &after[at + word.len_utf8()..];
    let looks_numbered = number.is_empty() || number.chars().any(numeral::is_numeral) || number.is_ascii();
    looks_numbered
        && numeral::parse(number).is_none()
        && rest.starts_with(char::is_whitespace)
        && (word == '条' || is_heading(rest))
}

/// 一、 · （一） · 1. · （1）, with the brackets in either width.
pub fn marked(line: &str) -> Option<MarkedLine<'_>> {
    let (marker, number, rest) = if let Some(inner) = line.strip_prefix(['（', '(']) {
        let inner = inner.trim_start();
        let (number, read) = numeral::prefix(inner)?;
        let rest = inner[read..].trim_start().strip_prefix(['）', ')'])?;
        let marker = if inner.starts_with(is_arabic) { Marker::ArabicParenthesized } else { Marker::HanParenthesized };
        (marker, number, rest)
    } else {
        let (number, read) = numeral::prefix(line)?;
        let rest = &line[read..];
        if line.starts_with(is_arabic) {
            let after = rest.strip_prefix(['.', '．', '、'])?;
            // 3.5 is a number in a sentence.
            if after.starts_with(is_arabic) {
                return None;
            }
            (Marker::Arabic, number, after)
        } else {
            (Marker::Han, number, rest.strip_prefix('、')?)
        }
    };
    let text = rest.trim_start();
    // （一）至（三）项所列人员 begins a sentence.
    let joins = text.strip_prefix(['至', '、', '和', '及']).is_some_and(|next| next.starts_with(['（', '(']));
    if joins || marker != Marker::Han && text.starts_with(['项', '款', '目']) && rest.len() == text.len() {
        return None;
    }
    Some(MarkedLine { marker, number, mark: &line[..line.len() - text.len()], rest: text })
}

fn is_arabic(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// A line that heads an annex.
pub struct AnnexLine<'t> {
    /// An unnumbered one is 1.
    pub number: u32,
    pub mark: &'t str,
    /// The title, where it stands on the same line.
    pub rest: &'t str,
}

/// 附件, 附件2：, 附录, 附表一：, standing alone; 附件2：某某规程, unless the next line goes on listing annexes.
pub fn annex<'t>(line: &'t str, next: Option<&str>) -> Option<AnnexLine<'t>> {
    let after = line.strip_prefix('附')?;
    let after = after.strip_prefix(['件', '录', '表', '图']).unwrap_or(after).trim_start();
    let (number, read) = numeral::prefix(after).map_or((None, 0), |(number, read)| (Some(number), read));
    let rest = after[read..].trim_start();
    let title = rest.strip_prefix(['：', ':']);
    if title.unwrap_or(rest).trim().is_empty() {
        return Some(AnnexLine { number: number.unwrap_or(1), mark: line, rest: "" });
    }
    let title = title?.trim_start();
    let lists = next.is_none_or(|next| next.starts_with('附'));
    let heads = number.is_some() && line.starts_with("附件") && is_heading(title) && !lists;
    heads.then(|| AnnexLine { number: number.unwrap_or(1), mark: &line[..line.len() - title.len()], rest: title })
}

/// A row of a table: `| 规章 | 3 | 0 |`. It opens nothing, whatever its first cell begins with.
pub fn is_row(line: &str) -> bool {
    line.len() > 1 && line.starts_with('|') && line.ends_with('|')
}

/// The line that stands, in an excerpt, for words left out.
pub fn is_gap(line: &str) -> bool {
    line == "……"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_and_what_merely_begins_like_one() {
        for (line, code, spaced, rest) in [
            ("第一条　为了规范", "1", true, "为了规范"),
            ("第一百二十条之一　资助", "120-1", true, "资助"),
            ("第20条 行政机关", "20", true, "行政机关"),
            ("第三条规定的事项", "3", false, "规定的事项"),
            ("第一条【立法目的】", "1", true, "【立法目的】"),
        ] {
            let read = article(line).unwrap();
            assert_eq!((read.number.to_string().as_str(), read.spaced, read.rest), (code, spaced, rest), "{line}");
        }
        for line in ["第三人有权", "第一次会议", "第十四届全国人民代表大会", "第一章　总则", "第", ""]
        {
            assert!(article(line).is_none(), "{line}");
        }
    }

    #[test]
    fn headings_and_sentences_that_begin_like_one() {
        let read = division("第二章　公开的主体和范围").unwrap();
        assert_eq!((read.kind, read.number, read.rest), (DivisionKind::Chapter, 2, "公开的主体和范围"));
        assert!(division("第一分编　通则").is_some_and(|d| d.kind == DivisionKind::SubPart));
        for line in ["第一章的规定适用于本条。", "第二章　规定的事项，由国务院规定。"] {
            assert!(division(line).is_none(), "{line}");
        }
    }

    #[test]
    fn marks_in_either_width() {
        for (line, marker, number) in [
            ("（十五）其他", Marker::HanParenthesized, 15),
            ("(一) 办事依据", Marker::HanParenthesized, 1),
            ("一、总体要求", Marker::Han, 1),
            ("4.文件资料。", Marker::Arabic, 4),
            ("４．文件资料。", Marker::Arabic, 4),
            ("（1）总体", Marker::ArabicParenthesized, 1),
        ] {
            let read = marked(line).unwrap();
            assert_eq!((read.marker, read.number), (marker, number), "{line}");
        }
        for line in [
            "（一）至（三）项所列人员",
            "（四）、（五）项所列",
            "3.5%的比例",
            "（以下简称条例）",
            "一般公共预算",
            "2019年",
        ] {
            assert!(marked(line).is_none(), "{line}");
        }
    }

    #[test]
    fn broken_headings_are_told_from_prose() {
        for line in ["第章　总则", "第二X条　行政机关", "第 条　行政机关", "第万万章　附则"]
        {
            assert!(is_broken_heading(line), "{line}");
        }
        for line in ["第一章　总则", "第三方机构　条件", "第二十条　行政机关", "本章　总则"]
        {
            assert!(!is_broken_heading(line), "{line}");
        }
    }
}
