//! What is tied to a [`Head`] behind it ([`tail`]) and before it ([`join`]): numbers, versions, short names, places.

use super::bracket::bracket;
use super::cited_number;
use super::cursor::{Cursor, is_space};
use super::heads::Head;
use super::places;
use super::title;
use crate::text::Span;

/// What belongs to a head after its title or number: version, numbers, short name, pinpoints.
///
/// `numbered`: its number stands before it, so that a number after it is of another document.
pub(super) fn tail(c: &mut Cursor, head: &mut Head, numbered: bool) {
    if head.title.is_none() && head.number.is_none() {
        return;
    }
    loop {
        let mark = c.at;
        if c.sees(&["(", "〔", "[", "【"]) && bracket(c, head) {
            continue;
        }
        if head.number.is_none() && head.title.is_some() && !numbered {
            c.eat_any(&[',', '·']);
            if let Some(number) = cited_number::read(c) {
                head.span.end = number.span.end;
                head.number = Some(number);
                c.eat("文件");
                continue;
            }
        }
        c.at = mark;
        break;
    }
    if head.locators.is_empty() && (head.title.is_some() || head.number.is_some()) {
        places::after(c, head);
        // 《X》第三十二条（2020年修订）: the version behind the clause.
        if !head.locators.is_empty() && head.version_year.is_none() && c.peek() == Some('(') {
            let end = head.span.end;
            bracket(c, head);
            head.span.end = end;
        }
    }
}

/// What may stand between a number and the title that it belongs to.
const TIED: &[&str] = &[
    "",
    "文",
    "文件",
    "）",
    ")",
    "，",
    "：",
    "公布的",
    "发布的",
    "印发的",
    "颁布的",
    "修订的",
    "文件印发的",
    "文印发的",
    "批准的",
    "转发的",
    "批转的",
    "下发的",
    "颁发的",
    "批复的",
    "公布",
    "发布",
    "印发",
    "批准",
    "转发",
    "批转",
];

/// Whether the number that was read last is that of the title after it.
pub(super) fn leads(text: &str, found: &[Head], head: &Head) -> bool {
    let alone = |head: &Head| head.title.is_none() && head.anaphor.is_none() && head.locators.is_empty();
    let [.., last] = found else { return false };
    let gap = Span::new(last.span.end, head.span.start).of(text).trim_matches(is_space);
    // 甲公告第1号、乙公告第2号，《丙法》: numbers of a list, of which the title is the next member.
    let listed = matches!(found, [.., before, _] if alone(before)
        && Span::new(before.span.end, last.span.start).of(text).trim_matches(is_space) == "、");
    alone(last)
        && head.number.is_none()
        && head.title.as_ref().is_some_and(|t| t.marked)
        && TIED.contains(&gap)
        && !(listed && gap == "，")
}

/// A number that stands right before its title, or in the bracket after it, is one citation with it.
pub(super) fn join(text: &str, found: &mut Vec<Head>, mut head: Head) {
    if leads(text, found, &head)
        && let Some(last) = found.last_mut()
    {
        head.number = last.number.take();
        head.span.start = last.span.start;
        *last = head;
        return;
    }
    let bare = head.title.as_ref().is_some_and(|t| t.marked && title::is_no_document(&t.text));
    if bare && head.locators.is_empty() && head.number.is_none() {
        return;
    }
    found.push(head);
}
