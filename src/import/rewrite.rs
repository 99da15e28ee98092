//! [`rewrite`]: the same file with the words of some cells changed, everything else as it was.

use super::document::{Block, Cell, Document, Origin, cell_place};
use super::package::Package;
use super::sniff::{self, Kind, Language};
use super::xml::{self, Element};
use super::{ImportError, csv, decode, docx, inplace, markup, text, xlsx};
use crate::text::Span;
use std::collections::BTreeMap;

/// Words that take the place of what stood somewhere in a text.
type Splice = (Span, String);

/// Gives the file back with the cells at these origins holding the new words, formats kept.
///
/// `document` is what [`super::read`] made of the same bytes. `None` where the format does not allow it (xls, ods,
/// doc, PDF, records), where an origin cannot be found in the file for certain, or where reading the result would
/// not give exactly the wanted words: then a list of changes by place is what can be given.
///
/// # Errors
/// [`ImportError`] when the bytes are not the readable file they were.
pub fn rewrite(bytes: &[u8], document: &Document, edits: &[(Origin, String)]) -> Result<Option<Vec<u8>>, ImportError> {
    let changed = match sniff::kind(bytes)? {
        Kind::Xlsx => workbook(bytes, document, edits)?,
        Kind::Docx => word(bytes, document, edits)?,
        Kind::Text => {
            let decoded = decode::decode(bytes)?;
            let text = &decoded.text;
            let splices = match sniff::language(text) {
                Language::Html => page(text, document, edits),
                Language::Plain => match csv::delimiter(&document.file, text) {
                    Some(mark) => records(text, mark, edits),
                    None => dump(text, edits),
                },
                Language::Xml
                | Language::Json
                | Language::FlatOds
                | Language::FlatOdt
                | Language::SheetMl
                | Language::Saved => None,
            };
            splices.and_then(|splices| decoded.encode(&spliced(text, splices)?))
        }
        _ => None,
    };
    Ok(changed.filter(|changed| says(changed, document, edits)))
}

/// Whether the changed file reads like the old one but for the edits.
fn says(changed: &[u8], document: &Document, edits: &[(Origin, String)]) -> bool {
    let Ok(read) = super::read(&document.file, changed) else { return false };
    let cells = |document: &Document| -> Vec<(Origin, String)> {
        let cells = document.blocks.iter().flat_map(|block| match block {
            Block::Paragraph(paragraph) => vec![(Origin::default(), paragraph.text.clone())],
            Block::Table(table) => table.rows.iter().flat_map(|row| &row.cells).map(origin_and_text).collect(),
        });
        cells.collect()
    };
    let wanted: BTreeMap<Place, &str> = edits.iter().map(|(origin, text)| (place(origin), text.as_str())).collect();
    let (old, new) = (cells(document), cells(&read));
    old.len() == new.len()
        && old.iter().zip(&new).all(|((origin, before), (_, after))| {
            let words = wanted.get(&place(origin)).map(|words| markup::lines(words));
            *after == words.unwrap_or_else(|| before.clone())
        })
}

/// The words of a cell as they were read.
fn before<'d>(document: &'d Document, origin: &Origin) -> Option<&'d str> {
    let mut cells = document.tables().flat_map(|table| table.rows.iter().flat_map(|row| &row.cells));
    cells.find(|cell| !cell.covered && cell.origin == *origin).map(|cell| cell.text.as_str())
}

fn origin_and_text(cell: &Cell) -> (Origin, String) {
    (cell.origin.clone(), cell.text.clone())
}

type Place = (Option<u32>, Option<String>, Option<String>);

fn place(origin: &Origin) -> Place {
    (origin.line, origin.sheet.clone(), origin.cell.clone())
}

