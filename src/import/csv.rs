//! Delimited text (CSV, quoted TSV) → [`Document`]: one table, any delimiter, cells with line ends inside quotes.

use super::document::{Block, Cell, Document, Origin, Row, Table, cell_name};
use super::{ImportError, limits, markup};

/// The delimiter of a delimited text; `None` where the text is none.
///
/// Commas and semicolons occur in prose as well, so most records must have the same number of cells.
pub(super) fn delimiter(file: &str, text: &str) -> Option<u8> {
    let named = file.rsplit('.').next().is_some_and(|end| matches!(end.to_ascii_lowercase().as_str(), "csv" | "tsv"));
    let quoted_tabs = text.contains("\t\"") && text.contains('\n');
    let marks: &[u8] = if quoted_tabs {
        b"\t,;|"
    } else if named {
        b",;\t|"
    } else {
        b",;"
    };
    let mut best: Option<(usize, u8)> = None;
    for &mark in marks {
        let mut widths = std::collections::BTreeMap::new();
        let (mut records, mut plain) = (0usize, 0usize);
        for record in reader(text, mark).records().flatten().take(400) {
            records += 1;
            *widths.entry(record.len()).or_insert(0usize) += 1;
            plain += usize::from(record.iter().all(|cell| cell.chars().count() < 4000));
        }
        let Some((&width, &usual)) = widths.iter().filter(|(width, _)| **width >= 2).max_by_key(|(_, n)| **n) else {
            continue;
        };
        let share = if named { 4 } else { 9 };
        let enough = records >= 2 && usual * 10 >= records * share && (named || width >= 3) && plain == records;
        if enough && best.is_none_or(|(least, _)| width > least) {
            best = Some((width, mark));
        }
    }
    best.map(|(_, mark)| mark)
}

fn reader(text: &str, mark: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(mark).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// The records with the byte at which each starts.
///
/// # Errors
/// [`ImportError::Broken`] when the text cannot be cut into records.
pub(super) fn records(text: &str, mark: u8) -> Result<Vec<(usize, csv::StringRecord)>, ImportError> {
    let mut found = Vec::new();
    for record in reader(text, mark).records() {
        let record = record.map_err(|error| ImportError::Broken {
            format: "csv",
            reason: error.to_string().chars().take(80).collect(),
        })?;
        let mut start = record.position().map_or(0, |position| position.byte() as usize);
        // The line end of the record before counts to that one.
        while text.as_bytes().get(start).is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
            start += 1;
        }
        found.push((start, record));
    }
    Ok(found)
}

pub(super) fn read(file: &str, text: &str, mark: u8) -> Result<Document, ImportError> {
    let mut table = Table::default();
    let mut cells = 0u64;
    let (mut line, mut counted) = (1u32, 0usize);
    for (start, record) in records(text, mark)? {
        line += text.get(counted..start).unwrap_or_default().matches('\n').count() as u32;
        counted = start;
        let number = table.rows.len() as u32 + 1;
        cells += record.len() as u64;
        limits::within("单元格数", cells, limits::CELLS)?;
        limits::within("行数", u64::from(number), limits::ROWS)?;
        limits::within("一行的列数", record.len() as u64, limits::COLUMNS)?;
        let origin = |column: usize| Origin { cell: Some(cell_name(column as u32, number)), ..Origin::line(line) };
        let cell = |(column, words): (usize, &str)| Cell::new(markup::words(words), origin(column));
        let row =
            Row { cells: record.iter().enumerate().map(cell).collect(), origin: Origin::line(line), page_end: false };
        table.rows.push(row);
    }
    if table.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.text.is_empty()) {
        return Err(ImportError::Empty);
    }
    table.origin = Origin::line(1);
    Ok(Document { file: file.to_string(), blocks: vec![Block::Table(table)], notes: Vec::new() })
}
