//! Workbooks that Excel 2003 keeps as XML → [`Document`]: one table a sheet, spans kept, hidden parts told.

use super::document::{Block, Document};
use super::grid::{GridBuilder, Source};
use super::xml::{self, Element};
use super::{ImportError, hidden_rows_note, limits, markup};

pub(super) fn read(file: &str, text: &str) -> Result<Document, ImportError> {
    let root = xml::parse(text, "XML")?;
    let mut document = Document { file: file.to_string(), ..Document::default() };
    let book = root.child("Workbook").into_iter().flat_map(Element::elements);
    for sheet in book.filter(|element| element.name == "Worksheet") {
        let name = sheet.attribute("Name").unwrap_or_default();
        let shown = sheet.child("WorksheetOptions").and_then(|options| options.child("Visible")).map(Element::text);
        if shown.is_some_and(|shown| shown.trim() != "SheetVisible") {
            document.notes.push(format!("工作表“{name}”是隐藏的，没有读取；如需读取请取消隐藏"));
            continue;
        }
        let mut grid = GridBuilder::new(Some(name.to_string()));
        let (mut number, mut hidden) = (0u32, Vec::new());
        // Columns that a region from above still covers, as rows left: such cells are not written in their rows.
        let mut open: Vec<u32> = Vec::new();
        let table = sheet.child("Table").into_iter().flat_map(Element::elements);
        for row in table.filter(|element| element.name == "Row") {
            let next = row.number("Index").unwrap_or(0).max(number.saturating_add(1));
            limits::within("行数", u64::from(next), limits::ROWS)?;
            // A row that is not written is empty; a region may pass through it.
            for empty in number + 1..next {
                if open.iter().any(|left| *left > 0) {
                    grid.row(empty, [])?;
                }
                open.iter_mut().for_each(|left| *left = left.saturating_sub(1));
            }
            number = next;
            let sources = sources(row, &mut open)?;
            if row.attribute("Hidden") == Some("1") && sources.iter().any(|source| !source.text.is_empty()) {
                hidden.push(number);
            }
            grid.row(number, sources)?;
        }
        document.notes.extend(hidden_rows_note(name, &hidden));
        document.blocks.extend(grid.finish(Some(name.to_string())).map(Block::Table));
    }
    if document.blocks.is_empty() { Err(ImportError::Empty) } else { Ok(document) }
}

/// The cells of a row, those left out as empty ones.
fn sources(row: &Element, open: &mut Vec<u32>) -> Result<Vec<Source>, ImportError> {
    let mut sources = Vec::new();
    let mut column = 0usize;
    let mut starts: Vec<(usize, u32)> = Vec::new();
    for cell in row.elements().filter(|element| element.name == "Cell") {
        let at = cell.number("Index").map_or(0, |index| index.saturating_sub(1) as usize);
        limits::within("一行的列数", at as u64, limits::COLUMNS)?;
        while column < at || cell.number("Index").is_none() && open.get(column).is_some_and(|left| *left > 0) {
            if open.get(column).is_none_or(|left| *left == 0) {
                sources.push(Source { rows: 1, columns: 1, ..Source::default() });
            }
            column += 1;
        }
        let span = |name: &str| cell.number(name).unwrap_or(0).saturating_add(1);
        let (rows, columns) = (span("MergeDown"), span("MergeAcross"));
        limits::within("一行的列数", column as u64 + u64::from(columns), limits::COLUMNS)?;
        starts.extend((column..column + columns as usize).map(|column| (column, rows)));
        column += columns as usize;
        let text = cell.child("Data").map(|data| markup::words(&data.text())).unwrap_or_default();
        sources.push(Source { text, rows, columns });
    }
    open.iter_mut().for_each(|left| *left = left.saturating_sub(1));
    for (column, rows) in starts {
        if open.len() <= column {
            open.resize(column + 1, 0);
        }
        if let Some(left) = open.get_mut(column) {
            *left = rows - 1;
        }
    }
    Ok(sources)
}
