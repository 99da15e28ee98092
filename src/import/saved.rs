//! Pages saved with their pictures in one file (mht) → [`Document`]: the page inside, whatever its encoding.

use super::{Document, ImportError, decode, html};
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Parts inside parts.
const DEEPEST: usize = 8;

pub(super) fn read(file: &str, text: &str) -> Result<Document, ImportError> {
    let broken = |reason: &str| ImportError::Broken { format: "mht", reason: reason.to_string() };
    let part = page(text, 0).ok_or_else(|| broken("里面没有网页"))?;
    let bytes = match part.header("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase().as_str() {
        "quoted-printable" => unquoted(part.body),
        "base64" => {
            let lenient = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
            let letters: String = part.body.chars().filter(|c| !c.is_whitespace()).collect();
            let decoded = GeneralPurpose::new(&STANDARD, lenient).decode(letters);
            decoded.map_err(|_| broken("网页的编码不完整"))?
        }
        _ => part.body.as_bytes().to_vec(),
    };
    html::read(file, &decode::decode(&bytes)?.text)
}

/// One part of the file: its header lines and what follows them.
struct Part<'t> {
    head: &'t str,
    body: &'t str,
}

impl<'t> Part<'t> {
    fn of(text: &'t str) -> Part<'t> {
        let text = text.trim_start_matches(['\r', '\n']);
        let ends = ["\r\n\r\n", "\n\n"].into_iter().filter_map(|end| text.find(end).map(|at| (at, end.len())));
        match ends.min() {
            Some((at, length)) => {
                Part { head: text.get(..at).unwrap_or_default(), body: text.get(at + length..).unwrap_or_default() }
            }
            None => Part { head: text, body: "" },
        }
    }

    /// The value of a header; lines that go on belong to it.
    fn header(&self, name: &str) -> Option<String> {
        let mut value: Option<String> = None;
        for line in self.head.lines() {
            match (&mut value, line.split_once(':')) {
                (Some(value), _) if line.starts_with([' ', '\t']) => value.push_str(line),
                (Some(_), _) => break,
                (None, Some((key, rest))) if key.trim().eq_ignore_ascii_case(name) => value = Some(rest.to_string()),
                _ => {}
            }
        }
        value.map(|value| value.trim().to_string())
    }
}

/// The first page in the file, or in a part that holds parts itself.
fn page(text: &str, depth: usize) -> Option<Part<'_>> {
    let part = Part::of(text);
    let kind = part.header("content-type")?;
    let lower = kind.to_ascii_lowercase();
    if lower.starts_with("text/html") {
        return Some(part);
    }
    let at = lower.find("boundary=").filter(|_| depth < DEEPEST && lower.starts_with("multipart/"))?;
    let rest = kind.get(at + "boundary=".len()..)?;
    let mark = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split([';', ' ']).next()?,
    };
    let mark = format!("--{}", Some(mark).filter(|mark| !mark.is_empty())?);
    part.body.split(mark.as_str()).skip(1).find_map(|inner| page(inner, depth + 1))
}

/// Quoted-printable: `=E4` is a byte, `=` at the end of a line joins it to the next.
fn unquoted(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = |at: usize| after.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        rest = match (first, hex(0), hex(1)) {
            (b'=', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                after.get(2..).unwrap_or_default()
            }
            (b'=', ..) if after.starts_with(b"\r\n") => after.get(2..).unwrap_or_default(),
            (b'=', ..) if after.starts_with(b"\n") => after.get(1..).unwrap_or_default(),
            _ => {
                bytes.push(first);
                after
            }
        };
    }
    bytes
}
