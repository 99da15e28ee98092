//! Spreadsheets (xlsx, xlsm, xls, xlsb) → [`Document`]: one table a sheet, merged regions kept, hidden parts told.
//!
//! Formulas are never run: a cell has the value that was last shown, written as its number format shows it.

use super::document::{Block, Document, Table};
use super::grid::{GridBuilder, Source};
use super::package::Package;
use super::{ImportError, annotate, biff, hidden_rows_note, limits, markup, shown};
use calamine::{Data, DataRef, Dimensions, Reader, SheetVisible, Style, Xls, Xlsb, Xlsx};
use std::collections::BTreeMap;
use std::io::Cursor;

type Cells = BTreeMap<u32, BTreeMap<u32, String>>;

/// One sheet's words and merged regions, rows and columns from 0.
struct Sheet {
    name: String,
    cells: Cells,
    merged: Vec<Dimensions>,
}

pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Document, ImportError> {
    let mut package = Package::open(bytes, "xlsx")?;
    let mut document = Document { file: file.to_string(), ..Document::default() };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken("xlsx", error))?;
    let sheets: Vec<_> = book.sheets_metadata().iter().map(|sheet| (sheet.name.clone(), sheet.visible)).collect();
    let mut total = 0u64;
    for (number, (name, visible)) in sheets.iter().enumerate() {
        if [annotate::LIST, annotate::SUMMARY].contains(&name.trim_end_matches('_')) {
            document.notes.push(format!("工作表“{name}”是以前核对时加的，没有读取"));
            continue;
        }
        let mut cells = Cells::new();
        let mut reader = match book.worksheet_cells_reader(name) {
            Ok(reader) => reader,
            // Charts and dialogs are sheets too, without cells.
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(broken("xlsx", error)),
        };
        let codes: Vec<String> = reader.styles().iter().map(|style| code(style).to_string()).collect();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|error| broken("xlsx", error))? {
            let (row, column) = cell.get_position();
            let text = match cell.get_value() {
                DataRef::SharedString(text) => markup::words(text),
                value => words(&Data::from(value.clone()), codes.get(style).map(String::as_str)),
            };
            if !text.is_empty() {
                total += 1;
                limits::within("单元格数", total, limits::CELLS)?;
                cells.entry(row).or_default().insert(column, text);
            }
        }
        drop(reader);
        let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
        let hidden = hidden_rows(&mut package, number + 1);
        add(&mut document, Sheet { name: name.clone(), cells, merged }, *visible, &hidden)?;
    }
    finish(document)
}

/// What to tell of hidden rows (numbers from 1): those that hold words, though hidden, are read.
fn told(sheet: &str, hidden: &[u32], cells: &Cells) -> Option<String> {
    let filled = |row: &&u32| row.checked_sub(1).is_some_and(|row| cells.contains_key(&row));
    hidden_rows_note(sheet, &hidden.iter().filter(filled).copied().collect::<Vec<_>>())
}

/// The older binary workbook. The library fills every place between the cells of a sheet, all sheets at once, so how far
/// they are apart is looked at before.
pub(super) fn read_xls(file: &str, bytes: &[u8]) -> Result<Document, ImportError> {
    let spanned = biff::spanned(bytes).ok_or_else(|| broken("xls", "找不到其中的工作簿，或者工作表的大小不合格式"))?;
    limits::within("单元格数", spanned, limits::CELLS)?;
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsError::Password => ImportError::Encrypted,
        error => broken("xls", error),
    })?;
    let known = biff::sheets(bytes);
    let mut document = Document { file: file.to_string(), ..Document::default() };
    document.notes.extend(known.is_none().then(|| hidden_unknown("xls")));
    let sheets: Vec<_> = book.sheets_metadata().iter().map(|sheet| (sheet.name.clone(), sheet.visible)).collect();
    for (name, visible) in sheets {
        let own = known.iter().flatten().find(|sheet| sheet.name == name);
        let range = book.worksheet_range(&name).map_err(|error| broken("xls", error))?;
        let start = range.start().unwrap_or_default();
        let mut cells = Cells::new();
        for (row, column, value) in range.used_cells() {
            let (row, column) = (start.0 + row as u32, start.1 + column as u32);
            let code = own.and_then(|sheet| sheet.formats.get(&(row, column)));
            let text = words(value, code.map(String::as_str));
            if !text.is_empty() {
                cells.entry(row).or_default().insert(column, text);
            }
        }
        let hidden: Vec<u32> = own.into_iter().flat_map(|sheet| &sheet.hidden).map(|row| row + 1).collect();
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        add(&mut document, Sheet { name, cells, merged }, visible, &hidden)?;
    }
    finish(document)
}

