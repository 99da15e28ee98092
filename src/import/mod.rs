//! Bytes of a file → [`Document`]: paragraphs and tables with their origin, no law in it yet.
//!
//! The only code that knows file formats; regulations and catalogs both read a `Document`, so a new format serves both.

mod decode;
pub mod document;
mod error;
pub mod limits;
mod markup;
mod text;

pub use document::{Block, Cell, Document, Origin, Paragraph, Row, Table};
pub use error::ImportError;

/// Reads a file of any known format. `file_name` is kept for messages and origins; the content decides the format.
///
/// # Errors
/// [`ImportError`] where the bytes are no readable document; never half a document.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Document, ImportError> {
    limits::within("文件字节数", bytes.len() as u64, limits::FILE_BYTES)?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ImportError::Empty);
    }
    let decoded = decode::decode(bytes)?;
    let mut document = text::read(file_name, &decoded.text)?;
    document.notes.extend(decoded.guessed.map(|name| format!("文字编码按 {name} 读取")));
    Ok(document)
}
