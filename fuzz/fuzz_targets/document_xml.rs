//! Any text as the main part of a Word file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write};

fuzz_target!(|body: &str| {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    write!(writer, "<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>").unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    if let Ok(document) = yiju::import::read("a.docx", &bytes) {
        let _ = yiju::catalog::read(&document, None);
    }
});
