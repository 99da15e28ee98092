//! [`Words`]: the characters of a text that carry meaning, marks, spaces and list numbers left out, each with its place.
//!
//! A counted number is one word whatever its form: 二十日 and 20日 are the same two words.

use crate::text::fold::each_folded;
use crate::text::{Span, numeral};

/// The letters, characters and figures of one text, folded, with the way back to it.
#[derive(Debug, Clone, Default)]
pub struct Words {
    pub chars: Vec<char>,
    /// The byte span of the original character of each.
    spans: Vec<(u32, u32)>,
}

impl Words {
    /// Leaves out what a quotation may drop without changing a word: punctuation, white space, （七）, 1. at the start
    /// of a sentence, a 第N条 that repeats the locator.
    pub fn of(text: &str) -> Self {
        let mut words = Words { chars: Vec::with_capacity(text.len() / 3), spans: Vec::with_capacity(text.len() / 3) };
        let mut at = 0;
        let mut starts_sentence = true;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            if let Some(mark) = list_mark(&text[at..], starts_sentence) {
                at += mark;
                continue;
            }
            if let Some((number, read)) = counted(&text[at..]) {
                words.chars.push(number);
                words.spans.push((at as u32, (at + read) as u32));
                starts_sentence = false;
                at += read;
                continue;
            }
            let range = (at as u32, (at + c.len_utf8()) as u32);
            let before = words.chars.len();
            each_folded(c, |folded| {
                if folded.is_alphanumeric() {
                    words.chars.push(folded);
                    words.spans.push(range);
                }
            });
            if words.chars.len() > before {
                starts_sentence = false;
            } else if ends_sentence(c) {
                starts_sentence = true;
            }
            at += c.len_utf8();
        }
        words
    }

    pub fn len(&self) -> usize {
        self.chars.len()
    }

    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// The bytes from the first to the last of the words `from..to`; an empty span where there are none.
    pub fn span(&self, from: usize, to: usize) -> Span {
        match (self.spans.get(from), to.checked_sub(1).and_then(|last| self.spans.get(last))) {
            (Some(first), Some(last)) if from < to => Span::new(first.0 as usize, last.1 as usize),
            _ => Span::default(),
        }
    }

    /// What stands between word `at - 1` and word `at`: bytes from the end of the one to the start of the other.
    pub fn between(&self, at: usize, text_len: usize) -> Span {
        let from = at.checked_sub(1).and_then(|before| self.spans.get(before)).map_or(0, |s| s.1 as usize);
        let to = self.spans.get(at).map_or(text_len, |s| s.0 as usize);
        Span::new(from.min(to), to)
    }
}

/// What is counted in the law: only before one of these is a numeral surely a number.
const COUNTERS: &str = "日天个年月周岁元次名人件份家户条款项章节级号期批类种时分";

/// 二十, 20 or ２０ before what it counts, as one character outside the script, and its length.
fn counted(rest: &str) -> Option<(char, usize)> {
    const NUMBERS: u32 = 0xF_0000;
    let (value, read) = numeral::prefix(rest)?;
    let next = rest[read..].trim_start_matches([' ', '\u{3000}']).chars().next()?;
    let number = char::from_u32(NUMBERS.checked_add(value)?).filter(|_| value < 0xFFFE)?;
    COUNTERS.contains(next).then_some((number, read))
}

pub fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '；' | ';' | '：' | ':' | '！' | '!' | '？' | '?' | '\n')
}

/// The length of a list number or repeated article number at the start of `rest`.
pub fn list_mark(rest: &str, starts_sentence: bool) -> Option<usize> {
    let first = rest.chars().next()?;
    match first {
        '①'..='⒇' | '㈠'..='㈩' => return Some(first.len_utf8()),
        '（' | '(' => return parenthesized(rest),
        _ => {}
    }
    if !starts_sentence {
        return None;
    }
    if first == '第' {
        return article_number(rest);
    }
    let (_, read) = numeral::prefix(rest)?;
    let after = rest[read..].chars().next()?;
    let next = rest[read + after.len_utf8()..].chars().next();
    let is_mark = match after {
        '、' => rest[..read].chars().count() <= 3,
        '.' | '．' => rest[..read].chars().all(|c| c.is_numeric()) && !next.is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    };
    is_mark.then_some(read + after.len_utf8())
}

/// （七）, (15): a numeral of at most three characters, so no year and no word.
fn parenthesized(rest: &str) -> Option<usize> {
    let open = rest.chars().next()?.len_utf8();
    let inner = &rest[open..];
    let (_, read) = numeral::prefix(inner)?;
    let close = inner[read..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    (inner[..read].chars().count() <= 3).then_some(open + read + close.len_utf8())
}

/// 第二十条, 第二十条第七款, as they stand before the words of the clause; a reference (第二十条规定的) is words.
fn article_number(rest: &str) -> Option<usize> {
    let mut end = 0;
    let mut any = false;
    for unit in ['条', '款', '项'] {
        let Some(after) = rest[end..].strip_prefix('第') else { continue };
        let bracket = after.chars().next().filter(|c| matches!(c, '（' | '(')).map_or(0, char::len_utf8);
        let Some((_, read)) = numeral::prefix(&after[bracket..]) else { continue };
        let tail = &after[bracket + read..];
        let tail = if bracket > 0 { tail.trim_start_matches(['）', ')']) } else { tail };
        let Some(tail) = tail.strip_prefix(unit) else { continue };
        end = rest.len() - tail.len();
        any |= unit == '条';
        if let (true, Some((_, read))) = (unit == '条', tail.strip_prefix('之').and_then(numeral::prefix)) {
            end += '之'.len_utf8() + read;
        }
    }
    const REFERENCE: [char; 17] =
        ['规', '第', '、', '和', '至', '到', '所', '的', '中', '及', '与', '或', '以', '前', '后', '情', '列'];
    (any && !rest[end..].starts_with(REFERENCE)).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_list_numbers_are_left_out_and_references_kept() {
        for (text, words) in [
            ("（七）财政预算、决算信息；", "财政预算决算信息"),
            ("第二十条　行政机关应当：(一)甲;㈡乙", "行政机关应当甲乙"),
            ("第二十条第七款：财政预算", "财政预算"),
            ("依照本条例第十九条的规定", "依照本条例第<19>条的规定"),
            ("第三条规定的事项", "第<3>条规定的事项"),
            ("批复后二十日内", "批复后<20>日内"),
            ("批复后 20 日内", "批复后<20>日内"),
            ("自７个工作日起，依照第一百二十条之一", "自<7>个工作日起依照第<120>条之一"),
            ("统一规划、三公经费", "统一规划三公经费"),
            ("1.总体。2.其他。3.5%", "总体其他35"),
            ("４．文件资料。", "文件资料"),
            ("“三公” 经费（2019年）", "三公经费<2019>年"),
            ("", ""),
        ] {
            let shown = Words::of(text).chars.into_iter().map(|c| match c as u32 {
                number @ 0xF_0000.. => format!("<{}>", number - 0xF_0000),
                _ => c.to_string(),
            });
            assert_eq!(shown.collect::<String>(), words, "{text}");
        }
    }

    #[test]
    fn spans_lead_back() {
        let text = "（七）财政预算、决算";
        let words = Words::of(text);
        assert_eq!(words.span(0, 4).of(text), "财政预算");
        assert_eq!(words.between(4, text.len()).of(text), "、");
        assert_eq!(words.between(0, text.len()).of(text), "（七）");
    }
}
