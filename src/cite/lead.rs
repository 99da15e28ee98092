//! [`Lead`]: what stands before a citation and belongs to it: its list number, 【部门规章】, and who issued the document.

use super::assemble::list_mark;
use super::cited_number::is_office;
use super::cursor::{back_over_space, before, is_han, is_space};
use crate::text::Span;

/// Characters of one office's name, and offices that issue one document.
const LONGEST_OFFICE: usize = 20;
const MOST_OFFICES: usize = 12;

/// The words that sort citations in some cells: 【部门规章】, 行政法规：.
const LABELS: &[&str] = &[
    "地方性法规",
    "地方政府规章",
    "行政法规",
    "部门规章",
    "政府规章",
    "规范性文件",
    "党内法规",
    "司法解释",
    "国务院文件",
    "部门文件",
    "地方文件",
    "法律",
    "法规",
    "规章",
];

/// The words before a head that are its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Lead {
    /// Where they begin.
    pub start: usize,
    /// The list number among them.
    pub number: Option<u32>,
    /// 【部门规章】 or the like is among them.
    pub labelled: bool,
}

impl Lead {
    /// A list number or a label says that a citation begins.
    pub fn sets_off(&self) -> bool {
        self.labelled || self.number.is_some()
    }
}

/// The words before the head at `head` that are its own, none of them before `floor`.
///
/// `titled`: the head begins with a title in its marks.
pub(super) fn lead_in(text: &str, floor: usize, head: usize, titled: bool) -> Lead {
    let start = if titled { before_issuer(text, floor, head) } else { head };
    let mut lead = Lead { start, ..Lead::default() };
    for _ in 0..2 {
        if let Some((n, at)) = list_mark(text, lead.start).filter(|&(_, at)| at >= floor && lead.number.is_none()) {
            (lead.start, lead.number) = (at, Some(n));
        }
        let label = before_label(text, floor, lead.start);
        lead.labelled |= label < lead.start;
        lead.start = label;
    }
    lead
}

/// `end` moved back over a label that belongs to the citation after it.
fn before_label(text: &str, start: usize, end: usize) -> usize {
    let words = text.get(start..end).unwrap_or_default().trim_end_matches(is_space);
    let inner = words.trim_end_matches(['】', ']', '〕', '：', ':', '）', ')']);
    let bare = LABELS.iter().find_map(|label| inner.strip_suffix(label));
    match bare {
        Some(bare) if inner.len() < words.len() => {
            let rest = bare.trim_end_matches(['【', '[', '〔', '（', '(']);
            let sentence =
                rest.trim_end_matches(is_space).ends_with(['。', '；', ';', '.', '”']) || rest.ends_with(is_space);
            if sentence || rest.len() < bare.len() || rest.is_empty() { start + rest.len() } else { end }
        }
        _ => end,
    }
}

/// `end` moved back over the offices that issued the document: 民政部、财政部《关于…的意见》, set off from what precedes.
pub(super) fn before_issuer(text: &str, floor: usize, end: usize) -> usize {
    let mut start = end;
    for _ in 0..MOST_OFFICES {
        let to = back_over_space(text, start).max(floor);
        let mut at = to;
        for _ in 0..LONGEST_OFFICE {
            let Some(c) = before(text, at).filter(|&c| at > floor && is_han(c)) else { break };
            at -= c.len_utf8();
        }
        let cut = at > floor && before(text, at).is_some_and(is_han);
        if cut || !is_office(Span::new(at, to).of(text)) {
            break;
        }
        start = at;
        let separator = back_over_space(text, at).max(floor);
        match before(text, separator).filter(|_| separator > floor) {
            Some('、') => start = separator - '、'.len_utf8(),
            Some(c) if is_han(c) && separator < at => {}
            _ => break,
        }
    }
    let words = text.get(start..end).unwrap_or_default();
    end - words.trim_start_matches(|c| is_space(c) || c == '、').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_a_citation_before_it() {
        for (before, own, number) in [
            ("第三条；水利部", "水利部", None),
            ("第三条；民政部、财政部", "民政部、财政部", None),
            ("第三条；财政部 民政部 全国老龄办", "财政部 民政部 全国老龄办", None),
            ("公开。\n2.【规范性文件】", "2.【规范性文件】", Some(2)),
            ("公开。【部门规章】3、", "【部门规章】3、", Some(3)),
            ("公开。地方性法规：", "地方性法规：", None),
            ("公开。", "", None),
            ("由县级人民政府依照", "", None),
            ("", "", None),
        ] {
            let text = format!("{before}《甲办法》");
            let lead = lead_in(&text, 0, before.len(), true);
            assert_eq!((&before[lead.start..], lead.number), (own, number), "{before}");
        }
    }
}
