//! [`Section`]: one catalog's part of the stream of rows: its title lines, its header rows and its body.

use super::grid::{Cover, GridRow};
use super::{CatalogFile, evidence, words};
use crate::text::fold;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Default)]
pub(super) struct Section {
    /// Single lines above the header: title, publisher, remarks.
    pub title: Vec<GridRow>,
    pub header: Vec<GridRow>,
    pub body: Vec<GridRow>,
    /// How often the header came again.
    pub repeats: usize,
}

/// Cuts the stream at its header rows. A header that comes again with the same words goes on with the same catalog,
/// unless another title stands between.
pub(super) fn sections(rows: Vec<GridRow>, file: Option<&CatalogFile>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut waiting: Vec<GridRow> = Vec::new();
    let mut rows = rows.into_iter().peekable();
    while let Some(row) = rows.next() {
        if row.is_empty() {
            if let Some(last) = waiting.last_mut() {
                last.page_end = true;
            }
            continue;
        }
        if row.paragraph || !(is_header(&row) || named_by_hand(&row, file)) {
            waiting.push(row);
            continue;
        }
        let mut header = vec![row];
        while let Some(next) = rows.next_if(|next| header.len() < 4 && goes_on(&header, next)) {
            if !next.is_empty() {
                header.push(next);
            }
        }
        let title = title_lines(&mut waiting, sections.is_empty());
        if let Some(last) = sections.last_mut() {
            last.body.append(&mut waiting);
            if same_header(&last.header, &header) && (title.is_empty() || !other_title(&last.title, &title)) {
                last.body.extend(title);
                if let Some(row) = last.body.last_mut() {
                    row.page_end = true;
                }
                last.repeats += 1;
                continue;
            }
        } else if !waiting.is_empty() {
            // Rows above the first header that are no title: a table of another kind.
            sections.push(Section { body: std::mem::take(&mut waiting), ..Section::default() });
        }
        sections.push(Section { title, header, ..Section::default() });
    }
    match sections.last_mut() {
        Some(last) => last.body.append(&mut waiting),
        None => {
            // Without a header, the single lines above the first row of several cells are the title.
            let rows = waiting.iter().position(|row| row.own().count() >= 2).unwrap_or(0);
            let body = waiting.split_off(rows);
            sections.push(Section { title: waiting, body, ..Section::default() });
        }
    }
    sections.iter_mut().for_each(set_apart);
    sections
}

/// Tables less than half as wide as the header's are not its rows: a sheet of remarks, an address at a page's foot.
fn set_apart(section: &mut Section) {
    let Some(own) = section.header.first().map(|row| row.table) else { return };
    let width = section.header.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    for row in section.body.iter().filter(|row| !row.paragraph) {
        let widest = widths.entry(row.table).or_default();
        *widest = row.cells.len().max(*widest);
    }
    for row in section.body.iter_mut().filter(|row| !row.paragraph && row.table != own) {
        row.paragraph = widths.get(&row.table).is_some_and(|widest| widest * 2 < width);
    }
}

/// A row whose cells are the names of columns.
fn is_header(row: &GridRow) -> bool {
    let filled: Vec<&str> = row.own().map(|cell| cell.text.as_str()).collect();
    let names = filled.iter().filter(|text| words::is_header(text)).count();
    // A regulation's title, an article, a number: words of an item, never of a header.
    let data = |text: &&&str| {
        text.chars().count() > 48
            || text.contains('《') && text.contains('》')
            || evidence::names_article(text)
            || evidence::is_number(text)
    };
    // Where nobody knows most of the names, they are at least short.
    let short = filled.iter().all(|text| text.chars().count() <= 12);
    !filled.iter().any(|text| data(&text))
        && ((names >= 2 && names * 2 >= filled.len())
            || (names >= 3 && names * 5 >= filled.len() * 2)
            || (names >= 3 && names * 3 >= filled.len() && short))
}

/// A row that holds the names by which a person has said what the columns mean.
fn named_by_hand(row: &GridRow, file: Option<&CatalogFile>) -> bool {
    let names = file.map(CatalogFile::headers).unwrap_or_default();
    let held = names.iter().filter(|name| row.own().any(|cell| fold::fold(&cell.text).text == **name)).count();
    held >= 2 && held * 2 > names.len() || held == 1 && names.len() == 1 && row.own().count() >= 2
}

