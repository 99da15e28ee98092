//! The report as a workbook: [`write()`] gives the catalog as it came, findings as colours and notes, and a list of them.
//!
//! A source that is an xlsx is given back itself, its own parts changed only where findings stand; any other source is
//! built anew. Every cell is written as a string, so `=cmd` stays words.

mod layout;
mod pages;

use super::card::Card;
use super::layout::{inert, shorten, width};
use super::{Report, Reported};
use crate::catalog::Field;
use crate::check::Severity;
use crate::import::annotate::{Entry, Look, Mark, Marks, Page, annotate};
use crate::import::document::{cell_name, cell_place};
use crate::import::{Document, Origin};
use layout::{Layout, Place, Sheet, sheet_name};
use rust_xlsxwriter::{
    Color, DocProperties, Format, FormatAlign, FormatBorder, Note, Url, Workbook, Worksheet, XlsxError,
};
use std::collections::BTreeMap;

/// Longest note that stays readable.
const NOTE_CHARS: usize = 1500;

/// One workbook for the catalogs of one file; `source` are the bytes that `document` was read from, where they are at
/// hand.
///
/// # Errors
/// [`XlsxError`] when the catalog exceeds what a workbook can hold.
pub fn write(reports: &[Report<'_>], document: &Document, source: Option<&[u8]>) -> Result<Vec<u8>, XlsxError> {
    // What cannot be read as the workbook that it was is built anew.
    let kept = source.and_then(|bytes| {
        let pages = [pages::list(reports, &own_cell), pages::summary(reports)];
        annotate(bytes, document, &marks(reports), &pages).ok().flatten()
    });
    match kept {
        Some(bytes) => Ok(bytes),
        None => rebuilt(reports, document),
    }
}

type Found<'f> = Vec<(&'f Report<'f>, &'f Reported<'f>)>;

/// Where an item's words of a column stand in the source workbook; without a column, the start of its row.
fn own_cell(report: &Report<'_>, item: u32, column: Option<Field>) -> Option<(String, u32, u32)> {
    let item = report.item(item)?;
    let place = |origin: &Origin| {
        let (column, row) = cell_place(origin.cell.as_deref()?)?;
        Some((origin.sheet.clone()?, row.checked_sub(1)?, column))
    };
    let field = column.and_then(|column| item.fields.get(&column)).and_then(|cell| place(&cell.origin));
    field.or_else(|| place(&item.origin))
}

/// The source's cells with findings, their colours and their notes.
fn marks(reports: &[Report<'_>]) -> Marks {
    let mut found: BTreeMap<(String, u32, u32), Found<'_>> = BTreeMap::new();
    for report in reports {
        for reported in &report.findings {
            let column = Card::of(report, reported).cell.map(|cell| cell.column);
            if let Some(place) = own_cell(report, reported.finding.item, column) {
                found.entry(place).or_default().push((report, reported));
            }
        }
    }
    let mut marks = Marks::new();
    for ((sheet, row, column), found) in found {
        let mark = Mark { fill: colour(worst(&found)).to_string(), note: note_text(&found) };
        marks.entry(sheet).or_default().insert((row, column), mark);
    }
    marks
}

fn rebuilt(reports: &[Report<'_>], document: &Document) -> Result<Vec<u8>, XlsxError> {
    let catalogs: Vec<_> = reports.iter().map(|report| report.catalog).collect();
    let layout = Layout::of(&catalogs, document);
    let mut workbook = Workbook::new();
    // The time of writing would make every run differ.
    let epoch = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_author("依据").set_creation_datetime(&epoch));
    let mut noted: BTreeMap<Place, Found<'_>> = BTreeMap::new();
    for (at, report) in reports.iter().enumerate() {
        for reported in &report.findings {
            let column = Card::of(report, reported).cell.map(|cell| cell.column);
            if let Some(place) = layout.place(at, reported.finding.item, column) {
                noted.entry(place).or_default().push((report, reported));
            }
        }
    }
    for (at, sheet) in layout.sheets.iter().enumerate() {
        let notes =
            noted.iter().filter(|(place, _)| place.sheet == at).map(|(place, found)| (*place, found.as_slice()));
        catalog_sheet(workbook.add_worksheet(), sheet, &notes.collect())?;
    }
    let place = |report: &Report<'_>, item: u32, column: Option<Field>| {
        let at = reports.iter().position(|own| std::ptr::eq(own, report))?;
        let place = layout.place(at, item, column)?;
        Some((layout.sheets.get(place.sheet)?.name.clone(), place.row, u32::from(place.column)))
    };
    for mut page in [pages::list(reports, &place), pages::summary(reports)] {
        while layout.sheets.iter().any(|sheet| sheet.name == page.name) {
            page.name.push('_');
        }
        draw(workbook.add_worksheet(), &page)?;
    }
    workbook.save_to_buffer()
}

fn draw(sheet: &mut Worksheet, page: &Page) -> Result<(), XlsxError> {
    sheet.set_name(&page.name)?;
    for (column, width) in (0..).zip(&page.widths) {
        sheet.set_column_width(column, *width)?;
    }
    let (plain, head) = (plain(), head());
    for (row, entries) in (0..).zip(&page.rows) {
        for (column, entry) in (0..).zip(entries) {
            let format = match &entry.look {
                Look::Plain => plain.clone(),
                Look::Head => head.clone(),
                Look::Filled(fill) => plain.clone().set_background_color(rgb(fill)),
                Look::Link(_) => plain
                    .clone()
                    .set_font_color(Color::RGB(0x2A5D8F))
                    .set_underline(rust_xlsxwriter::FormatUnderline::Single),
            };
            match (&entry.look, entry.number) {
                (Look::Link(place), _) => {
                    let link = Url::new(format!("internal:{place}"));
                    sheet.write_url_with_options(row, column, link, &entry.text, "", Some(&format))?
                }
                (_, Some(number)) => sheet.write_number_with_format(row, column, number, &format)?,
                (_, None) => sheet.write_string_with_format(row, column, &entry.text, &format)?,
            };
        }
    }
    sheet.set_freeze_panes(page.frozen.0, page.frozen.1 as u16)?;
    if page.filter
        && let Some(first) = page.rows.first()
    {
        sheet.set_repeat_rows(0, 0)?;
        sheet.autofilter(0, 0, page.rows.len() as u32 - 1, (first.len() as u16).saturating_sub(1))?;
    }
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

fn plain() -> Format {
    Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0xBFBFBF))
}

