//! Open spreadsheets (ods) → [`Document`]: one table a sheet, spans kept, hidden parts told, repetitions bounded.

use super::document::{Block, Document};
use super::grid::{GridBuilder, Source};
use super::package::Package;
use super::xml::{self, Element, Node};
use super::{ImportError, hidden_rows_note, limits, markup};

pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Document, ImportError> {
    let mut package = Package::open(bytes, "ods")?;
    if package.has("META-INF/manifest.xml") && package.text("META-INF/manifest.xml")?.contains("encryption-data") {
        return Err(ImportError::Encrypted);
    }
    workbook(file, &package.text("content.xml")?)
}

/// The same in one XML file without a package (fods).
pub(super) fn read_flat(file: &str, text: &str) -> Result<Document, ImportError> {
    workbook(file, text)
}

fn workbook(file: &str, text: &str) -> Result<Document, ImportError> {
    let root = xml::parse(text, "ods")?;
    let mut document = Document { file: file.to_string(), ..Document::default() };
    let content = root.child("document-content").or(root.child("document"));
    let body = content.and_then(|content| content.child("body")).and_then(|body| body.child("spreadsheet"));
    let body = body.ok_or(ImportError::Broken { format: "ods", reason: "里面没有表格".into() })?;
    let hidden: Vec<&str> = content
        .and_then(|content| content.child("automatic-styles"))
        .into_iter()
        .flat_map(Element::elements)
        .filter(|style| style.child("table-properties").is_some_and(|p| p.attribute("display") == Some("false")))
        .filter_map(|style| style.attribute("name"))
        .collect();
    for table in body.elements().filter(|element| element.name == "table") {
        let name = table.attribute("name").unwrap_or_default().to_string();
        if table.attribute("style-name").is_some_and(|style| hidden.contains(&style)) {
            document.notes.push(format!("工作表“{name}”是隐藏的，没有读取；如需读取请取消隐藏"));
            continue;
        }
        let mut grid = GridBuilder::new(Some(name.clone()));
        // Rows without words of their own stay where a region from above passes through them.
        let (mut number, mut concealed, mut reach) = (0u32, Vec::new(), 0u32);
        rows(table, &mut |row| {
            let repeated = row.number("number-rows-repeated").unwrap_or(1);
            let cells = cells(row);
            let empty = cells.iter().all(|cell| cell.text.is_empty() && cell.rows <= 1);
            if !empty {
                if row.attribute("visibility").is_some_and(|v| v != "visible") {
                    concealed.extend((number + 1..=number.saturating_add(repeated)).take(limits::ROWS as usize));
                }
                let rows = cells.iter().map(|cell| cell.rows).max().unwrap_or(1);
                reach = reach.max(number.saturating_add(rows.min(limits::ROWS as u32)));
            }
            let kept =
                if empty { reach.saturating_sub(number).min(repeated) } else { repeated.min(limits::ROWS as u32) };
            for copy in 0..kept {
                grid.row(number + copy + 1, cells.iter().cloned())?;
            }
            number = number.saturating_add(repeated);
            Ok(())
        })?;
        document.notes.extend(hidden_rows_note(&name, &concealed));
        document.blocks.extend(grid.finish(Some(name)).map(Block::Table));
    }
    if document.blocks.is_empty() { Err(ImportError::Empty) } else { Ok(document) }
}

fn rows(parent: &Element, each: &mut impl FnMut(&Element) -> Result<(), ImportError>) -> Result<(), ImportError> {
    for element in parent.elements() {
        match element.name.as_str() {
            "table-row" => each(element)?,
            "table-header-rows" | "table-row-group" | "table-rows" => rows(element, each)?,
            _ => {}
        }
    }
    Ok(())
}

/// The cells of a row that are no part of a region from elsewhere, up to the last one with words.
fn cells(row: &Element) -> Vec<Source> {
    let mut cells: Vec<Source> = Vec::new();
    let mut used = 0;
    for cell in row.elements().filter(|cell| cell.name == "table-cell") {
        let text = words(cell);
        let repeated = cell.number("number-columns-repeated").unwrap_or(1).min(limits::COLUMNS as u32);
        let source = Source {
            rows: cell.number("number-rows-spanned").unwrap_or(1),
            columns: cell.number("number-columns-spanned").unwrap_or(1),
            text,
        };
        let counts = !source.text.is_empty() || source.rows > 1;
        cells.extend(std::iter::repeat_n(source, repeated as usize));
        if counts {
            used = cells.len();
        }
    }
    cells.truncate(used);
    cells
}

fn words(cell: &Element) -> String {
    let lines: Vec<String> = cell.elements().filter(|e| e.name == "p" || e.name == "h").map(line).collect();
    markup::words(&lines.join("\n"))
}

fn line(parent: &Element) -> String {
    let mut text = String::new();
    for node in &parent.children {
        match node {
            Node::Text(words) => text.push_str(words),
            Node::Element(element) => match element.name.as_str() {
                "s" => text.push(' '),
                "tab" => text.push('\t'),
                "line-break" => text.push('\n'),
                "annotation" => {}
                _ => text.push_str(&line(element)),
            },
        }
    }
    text
}
