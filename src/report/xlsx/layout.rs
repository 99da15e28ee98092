//! [`Layout`]: which words stand in which cell of which sheet: as in the source workbook, or one table of the catalog.

use crate::catalog::{Catalog, Field};
use crate::import::document::cell_place;
use crate::import::{Block, Document, Table};
use std::collections::{HashMap, HashSet};

/// Excel's limits of a cell's text and of a sheet's name.
const CELL_CHARS: usize = 32_000;
const NAME_CHARS: usize = 31;

#[derive(Debug, Default)]
pub struct Layout {
    pub sheets: Vec<Sheet>,
    /// Catalog (by its position), item and column → where the words stand.
    places: HashMap<(usize, u32, Field), Place>,
    /// Catalog and item → the first cell of its row.
    rows: HashMap<(usize, u32), Place>,
}

#[derive(Debug, Default)]
pub struct Sheet {
    pub name: String,
    pub cells: Vec<SheetCell>,
    /// Leading rows to keep in sight; 0 where the source workbook is followed.
    pub header_rows: u32,
}

#[derive(Debug)]
pub struct SheetCell {
    pub row: u32,
    pub column: u16,
    /// Rows and columns covered, at least 1.
    pub rows: u32,
    pub columns: u16,
    pub text: String,
}

/// A cell: position in `Layout::sheets`, row and column from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    pub sheet: usize,
    pub row: u32,
    pub column: u16,
}

impl Layout {
    /// Follows the source's own sheets where it is a workbook, else lays each catalog out as a table.
    pub fn of(catalogs: &[&Catalog], document: &Document) -> Self {
        let mut layout = Layout::default();
        layout.follow(document);
        if layout.sheets.is_empty() {
            catalogs.iter().enumerate().for_each(|(at, catalog)| layout.table(at, catalog));
            return layout;
        }
        let sheets: HashMap<&str, usize> =
            layout.sheets.iter().enumerate().map(|(at, sheet)| (sheet.name.as_str(), at)).collect();
        let items =
            catalogs.iter().enumerate().flat_map(|(at, catalog)| catalog.items.iter().map(move |item| (at, item)));
        for (at, item) in items {
            let place = |origin: &crate::import::Origin| {
                let (column, row) = cell_place(origin.cell.as_deref()?)?;
                let sheet = *sheets.get(sheet_name(origin.sheet.as_deref()?).as_str())?;
                Some(Place { sheet, row: row.checked_sub(1)?, column: u16::try_from(column).ok()? })
            };
            for (field, cell) in &item.fields {
                layout.places.extend(place(&cell.origin).map(|place| ((at, item.row, *field), place)));
            }
            layout.rows.extend(place(&item.origin).map(|place| ((at, item.row), place)));
        }
        layout
    }

    /// Where the words of a catalog's item stand in a column; without a column, or where it has none, the start of its
    /// row. Items are numbered in each catalog anew.
    pub fn place(&self, catalog: usize, item: u32, column: Option<Field>) -> Option<Place> {
        let exact = column.and_then(|column| self.places.get(&(catalog, item, column)));
        exact.or_else(|| self.rows.get(&(catalog, item))).copied()
    }

