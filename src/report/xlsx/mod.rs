//! The report as a workbook: [`write()`] gives the catalog as it came, findings as colours and notes, and a list of them.
//!
//! Every cell is written as a string, so `=cmd` stays words.

mod layout;

use super::card::{Card, place_name};
use super::layout::{shorten, width};
use super::{Report, Reported};
use crate::check::{Severity, Standing, Verdict};
use crate::import::Document;
use layout::{Layout, Place, Sheet, sheet_name};
use rust_xlsxwriter::{
    Color, DocProperties, Format, FormatAlign, FormatBorder, Note, Url, Workbook, Worksheet, XlsxError,
};
use std::collections::BTreeMap;

/// Longest note that stays readable.
const NOTE_CHARS: usize = 1500;
const LIST: &str = "核对结果";
const SUMMARY: &str = "核对概要";

/// One workbook for the catalogs of one file.
///
/// # Errors
/// [`XlsxError`] when the catalog exceeds what a workbook can hold.
pub fn write(reports: &[Report<'_>], document: &Document) -> Result<Vec<u8>, XlsxError> {
    let catalogs: Vec<_> = reports.iter().map(|report| report.catalog).collect();
    let layout = Layout::of(&catalogs, document);
    let mut workbook = Workbook::new();
    // The time of writing would make every run differ.
    let epoch = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_author("依据").set_creation_datetime(&epoch));
    let names = Names::of(&layout);
    let mut noted: BTreeMap<Place, Vec<(&Report<'_>, &Reported<'_>)>> = BTreeMap::new();
    for report in reports {
        for reported in &report.findings {
            let column = Card::of(report, reported).cell.map(|cell| cell.column);
            if let Some(place) = layout.place(reported.finding.item, column) {
                noted.entry(place).or_default().push((report, reported));
            }
        }
    }
    for (at, sheet) in layout.sheets.iter().enumerate() {
        let notes =
            noted.iter().filter(|(place, _)| place.sheet == at).map(|(place, found)| (*place, found.as_slice()));
        catalog_sheet(workbook.add_worksheet(), sheet, &notes.collect())?;
    }
    list_sheet(workbook.add_worksheet(), &names, reports, &layout)?;
    summary_sheet(workbook.add_worksheet(), &names, reports)?;
    workbook.save_to_buffer()
}

/// Names of the sheets that are added, unlike those of the source.
struct Names {
    list: String,
    summary: String,
}

