//! Tables that were written down one cell a line: named lines (`公开内容：…`), or the header's words and then the cells.

use super::cards::Cards;
use super::grid::{GridCell, GridRow};
use super::{piped, words};
use crate::import::Origin;
use crate::text::numeral;

/// The words of a line, and where they stand.
pub(super) type Line<'l> = (&'l str, &'l Origin);

/// The stream as rows of a table, where its lines are cells; `None` where they are not.
pub(super) fn rows(stream: &[GridRow]) -> Option<Vec<GridRow>> {
    if stream.iter().any(|row| row.own().count() > 1) {
        return None;
    }
    let lines: Vec<Line> = stream
        .iter()
        .flat_map(|row| row.own())
        .flat_map(|cell| cell.text.lines().map(|line| (line.trim(), &cell.origin)))
        .filter(|(line, _)| !line.is_empty())
        .collect();
    piped::rows(&lines).or_else(|| named(&lines)).or_else(|| listed(&lines))
}

/// `公开内容：…` line by line; a name that comes again opens the next item, a line without one goes on.
fn named(lines: &[Line]) -> Option<Vec<GridRow>> {
    let names: Vec<Option<(String, &str)>> = lines.iter().map(|(line, _)| name(line)).collect();
    let first = names.iter().position(Option::is_some)?;
    let mut header: Vec<String> = Vec::new();
    for (name, _) in names.iter().flatten() {
        if !header.contains(name) {
            header.push(name.clone());
        }
    }
    let named = names.iter().flatten().count();
    if header.len() < 3 || named < header.len() + 2 || named * 2 < lines.len() - first {
        return None;
    }
    let mut rows: Vec<GridRow> =
        lines.iter().take(first).map(|line| row(vec![cell(line.0, line.1)], line.1, true)).collect();
    let mut cards = Cards::default();
    for ((line, origin), named) in lines.iter().zip(&names).skip(first) {
        match named {
            Some((name, value)) => cards.put(name, &cell(value, origin)),
            None => cards.add(line),
        }
    }
    rows.extend(cards.rows(3)?);
    Some(rows)
}

fn name(line: &str) -> Option<(String, &str)> {
    let line = line.trim_start_matches(['【', '·', '-', '*', '●', ' ']);
    let (label, value) = line.split_once([':', '：', '】'])?;
    let label: String = label.split_whitespace().collect();
    let known = label.chars().count() <= 12 && words::is_header(&label);
    known.then(|| (label, value.trim_start_matches([':', '：']).trim()))
}

/// The header's words one a line, then every cell on its own line.
fn listed(lines: &[Line]) -> Option<Vec<GridRow>> {
    let is_name = |line: &str| line.chars().count() <= 16 && words::is_header(line);
    let start = (0..lines.len()).find(|&at| {
        let run = lines.get(at..).unwrap_or_default().iter().take_while(|(line, _)| is_name(line)).count();
        run >= 3
    })?;
    let rest = lines.get(start..)?;
    let run = rest.iter().take_while(|(line, _)| is_name(line)).count();
    // The levels under 公开事项 begin a second row where the names of marked columns follow them.
    let marks = rest.get(run).is_some_and(|(line, _)| words::is_mark_name(line));
    let levels = |(line, _): &(&str, &Origin)| words::sub_header(line).is_some();
    let second = (3..run).find(|&at| rest.get(at..run).unwrap_or_default().iter().all(levels));
    let width = second.filter(|_| marks).unwrap_or(run);
    let (header, body) = rest.split_at(width);
    let numbered = header.first().is_some_and(|(line, _)| matches!(*line, "序号" | "编号"));
    let mut rows: Vec<GridRow> =
        lines.iter().take(start).map(|line| row(vec![cell(line.0, line.1)], line.1, true)).collect();
    rows.push(joined(header)?);
    // Names of a second header row, as far as they go.
    let below = body.iter().take_while(|(line, _)| words::sub_header(line).is_some()).count();
    let (second, body) = body.split_at(if below >= 2 { below } else { 0 });
    rows.extend(joined(second));
    if !numbered {
        rows.extend(body.chunks(width).filter_map(joined));
        return Some(rows);
    }
    // Numbers that count up begin the rows, however many cells a row has.
    let (mut next, mut from) = (1u32, 0usize);
    for (at, (line, _)) in body.iter().enumerate() {
        if numeral::parse(line) == Some(next) {
            rows.extend(joined(body.get(from..at).unwrap_or_default()));
            (from, next) = (at, next + 1);
        }
    }
    rows.extend(joined(body.get(from..).unwrap_or_default()));
    Some(rows)
}

/// One row of these lines; lines of boxes to tick that follow each other are one cell.
fn joined(lines: &[Line]) -> Option<GridRow> {
    let (_, first) = lines.first()?;
    let boxes = |line: &str| line.starts_with(['■', '□', '☑', '☐', '☒']) && line.chars().count() > 1;
    let mut cells: Vec<GridCell> = Vec::new();
    for (line, origin) in lines {
        match cells.last_mut().filter(|last| boxes(line) && boxes(&last.text)) {
            Some(last) => {
                last.text.push('\n');
                last.text.push_str(line);
            }
            None => cells.push(cell(line, origin)),
        }
    }
    Some(row(cells, first, false))
}

pub(super) fn cell(text: &str, origin: &Origin) -> GridCell {
    GridCell { text: text.to_string(), origin: origin.clone(), columns: 1, ..GridCell::default() }
}

pub(super) fn row(cells: Vec<GridCell>, origin: &Origin, paragraph: bool) -> GridRow {
    GridRow { cells, origin: origin.clone(), paragraph, ..GridRow::default() }
}
