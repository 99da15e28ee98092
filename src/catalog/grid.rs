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
                let mut own = table_rows(table, number);
                drop_slivers(&mut own);
                rows.append(&mut own);
                if let Some(last) = rows.last_mut() {
                    last.page_end = true;
                }
            }
        }
    }
    rows
}

fn table_rows(table: &Table, number: usize) -> Vec<GridRow> {
    let mut into = Vec::with_capacity(table.rows.len());
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
    into
}

/// Takes out the columns in which no cell stands by itself: edges that a word processor rounded a little apart.
fn drop_slivers(rows: &mut [GridRow]) {
    if rows.iter().flat_map(|row| &row.cells).all(|cell| cell.columns <= 1) {
        return;
    }
    let starts = |rows: &[GridRow], column: usize| {
        let own = |row: &&GridRow| row.cells.get(column).is_some_and(|cell| cell.cover == Cover::Own);
        rows.iter().filter(own).count()
    };
    // Each round looks at all cells: a table with more such columns than this is laid out in another way.
    for _ in 0..64 {
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let shared = (0..width).filter(|&column| rows.iter().all(|row| shares_column(row, column)));
        // Of two columns that only stand together, the one in which fewer cells begin is the rounding.
        let Some(column) = shared.min_by_key(|&column| starts(rows, column)) else { return };
        rows.iter_mut().for_each(|row| drop_column(row, column));
    }
}

/// Whether what stands at this place reaches into the column beside it too, or nothing stands there.
fn shares_column(row: &GridRow, column: usize) -> bool {
    let Some(cell) = row.cells.get(column) else { return true };
    let beside = |other: Option<usize>| {
        let other = other.and_then(|other| row.cells.get(other));
        other.is_some_and(|other| other.cover == Cover::Above && other.origin == cell.origin)
    };
    match cell.cover {
        Cover::Own => cell.columns > 1,
        Cover::Left => true,
        Cover::Above => beside(column.checked_sub(1)) || beside(Some(column + 1)),
    }
}

fn drop_column(row: &mut GridRow, column: usize) {
    if column >= row.cells.len() {
        return;
    }
    let cell = row.cells.remove(column);
    if cell.cover == Cover::Left {
        let owner = row.cells.iter_mut().take(column).rfind(|cell| cell.cover == Cover::Own);
        if let Some(owner) = owner {
            owner.columns = owner.columns.saturating_sub(1).max(1);
        }
    } else if let Some(next) = row.cells.get_mut(column)
        && (cell.cover == Cover::Own
            || next.cover == Cover::Above && next.origin == cell.origin && next.text.is_empty())
    {
        *next = GridCell { columns: cell.columns.saturating_sub(1).max(1), ..cell };
    }
}