/// Whether a row below the header still belongs to it: it is covered by it, or has words of second rows only.
fn goes_on(header: &[GridRow], row: &GridRow) -> bool {
    if row.paragraph {
        return false;
    }
    if row.is_empty() {
        return header.len() == 1 && !row.page_end;
    }
    let header_origins = |cell: &super::grid::GridCell| {
        header.iter().flat_map(|row| &row.cells).any(|above| above.origin == cell.origin && above.cover == Cover::Own)
    };
    if row.cells.iter().any(|cell| cell.cover == Cover::Above && !cell.text.is_empty() && header_origins(cell)) {
        return true;
    }
    let repeated = header.first().is_some_and(|first| words_of(first) == words_of(row));
    // A name that nobody has thought of may stand among several that are known.
    let (mut known, mut unknown) = (0usize, 0usize);
    for cell in row.own() {
        if words::sub_header(&cell.text).is_some() || words::is_header(&cell.text) {
            known += 1;
        } else if cell.text.chars().count() <= 8 && !evidence::is_number(&cell.text) && !evidence::is_tick(&cell.text) {
            unknown += 1;
        } else {
            return numbered(row);
        }
    }
    (known > 0 && unknown * 3 <= known && !repeated) || numbered(row)
}

/// The row that numbers the columns under a header: 1, 2, 3 …
fn numbered(row: &GridRow) -> bool {
    let mut count = 0usize;
    for cell in row.own() {
        let folded = fold::fold(&cell.text).text;
        let digits = folded.trim_matches(['(', ')', '栏', '列']);
        let number = crate::text::numeral::parse(digits);
        count += 1;
        if number.is_none_or(|n| usize::try_from(n).is_ok_and(|n| n > count + 1 || n < count.saturating_sub(1))) {
            return false;
        }
    }
    count >= 4
}

/// Takes the lines that stand directly above a header off the end of the rows before it.
fn title_lines(waiting: &mut Vec<GridRow>, first: bool) -> Vec<GridRow> {
    let mut from = waiting.len();
    while let Some(row) = from.checked_sub(1).and_then(|at| waiting.get(at)) {
        let single = row.paragraph || row.single().is_some();
        let label = row.own().all(|cell| publisher_label(&cell.text).is_some() || is_date(&cell.text));
        if !(single || label || first && row.own().count() <= 2) {
            break;
        }
        // Below another table, a line belongs to this catalog only if it reads like a title or a label.
        let belongs = first || row.paragraph || label || row.single().is_some_and(|cell| reads_as_title(&cell.text));
        if !belongs {
            break;
        }
        from -= 1;
    }
    let mut lines = waiting.split_off(from);
    if !first && let Some(title) = lines.iter().position(|row| row.own().any(|cell| reads_as_title(&cell.text))) {
        let mut own = lines.split_off(title);
        waiting.append(&mut lines);
        std::mem::swap(&mut lines, &mut own);
    }
    lines
}

/// A line that names a catalog.
pub(super) fn reads_as_title(text: &str) -> bool {
    let folded = fold::fold(text).text;
    let length = folded.chars().count();
    let named = ["目录", "清单", "一览表", "事项表", "公开标准"].iter().any(|word| folded.contains(word));
    (6..=80).contains(&length) && named && !folded.contains('。') && !folded.contains('《')
}

/// The body that a line like `公开主体：X` or `填报单位：X` names.
pub(super) fn publisher_label(text: &str) -> Option<&str> {
    let (label, value) = text.split_once([':', '：'])?;
    let label = fold::fold(label).text;
    let known = [
        "公开主体",
        "填报单位",
        "单位",
        "单位名称",
        "填报部门",
        "编制单位",
        "公开单位",
        "发布机构",
        "发布单位",
        "责任单位",
        "部门",
    ];
    (known.contains(&label.as_str())).then(|| value.trim()).filter(|value| !value.is_empty())
}

fn is_date(text: &str) -> bool {
    let folded = fold::fold(text).text;
    folded.chars().count() <= 24 && folded.contains('年') && folded.contains(|c: char| c.is_ascii_digit())
}

fn words_of(row: &GridRow) -> Vec<String> {
    row.own().map(|cell| fold::fold(&cell.text).text).collect()
}

fn same_header(one: &[GridRow], other: &[GridRow]) -> bool {
    let words = |rows: &[GridRow]| rows.iter().flat_map(words_of).collect::<Vec<_>>();
    let (one, other) = (words(one), words(other));
    let common = other.iter().filter(|word| one.contains(word)).count();
    common * 10 >= one.len().max(other.len()) * 8
}

/// Whether both have titles, and not the same.
fn other_title(one: &[GridRow], other: &[GridRow]) -> bool {
    let title = |rows: &[GridRow]| {
        let mut titles = rows.iter().flat_map(GridRow::own).map(|cell| fold::fold(&cell.text).text);
        titles.find(|text| reads_as_title(text) || text.ends_with("局"))
    };
    matches!((title(one), title(other)), (Some(one), Some(other)) if one != other)
}