fn head() -> Format {
    plain().set_bold().set_background_color(Color::RGB(0xEDEFF2)).set_align(FormatAlign::VerticalCenter)
}

/// Colour of a cell, as `RRGGBB`, by the gravest finding that counts; known ones are grey.
fn colour(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Error) => "F8CBC6",
        Some(Severity::Warning) => "FCE7B2",
        Some(Severity::Notice) => "D6E6F5",
        None => "E7E6E6",
    }
}

fn rgb(colour: &str) -> Color {
    Color::RGB(u32::from_str_radix(colour, 16).unwrap_or(0x00FF_FFFF))
}

type Notes<'n> = BTreeMap<Place, &'n [(&'n Report<'n>, &'n Reported<'n>)]>;

fn catalog_sheet(page: &mut Worksheet, sheet: &Sheet, notes: &Notes<'_>) -> Result<(), XlsxError> {
    page.set_name(sheet_name(&sheet.name))?;
    let found: BTreeMap<(u32, u16), _> =
        notes.iter().map(|(place, found)| ((place.row, place.column), *found)).collect();
    let (plain, head) = (plain(), head());
    let mut widths: BTreeMap<u16, usize> = BTreeMap::new();
    for cell in &sheet.cells {
        let words = words(&cell.text);
        let base = if cell.row < sheet.header_rows { &head } else { &plain };
        let format = match found.get(&(cell.row, cell.column)) {
            Some(found) => base.clone().set_background_color(rgb(colour(worst(found)))),
            None => base.clone(),
        };
        let (last_row, last_column) = (cell.row + cell.rows - 1, cell.column.saturating_add(cell.columns - 1));
        let alone = (last_row, last_column) == (cell.row, cell.column);
        // Regions that overlap cannot be merged; the words are written all the same.
        if alone || page.merge_range(cell.row, cell.column, last_row, last_column, &words, &format).is_err() {
            page.write_string_with_format(cell.row, cell.column, &words, &format)?;
            let longest = cell.text.lines().map(width).max().unwrap_or(0);
            let widest = widths.entry(cell.column).or_default();
            *widest = longest.max(*widest);
        }
    }
    for (column, widest) in widths {
        page.set_column_width(column, (widest + 2).clamp(8, 48) as f64)?;
    }
    let written: std::collections::HashSet<(u32, u16)> =
        sheet.cells.iter().map(|cell| (cell.row, cell.column)).collect();
    for (place, found) in &found {
        if !written.contains(place) {
            page.write_blank(place.0, place.1, &plain.clone().set_background_color(rgb(colour(worst(found)))))?;
        }
        page.insert_note(place.0, place.1, &note(found))?;
    }
    if sheet.header_rows > 0 {
        page.set_freeze_panes(sheet.header_rows, 0)?;
        page.set_repeat_rows(0, sheet.header_rows - 1)?;
    }
    page.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

fn worst(found: &[(&Report<'_>, &Reported<'_>)]) -> Option<Severity> {
    found.iter().filter(|(_, reported)| reported.standing.counts()).map(|(_, reported)| reported.finding.severity).min()
}

fn note_text(found: &[(&Report<'_>, &Reported<'_>)]) -> String {
    let mut lines = Vec::new();
    for (_, reported) in found {
        let finding = reported.finding;
        lines.push(format!("[{}] {}", finding.severity.name(), finding.message));
        lines.extend(finding.expected.as_ref().map(|expected| format!("应为：{expected}")));
        lines.extend(reported.standing.note());
    }
    shorten(&words(&lines.join("\n")), NOTE_CHARS)
}

fn note(found: &[(&Report<'_>, &Reported<'_>)]) -> Note {
    let text = note_text(found);
    let rows = text.lines().map(|line| width(line) / 40 + 1).sum::<usize>().clamp(3, 24);
    Note::new(text).set_author("依据").add_author_prefix(false).set_width(300).set_height(20 * rows as u32 + 12)
}

/// `'目录'!B7`.
fn link(sheet: &str, row: u32, column: u32) -> String {
    format!("'{}'!{}", sheet.replace('\'', "''"), cell_name(column, row + 1))
}

/// Words that steer nothing. □ stands for what is no character: U+FFFD in a workbook reads as a file that is damaged.
fn words(text: &str) -> String {
    inert(text).replace('\u{FFFD}', "□")
}

fn entry(text: impl Into<String>, look: Look) -> Entry {
    Entry::new(words(&text.into()), look)
}
