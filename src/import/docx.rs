//! Word documents (docx) → [`Document`]: paragraphs with their heading levels, tables with merged and nested cells.
//!
//! Deleted words and fields' instructions are left out, inserted words are kept: the text as the office sees it.

use super::document::{Block, Document, Origin, Paragraph, cell_name};
use super::grid::{GridBuilder, Source};
use super::numbering::Numbering;
use super::package::Package;
use super::xml::{self, Element, Node};
use super::{ImportError, limits, markup};
use std::collections::BTreeMap;

pub(super) const MAIN: &str = "word/document.xml";

pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Document, ImportError> {
    let mut package = Package::open(bytes, "docx")?;
    let root = xml::parse(&package.text(MAIN)?, "docx")?;
    let styles = package.text("word/styles.xml").ok().and_then(|text| xml::parse(&text, "docx").ok());
    let numbering = package.text("word/numbering.xml").ok().and_then(|text| xml::parse(&text, "docx").ok());
    let numbering = numbering.map(|root| Numbering::of(&root)).unwrap_or_default();
    let mut reader = Reader { headings: headings(styles.as_ref()), numbering, ..Reader::default() };
    let body = root.child("document").and_then(|document| document.child("body"));
    let body = body.ok_or(ImportError::Broken { format: "docx", reason: "没有正文".into() })?;
    reader.blocks(body)?;
    let mut document = Document { file: file.to_string(), blocks: reader.blocks, notes: Vec::new() };
    if reader.numbered > 0 {
        document.notes.push(format!("{} 段的自动编号样式不认识，编号没有读出", reader.numbered));
    }
    if document.blocks.is_empty() { Err(ImportError::Empty) } else { Ok(document) }
}

/// Style id → heading level, 1 for a title.
fn headings(styles: Option<&Element>) -> BTreeMap<String, u8> {
    let styles = styles.and_then(|root| root.child("styles"));
    let mut levels = BTreeMap::new();
    for style in styles.into_iter().flat_map(Element::elements).filter(|style| style.name == "style") {
        let name = style.child("name").and_then(|name| name.attribute("val")).unwrap_or_default().to_lowercase();
        let level = match name.strip_prefix("heading ") {
            Some(level) => level.trim().parse().ok(),
            None => (name == "title").then_some(1),
        };
        if let (Some(id), Some(level)) = (style.attribute("styleId"), level) {
            levels.insert(id.to_string(), level);
        }
    }
    levels
}

/// Where every cell's content stands in the main part: sheet and cell of its origin, with the cell itself.
pub(super) fn places(root: &Element) -> Result<Vec<(Origin, Element)>, ImportError> {
    let mut reader = Reader { places: Some(Vec::new()), ..Reader::default() };
    if let Some(body) = root.child("document").and_then(|document| document.child("body")) {
        reader.blocks(body)?;
    }
    Ok(reader.places.unwrap_or_default())
}

#[derive(Default)]
struct Reader {
    /// Filled when places are asked for.
    places: Option<Vec<(Origin, Element)>>,
    headings: BTreeMap<String, u8>,
    numbering: Numbering,
    blocks: Vec<Block>,
    paragraphs: u32,
    tables: u32,
    numbered: usize,
}

impl Reader {
    fn blocks(&mut self, parent: &Element) -> Result<(), ImportError> {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => self.paragraph(element),
                "tbl" => self.table(element)?,
                "del" | "moveFrom" | "sectPr" => {}
                _ => self.blocks(element)?,
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, element: &Element) {
        self.paragraphs += 1;
        let properties = element.child("pPr");
        let number = self.number(element);
        let style = properties.and_then(|p| p.child("pStyle")).and_then(|style| style.attribute("val"));
        let heading = style.and_then(|style| self.headings.get(style)).copied();
        let text = markup::lines(&words(element));
        if !text.is_empty() {
            let text = numbered(&number, &text);
            let origin = Origin::line(self.paragraphs);
            self.blocks.push(Block::Paragraph(Paragraph { text, origin, heading }));
        }
    }

    /// The number that Word writes before a paragraph.
    fn number(&mut self, paragraph: &Element) -> String {
        let Some(properties) = paragraph.child("pPr").and_then(|p| p.child("numPr")) else { return String::new() };
        let number = self.numbering.next(properties);
        self.numbered += usize::from(number.is_none());
        number.unwrap_or_default()
    }

    /// The words of a cell, a line a paragraph; cells of a nested table follow each other.
    fn cell_words(&mut self, cell: &Element) -> String {
        let mut lines = Vec::new();
        self.collect(cell, &mut lines);
        markup::words(&lines.join("\n"))
    }

