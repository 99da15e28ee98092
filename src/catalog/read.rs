//! [`read`]: a document's tables → catalogs, with every cell in its field and every doubt told.

use super::align::{Aligner, Looked, Memory, Placed};
use super::cards;
use super::columns::{self, Layout};
use super::evidence::{self, Evidence};
use super::flow;
use super::grid::{self, GridRow};
use super::rows::{self, Kind};
use super::section::{self, Section};
use super::torn::{self, Relation};
use super::{Catalog, CatalogError, CatalogFile, items, title};
use crate::import::Document;
use std::collections::BTreeMap;

/// Cells times columns of what is still placed, some seconds of work: a hundred thousand rows of thirty columns are less.
const MOST_STEPS: u64 = 200_000_000;

/// Reads the catalogs of a document; several where its tables have several titles, sheets or headers.
///
/// # Errors
/// [`CatalogError::NoTable`] when nothing in the document is a table of items, [`CatalogError::TooMuch`] for tables that
/// would take too long.
pub fn read(document: &Document, file: Option<&CatalogFile>) -> Result<Vec<Catalog>, CatalogError> {
    // Placing a cell tries every column: the work grows with cells times columns, and is bounded before it is begun.
    let rows = || document.tables().flat_map(|table| &table.rows);
    let widest = rows().map(|row| row.cells.len()).max().unwrap_or(0) as u64;
    if rows().map(|row| row.cells.len() as u64).sum::<u64>().saturating_mul(widest) > MOST_STEPS {
        return Err(CatalogError::TooMuch { file: document.file.clone() });
    }
    let stream = grid::rows(document);
    let stream = flow::rows(&stream).or_else(|| cards::rows(&stream)).unwrap_or(stream);
    let mut sections = section::sections(stream, file);
    if sections.iter().any(|section| !section.header.is_empty()) {
        sections.retain(|section| !section.header.is_empty());
    }
    let mut catalogs: Vec<Catalog> =
        sections.into_iter().filter_map(|section| catalog(section, document, file)).collect();
    if catalogs.iter().any(|catalog| !catalog.items.is_empty()) {
        catalogs.retain(|catalog| !catalog.items.is_empty());
    } else {
        return Err(CatalogError::NoTable { file: document.file.clone() });
    }
    if let Some(first) = catalogs.first_mut() {
        let mut notes = document.notes.clone();
        notes.append(&mut first.notes);
        first.notes = notes;
    }
    Ok(catalogs)
}

fn catalog(section: Section, document: &Document, file: Option<&CatalogFile>) -> Option<Catalog> {
    let mut catalog = Catalog { file: document.file.clone(), ..Catalog::default() };
    let table: Vec<&GridRow> = section.body.iter().filter(|row| !row.paragraph).collect();
    if section.header.is_empty() && table.iter().filter(|row| row.own().count() >= 2).count() < 2 {
        return None;
    }
    let (drafts, compacted) = columns::drafts(&section.header, width(&section, &table));
    let body = rows::classify(&section, &drafts, &mut catalog.notes);
    let mut looked = Looked::default();
    let straight = rows_by_place(&body, drafts.len(), compacted);
    let evidence: Vec<Vec<Evidence>> =
        straight.iter().map(|cells| cells.iter().map(|text| looked.at(text)).collect()).collect();
    let mut layout = columns::layout(drafts, &evidence, file, &mut catalog.notes);
    if compacted {
        layout.compacted = true;
        let marked = body.iter().flat_map(|(_, row)| row.own()).any(|cell| evidence::is_tick(&cell.text));
        layout.ticks = layout.drafts.iter().map(|draft| marked && draft.names_marks()).collect();
    }
    if section.header.is_empty() {
        catalog.notes.push("没有表头，各列按内容判断".into());
    } else if section.repeats > 0 {
        catalog.notes.push(format!("表头重复出现 {} 次，已略过", section.repeats));
    }
    if compacted {
        catalog.notes.push("表头的合并单元格没有展开，各列按内容对位".into());
    }
    let placed = align(&body, &layout, &mut looked);
    let joined = join(placed, &layout, &mut catalog.notes);
    title::describe(&mut catalog, &section, &joined, &layout, file);
    items::build(&mut catalog, joined, &layout);
    catalog.columns = layout.columns;
    Some(catalog)
}

