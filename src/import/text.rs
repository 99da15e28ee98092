//! Plain text → [`Document`]: lines are paragraphs, lines with tabs or pipes are rows of a table.
//!
//! Dumps of published tables break rows in the middle of a cell; a row is put together when the pieces have exactly
//! the separators of the other rows. What a page break tore apart keeps its rows: only the columns' meaning can mend it.

use super::document::{Block, Cell, Document, Origin, Paragraph, Row, Table, cell_name};
use super::{ImportError, limits, markup};
use crate::text::Span;
use std::collections::BTreeMap;

/// Reads decoded text.
///
/// # Errors
/// [`ImportError::Empty`] when there are no words, [`ImportError::TooLarge`] above the limits.
pub(super) fn read(file: &str, text: &str) -> Result<Document, ImportError> {
    let lines = lines(text);
    limits::within("行数", lines.len() as u64, limits::ROWS)?;
    let mut document = Document { file: file.to_string(), ..Document::default() };
    match delimiter(&lines) {
        Some(mark) => tables(text, &lines, mark, &mut document)?,
        None => document.blocks.extend(lines.iter().filter_map(paragraph)),
    }
    if document.blocks.is_empty() { Err(ImportError::Empty) } else { Ok(document) }
}

/// Text that was laid out with spaces, its columns set off by tabs instead.
pub(super) fn columns_by_space(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let body = line.trim_start_matches(' ');
        let indented = line.len() - body.len() >= 4 && body.contains("  ");
        if indented {
            out.push('\t');
        }
        let cells: Vec<&str> = body.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
        out.push_str(&cells.join("\t"));
        out.push('\n');
    }
    out
}

#[derive(Clone, Copy)]
struct Line<'t> {
    number: u32,
    /// Byte offset in the text.
    start: usize,
    text: &'t str,
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for (line, number) in text.split('\n').zip(1..) {
        lines.push(Line { number, start, text: line });
        start += line.len() + 1;
    }
    lines
}

/// Where the words of every table cell stand in the text, edges trimmed.
pub(super) fn places(text: &str) -> Vec<(Origin, Span)> {
    let lines = lines(text);
    let Some(mark) = delimiter(&lines) else { return Vec::new() };
    let marks = row_marks(&lines, mark);
    let bordered = mark == '|' && bordered(&lines);
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let taken = whole_row(lines.get(at..).unwrap_or_default(), mark, marks);
        let pieces = lines.get(at..at + taken).unwrap_or_default();
        at += taken;
        for (column, span) in parts(text, pieces, mark, bordered).into_iter().enumerate() {
            let origin = Origin { cell: Some(cell_name(column as u32, line.number)), ..Origin::line(line.number) };
            let words = span.of(text);
            let left = words.len() - words.trim_start().len();
            places.push((origin, Span::new(span.start + left, span.start + left + words.trim().len())));
        }
    }
    places
}

/// The cells of one row, untrimmed.
fn parts(text: &str, pieces: &[Line], mark: char, bordered: bool) -> Vec<Span> {
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Vec::new() };
    let mut span = Span::new(first.start, last.start + last.text.len());
    if bordered {
        let row = span.of(text);
        let left = row.len() - row.trim_start().len();
        span = Span::new(span.start + left, span.start + left + row.trim().len());
        let row = span.of(text);
        let (left, right) = (usize::from(row.starts_with(mark)), usize::from(row.len() > 1 && row.ends_with(mark)));
        span = Span::new(span.start + left, span.end - right);
    }
    let mut parts = Vec::new();
    let mut start = span.start;
    for (at, _) in span.of(text).match_indices(mark) {
        let at = span.start + at;
        if !(bordered && text.get(..at).is_some_and(|before| before.ends_with('\\'))) {
            parts.push(Span::new(start, at));
            start = at + mark.len_utf8();
        }
    }
    parts.push(Span::new(start, span.end));
    parts
}

fn paragraph(line: &Line) -> Option<Block> {
    let words = markup::words(line.text);
    let origin = Origin::line(line.number);
    let marks = words.chars().take_while(|c| *c == '#').count();
    let title = words.get(marks..).filter(|rest| (1..=6).contains(&marks) && rest.starts_with(' '));
    let heading = title.map(|_| marks as u8);
    let text = title.map_or_else(|| words.clone(), |title| title.trim().to_string());
    (!text.is_empty()).then_some(Block::Paragraph(Paragraph { text, origin, heading }))
}