/// The binary form of xlsx; the library does not give its merged regions, hidden rows and number formats.
pub(super) fn read_xlsb(file: &str, bytes: &[u8]) -> Result<Document, ImportError> {
    Package::open(bytes, "xlsb")?;
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(|error| broken("xlsb", error))?;
    let notes = vec![hidden_unknown("xlsb")];
    let mut document = Document { file: file.to_string(), notes, ..Document::default() };
    let sheets: Vec<_> = book.sheets_metadata().iter().map(|sheet| (sheet.name.clone(), sheet.visible)).collect();
    let mut total = 0u64;
    for (name, visible) in sheets {
        let mut cells = Cells::new();
        let mut reader = book.worksheet_cells_reader(&name).map_err(|error| broken("xlsb", error))?;
        while let Some(cell) = reader.next_cell().map_err(|error| broken("xlsb", error))? {
            let (row, column) = cell.get_position();
            let text = words(&Data::from(cell.get_value().clone()), None);
            if !text.is_empty() {
                total += 1;
                limits::within("单元格数", total, limits::CELLS)?;
                cells.entry(row).or_default().insert(column, text);
            }
        }
        add(&mut document, Sheet { name, cells, merged: Vec::new() }, visible, &[])?;
    }
    finish(document)
}

fn hidden_unknown(format: &str) -> String {
    format!("{format} 文件看不出哪些行被隐藏，隐藏的行也已读取；如有疑问请另存为 xlsx")
}

/// Adds a sheet as a table; one that is hidden is told instead. `hidden` are the numbers (from 1) of its hidden rows.
fn add(document: &mut Document, sheet: Sheet, visible: SheetVisible, hidden: &[u32]) -> Result<(), ImportError> {
    if visible != SheetVisible::Visible {
        if !sheet.cells.is_empty() {
            document.notes.push(format!("工作表“{}”是隐藏的，没有读取；如需读取请取消隐藏", sheet.name));
        }
        return Ok(());
    }
    document.notes.extend(told(&sheet.name, hidden, &sheet.cells));
    document.blocks.extend(table(sheet)?.map(Block::Table));
    Ok(())
}

fn finish(document: Document) -> Result<Document, ImportError> {
    if document.blocks.is_empty() { Err(ImportError::Empty) } else { Ok(document) }
}

/// A sheet as a table: rows without words are left out unless a merged region passes through them.
fn table(sheet: Sheet) -> Result<Option<Table>, ImportError> {
    let width = sheet.cells.values().filter_map(|row| row.keys().next_back()).max().map_or(0, |last| last + 1);
    limits::within("一行的列数", u64::from(width), limits::COLUMNS)?;
    let mut starts: BTreeMap<(u32, u32), &Dimensions> = BTreeMap::new();
    for region in &sheet.merged {
        starts.insert(region.start, region);
    }
    let rows: Vec<u32> = sheet.cells.keys().copied().collect();
    let mut grid = GridBuilder::new(Some(sheet.name.clone()));
    let mut covered_until: Vec<u32> = vec![0; width as usize];
    for &row in &rows {
        let words = sheet.cells.get(&row);
        let mut sources = Vec::new();
        let mut column = 0;
        while column < width {
            // A region that started above covers this place up to the row that is kept here.
            if covered_until.get(column as usize).is_some_and(|until| *until > row) {
                column += 1;
                continue;
            }
            let text = words.and_then(|words| words.get(&column)).cloned().unwrap_or_default();
            let region = starts.get(&(row, column));
            let columns = region.map_or(1, |region| (region.end.1.min(width - 1) - column) + 1);
            let end = region.map_or(row, |region| region.end.0);
            let from = rows.partition_point(|kept| *kept < row);
            let to = rows.partition_point(|kept| *kept <= end);
            for covered in covered_until.iter_mut().skip(column as usize).take(columns as usize) {
                *covered = end + 1;
            }
            sources.push(Source { text, rows: (to - from) as u32, columns });
            column += columns;
        }
        grid.row(row + 1, sources)?;
    }
    let name = sheet.name;
    Ok(grid.finish(Some(name)))
}

