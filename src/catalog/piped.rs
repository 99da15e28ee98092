//! Tables whose cells stand on lines of their own, with a line that is only `|` between one and the next.

use super::flow::{Line, cell, row};
use super::grid::GridRow;
use super::words;
use crate::text::numeral;

/// The lines as rows; `None` where no such marks stand between the names of a header.
pub(super) fn rows(lines: &[Line]) -> Option<Vec<GridRow>> {
    let is_mark = |line: &Line| matches!(line.0, "|" | "｜");
    let is_name =
        |line: &Line| line.0.chars().count() <= 16 && (words::is_header(line.0) || words::sub_header(line.0).is_some());
    if lines.iter().filter(|line| is_mark(line)).count() < 6 {
        return None;
    }
    let start = (0..lines.len()).find(|&at| {
        let mut run = lines.iter().skip(at).step_by(2).zip(lines.iter().skip(at + 1).step_by(2));
        run.by_ref().take(2).all(|(name, mark)| is_name(name) && is_mark(mark))
    })?;
    let (before, rest) = lines.split_at(start);
    let end = rest.iter().position(|line| !is_mark(line) && !is_name(line)).unwrap_or(rest.len());
    let (header, mut body) = rest.split_at(end);
    let mut rows: Vec<GridRow> =
        before.iter().filter(|line| !is_mark(line)).map(|line| row(vec![cell(line.0, line.1)], line.1, true)).collect();
    // Names without a mark between them are the end of one header row and the beginning of the next.
    let mut heads: Vec<Vec<Line>> = vec![Vec::new()];
    for (at, name) in header.iter().enumerate().filter(|(_, line)| !is_mark(line)) {
        let apart = at.checked_sub(1).and_then(|at| header.get(at)).is_none_or(is_mark);
        match heads.last_mut().filter(|_| apart) {
            Some(head) => head.push(*name),
            None => heads.push(vec![*name]),
        }
    }
    let first = heads.iter().find(|head| !head.is_empty())?;
    let (width, numbered) = (first.len(), first.first().is_some_and(|line| matches!(line.0, "序号" | "编号")));
    rows.extend(heads.iter().filter_map(|head| joined(&head.iter().map(|line| vec![*line]).collect::<Vec<_>>())));
    let closed = header.last().is_some_and(is_mark);
    if let Some(rest) = body.split_first().filter(|(first, _)| is_mark(first)).map(|(_, rest)| rest) {
        body = rest;
    }
    let cells: Vec<Vec<Line>> = body.split(is_mark).map(<[Line]>::to_vec).collect();
    rows.extend(if numbered { by_number(&cells, width) } else { by_width(&cells, width, closed) });
    Some(rows)
}

/// Numbers that count up begin the rows, however many cells a row has.
fn by_number(cells: &[Vec<Line>], width: usize) -> Vec<GridRow> {
    let mut rows = Vec::new();
    let mut own: Vec<Vec<Line>> = Vec::new();
    let mut next = 1u32;
    for cell in cells {
        let opens = own.is_empty() || own.len() * 2 >= width;
        match cell.split_last() {
            Some((number, rest)) if opens && numeral::parse(number.0) == Some(next) => {
                if !rest.is_empty() {
                    own.push(rest.to_vec());
                }
                rows.extend(joined(&std::mem::take(&mut own)));
                own.push(vec![*number]);
                next += 1;
            }
            _ => own.push(cell.clone()),
        }
    }
    rows.extend(joined(&own));
    rows
}

/// Rows of so many cells; where no mark ends a row, its last cell and the first of the next stand together.
fn by_width(cells: &[Vec<Line>], width: usize, closed: bool) -> Vec<GridRow> {
    if closed {
        return cells.chunks(width).filter_map(joined).collect();
    }
    let mut rows = Vec::new();
    let mut own: Vec<Vec<Line>> = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        match cell.split_last().filter(|_| own.len() + 1 == width && at + 1 < cells.len()) {
            Some((first, rest)) => {
                own.push(rest.to_vec());
                rows.extend(joined(&std::mem::take(&mut own)));
                own.push(vec![*first]);
            }
            None => own.push(cell.clone()),
        }
    }
    rows.extend(joined(&own));
    rows
}

fn joined(cells: &[Vec<Line>]) -> Option<GridRow> {
    let origin = cells.iter().flatten().next()?.1;
    let words = |lines: &Vec<Line>| lines.iter().map(|line| line.0).collect::<Vec<_>>().join("\n");
    let cells = cells.iter().map(|lines| cell(&words(lines), lines.first().map_or(origin, |line| line.1)));
    Some(row(cells.collect(), origin, false))
}