/// The text with all splices made; `None` when they overlap or do not fit.
pub(super) fn spliced(text: &str, mut splices: Vec<Splice>) -> Option<String> {
    splices.sort_by_key(|(span, _)| *span);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, words) in splices {
        out.push_str(text.get(at..span.start)?);
        out.push_str(&words);
        at = span.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// A plain text table: new lines inside a cell are written as its old ones were, or as `<br>`.
fn dump(text: &str, edits: &[(Origin, String)]) -> Option<Vec<Splice>> {
    let places = text::places(text);
    edits
        .iter()
        .map(|(origin, words)| {
            let (_, span) = places.iter().find(|(own, _)| own == origin)?;
            Some((*span, marked_up(span.of(text), words, false)))
        })
        .collect()
}

fn marked_up(before: &str, words: &str, escape: bool) -> String {
    let line = |line: &str| if escape { xml::escaped(line) } else { line.to_string() };
    let lines: Vec<String> = words.lines().map(line).collect();
    if before.trim_start().starts_with("<p") {
        let open = before.trim_start().split_inclusive('>').next().unwrap_or("<p>");
        return lines.iter().map(|line| format!("{open}{line}</p>")).collect::<Vec<_>>().join(" ");
    }
    lines.join("<br>")
}

/// A delimited text: the records that change are written anew, quoted where they have to be.
fn records(text: &str, mark: u8, edits: &[(Origin, String)]) -> Option<Vec<Splice>> {
    let mut starts = Vec::new();
    let mut fields: Vec<Vec<String>> = Vec::new();
    for (start, record) in csv::records(text, mark).ok()? {
        starts.push(start);
        fields.push(record.iter().map(str::to_string).collect());
    }
    starts.push(text.len());
    let mut changed: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (origin, words) in edits {
        let (column, row) = cell_place(origin.cell.as_deref()?)?;
        let number = (row as usize).checked_sub(1)?;
        let record = changed.entry(number).or_insert(fields.get(number)?.clone());
        words.clone_into(record.get_mut(column as usize)?);
    }
    let mut splices = Vec::new();
    for (number, record) in changed {
        let span = Span::new(*starts.get(number)?, *starts.get(number + 1)?);
        let ending = if span.of(text).ends_with("\r\n") {
            "\r\n"
        } else if span.of(text).ends_with('\n') {
            "\n"
        } else {
            ""
        };
        let cells: Vec<String> = record
            .iter()
            .map(|cell| {
                let plain = !cell.contains(['"', '\n', '\r', char::from(mark)]) && cell.trim() == cell;
                if plain { cell.clone() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
            })
            .collect();
        splices.push((span, cells.join(&char::from(mark).to_string()) + ending));
    }
    Some(splices)
}

/// A page: the cell is found among the innermost cells of the source by its old words and their order.
fn page(text: &str, document: &Document, edits: &[(Origin, String)]) -> Option<Vec<Splice>> {
    let source: Vec<(Span, String)> = page_cells(text).into_iter().map(|span| (span, key(span.of(text)))).collect();
    let read: Vec<(&Origin, String)> = document
        .tables()
        .flat_map(|table| table.rows.iter().flat_map(|row| &row.cells))
        .filter(|cell| !cell.covered)
        .map(|cell| (&cell.origin, key(&cell.text)))
        .collect();
    edits
        .iter()
        .map(|(origin, words)| {
            let (_, old) = read.iter().find(|(own, _)| *own == origin)?;
            let before = read.iter().take_while(|(own, _)| *own != origin).filter(|(_, text)| text == old).count();
            let same: Vec<&Span> = source.iter().filter(|(_, text)| text == old).map(|(span, _)| span).collect();
            let all = read.iter().filter(|(_, text)| text == old).count();
            let span = **same.get(before).filter(|_| same.len() == all)?;
            let inner = span.of(text);
            let left = inner.len() - inner.trim_start().len();
            let span = Span::new(span.start + left, span.start + left + inner.trim().len());
            let kept = before_words(document, origin, span.of(text), words);
            Some((span, kept.unwrap_or_else(|| marked_up(span.of(text), words, true))))
        })
        .collect()
}

/// The markup with nothing changed but the words that differ, where they stand in one piece.
fn before_words(document: &Document, origin: &Origin, markup: &str, words: &str) -> Option<String> {
    inplace::changed(markup, before(document, origin)?, words)
}

/// Words without markup, entities and white space, for comparing source and reading.
fn key(text: &str) -> String {
    let mut plain = String::new();
    let mut inside = false;
    for c in markup::words(text).chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if inside || c.is_whitespace() => {}
            c => plain.push(c),
        }
    }
    plain
}

/// The inner spans of `<td>` and `<th>` that hold no other cells.
fn page_cells(text: &str) -> Vec<Span> {
    let lower = text.to_ascii_lowercase();
    let mut cells = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = 0;
    while let Some(found) = lower.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        let rest = lower.get(start..).unwrap_or_default();
        if let Some(comment) = rest.strip_prefix("<!--") {
            at = comment.find("-->").map_or(lower.len(), |end| start + 4 + end + 3);
            continue;
        }
        let end = rest.find('>').map_or(lower.len(), |end| start + end + 1);
        let tag = |name: &str| {
            rest.strip_prefix(name).is_some_and(|rest| rest.starts_with(['>', ' ', '\n', '\t', '\r', '/']))
        };
        if tag("<td") || tag("<th") {
            if let Some(from) = open.take().filter(|_| !tag_open_table(&lower, start)) {
                cells.push(Span::new(from, start));
            }
            open = Some(end);
        } else if (tag("</td") || tag("</th") || tag("</tr") || tag("<tr") || tag("</table"))
            && let Some(from) = open.take()
        {
            cells.push(Span::new(from, start));
        } else if tag("<table") {
            open = None;
        }
        at = end;
    }
    cells
}

/// Whether a cell starts in a table that was opened inside another cell.
fn tag_open_table(lower: &str, at: usize) -> bool {
    lower.get(..at).is_some_and(|before| before.rfind("<table") > before.rfind("<td"))
}