/// The code of a style's number format, as an office in China sees it.
fn code(style: &Style) -> &str {
    let format = style.number_format.as_ref();
    let own = format.map_or("General", |format| format.format_code.as_str());
    match format.and_then(|format| format.format_id) {
        Some(id) if id < 164 => shown::built_in(id).unwrap_or(own),
        _ => own,
    }
}

/// A value as a person reads it in the sheet; without a number format a date is written as `2024-03-01`.
fn words(value: &Data, code: Option<&str>) -> String {
    match value {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => markup::words(text),
        Data::Float(number) => code.map_or_else(|| shown::general(*number), |code| shown::number(*number, code)),
        Data::Int(number) => code.map_or_else(|| number.to_string(), |code| shown::number(*number as f64, code)),
        Data::Bool(value) => if *value { "是" } else { "否" }.to_string(),
        Data::DateTime(at) => {
            let plain = if at.as_f64().fract() == 0.0 { "yyyy-mm-dd" } else { "yyyy-mm-dd hh:mm" };
            shown::date(at, code.unwrap_or(plain))
        }
        Data::Error(_) | Data::Empty => String::new(),
    }
}

/// Numbers (from 1) of the hidden rows of the n-th sheet in the order of the workbook.
fn hidden_rows(package: &mut Package, number: usize) -> Vec<u32> {
    let Some(path) = sheet_path(package, number) else { return Vec::new() };
    let Ok(text) = package.text(&path) else { return Vec::new() };
    let mut rows = Vec::new();
    let tags = text.split("<row ").skip(1).filter_map(|rest| rest.split('>').next());
    for tag in tags.filter(|tag| tag.contains("hidden=\"1\"") || tag.contains("hidden=\"true\"")) {
        let number = tag.split("r=\"").nth(1).and_then(|rest| rest.split('"').next());
        rows.extend(number.and_then(|number| number.parse::<u32>().ok()).filter(|row| *row > 0));
    }
    rows
}

/// The part that holds the n-th sheet, by the workbook's own list.
pub(super) fn sheet_path(package: &mut Package, number: usize) -> Option<String> {
    let book = super::xml::parse(&package.text("xl/workbook.xml").ok()?, "xlsx").ok()?;
    let sheet = book.child("workbook")?.child("sheets")?.elements().filter(|e| e.name == "sheet").nth(number - 1)?;
    let id = sheet.attributes.iter().rev().find(|(key, _)| key == "id").map(|(_, value)| value.clone())?;
    let relations = super::xml::parse(&package.text("xl/_rels/workbook.xml.rels").ok()?, "xlsx").ok()?;
    let target = relations
        .child("Relationships")?
        .elements()
        .find(|relation| relation.attribute("Id") == Some(&id))?
        .attribute("Target")?
        .to_string();
    let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_string);
    package.has(&path).then_some(path)
}

/// Number (from 1) of a sheet by its name.
pub(super) fn sheet_number(package: &mut Package, name: &str) -> Option<usize> {
    let book = super::xml::parse(&package.text("xl/workbook.xml").ok()?, "xlsx").ok()?;
    let sheets = book.child("workbook")?.child("sheets")?;
    let at = sheets.elements().filter(|e| e.name == "sheet").position(|s| s.attribute("name") == Some(name))?;
    Some(at + 1)
}

fn broken(format: &'static str, error: impl std::fmt::Display) -> ImportError {
    let reason = error.to_string();
    if reason.contains("password") {
        return ImportError::Encrypted;
    }
    let reason: String = reason.chars().take(120).collect();
    ImportError::Broken { format, reason }
}
