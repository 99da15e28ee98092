//! Bytes of a file → [`Document`]: paragraphs and tables with their origin, no law in it yet.
//!
//! The only code that knows file formats; regulations and catalogs both read a `Document`, so a new format serves both.

pub mod annotate;
mod biff;
mod compound;
mod csv;
mod decode;
pub mod document;
mod docx;
mod error;
mod external;
mod grid;
mod html;
mod inplace;
pub mod limits;
mod markup;
mod numbering;
mod ods;
mod package;
mod pdf;
mod records;
mod rewrite;
mod saved;
mod sheetml;
mod shown;
mod sniff;
mod text;
mod xlsx;
mod xml;

pub use document::{Block, Cell, Document, Origin, Paragraph, Row, Table};
pub use error::ImportError;
pub use rewrite::rewrite;
use sniff::{Kind, Language};
use std::cell::Cell as Flag;
use std::sync::Once;

/// Reads a file of any known format. `file_name` is kept for messages and origins; the content decides the format.
///
/// # Errors
/// [`ImportError`] where the bytes are no readable document; never half a document.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Document, ImportError> {
    limits::within("文件字节数", bytes.len() as u64, limits::FILE_BYTES)?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ImportError::Empty);
    }
    match sniff::kind(bytes)? {
        Kind::Xlsx => guarded("xlsx", || xlsx::read(file_name, bytes)),
        Kind::Xls => guarded("xls", || xlsx::read_xls(file_name, bytes)),
        Kind::Xlsb => guarded("xlsb", || xlsx::read_xlsb(file_name, bytes)),
        Kind::Ods => ods::read(file_name, bytes),
        Kind::Docx => docx::read(file_name, bytes),
        Kind::Doc => external::read_office(file_name, bytes, "doc"),
        Kind::Odt => external::read_office(file_name, bytes, "odt"),
        Kind::Rtf => external::read_office(file_name, bytes, "rtf"),
        Kind::Pdf => external::read_pdf(file_name, bytes),
        Kind::Text => {
            let decoded = decode::decode(bytes)?;
            let mut document = match sniff::language(&decoded.text) {
                Language::FlatOdt => external::read_office(file_name, bytes, "fodt")?,
                language => read_text(file_name, &decoded.text, language)?,
            };
            document.notes.extend(decoded.guessed.map(|name| format!("文字编码按 {name} 读取")));
            Ok(document)
        }
    }
}

fn read_text(file_name: &str, text: &str, language: Language) -> Result<Document, ImportError> {
    match language {
        Language::Html => html::read(file_name, text),
        Language::FlatOds => ods::read_flat(file_name, text),
        Language::SheetMl => sheetml::read(file_name, text),
        Language::Saved => saved::read(file_name, text),
        Language::Xml | Language::FlatOdt => records::read_xml(file_name, text),
        Language::Json => records::read_json(file_name, text),
        Language::Plain => match csv::delimiter(file_name, text) {
            Some(mark) => csv::read(file_name, text, mark),
            None => text::read(file_name, text),
        },
    }
}

/// What pdftotext (`-bbox`) and pdftocairo (`-svg`) say of one PDF file as a document, for who has run them already.
///
/// # Errors
/// [`ImportError`] where what they say cannot be read; `None` where no page has a ruled table.
pub fn read_pdf_pages(file_name: &str, boxes: &str, drawing: &str) -> Result<Option<Document>, ImportError> {
    pdf::read(file_name, boxes, drawing)
}

thread_local! {
    /// A reader runs whose panics are answers, not news.
    static QUIET: Flag<bool> = const { Flag::new(false) };
}

/// Runs a reader that rests on a library which may panic on damaged files; a panic is a damaged file, told by no other
/// line than the error.
fn guarded(
    format: &'static str,
    read: impl FnOnce() -> Result<Document, ImportError> + std::panic::UnwindSafe,
) -> Result<Document, ImportError> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !QUIET.try_with(Flag::get).unwrap_or(false) {
                before(panic);
            }
        }));
    });
    QUIET.set(true);
    let read = std::panic::catch_unwind(read);
    QUIET.set(false);
    read.unwrap_or(Err(ImportError::Broken { format, reason: "内部结构不合规范".into() }))
}

/// The note on rows that a sheet hides although they hold words, numbered from 1.
fn hidden_rows_note(sheet: &str, rows: &[u32]) -> Option<String> {
    let list: Vec<String> = rows.iter().take(10).map(u32::to_string).collect();
    let more = if rows.len() > 10 { " 等" } else { "" };
    (!rows.is_empty())
        .then(|| format!("工作表“{sheet}”有 {} 行被隐藏，仍已读取：第 {} 行{more}", rows.len(), list.join("、")))
}