    fn collect(&mut self, parent: &Element, lines: &mut Vec<String>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => {
                    let number = self.number(element);
                    lines.push(numbered(&number, &words(element)));
                }
                "del" | "moveFrom" | "tcPr" => {}
                _ => self.collect(element, lines),
            }
        }
    }

    fn table(&mut self, table: &Element) -> Result<(), ImportError> {
        let rows: Vec<&Element> = rows(table);
        // A table with one cell only frames what is inside.
        if let [row] = rows.as_slice()
            && let [cell] = cells(row).as_slice()
        {
            return self.blocks(cell);
        }
        self.tables += 1;
        let name = format!("表{}", self.tables);
        let mut grid = GridBuilder::new(Some(name.clone()));
        let laid: Vec<Vec<(u32, &Element)>> = rows.iter().map(|row| columns(row)).collect();
        for (number, row) in laid.iter().enumerate() {
            let mut sources = Vec::new();
            let mut next = 0;
            for (column, cell) in row {
                while next < *column {
                    sources.push(Source { rows: 1, columns: 1, ..Source::default() });
                    next += 1;
                }
                let columns = span(cell);
                next += columns;
                if continues(cell) && started(&laid, number, *column, columns) {
                    continue;
                }
                if let Some(places) = &mut self.places {
                    let cell_name = cell_name(*column, number as u32 + 1);
                    let origin = Origin { line: None, sheet: Some(name.clone()), cell: Some(cell_name) };
                    places.push((origin, (*cell).clone()));
                }
                let below = laid.get(number + 1..).unwrap_or_default();
                let follows = |row: &&Vec<(u32, &Element)>| {
                    row.iter().any(|(at, c)| meet(*at, span(c), *column, columns) && continues(c))
                };
                let rows = 1 + below.iter().take_while(follows).count() as u32;
                let text = self.cell_words(cell);
                sources.push(Source { text, rows: if merges(cell) { rows } else { 1 }, columns });
            }
            grid.row(number as u32 + 1, sources)?;
        }
        self.blocks.extend(grid.finish(None).map(Block::Table));
        limits::within("表格数", u64::from(self.tables), limits::ROWS)
    }
}

/// Rows of a table, those of content controls included, deleted ones not.
fn rows(table: &Element) -> Vec<&Element> {
    let mut found = Vec::new();
    for element in table.elements() {
        match element.name.as_str() {
            "tr" if element.child("trPr").is_none_or(|p| p.child("del").is_none()) => found.push(element),
            "tr" | "tblPr" | "tblGrid" => {}
            _ => found.extend(rows(element)),
        }
    }
    found
}

fn cells(row: &Element) -> Vec<&Element> {
    let mut found = Vec::new();
    for element in row.elements() {
        match element.name.as_str() {
            "tc" => found.push(element),
            "trPr" | "tblPrEx" => {}
            _ => found.extend(cells(element)),
        }
    }
    found
}

/// Cells with the grid column at which each starts.
fn columns(row: &Element) -> Vec<(u32, &Element)> {
    let before = row.child("trPr").and_then(|p| p.child("gridBefore")).and_then(|g| g.number("val"));
    let mut at = before.unwrap_or(0).min(limits::COLUMNS as u32);
    let mut laid = Vec::new();
    for cell in cells(row) {
        laid.push((at, cell));
        at = at.saturating_add(span(cell));
    }
    laid
}

fn span(cell: &Element) -> u32 {
    let span = cell.child("tcPr").and_then(|p| p.child("gridSpan")).and_then(|g| g.number("val"));
    span.unwrap_or(1).clamp(1, limits::COLUMNS as u32)
}

fn merges(cell: &Element) -> bool {
    cell.child("tcPr").is_some_and(|p| p.child("vMerge").is_some())
}

fn continues(cell: &Element) -> bool {
    let merge = cell.child("tcPr").and_then(|p| p.child("vMerge"));
    merge.is_some_and(|merge| merge.attribute("val").is_none_or(|val| val != "restart"))
}

/// Whether a merged cell above reaches down to this place.
///
/// Writers that round the widths let the edges of its parts differ by a narrow column.
fn started(laid: &[Vec<(u32, &Element)>], number: usize, column: u32, columns: u32) -> bool {
    let above = number.checked_sub(1).and_then(|above| laid.get(above)).into_iter().flatten();
    above.into_iter().any(|(at, cell)| meet(*at, span(cell), column, columns) && merges(cell))
}

/// Whether two cells stand above each other, at least in part.
fn meet(one: u32, width: u32, other: u32, other_width: u32) -> bool {
    one < other.saturating_add(other_width) && other < one.saturating_add(width)
}

/// Words behind their number; a number that ends in a digit stands apart.
fn numbered(number: &str, words: &str) -> String {
    let apart = number.ends_with(|c: char| c.is_ascii_alphanumeric()) && !words.is_empty();
    format!("{number}{}{words}", if apart { " " } else { "" })
}

/// The words of a paragraph.
fn words(paragraph: &Element) -> String {
    let mut text = String::new();
    runs(paragraph, &mut text);
    text
}

fn runs(parent: &Element, text: &mut String) {
    for node in &parent.children {
        let Node::Element(element) = node else { continue };
        match element.name.as_str() {
            "t" => text.push_str(&element.text()),
            "tab" => text.push('\t'),
            "br" | "cr" => text.push('\n'),
            "noBreakHyphen" => text.push('-'),
            "sym" => text.extend(symbol(element)),
            // The older drawing of the same thing.
            "Fallback" | "del" | "moveFrom" | "instrText" | "delText" | "pPr" | "rPr" => {}
            _ => runs(element, text),
        }
    }
}

/// Marks that Word keeps as characters of symbol fonts: ticks and boxes.
fn symbol(element: &Element) -> Option<char> {
    match element.attribute("char")?.to_ascii_uppercase().as_str() {
        "F0FE" | "00FE" | "F052" | "0052" => Some('☑'),
        "F0FC" | "00FC" | "F050" | "0050" => Some('√'),
        "F0A8" | "00A8" | "F06F" | "F0A3" | "00A3" => Some('□'),
        "F06E" | "F0A7" => Some('■'),
        _ => None,
    }
}