    fn follow(&mut self, document: &Document) {
        let tables = document.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        });
        for table in tables {
            let Some(name) = table.rows.iter().flat_map(|row| &row.cells).find_map(|cell| cell.origin.sheet.clone())
            else {
                continue;
            };
            let name = sheet_name(&name);
            let at = self.sheets.iter().position(|sheet| sheet.name == name).unwrap_or_else(|| {
                self.sheets.push(Sheet { name, ..Default::default() });
                self.sheets.len() - 1
            });
            self.sheets[at].cells.extend(placed(table));
        }
    }

    fn table(&mut self, number: usize, catalog: &Catalog) {
        let sheet = self.sheets.len();
        let taken: HashSet<&str> = self.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        let own = if catalog.title.is_empty() { "目录" } else { &catalog.title };
        let mut name = sheet_name(own);
        for n in 2.. {
            if !taken.contains(name.as_str()) {
                break;
            }
            name = sheet_name(&format!("{n} {own}"));
        }
        let mut cells = Vec::new();
        let mut put = |row: u32, column: usize, text: &str| {
            let Ok(column) = u16::try_from(column) else { return };
            if !text.is_empty() {
                cells.push(SheetCell { row, column, rows: 1, columns: 1, text: clip(text) });
            }
        };
        let levels = catalog.items.iter().map(|item| item.path.len()).max().unwrap_or(0);
        let columns = columns(catalog, levels);
        for (at, column) in columns.iter().enumerate() {
            put(0, at, column.header());
        }
        for (item, row) in catalog.items.iter().zip(1..) {
            self.rows.insert((number, item.row), Place { sheet, row, column: 0 });
            for (at, column) in columns.iter().enumerate() {
                match column {
                    Shown::Level(_, level) => put(row, at, item.path.get(*level).map_or("", String::as_str)),
                    Shown::Other(header) => put(row, at, item.other.get(*header).map_or("", String::as_str)),
                    Shown::Field(_, field) => {
                        put(row, at, item.text(*field));
                        if let Ok(column) = u16::try_from(at) {
                            self.places.insert((number, item.row, *field), Place { sheet, row, column });
                        }
                    }
                }
            }
        }
        self.sheets.push(Sheet { name, cells, header_rows: 1 });
    }
}

/// A column of a laid out catalog: its header, and what it shows.
enum Shown<'c> {
    Level(String, usize),
    Field(&'c str, Field),
    Other(&'c str),
}

impl Shown<'_> {
    fn header(&self) -> &str {
        match self {
            Shown::Level(header, _) => header,
            Shown::Field(header, _) => header,
            Shown::Other(header) => header,
        }
    }
}

fn columns(catalog: &Catalog, levels: usize) -> Vec<Shown<'_>> {
    let mut shown = Vec::new();
    let mut headers = catalog.columns.iter().filter(|column| column.field == Field::Path).map(|c| c.header.as_str());
    for level in 0..levels {
        let header = headers.next().filter(|header| !header.is_empty());
        let name =
            header.map_or_else(|| format!("{}级事项", ["一", "二", "三"].get(level).unwrap_or(&"下")), String::from);
        shown.push(Shown::Level(name, level));
    }
    let mut seen = HashSet::new();
    for column in &catalog.columns {
        match column.field {
            Field::Path => {}
            Field::Other => shown.push(Shown::Other(&column.header)),
            field if seen.insert(field) => {
                let header = if column.header.is_empty() { field.name() } else { &column.header };
                shown.push(Shown::Field(header, field));
            }
            _ => {}
        }
    }
    shown
}

fn placed(table: &Table) -> impl Iterator<Item = SheetCell> {
    let cells = table.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.covered);
    cells.filter_map(|cell| {
        let (column, row) = cell_place(cell.origin.cell.as_deref()?)?;
        Some(SheetCell {
            row: row.checked_sub(1)?,
            column: u16::try_from(column).ok()?,
            rows: cell.rows.max(1),
            columns: u16::try_from(cell.columns.max(1)).ok()?,
            text: clip(&cell.text),
        })
    })
}

fn clip(text: &str) -> String {
    crate::report::layout::shorten(text, CELL_CHARS)
}

/// A name that Excel takes: no `[]:*?/\`, no quotation mark at an end, at most 31 characters, not empty.
pub fn sheet_name(name: &str) -> String {
    let safe: String = name.chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { '_' } else { c }).collect();
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= NAME_CHARS
    };
    let safe: String = safe.trim().trim_matches('\'').chars().take_while(fits).collect();
    let safe = safe.trim_end_matches('\'');
    if safe.is_empty() { "目录".into() } else { safe.into() }
}
