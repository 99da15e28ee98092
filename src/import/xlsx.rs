//! Spreadsheets (xlsx, xlsm, xls, xlsb) → [`Document`]: one table a sheet, merged regions kept, hidden parts told.
//!
//! Formulas are never run: a cell has the value that was last shown.

use super::document::{Block, Document, Table};
use super::grid::{GridBuilder, Source};
use super::package::Package;
use super::{ImportError, limits, markup};
use calamine::{Data, DataRef, DataType, Dimensions, Reader, SheetVisible, Xls, Xlsb, Xlsx};
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
        let mut cells = Cells::new();
        let mut reader = match book.worksheet_cells_reader(name) {
            Ok(reader) => reader,
            // Charts and dialogs are sheets too, without cells.
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(broken("xlsx", error)),
        };
        while let Some(cell) = reader.next_cell().map_err(|error| broken("xlsx", error))? {
            let (row, column) = cell.get_position();
            let text = shown(cell.get_value());
            if !text.is_empty() {
                total += 1;
                limits::within("单元格数", total, limits::CELLS)?;
                cells.entry(row).or_default().insert(column, text);
            }
        }
        drop(reader);
        if *visible != SheetVisible::Visible {
            if !cells.is_empty() {
                document.notes.push(format!("工作表“{name}”是隐藏的，没有读取；如需读取请取消隐藏"));
            }
            continue;
        }
        let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
        let hidden = hidden_rows(&mut package, number + 1);
        let hidden: Vec<u32> = hidden.into_iter().filter(|row| cells.contains_key(&(row - 1))).collect();
        if !hidden.is_empty() {
            let list: Vec<String> = hidden.iter().take(10).map(u32::to_string).collect();
            document.notes.push(format!(
                "工作表“{name}”有 {} 行被隐藏，仍已读取：第 {} 行",
                hidden.len(),
                list.join("、")
            ));
        }
        document.blocks.extend(table(Sheet { name: name.clone(), cells, merged })?.map(Block::Table));
    }
    finish(document)
}

/// The older binary workbook; its merged regions are known, its hidden rows are not.
pub(super) fn read_xls(file: &str, bytes: &[u8]) -> Result<Document, ImportError> {
    let book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsError::Password => ImportError::Encrypted,
        error => broken("xls", error),
    })?;
    let merged = |book: &mut Xls<_>, name: &str| book.merge_cells_by_sheet_name(name).unwrap_or_default();
    ranges(file, book, "xls", merged)
}

/// The binary form of xlsx; merged regions are not given by it.
pub(super) fn read_xlsb(file: &str, bytes: &[u8]) -> Result<Document, ImportError> {
    Package::open(bytes, "xlsb")?;
    let book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(|error| broken("xlsb", error))?;
    ranges(file, book, "xlsb", |_: &mut Xlsb<_>, _: &str| Vec::new())
}

fn ranges<'b, R>(
    file: &str,
    mut book: R,
    format: &'static str,
    merged: impl Fn(&mut R, &str) -> Vec<Dimensions>,
) -> Result<Document, ImportError>
where
    R: Reader<Cursor<&'b [u8]>>,
    R::Error: std::fmt::Display,
{
    let mut document = Document { file: file.to_string(), ..Document::default() };
    let sheets: Vec<_> = book.sheets_metadata().iter().map(|sheet| (sheet.name.clone(), sheet.visible)).collect();
    for (name, visible) in sheets {
        let range = book.worksheet_range(&name).map_err(|error| broken(format, error))?;
        let start = range.start().unwrap_or_default();
        let mut cells = Cells::new();
        for (row, column, value) in range.used_cells() {
            let text = shown(value);
            if !text.is_empty() {
                cells.entry(start.0 + row as u32).or_default().insert(start.1 + column as u32, text);
            }
        }
        if visible != SheetVisible::Visible {
            if !cells.is_empty() {
                document.notes.push(format!("工作表“{name}”是隐藏的，没有读取；如需读取请取消隐藏"));
            }
            continue;
        }
        let merged = merged(&mut book, &name);
        document.blocks.extend(table(Sheet { name, cells, merged })?.map(Block::Table));
    }
    finish(document)
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

/// A value as a person reads it in the sheet.
fn shown<T: DataType + Shown>(value: &T) -> String {
    value.shown()
}

trait Shown {
    fn shown(&self) -> String;
}

impl Shown for Data {
    fn shown(&self) -> String {
        match self {
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => markup::words(text),
            Data::Float(number) => number.to_string(),
            Data::Int(number) => number.to_string(),
            Data::Bool(value) => if *value { "是" } else { "否" }.to_string(),
            Data::DateTime(_) => date(self),
            Data::Error(_) | Data::Empty => String::new(),
        }
    }
}

impl Shown for DataRef<'_> {
    fn shown(&self) -> String {
        match self {
            DataRef::SharedString(text) => markup::words(text),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => markup::words(text),
            DataRef::Float(number) => number.to_string(),
            DataRef::Int(number) => number.to_string(),
            DataRef::Bool(value) => if *value { "是" } else { "否" }.to_string(),
            DataRef::DateTime(_) => date(self),
            DataRef::Error(_) | DataRef::Empty => String::new(),
        }
    }
}

/// A date without the time of day where that is midnight.
fn date(value: &impl DataType) -> String {
    let shown = value.as_datetime().map(|at| at.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default();
    shown.strip_suffix(" 00:00").map(str::to_string).unwrap_or(shown)
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
