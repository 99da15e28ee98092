//! [`Kind`]: what a file is, told from its bytes; its name only breaks ties.

use super::compound::{self, Compound};
use super::{ImportError, package};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
    Docx,
    /// doc and wps: the older binary documents.
    Doc,
    Odt,
    Rtf,
    Pdf,
    Text,
}

/// # Errors
/// [`ImportError`] for kinds that hold no text, for archives of other things and for files with a password.
pub(super) fn kind(bytes: &[u8]) -> Result<Kind, ImportError> {
    let unsupported = |what: &str| Err(ImportError::Unsupported { what: what.to_string() });
    if bytes.starts_with(b"PK\x03\x04") {
        let names = package::names(bytes)?;
        let has = |name: &str| names.iter().any(|n| n == name);
        return match () {
            () if has("xl/workbook.xml") => Ok(Kind::Xlsx),
            () if has("xl/workbook.bin") => Ok(Kind::Xlsb),
            () if has("word/document.xml") => Ok(Kind::Docx),
            () if has("content.xml") && package_is(bytes, b"spreadsheet") => Ok(Kind::Ods),
            () if has("content.xml") => Ok(Kind::Odt),
            () if has("ppt/presentation.xml") => unsupported("演示文稿（pptx）"),
            () => unsupported("压缩包；请先解压，再给出其中的文件"),
        };
    }
    if bytes.starts_with(&compound::MARK[..4]) {
        // What a workbook embeds of a document, or a document of a workbook, comes after its own streams.
        const STREAMS: [&str; 4] = ["EncryptedPackage", "Workbook", "Book", "WordDocument"];
        let first = match Compound::open(bytes) {
            Some(file) => file.first_of(&STREAMS),
            // In a damaged file the names may still be found.
            None => STREAMS.into_iter().find(|name| {
                let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
                bytes.windows(wide.len()).any(|window| window == wide)
            }),
        };
        return match first {
            Some("EncryptedPackage") => Err(ImportError::Encrypted),
            Some("WordDocument") => Ok(Kind::Doc),
            Some(_) => Ok(Kind::Xls),
            None => unsupported("不认识的旧版 Office 文件"),
        };
    }
    let start = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    for (mark, what) in [
        (&b"\x89PNG"[..], "图片；请给出文字版，或先做文字识别"),
        (b"\xFF\xD8\xFF", "图片；请给出文字版，或先做文字识别"),
        (b"GIF8", "图片；请给出文字版，或先做文字识别"),
        (b"Rar!", "压缩包；请先解压，再给出其中的文件"),
        (b"7z\xBC\xAF", "压缩包；请先解压，再给出其中的文件"),
        (b"\x1F\x8B", "压缩包；请先解压，再给出其中的文件"),
        (b"\x7FELF", "程序文件"),
        (b"MZ\x90", "程序文件"),
    ] {
        if start.starts_with(mark) {
            return unsupported(what);
        }
    }
    if start.windows(5).any(|window| window == b"%PDF-") {
        return Ok(Kind::Pdf);
    }
    Ok(if start.starts_with(b"{\\rtf") { Kind::Rtf } else { Kind::Text })
}

/// Whether the kind that an open document names at its beginning contains a word.
fn package_is(bytes: &[u8], word: &[u8]) -> bool {
    bytes.get(..bytes.len().min(200)).unwrap_or_default().windows(word.len()).any(|window| window == word)
}

/// What decoded text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Html,
    /// A spreadsheet of an open office program in one XML file.
    FlatOds,
    /// Its text document.
    FlatOdt,
    /// A workbook of Excel 2003 in one XML file.
    SheetMl,
    /// A page with its pictures in one file (mht).
    Saved,
    Xml,
    Json,
    Plain,
}

pub(super) fn language(text: &str) -> Language {
    let start = text.trim_start_matches(['\u{FEFF}', ' ', '\n', '\r', '\t']);
    let lower = start.get(..start.floor_char_boundary(4000)).unwrap_or_default().to_ascii_lowercase();
    let html = ["<!doctype html", "<html", "<body", "<table", "<div", "<meta"].iter().any(|tag| lower.contains(tag));
    match start.chars().next() {
        Some('<') if lower.contains("<office:document") => {
            if lower.contains("opendocument.spreadsheet") {
                Language::FlatOds
            } else {
                Language::FlatOdt
            }
        }
        Some('<') if lower.contains("<workbook") && lower.contains("office:spreadsheet") => Language::SheetMl,
        Some('<') if html => Language::Html,
        Some('<') if lower.starts_with("<?xml") || start.trim_end().ends_with('>') && !lower.starts_with("<p") => {
            Language::Xml
        }
        Some(_) if lower.contains("mime-version:") && lower.contains("content-type: multipart/") => Language::Saved,
        Some('{' | '[') if start.trim_end().ends_with(['}', ']']) && start.contains('"') => Language::Json,
        _ if text.contains("<table") && text.contains("</tr>") => Language::Html,
        Some('<') if lower.starts_with("<p") && text.trim_end().ends_with('>') => Language::Html,
        _ => Language::Plain,
    }
}
