//! [`Page`]: a sheet of our own, and how it is added to a workbook.

use super::super::document::cell_name;
use super::super::xml;
use super::styles::Styles;
use super::{BOOK, MAIN, Parts, RELATIONS, inside, prefix, words};
use std::collections::BTreeSet;

const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";

/// The names of the sheets that a report adds to a workbook; they are no part of the catalog when it is read again.
pub const LIST: &str = "核对结果";
pub const SUMMARY: &str = "核对概要";

/// A sheet to be added: rows of words and numbers, never formulas.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    pub name: String,
    /// Widths of the columns, in characters.
    pub widths: Vec<f64>,
    pub rows: Vec<Vec<Entry>>,
    /// Rows and columns that stay in sight.
    pub frozen: (u32, u32),
    /// The first row can be filtered by.
    pub filter: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub text: String,
    /// Shown as a number where there is one.
    pub number: Option<f64>,
    pub look: Look,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Look {
    Plain,
    Head,
    /// `RRGGBB`.
    Filled(String),
    /// Leads to a place of the workbook: `'目录'!B7`.
    Link(String),
}

impl Entry {
    pub fn new(text: impl Into<String>, look: Look) -> Self {
        Entry { text: text.into(), number: None, look }
    }

    pub fn number(number: f64, look: Look) -> Self {
        Entry { text: String::new(), number: Some(number), look }
    }
}

pub(super) fn add(parts: &mut Parts, pages: &[Page], styles: &mut Styles) -> Option<()> {
    for page in pages {
        let text = parts.text(BOOK)?;
        let root = xml::parse(&text, "xlsx").ok()?;
        let list = root.child("workbook")?.child("sheets")?;
        let taken: BTreeSet<String> =
            list.elements().filter_map(|sheet| sheet.attribute("name")).map(str::to_lowercase).collect();
        let mut name = page.name.clone();
        while taken.contains(&name.to_lowercase()) {
            name.push('_');
        }
        let number = list.elements().filter_map(|sheet| sheet.number("sheetId")).max().unwrap_or(0) + 1;
        let path = parts.free("xl/worksheets/sheet-yiju", ".xml");
        let id = parts.relate(BOOK, "worksheet", &path)?;
        let own = prefix(list, &text);
        let entry = format!(
            "<{own}sheet xmlns:rel=\"{RELATIONS}\" name=\"{}\" sheetId=\"{number}\" rel:id=\"{id}\"/>",
            xml::escaped(&name)
        );
        let text = inside(&text, list, &entry)?;
        parts.put(BOOK, text);
        let sheet = sheet(page, styles)?;
        parts.put(&path, sheet);
        parts.types.push((path, SHEET));
    }
    Some(())
}

fn sheet(page: &Page, styles: &mut Styles) -> Option<String> {
    let mut rows = String::new();
    let mut links = String::new();
    for (row, entries) in (1u32..).zip(&page.rows) {
        rows.push_str(&format!("<row r=\"{row}\">"));
        for (column, entry) in (0u32..).zip(entries) {
            let name = cell_name(column, row);
            let style = styles.look(&entry.look)?;
            rows.push_str(&match entry.number {
                Some(number) => format!("<c r=\"{name}\" s=\"{style}\"><v>{number}</v></c>"),
                None => format!(
                    "<c r=\"{name}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    words(&entry.text)
                ),
            });
            if let Look::Link(place) = &entry.look {
                links.push_str(&format!("<hyperlink ref=\"{name}\" location=\"{}\"/>", xml::escaped(place)));
            }
        }
        rows.push_str("</row>");
    }
    let widths: String = (1..)
        .zip(&page.widths)
        .map(|(n, width)| format!("<col min=\"{n}\" max=\"{n}\" width=\"{width}\" customWidth=\"1\"/>"))
        .collect();
    let view = match page.frozen {
        (0, 0) => "<sheetView workbookViewId=\"0\"/>".to_string(),
        (rows, columns) => format!(
            "<sheetView workbookViewId=\"0\"><pane{}{} topLeftCell=\"{}\" activePane=\"{}\" state=\"frozen\"/></sheetView>",
            if columns > 0 { format!(" xSplit=\"{columns}\"") } else { String::new() },
            if rows > 0 { format!(" ySplit=\"{rows}\"") } else { String::new() },
            cell_name(columns, rows + 1),
            match (rows, columns) {
                (_, 0) => "bottomLeft",
                (0, _) => "topRight",
                _ => "bottomRight",
            }
        ),
    };
    let columns = page.rows.first().map_or(0, Vec::len) as u32;
    let filter = match (page.filter, columns.checked_sub(1)) {
        (true, Some(last)) => {
            format!("<autoFilter ref=\"A1:{}\"/>", cell_name(last, page.rows.len() as u32))
        }
        _ => String::new(),
    };
    let links = if links.is_empty() { links } else { format!("<hyperlinks>{links}</hyperlinks>") };
    let widths = if widths.is_empty() { widths } else { format!("<cols>{widths}</cols>") };
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{MAIN}\"><sheetPr><pageSetUpPr \
         fitToPage=\"1\"/></sheetPr><sheetViews>{view}</sheetViews>{widths}<sheetData>{rows}</sheetData>{filter}{links}\
         <pageSetup orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>"
    ))
}
