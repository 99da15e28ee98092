//! What each line of a table's body is: a row of items, the heading of a part, or a remark.

use super::columns::{self, Draft};
use super::grid::{GridCell, GridRow};
use super::section::{self, Section};
use crate::text::fold;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Row,
    /// The heading of a part of the table, with its words.
    Part(String),
}

/// Sorts the body's lines; remarks go to `notes`, repeated titles, page numbers and rules are dropped.
pub(super) fn classify(section: &Section, drafts: &[Draft], notes: &mut Vec<String>) -> Vec<(Kind, GridRow)> {
    let names: Vec<[String; 2]> = drafts.iter().map(columns::folded).collect();
    let titles: Vec<String> =
        section.title.iter().flat_map(GridRow::own).map(|cell| fold::fold(&cell.text).text).collect();
    let last = section.body.iter().rposition(|row| !row.paragraph && row.own().count() >= 3).unwrap_or(0);
    let mut sorted: Vec<(Kind, GridRow)> = Vec::new();
    for (number, row) in section.body.iter().enumerate() {
        let drop = row.is_empty() || repeats_header(row, &names) || page_number(row) || {
            let single = row.single().map(|cell| fold::fold(&cell.text).text);
            single.is_some_and(|text| titles.contains(&text))
        };
        if drop {
            if let Some((_, before)) = sorted.last_mut() {
                before.page_end = true;
            }
            continue;
        }
        let few = row.own().count() <= 2;
        if let Some(text) = remark(row, few, number > last) {
            notes.push(format!("表中说明：{text}"));
        } else if let Some(words) = part(row, drafts.len()) {
            sorted.push((Kind::Part(words), row.clone()));
        } else if row.paragraph {
            let text = row.own().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" ");
            notes.push(format!("表间文字：{text}"));
        } else {
            sorted.push((Kind::Row, row.clone()));
        }
        if row.page_end
            && let Some((_, before)) = sorted.last_mut()
        {
            before.page_end = true;
        }
    }
    if sorted.iter().any(|(kind, _)| matches!(kind, Kind::Part(_))) {
        sorted.splice(0..0, first_part(section));
    }
    sorted
}

/// The heading of the first part, where it stands above the header that all parts share.
fn first_part(section: &Section) -> Option<(Kind, GridRow)> {
    let row = section.title.last()?;
    let cell = row.single().filter(|cell| numbered(&cell.text))?;
    Some((Kind::Part(cell.text.split_whitespace().collect::<Vec<_>>().join(" ")), row.clone()))
}

/// A row that says the names of the columns again.
fn repeats_header(row: &GridRow, names: &[[String; 2]]) -> bool {
    let (mut same, mut filled) = (0usize, 0usize);
    for cell in row.own() {
        let text = fold::fold(&cell.text).text;
        filled += 1;
        same += usize::from(names.iter().flatten().any(|name| !name.is_empty() && *name == text));
    }
    filled >= 2 && same * 10 >= filled * 8
}

/// `第 3 页`, `- 3 -`, `3/12`.
fn page_number(row: &GridRow) -> bool {
    row.single().is_some_and(|cell| {
        let text = fold::fold(&cell.text).text;
        let inner = text.trim_matches(|c: char| matches!(c, '-' | '—' | '第' | '页' | '共' | '/' | ',' | '·'));
        let marked = inner.len() < text.len();
        (marked || row.paragraph)
            && !inner.is_empty()
            && inner.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '页' | '共' | '第' | ','))
    })
}

/// Remarks about the table: `注：…`, who filled it in, a sentence under the last row.
fn remark(row: &GridRow, few: bool, after_last: bool) -> Option<String> {
    let first = row.own().next()?;
    let folded = fold::fold(&first.text).text;
    let labelled =
        ["注:", "备注:", "说明:", "填表说明", "填表人", "填报人", "审核人", "联系人:", "制表", "注1", "附注", "注释:"]
            .iter()
            .any(|label| folded.starts_with(label));
    let sentence = after_last && row.single().is_some() && (folded.ends_with('。') || folded.chars().count() > 40);
    let label = few && section::publisher_label(&first.text).is_some() && folded.chars().count() < 40;
    (few && (labelled || sentence) || label)
        .then(|| row.own().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" "))
}

/// The heading of a part: one cell over most of the table, or a numbered heading alone in its row.
fn part(row: &GridRow, width: usize) -> Option<String> {
    let cell = row.single()?;
    let length = cell.text.chars().count();
    let spans = |cell: &GridCell| cell.columns as usize >= 3.max(width.div_ceil(2));
    let alone = row.paragraph || row.cells.len() == 1;
    ((spans(cell) || numbered(&cell.text) && (alone || row.cells.first() == Some(cell)) || row.heading) && length <= 40)
        .then(|| cell.text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// `一、…`, `（一）…`, `第一部分 …`.
fn numbered(text: &str) -> bool {
    let folded = fold::fold(text).text;
    let rest = folded.trim_start_matches(['(', '第']);
    let digits = rest.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).count();
    let after: String = rest.chars().skip(digits).take(2).collect();
    digits > 0 && (after.starts_with('、') || after.starts_with(')') || after == "部分")
}
