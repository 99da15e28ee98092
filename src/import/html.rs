//! Published pages (HTML) → [`Document`]: tables with their spans, headings and paragraphs, page furniture left out.

use super::document::{Block, Document, Origin, Paragraph};
use super::grid::{GridBuilder, Source};
use super::{ImportError, limits, markup};
use scraper::{ElementRef, Html, Node};

/// Elements that frame a page or are no text.
const FURNITURE: [&str; 17] = [
    "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button", "select",
    "iframe", "svg", "head", "object", "textarea", "video",
];
/// Parts of class names and ids that mark the frame of a page.
const FRAMES: [&str; 14] = [
    "nav",
    "menu",
    "footer",
    "header",
    "breadcrumb",
    "crumb",
    "sidebar",
    "share",
    "copyright",
    "toolbar",
    "location",
    "position",
    "print",
    "qrcode",
];
/// Elements that end a line.
const LINES: [&str; 22] = [
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "br",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "blockquote",
    "dd",
    "dt",
    "pre",
    "table",
    "center",
    "title",
];

pub(super) fn read(file: &str, text: &str) -> Result<Document, ImportError> {
    limits::within("标签数", text.matches('<').count() as u64, limits::ELEMENTS)?;
    nesting(text)?;
    let mut reader =
        Reader { document: Document { file: file.to_string(), ..Document::default() }, ..Reader::default() };
    reader.page(text, 0)?;
    if reader.document.blocks.is_empty() { Err(ImportError::Empty) } else { Ok(reader.document) }
}

/// Parsers of HTML close what authors leave open, but walking the tree needs room for every level.
fn nesting(text: &str) -> Result<(), ImportError> {
    let (mut depth, mut deepest) = (0u64, 0u64);
    for (at, _) in text.match_indices('<') {
        let rest = text.as_bytes().get(at + 1..).unwrap_or_default();
        match rest.first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(first) if first.is_ascii_alphabetic() => {
                let name: String =
                    rest.iter().take(8).take_while(|b| b.is_ascii_alphanumeric()).map(|b| char::from(*b)).collect();
                let single = ["br", "img", "hr", "meta", "link", "input", "col", "p", "li", "td", "tr", "th"];
                if !single.contains(&name.to_ascii_lowercase().as_str()) {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
            }
            _ => {}
        }
    }
    limits::within("嵌套层数", deepest, limits::NESTING * 5)
}

#[derive(Default)]
struct Reader {
    document: Document,
    line: String,
    heading: Option<u8>,
    lines: u32,
    tables: u32,
}

impl Reader {
    fn page(&mut self, text: &str, depth: u8) -> Result<(), ImportError> {
        let html = Html::parse_document(text);
        let first = self.document.blocks.len();
        self.walk(html.root_element())?;
        self.end_line();
        // HTML that was escaped once too often stands in the page as words.
        let escaped = self.document.blocks.get(first..).unwrap_or_default().iter().any(|block| match block {
            Block::Paragraph(paragraph) => paragraph.text.contains("<table") || paragraph.text.contains("<td"),
            Block::Table(_) => false,
        });
        if escaped && depth == 0 {
            let inner: Vec<String> = self
                .document
                .blocks
                .split_off(first)
                .into_iter()
                .filter_map(|block| match block {
                    Block::Paragraph(paragraph) => Some(paragraph.text),
                    Block::Table(_) => None,
                })
                .collect();
            self.document.notes.push("页面里的表格是被转义的 HTML，已还原".into());
            self.page(&inner.join("\n"), depth + 1)?;
        }
        Ok(())
    }

    fn walk(&mut self, element: ElementRef) -> Result<(), ImportError> {
        let name = element.value().name();
        if furniture(element) {
            return Ok(());
        }
        if name == "table" && !is_layout(element) {
            self.end_line();
            return self.table(element);
        }
        let breaks = LINES.contains(&name);
        if breaks {
            self.end_line();
        }
        self.heading = match name.strip_prefix('h').and_then(|level| level.parse().ok()) {
            Some(level @ 1..=6) => Some(level),
            _ => self.heading,
        };
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.line.push_str(&collapsed(text)),
                Node::Element(_) => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.walk(child)?;
                    }
                }
                _ => {}
            }
        }
        if breaks {
            self.end_line();
            self.heading = None;
        }
        Ok(())
    }

    fn end_line(&mut self) {
        let text = markup::lines(&std::mem::take(&mut self.line));
        if !text.is_empty() {
            self.lines += 1;
            let origin = Origin::line(self.lines);
            self.document.blocks.push(Block::Paragraph(Paragraph { text, origin, heading: self.heading }));
        }
    }

    fn table(&mut self, table: ElementRef) -> Result<(), ImportError> {
        self.tables += 1;
        let name = format!("表{}", self.tables);
        let mut grid = GridBuilder::new(Some(name));
        let rows = rows(table);
        for (number, row) in rows.iter().enumerate() {
            let left = (rows.len() - number) as u32;
            let sources = cells(*row).into_iter().map(|cell| {
                let number = |name: &str| cell.value().attr(name).and_then(|v| v.trim().parse::<u32>().ok());
                // rowspan="0" reaches to the end of the table.
                let rows = match number("rowspan") {
                    Some(0) => left,
                    rows => rows.unwrap_or(1).min(left),
                };
                Source { text: words(cell), rows, columns: number("colspan").unwrap_or(1).max(1) }
            });
            grid.row(number as u32 + 1, sources)?;
        }
        self.document.blocks.extend(grid.finish(None).map(Block::Table));
        Ok(())
    }
}

