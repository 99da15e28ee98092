//! The workbook, read back by another library.

use super::sample::sample;
use calamine::{Data, Reader, Xlsx};
use std::io::{Cursor, Read};
use yiju::catalog::item::Field;
use yiju::import::document::cell_name;
use yiju::import::{Block, Cell, Document, Origin, Row, Table};
use yiju::report::xlsx::write;

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap()
}

/// All XML parts of one kind, as text.
fn parts(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> =
        archive.file_names().map(|n| n.unwrap().to_string()).filter(|n| n.contains(name)).collect();
    names
        .iter()
        .map(|name| {
            let mut text = String::new();
            archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        })
        .collect()
}

#[test]
fn a_catalog_of_text_becomes_a_table_with_notes_and_a_list() {
    let sample = sample();
    let bytes = write(&[sample.report()], &Document::default(), None).unwrap();
    let mut book = open(&bytes);
    assert_eq!(book.sheet_names(), ["某县财政局主动公开事项目录", "核对结果", "核对概要"]);
    let catalog = book.worksheet_range("某县财政局主动公开事项目录").unwrap();
    let words = |row, column| catalog.get_value((row, column)).cloned().unwrap_or_default();
    assert_eq!(words(0, 3), Data::String("公开依据".into()));
    assert_eq!(words(1, 1), Data::String("部门预算".into()));
    assert_eq!(words(3, 1), Data::String("=cmd|' /C calc'!A0".into()), "words, not a formula");
    assert!(book.worksheet_formula("某县财政局主动公开事项目录").unwrap().is_empty());
    let list = book.worksheet_range("核对结果").unwrap();
    assert_eq!(list.height(), 4, "a head and three findings");
    assert_eq!(list.get_value((1, 5)), Some(&Data::String(sample.findings[0].message.clone())));
    let notes = parts(&bytes, "comments");
    assert_eq!(notes.matches("<comment ").count(), 3, "the item without a basis too");
    assert!(notes.contains("ref=\"E2\"") && notes.contains("应为：第二十条第（七）项"));
    assert!(!parts(&bytes, "sheet1.xml").contains("<f>"));
}

#[test]
fn items_of_several_catalogs_keep_their_own_sheets() {
    let sample = sample();
    let bytes = write(&[sample.report(), sample.report()], &Document::default(), None).unwrap();
    let mut book = open(&bytes);
    assert_eq!(book.sheet_names()[..2], ["某县财政局主动公开事项目录", "2 某县财政局主动公开事项目录"]);
    assert_eq!(book.worksheet_range("核对结果").unwrap().height(), 7, "a head and three findings of each");
    assert_eq!(parts(&bytes, "comments").matches("<comment ").count(), 6, "on the sheet of its own catalog");
}

#[test]
fn a_workbook_keeps_its_sheets_cells_and_merged_regions() {
    let mut sample = sample();
    let sheet = "表一'甲'";
    let at = |column: u32, row: u32| Origin {
        sheet: Some(sheet.into()),
        cell: Some(cell_name(column, row)),
        ..Default::default()
    };
    let cell = |text: &str, column, row| Cell::new(text, at(column, row));
    let mut title = cell("目录", 0, 1);
    title.columns = 3;
    let mut covered = cell("", 1, 1);
    covered.covered = true;
    let clause = sample.catalog.items[0].text(Field::Clause).to_string();
    let rows = vec![
        Row { cells: vec![title, covered], origin: at(0, 1), ..Default::default() },
        Row { cells: vec![cell("部门预算", 1, 4), cell(&clause, 2, 4)], origin: at(0, 4), ..Default::default() },
    ];
    sample.catalog.items[0].fields.get_mut(&Field::Clause).unwrap().origin = at(2, 4);
    let table = Table { rows, name: Some(sheet.into()), ..Default::default() };
    let document = Document { blocks: vec![Block::Table(table)], ..Default::default() };
    let bytes = write(&[sample.report()], &document, None).unwrap();
    let mut book = open(&bytes);
    assert_eq!(book.sheet_names()[0], sheet.trim_matches('\''));
    let first = book.sheet_names()[0].clone();
    assert_eq!(book.merge_cells_by_sheet_name(&first).unwrap().len(), 1);
    let range = book.worksheet_range(&first).unwrap();
    assert_eq!(range.get_value((3, 2)), Some(&Data::String(clause)));
    assert!(parts(&bytes, "comments").contains("ref=\"C4\""));
}

#[test]
fn a_workbook_is_given_back_itself_with_colours_comments_and_a_list() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/catalog/office/office.xlsx");
    let source = std::fs::read(path).unwrap();
    let document = yiju::import::read("office.xlsx", &source).unwrap();
    let mut sample = sample();
    sample.catalog.items = yiju::catalog::read(&document, None).unwrap().remove(0).items;
    sample.findings.iter_mut().for_each(|finding| finding.message = "<script>=cmd|' /C calc'!A0 & \u{1}".into());
    let bytes = write(&[sample.report()], &document, Some(&source)).unwrap();
    assert_eq!(bytes, write(&[sample.report()], &document, Some(&source)).unwrap());
    let read = yiju::import::read("office.xlsx", &bytes).unwrap();
    assert_eq!(read.blocks[..document.blocks.len()], document.blocks);
    let mut book = open(&bytes);
    assert_eq!(book.sheet_names(), ["主动公开", "草稿", "核对结果", "核对概要"]);
    assert_eq!(book.worksheet_range("核对结果").unwrap().height(), 1 + sample.findings.len());
    // What no finding touches is there to the byte: widths, the hidden row, dates, the hidden sheet.
    let (before, after) = (parts(&source, "worksheets/sheet1.xml"), parts(&bytes, "worksheets/sheet1.xml"));
    for kept in ["<cols>", "hidden=\"1\"", "<mergeCells"] {
        let part = |text: &str| text.split(kept).nth(1).unwrap().split('/').next().unwrap().to_string();
        assert_eq!(part(&before), part(&after), "{kept}");
    }
    assert_eq!(parts(&source, "worksheets/sheet2.xml"), parts(&bytes, "worksheets/sheet2.xml"));
    assert_eq!(parts(&source, "theme"), parts(&bytes, "theme"));
    let comments = parts(&bytes, "comments-yiju1.xml");
    assert!(comments.contains("&lt;script&gt;=cmd|") && !comments.contains('\u{1}'));
    assert!(!parts(&bytes, "worksheets").contains("<f>"), "no formula");
    // Given the result, a second check adds to its comments and keeps its sheets.
    let document = yiju::import::read("office.xlsx", &bytes).unwrap();
    let again = write(&[sample.report()], &document, Some(&bytes)).unwrap();
    assert_eq!(open(&again).sheet_names().len(), 6);
    assert!(parts(&again, "comments-yiju1.xml").contains("【依据】"));
}

#[test]
fn the_same_check_gives_the_same_bytes() {
    let sample = sample();
    let once = write(&[sample.report()], &Document::default(), None).unwrap();
    assert_eq!(once, write(&[sample.report()], &Document::default(), None).unwrap());
}