/// A workbook: the cell's element is replaced by one with the words in it, its style kept.
fn workbook(bytes: &[u8], document: &Document, edits: &[(Origin, String)]) -> Result<Option<Vec<u8>>, ImportError> {
    let mut package = Package::open(bytes, "xlsx")?;
    let mut parts: BTreeMap<String, Vec<(&str, &str, &Origin)>> = BTreeMap::new();
    for (origin, words) in edits {
        let (Some(sheet), Some(cell)) = (&origin.sheet, &origin.cell) else { return Ok(None) };
        let path = xlsx::sheet_number(&mut package, sheet).and_then(|number| xlsx::sheet_path(&mut package, number));
        let Some(path) = path else { return Ok(None) };
        parts.entry(path).or_default().push((cell, words, origin));
    }
    let mut changed = Vec::new();
    let shared = package.text("xl/sharedStrings.xml").unwrap_or_default();
    let strings = xml::parse(&shared, "xlsx").unwrap_or_default();
    let strings: Vec<&Element> = strings.child("sst").into_iter().flat_map(Element::elements).collect();
    for (path, cells) in parts {
        let text = package.text(&path)?;
        let root = xml::parse(&text, "xlsx")?;
        let data = root.child("worksheet").and_then(|sheet| sheet.child("sheetData"));
        let found: BTreeMap<&str, &Element> = data
            .into_iter()
            .flat_map(Element::elements)
            .flat_map(Element::elements)
            .filter_map(|cell| Some((cell.attribute("r")?, cell)))
            .collect();
        let splices: Option<Vec<Splice>> = cells
            .into_iter()
            .map(|(name, words, origin)| {
                // The words of a formula are those of other cells, and the workbook counts its formulas elsewhere too.
                let cell = found.get(name).filter(|cell| cell.child("f").is_none())?;
                let style =
                    cell.attribute("s").map(|style| format!(" s=\"{}\"", xml::escaped(style))).unwrap_or_default();
                let prefix =
                    cell.span.of(&text).strip_prefix('<')?.split(['c', ' ']).next().filter(|p| p.ends_with(':'));
                let p = prefix.unwrap_or_default();
                // Runs of several looks keep them.
                let rich = match cell.attribute("t") {
                    Some("s") => {
                        let number = cell.child("v").and_then(|value| value.text().trim().parse::<usize>().ok());
                        number.and_then(|number| strings.get(number)).map(|string| (*string, shared.as_str()))
                    }
                    _ => cell.child("is").map(|string| (string, text.as_str())),
                };
                let rich = rich.filter(|(string, _)| p.is_empty() && string.child("r").is_some());
                let kept = rich.and_then(|(string, part)| before_words(document, origin, string.inner.of(part), words));
                let words =
                    kept.unwrap_or_else(|| format!("<{p}t xml:space=\"preserve\">{}</{p}t>", xml::escaped(words)));
                let new = format!("<{p}c r=\"{name}\"{style} t=\"inlineStr\"><{p}is>{words}</{p}is></{p}c>");
                Some((cell.span, new))
            })
            .collect();
        let Some(text) = splices.and_then(|splices| spliced(&text, splices)) else { return Ok(None) };
        changed.push((path, text));
    }
    package.with(&changed).map(Some)
}

/// A Word document: the cell keeps its own properties and those of its first paragraph and run.
fn word(bytes: &[u8], document: &Document, edits: &[(Origin, String)]) -> Result<Option<Vec<u8>>, ImportError> {
    let mut package = Package::open(bytes, "docx")?;
    let text = package.text(docx::MAIN)?;
    let places = docx::places(&xml::parse(&text, "docx")?)?;
    let splices: Option<Vec<Splice>> = edits
        .iter()
        .map(|(origin, words)| {
            let (_, cell) = places.iter().find(|(own, _)| own == origin)?;
            let kept = before_words(document, origin, cell.inner.of(&text), words);
            Some((cell.inner, kept.unwrap_or_else(|| word_cell(cell, words, &text))))
        })
        .collect();
    match splices.and_then(|splices| spliced(&text, splices)) {
        Some(text) => package.with(&[(docx::MAIN.to_string(), text)]).map(Some),
        None => Ok(None),
    }
}

fn word_cell(cell: &Element, words: &str, text: &str) -> String {
    let kept = |element: Option<&Element>| element.map(|e| e.span.of(text)).unwrap_or_default();
    let paragraph = cell.child("p");
    let run = paragraph.and_then(|p| p.elements().find(|e| e.name == "r"));
    let (properties, run) = (paragraph.and_then(|p| p.child("pPr")), kept(run.and_then(|r| r.child("rPr"))));
    // Numbers that Word wrote by itself are among the words now.
    let automatic = kept(properties.and_then(|p| p.child("numPr")));
    let paragraph = match automatic {
        "" => kept(properties).to_string(),
        automatic => kept(properties).replacen(automatic, "", 1),
    };
    let mut new = kept(cell.child("tcPr")).to_string();
    for line in words.lines() {
        let line = xml::escaped(line);
        new.push_str(&format!("<w:p>{paragraph}<w:r>{run}<w:t xml:space=\"preserve\">{line}</w:t></w:r></w:p>"));
    }
    if words.lines().next().is_none() {
        new.push_str(&format!("<w:p>{paragraph}</w:p>"));
    }
    new
}