fn furniture(element: ElementRef) -> bool {
    let value = element.value();
    if value.name() == "form" {
        // Publishing systems put the whole page into one form; what a reader fills in is short.
        return descendants(element, "tr") < 3 && descendants(element, "p") < 3;
    }
    if FURNITURE.contains(&value.name()) {
        return true;
    }
    let hidden = value.attr("style").is_some_and(|style| {
        style.split(';').any(|rule| rule.split_whitespace().collect::<String>().eq_ignore_ascii_case("display:none"))
    });
    let framed = matches!(value.name(), "div" | "ul" | "section")
        && value.classes().chain(value.attr("id")).any(|class| {
            let class = class.to_ascii_lowercase();
            class.split(['-', '_']).any(|word| FRAMES.contains(&word.trim_end_matches(|c: char| c.is_ascii_digit())))
        });
    // A frame that holds a table of several rows holds the page's matter after all.
    hidden || framed && descendants(element, "tr") < 3
}

/// How many elements of a name are inside, counted no further than matters.
fn descendants(element: ElementRef, name: &str) -> usize {
    element.descendants().filter(|node| node.value().as_element().is_some_and(|e| e.name() == name)).take(3).count()
}

/// A table that only arranges the page: one cell a row, or other tables in it and hardly a row with several cells.
fn is_layout(table: ElementRef) -> bool {
    let own = rows(table);
    let nested = descendants(table, "table") > 1;
    let full =
        own.iter().filter(|row| cells(**row).iter().filter(|cell| descendants(**cell, "table") == 0).count() >= 3);
    let single = own.iter().all(|row| cells(*row).len() <= 1);
    single || nested && full.count() < 2
}

/// Rows of this table, not of tables inside it.
fn rows(table: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    let mut found = Vec::new();
    for child in table.child_elements() {
        match child.value().name() {
            "tr" => found.push(child),
            "thead" | "tbody" | "tfoot" => {
                found.extend(child.child_elements().filter(|row| row.value().name() == "tr"));
            }
            _ => {}
        }
    }
    found
}

fn cells(row: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    row.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th")).collect()
}

/// White space of the source is one space; a full-width space is a character of the text (第一条　为了).
fn collapsed(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() && c != '\u{3000}').filter(|words| !words.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The words of a cell, with the line ends of its elements.
fn words(cell: ElementRef) -> String {
    let mut text = String::new();
    collect(cell, &mut text);
    // Programs that write out data frames spell an empty cell and a line end this way.
    match markup::words(&text.replace("\\n", "\n")) {
        none if none == "NaN" || none == "None" => String::new(),
        words => words,
    }
}

fn collect(element: ElementRef, into: &mut String) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => {
                // Line ends of the source are white space; between Chinese characters not even that.
                let mut words = text.split_whitespace().peekable();
                if text.starts_with(char::is_whitespace)
                    && !into.is_empty()
                    && !into.ends_with('\n')
                    && words.peek().is_some()
                {
                    spaced(into, words.peek().copied().unwrap_or_default());
                }
                let mut first = true;
                for word in words {
                    if !first {
                        spaced(into, word);
                    }
                    first = false;
                    into.push_str(word);
                }
            }
            Node::Element(_) => {
                let Some(child) = ElementRef::wrap(child) else { continue };
                let name = child.value().name();
                if FURNITURE.contains(&name) && name != "form" && name != "textarea" {
                    continue;
                }
                if LINES.contains(&name) {
                    into.push('\n');
                }
                collect(child, into);
                if LINES.contains(&name) {
                    into.push('\n');
                }
            }
            _ => {}
        }
    }
}

/// A space before `next`, as the source has white space there.
fn spaced(into: &mut String, next: &str) {
    if !next.is_empty() && !into.is_empty() {
        into.push(' ');
    }
}