/// The mark between cells, where at least two lines are rows of the same number of marks.
fn delimiter(lines: &[Line]) -> Option<char> {
    let rows = |mark: char, least: usize| {
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        for line in lines {
            let count = line.text.trim_end_matches('\r').matches(mark).count();
            if count >= least {
                *widths.entry(count).or_default() += 1;
            }
        }
        let rows: usize = widths.values().sum();
        if widths.values().any(|&n| n >= 2) || rows >= 3 { rows } else { 0 }
    };
    // A single tab indents or sets off a number; tables of two columns are given as CSV.
    ['\t', '|']
        .into_iter()
        .map(|mark| (rows(mark, 2), mark))
        .filter(|(rows, _)| *rows > 0)
        .max_by_key(|(n, _)| *n)
        .map(|(_, mark)| mark)
}

/// Marks of a complete row: the most frequent number, the larger of two equally frequent ones.
fn row_marks(lines: &[Line], mark: char) -> usize {
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    for line in lines {
        let count = line.text.matches(mark).count();
        if count >= 2 {
            *widths.entry(count).or_default() += 1;
        }
    }
    // Rows broken over lines are often more than whole ones: the whole ones have the most marks,
    // and there are enough of them to show it.
    let all: usize = widths.values().sum();
    let widest = widths.iter().rev().find(|(_, n)| **n * 10 >= all.max(10)).map(|(width, _)| *width);
    let usual = widths.iter().max_by_key(|(width, n)| (**n, **width)).map(|(width, _)| *width);
    let chosen = match (widest, usual) {
        (Some(widest), Some(usual)) if usual + 1 == widest || usual > widest => usual.max(widest),
        (widest, usual) => usual.or(widest).unwrap_or(0),
    };
    // Where nearly every row is broken over lines, the right number is the one that makes whole rows of them.
    let counts: Vec<usize> = lines.iter().map(|line| line.text.matches(mark).count()).collect();
    let rows = counts.iter().filter(|count| **count > 0).count();
    if whole(&counts, chosen) * 10 >= rows * 6 {
        return chosen;
    }
    let best = widths.keys().rev().take(12).map(|&marks| (whole(&counts, marks), marks)).max();
    best.filter(|(covered, _)| covered * 10 >= rows * 8).map_or(chosen, |(_, marks)| marks)
}

/// How many lines make rows of exactly so many marks, alone or together.
fn whole(counts: &[usize], marks: usize) -> usize {
    let (mut covered, mut from, mut sum) = (0, 0, 0);
    for (at, &count) in counts.iter().enumerate() {
        if sum == 0 {
            from = at;
        }
        sum += count;
        if sum == marks && marks > 0 {
            covered += counts.get(from..=at).unwrap_or_default().iter().filter(|count| **count > 0).count();
        }
        if sum >= marks || at - from >= 40 {
            sum = 0;
        }
    }
    covered
}

fn tables(text: &str, lines: &[Line], mark: char, document: &mut Document) -> Result<(), ImportError> {
    let marks = row_marks(lines, mark);
    let bordered = mark == '|' && bordered(lines);
    let mut table = Table::default();
    let mut cells = 0u64;
    let mut at = 0;
    let last_row = lines.iter().rposition(|line| line.text.contains(mark)).unwrap_or(0);
    while let Some(line) = lines.get(at) {
        let taken = whole_row(lines.get(at..).unwrap_or_default(), mark, marks);
        let pieces = lines.get(at..at + taken).unwrap_or_default();
        at += taken;
        if taken == 1 && !line.text.contains(mark) {
            if table.rows.is_empty() || at > last_row {
                document.blocks.extend(end(&mut table));
                document.blocks.extend(paragraph(line));
            } else if let Some(Block::Paragraph(paragraph)) = paragraph(line) {
                let origin = paragraph.origin.clone();
                let cells = vec![Cell::new(paragraph.text, origin.clone())];
                table.rows.push(Row { cells, origin, page_end: false });
            } else if let Some(row) = table.rows.last_mut() {
                row.page_end = true;
            }
            continue;
        }
        if let Some(row) = row(text, pieces, mark, bordered) {
            cells += row.cells.len() as u64;
            limits::within("单元格数", cells, limits::CELLS)?;
            limits::within("一行的列数", row.cells.len() as u64, limits::COLUMNS)?;
            table.rows.push(row);
        }
    }
    document.blocks.extend(end(&mut table));
    Ok(())
}