/// Columns of the table: those of the header, or of the rows where there is none.
fn width(section: &Section, table: &[&GridRow]) -> usize {
    let used = |row: &GridRow| row.cells.iter().rposition(|cell| !cell.text.is_empty()).map_or(0, |last| last + 1);
    match section.header.iter().map(used).max() {
        Some(width) => width,
        None => table.iter().map(|row| used(row)).max().unwrap_or(0),
    }
}

/// The texts of each column as far as the rows' places can be trusted.
fn rows_by_place(body: &[(Kind, GridRow)], width: usize, compacted: bool) -> Vec<Vec<String>> {
    let mut columns = vec![Vec::new(); width];
    if compacted {
        return columns;
    }
    // Rows of another length than most are likely to have lost or gained a cell.
    let mut lengths: BTreeMap<usize, usize> = BTreeMap::new();
    let rows = || body.iter().filter(|(kind, _)| *kind == Kind::Row).map(|(_, row)| row);
    for row in rows() {
        *lengths.entry(row.cells.len()).or_default() += 1;
    }
    let usual = lengths.iter().find(|(_, n)| **n * 2 >= rows().count()).map(|(length, _)| *length);
    for row in rows().filter(|row| usual.is_none_or(|usual| row.cells.len() == usual)) {
        for (column, cell) in columns.iter_mut().zip(&row.cells) {
            if cell.own() {
                column.push(cell.text.clone());
            }
        }
    }
    columns
}

/// A body row in its columns, or a line that opens a part of the table.
pub(super) enum Line {
    Row(Placed),
    Part(String),
}

/// Places every row twice: what the first pass finds in each column helps the second.
fn align(body: &[(Kind, GridRow)], layout: &Layout, looked: &mut Looked) -> Vec<Line> {
    let place = |memory: &Memory, looked: &mut Looked| -> Vec<Line> {
        let aligner = Aligner { layout, memory };
        body.iter()
            .map(|(kind, row)| match kind {
                Kind::Row => Line::Row(aligner.place(row, looked)),
                Kind::Part(words) => Line::Part(words.clone()),
            })
            .collect()
    };
    let rows = |lines: Vec<Line>| -> Vec<Placed> {
        lines.into_iter().filter_map(|line| if let Line::Row(row) = line { Some(row) } else { None }).collect()
    };
    let memory = Memory::of(&rows(place(&Memory::default(), looked)));
    place(&memory, looked)
}

/// Puts together what belongs to one item.
fn join(lines: Vec<Line>, layout: &Layout, notes: &mut Vec<String>) -> Vec<Line> {
    let placed: Vec<Placed> =
        lines.iter().filter_map(|line| if let Line::Row(row) = line { Some(row.clone()) } else { None }).collect();
    let memory = Memory::of(&placed);
    let (mut torn_rows, mut further) = (0usize, 0usize);
    let mut joined: Vec<Line> = Vec::new();
    for line in lines {
        match (joined.last_mut(), line) {
            (Some(Line::Row(before)), Line::Row(row)) => match torn::relation(before, &row, layout, &memory) {
                Relation::New => joined.push(Line::Row(row)),
                relation => {
                    torn_rows += usize::from(relation == Relation::Torn);
                    further += usize::from(relation == Relation::Further);
                    torn::join(before, &row, relation);
                }
            },
            (_, line) => joined.push(line),
        }
    }
    if torn_rows > 0 {
        notes.push(format!("{torn_rows} 行被分页或换行断开，已接回上一行"));
    }
    if further > 0 {
        notes.push(format!("{further} 行没有自己的事项和内容，已并入上一事项"));
    }
    joined
}