impl Names {
    fn of(layout: &Layout) -> Self {
        let free = |name: &str| {
            let taken = |name: &String| layout.sheets.iter().any(|sheet| sheet.name == *name);
            let mut own = name.to_string();
            while taken(&own) {
                own.push('_');
            }
            own
        };
        Names { list: free(LIST), summary: free(SUMMARY) }
    }
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

/// Colour of a cell by the gravest finding that counts; known ones are grey.
fn colour(severity: Option<Severity>) -> Color {
    match severity {
        Some(Severity::Error) => Color::RGB(0xF8CBC6),
        Some(Severity::Warning) => Color::RGB(0xFCE7B2),
        Some(Severity::Notice) => Color::RGB(0xD6E6F5),
        None => Color::RGB(0xE7E6E6),
    }
}

type Notes<'n> = BTreeMap<Place, &'n [(&'n Report<'n>, &'n Reported<'n>)]>;

fn catalog_sheet(page: &mut Worksheet, sheet: &Sheet, notes: &Notes<'_>) -> Result<(), XlsxError> {
    page.set_name(sheet_name(&sheet.name))?;
    let found: BTreeMap<(u32, u16), _> =
        notes.iter().map(|(place, found)| ((place.row, place.column), *found)).collect();
    let (plain, head) = (plain(), head());
    let mut widths: BTreeMap<u16, usize> = BTreeMap::new();
    for cell in &sheet.cells {
        let base = if cell.row < sheet.header_rows { &head } else { &plain };
        let format = match found.get(&(cell.row, cell.column)) {
            Some(found) => base.clone().set_background_color(colour(worst(found))),
            None => base.clone(),
        };
        let (last_row, last_column) = (cell.row + cell.rows - 1, cell.column.saturating_add(cell.columns - 1));
        let alone = (last_row, last_column) == (cell.row, cell.column);
        // Regions that overlap cannot be merged; the words are written all the same.
        if alone || page.merge_range(cell.row, cell.column, last_row, last_column, &cell.text, &format).is_err() {
            page.write_string_with_format(cell.row, cell.column, &cell.text, &format)?;
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
            page.write_blank(place.0, place.1, &plain.clone().set_background_color(colour(worst(found))))?;
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

fn note(found: &[(&Report<'_>, &Reported<'_>)]) -> Note {
    let mut lines = Vec::new();
    for (_, reported) in found {
        let finding = reported.finding;
        lines.push(format!("[{}] {}", finding.severity.name(), finding.message));
        lines.extend(finding.expected.as_ref().map(|expected| format!("应为：{expected}")));
        lines.extend(reported.standing.note());
    }
    let text = shorten(&lines.join("\n"), NOTE_CHARS);
    let rows = text.lines().map(|line| width(line) / 40 + 1).sum::<usize>().clamp(3, 24);
    Note::new(text).set_author("依据").add_author_prefix(false).set_width(300).set_height(20 * rows as u32 + 12)
}

fn list_sheet(page: &mut Worksheet, names: &Names, reports: &[Report<'_>], layout: &Layout) -> Result<(), XlsxError> {
    page.set_name(&names.list)?;
    let columns = [
        ("项", 6.0),
        ("事项", 28.0),
        ("程度", 7.0),
        ("位置", 14.0),
        ("目录中的文字", 40.0),
        ("问题", 44.0),
        ("应为", 26.0),
        ("官方条文", 44.0),
        ("改法", 14.0),
        ("处理", 18.0),
        ("规则", 22.0),
        ("指纹", 19.0),
    ];
    let (plain, head) = (plain(), head());
    for (column, (name, width)) in (0..).zip(columns) {
        page.write_string_with_format(0, column, name, &head)?;
        page.set_column_width(column, width)?;
    }
    let mut row = 0;
    for (report, reported) in reports.iter().flat_map(|report| report.findings.iter().map(move |r| (report, r))) {
        row += 1;
        let finding = reported.finding;
        let card = Card::of(report, reported);
        let words = |runs: &[super::layout::Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
        let column = card.cell.as_ref().map(|cell| cell.column);
        let official = card.official.first().map_or(String::new(), |official| {
            let text = report.proof(reported).unwrap_or_default();
            format!("{}（{}）\n{}", official.name, official.standing, shorten(&text, 600))
        });
        let advice = card.repair.as_ref().map_or("", |repair| match repair.applicability {
            crate::check::Applicability::Safe => "可稳妥改正",
            crate::check::Applicability::Unsafe => "可改，须人看过",
        });
        let status = match &reported.standing {
            Standing::New => "新发现".to_string(),
            other => other.note().unwrap_or_default(),
        };
        let grade = plain.clone().set_background_color(colour(worst(&[(report, reported)])));
        page.write_number_with_format(row, 0, f64::from(finding.item), &plain)?;
        page.write_string_with_format(row, 1, &card.item, &plain)?;
        page.write_string_with_format(row, 2, finding.severity.name(), &grade)?;
        let name = column.map_or("", |column| column.name());
        match layout.place(finding.item, column) {
            Some(place) => {
                let sheet = &layout.sheets[place.sheet].name;
                let cell = crate::import::document::cell_name(place.column.into(), place.row + 1);
                let link = format!("internal:'{}'!{cell}", sheet.replace('\'', "''"));
                let format = plain
                    .clone()
                    .set_font_color(Color::RGB(0x2A5D8F))
                    .set_underline(rust_xlsxwriter::FormatUnderline::Single);
                page.write_url_with_options(row, 3, Url::new(link), format!("{cell} {name}"), "", Some(&format))?;
            }
            None => {
                let place = card.cell.as_ref().and_then(|cell| cell.place.clone());
                let origin = report.item(finding.item).and_then(|item| place_name(&item.origin));
                let place = place.or(origin).unwrap_or_default();
                page.write_string_with_format(row, 3, format!("{place} {name}"), &plain)?;
            }
        }
        let rest = [
            (4, card.cell.as_ref().map_or(String::new(), |cell| words(&cell.words))),
            (5, finding.message.clone()),
            (6, finding.expected.clone().unwrap_or_default()),
            (7, official),
            (8, advice.to_string()),
            (9, status),
            (10, finding.rule.to_string()),
            (11, reported.fingerprint.clone()),
        ];
        for (column, text) in rest {
            page.write_string_with_format(row, column, shorten(&text, 4000), &plain)?;
        }
    }
    page.set_freeze_panes(1, 2)?;
    page.set_repeat_rows(0, 0)?;
    page.autofilter(0, 0, row, columns.len() as u16 - 1)?;
    page.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

fn summary_sheet(page: &mut Worksheet, names: &Names, reports: &[Report<'_>]) -> Result<(), XlsxError> {
    page.set_name(&names.summary)?;
    page.set_column_width(0, 40)?;
    page.set_column_width(1, 12)?;
    let (plain, head) = (plain(), head());
    let mut row = 0;
    for report in reports {
        let title = if report.catalog.title.is_empty() { &report.catalog.file } else { &report.catalog.title };
        page.write_string_with_format(row, 0, title, &head)?;
        page.write_string_with_format(row, 1, report.views.today.to_string(), &head)?;
        row += 1;
        let verdicts = report.verdict_counts();
        let severities = report.severity_counts();
        let (known, suppressed) = report.set_aside();
        let mut lines: Vec<(String, usize)> =
            vec![("事项".into(), report.catalog.items.len()), ("引用".into(), report.links.len())];
        lines.extend(Verdict::ALL.map(|verdict| (format!("引用：{}", verdict.name()), verdicts.get(verdict))));
        let all = [Severity::Error, Severity::Warning, Severity::Notice];
        lines.extend(all.map(|severity| (format!("问题：{}", severity.name()), severities.get(severity))));
        lines.extend([("问题：已知".into(), known), ("问题：已搁置".into(), suppressed)]);
        lines.extend(report.unchecked().into_iter().map(|(name, count)| (format!("未核：{name}"), count)));
        for (name, count) in lines {
            page.write_string_with_format(row, 0, name, &plain)?;
            page.write_number_with_format(row, 1, count as f64, &plain)?;
            row += 1;
        }
        page.write_string_with_format(
            row,
            0,
            "“未核”是法规库没有所引的文件或那一部分，不能说对，也不能说错。",
            &plain,
        )?;
        row += 2;
    }
    Ok(())
}
