//! Rows that go on with the row above: torn by a page break, or further lines of the same item.

use super::align::{Memory, Placed};
use super::columns::Layout;
use super::{Column, Field};
use crate::text::fold;

/// What a row is to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// An item of its own.
    New,
    /// The same row, cut in the middle of its words.
    Torn,
    /// Further words of the same item: it has no level and no content of its own.
    Further,
}

/// The columns that say what is disclosed.
pub(super) fn is_subject(column: &Column) -> bool {
    matches!(column.field, Field::Path | Field::Content)
}

pub(super) fn relation(before: &Placed, row: &Placed, layout: &Layout, memory: &Memory) -> Relation {
    let columns = &layout.columns;
    let own = |n: &usize| row.own(*n);
    let filled: Vec<usize> = (0..columns.len()).filter(own).collect();
    let subjects: Vec<usize> = (0..columns.len()).filter(|&n| columns.get(n).is_some_and(is_subject)).collect();
    if filled.is_empty() {
        return Relation::Further;
    }
    if numbered(row, columns) {
        return Relation::New;
    }
    if torn(before, row, &filled, columns, memory) {
        return Relation::Torn;
    }
    if subjects.is_empty() || subjects.iter().any(own) {
        return Relation::New;
    }
    // Merged cells of other rows than the one above would say something else.
    let same = subjects.iter().all(|&n| {
        row.text(n).is_empty() || row.cells.get(n).map(|c| &c.origin) == before.cells.get(n).map(|c| &c.origin)
    });
    if same { Relation::Further } else { Relation::New }
}

/// A row with a number of its own in a column of numbers.
fn numbered(row: &Placed, columns: &[Column]) -> bool {
    columns.iter().enumerate().any(|(n, column)| {
        let header = column.header.split_whitespace().collect::<String>();
        column.field == Field::Other && (header == "序号" || header == "编号") && row.own(n)
    })
}

fn torn(before: &Placed, row: &Placed, filled: &[usize], columns: &[Column], memory: &Memory) -> bool {
    let above: Vec<usize> = (0..columns.len()).filter(|&n| !before.text(n).is_empty()).collect();
    if filled.iter().any(|n| !above.contains(n)) || filled.len() * 5 > above.len() * 3 || above.len() < 2 {
        return false;
    }
    let mut score = if before.page_end { 1.0 } else { 0.0 };
    let mut open = 0usize;
    for &n in filled {
        let (head, tail) = (before.text(n), row.text(n));
        let evidence = cut(head, tail, n, memory);
        score += evidence;
        open += usize::from(evidence > 0.0);
    }
    let first_level = columns.iter().position(|column| column.field == Field::Path);
    if first_level.is_some_and(|n| row.own(n)) {
        score -= 1.5;
    }
    open > 0 && score >= 2.0
}

/// How much two pieces look like one cell cut in two; below zero when they look like two.
fn cut(head: &str, tail: &str, column: usize, memory: &Memory) -> f32 {
    let joined = fold::fold(&format!("{head}{tail}")).text;
    let (head, tail) = (fold::fold(head).text, fold::fold(tail).text);
    let seen = |text: &str| memory.count(text, column);
    if seen(&joined) > 0 {
        return 3.0;
    }
    let mut score = 0.0;
    let (Some(last), Some(first)) = (head.chars().last(), tail.chars().next()) else { return 0.0 };
    if matches!(first, ',' | '。' | ';' | '、' | ')' | '》' | ':' | '”' | '〕') {
        score += 2.5;
    }
    if matches!(last, ',' | '、' | '(' | '《' | '〔' | '“' | '—') {
        score += 1.5;
    }
    let balance =
        |text: &str, open: char, close: char| text.matches(open).count() as i64 - text.matches(close).count() as i64;
    let unclosed = [('(', ')'), ('《', '》'), ('〔', '〕')]
        .iter()
        .any(|&(open, close)| balance(&head, open, close) > 0 && balance(&tail, open, close) < 0);
    if unclosed {
        score += 2.0;
    }
    if last.is_ascii_digit() && !first.is_ascii_digit() && !matches!(first, '.' | '、') {
        score += 1.2;
    }
    if matches!(last, '。' | ';' | '!' | '?') {
        score -= 1.5;
    } else if head.chars().count() >= 15 {
        score += 0.4;
    }
    let listed = first == '(' || first.is_ascii_digit() && tail.chars().nth(1).is_some_and(|c| matches!(c, '.' | '、'));
    if listed {
        score -= 1.0;
    }
    if tail.chars().count() <= 3 {
        score += 0.5;
    }
    if seen(&tail) > 1 {
        score -= 2.0;
    }
    score
}

/// Joins the words of `row` to those of `before`.
pub(super) fn join(before: &mut Placed, row: &Placed, relation: Relation) {
    for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| cell.own()) {
        let head = fold::fold(before.text(column)).text;
        let tail = fold::fold(&cell.text).text;
        let whole = head.ends_with(['。', ';']) || head.is_empty();
        match relation {
            Relation::Torn if !whole => before.join(column, cell, ""),
            // The same words again say nothing new: the cell was merged, or its line repeated.
            Relation::Further if head == tail && is_short(&tail) && !before.merged => before.join(column, cell, "\n"),
            Relation::Further if head == tail => {}
            _ => before.join(column, cell, "\n"),
        }
    }
    before.page_end = row.page_end;
}

/// Short words are lists of offices, line by line, where a repetition is as published.
fn is_short(text: &str) -> bool {
    text.chars().count() <= 20
}