fn end(table: &mut Table) -> Option<Block> {
    if table.rows.is_empty() {
        return None;
    }
    let mut table = std::mem::take(table);
    table.origin = table.rows.first().map(|row| row.origin.clone()).unwrap_or_default();
    Some(Block::Table(table))
}

/// How many lines from here make one row: more than one only where together they have exactly the marks of a row.
fn whole_row(lines: &[Line], mark: char, marks: usize) -> usize {
    let count = |line: &Line| line.text.matches(mark).count();
    let first = lines.first().map_or(0, count);
    if first == 0 || first >= marks {
        return 1;
    }
    let mut sum = first;
    for (taken, line) in lines.iter().enumerate().skip(1).take(40) {
        let more = count(line);
        if more >= marks || sum + more > marks {
            return 1;
        }
        sum += more;
        if sum == marks {
            return taken + 1;
        }
    }
    1
}

/// Whether the pipes at both ends of a line are borders (Markdown), not the marks of an empty first or last cell.
fn bordered(lines: &[Line]) -> bool {
    let mut rows = 0usize;
    let mut both = 0usize;
    for line in lines.iter().map(|line| line.text.trim()).filter(|line| line.matches('|').count() >= 2) {
        rows += 1;
        both += usize::from(line.starts_with('|') && line.ends_with('|'));
    }
    both * 10 >= rows * 9
}

fn row(text: &str, pieces: &[Line], mark: char, bordered: bool) -> Option<Row> {
    let number = pieces.first()?.number;
    let parts: Vec<&str> = parts(text, pieces, mark, bordered).into_iter().map(|span| span.of(text)).collect();
    if parts.iter().all(|part| rule(part)) && parts.iter().any(|part| part.contains("--")) {
        return None;
    }
    let cells = parts
        .iter()
        .enumerate()
        .map(|(column, part)| {
            Cell::new(
                markup::words(&if bordered { part.replace("\\|", "|") } else { part.to_string() }),
                Origin { cell: Some(cell_name(column as u32, number)), ..Origin::line(number) },
            )
        })
        .collect();
    Some(Row { cells, origin: Origin::line(number), page_end: false })
}

/// A cell of the line that Markdown draws under a header: `---`, `:--:`, or nothing.
fn rule(cell: &str) -> bool {
    cell.trim().chars().all(|c| matches!(c, '-' | ':' | '='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Vec<Vec<String>> {
        let document = read("a.txt", text).unwrap();
        let rows = document.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(&table.rows),
            Block::Paragraph(_) => None,
        });
        rows.flatten().map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect()).collect()
    }

    #[test]
    fn a_row_broken_inside_a_cell_is_one_row() {
        let text = "标题\na\tb\tc\nd\te\tf\ng\th\n第二行\ti\n";
        assert_eq!(table(text), [["a", "b", "c"], ["d", "e", "f"], ["g", "h\n第二行", "i"]]);
        let pipes = "a | b | c |\nd | e | f |\n|\n| g | h\n";
        assert_eq!(table(pipes), [["a", "b", "c", ""], ["d", "e", "f", ""], ["", "", "g", "h"]]);
    }

    #[test]
    fn rows_that_are_merely_short_stay_apart() {
        let text = "a\tb\tc\td\n1\t2\t3\n4\t5\t6\n\n7\t8\t9\t0\n1\t1\t1\t1\n";
        assert_eq!(table(text).len(), 5);
    }

    #[test]
    fn markdown_borders_and_rules_are_no_cells() {
        let text = "# 目录\n\n| 事项 | 依据 |\n|:--|---|\n| 机构 |  |\n| 职能 | 条例 |\n";
        assert_eq!(table(text), [["事项", "依据"], ["机构", ""], ["职能", "条例"]]);
    }

    #[test]
    fn prose_has_no_table() {
        let document = read("a.txt", "第一条\t为了规范。\n\n第二条\t本办法。\r\n第三条\t施行。").unwrap();
        assert!(document.blocks.iter().all(|block| matches!(block, Block::Paragraph(_))));
        assert_eq!(read("a.txt", " \n\t\n").unwrap_err(), ImportError::Empty);
    }
}
