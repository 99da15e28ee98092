//! [`GridRow`]: the rows of all tables of a document, and the paragraphs between them, as one stream.

use crate::import::{Block, Document, Origin, Table};

/// Where the words of a grid cell come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Cover {
    /// Its own.
    #[default]
    Own,
    /// A merged cell that starts in a row above: the words are repeated here.
    Above,
    /// A merged cell that starts to the left in the same row: no words here.
    Left,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct GridCell {
    pub text: String,
    pub origin: Origin,
    pub cover: Cover,
    pub columns: u32,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct GridRow {
    pub cells: Vec<GridCell>,
    pub origin: Origin,
    /// Text between tables, not a row.
    pub paragraph: bool,
    /// The heading level of such text, where the format says it.
    pub heading: bool,
    pub page_end: bool,
    /// Number of the table in the document.
    pub table: usize,
    /// The table says which cells are merged, so an empty cell is empty.
    pub merged: bool,
}

impl GridCell {
    /// Words that stand in this very cell.
    pub fn own(&self) -> bool {
        self.cover == Cover::Own && !self.text.is_empty()
    }
}

impl GridRow {
    pub fn own(&self) -> impl Iterator<Item = &GridCell> {
        self.cells.iter().filter(|cell| cell.own())
    }

    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.text.is_empty())
    }

    /// The only words of the row, where there is one cell with words and nothing repeated from above.
    pub fn single(&self) -> Option<&GridCell> {
        let mut filled = self.cells.iter().filter(|cell| !cell.text.is_empty());
        filled.next().filter(|cell| cell.cover == Cover::Own && filled.next().is_none())
    }
}

/// The rows and paragraphs of a document in order.
pub(super) fn rows(document: &Document) -> Vec<GridRow> {
    let mut rows = Vec::new();
    for (number, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Paragraph(paragraph) => rows.push(GridRow {
                cells: vec![GridCell {
                    text: paragraph.text.clone(),
                    origin: paragraph.origin.clone(),
                    columns: 1,
                    ..GridCell::default()
                }],
                origin: paragraph.origin.clone(),
                paragraph: true,
                heading: paragraph.heading.is_some(),
                table: number,
                ..GridRow::default()
            }),
            Block::Table(table) => {
                table_rows(table, number, &mut rows);
                if let Some(last) = rows.last_mut() {
                    last.page_end = true;
                }
            }
        }
    }
    rows
}

fn table_rows(table: &Table, number: usize, into: &mut Vec<GridRow>) {
    // Rows still to be covered in each column, with the words and origin that cover them.
    let mut above: Vec<Option<(u32, String, Origin)>> = Vec::new();
    let merged = table.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.rows > 1);
    for row in &table.rows {
        let mut cells: Vec<GridCell> = Vec::with_capacity(row.cells.len());
        for (column, cell) in row.cells.iter().enumerate() {
            if above.len() <= column {
                above.push(None);
            }
            let open = above.get_mut(column).and_then(Option::as_mut).filter(|(left, ..)| *left > 0);
            let mut placed = GridCell {
                text: cell.text.clone(),
                origin: cell.origin.clone(),
                cover: Cover::Own,
                columns: cell.columns.max(1),
            };
            if cell.covered {
                placed.columns = 1;
                match open {
                    Some((left, text, origin)) => {
                        *left -= 1;
                        placed.text.clone_from(text);
                        placed.origin = origin.clone();
                        placed.cover = Cover::Above;
                    }
                    None => {
                        placed.cover = Cover::Left;
                        placed.text = String::new();
                    }
                }
            } else {
                let span = cell.rows.saturating_sub(1);
                let open = (span > 0).then(|| (span, cell.text.clone(), cell.origin.clone()));
                let covers = column..column.saturating_add(cell.columns.max(1) as usize);
                for covered in covers.take(64) {
                    if above.len() <= covered {
                        above.resize(covered + 1, None);
                    }
                    // The words of a region stand in its first column; the others only know that they are covered.
                    let open = open
                        .clone()
                        .map(|(n, text, origin)| (n, if covered == column { text } else { String::new() }, origin));
                    if let Some(slot) = above.get_mut(covered) {
                        *slot = open;
                    }
                }
            }
            cells.push(placed);
        }
        into.push(GridRow {
            cells,
            origin: row.origin.clone(),
            page_end: row.page_end,
            table: number,
            merged,
            ..GridRow::default()
        });
    }
}
