//! Any text as the only sheet of a workbook.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write};

const ROOT: &str = "<Relationships><Relationship Id=\"r1\" Target=\"xl/workbook.xml\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\"/></Relationships>";
const BOOK: &str = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"x\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
const RELATIONS: &str = "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\"/></Relationships>";

fuzz_target!(|data: &str| {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let sheet = format!("<worksheet><sheetData>{data}</sheetData></worksheet>");
    for (name, text) in [
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/worksheets/sheet1.xml", &sheet),
    ] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    if let Ok(document) = yiju::import::read("a.xlsx", &bytes) {
        let _ = yiju::catalog::read(&document, None);
    }
});
