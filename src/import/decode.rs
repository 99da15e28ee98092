//! Bytes of a text file → its characters: byte-order marks, UTF-8, UTF-16 and the legacy encodings of Chinese systems.

use super::ImportError;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The characters, and the name of the encoding where it had to be guessed.
#[derive(Debug)]
pub(super) struct Decoded {
    pub text: String,
    pub guessed: Option<&'static str>,
    pub encoding: &'static Encoding,
    /// The file began with a byte-order mark.
    pub marked: bool,
}

impl Decoded {
    /// Other words in the same encoding; `None` where it cannot hold them.
    pub fn encode(&self, text: &str) -> Option<Vec<u8>> {
        let mut bytes: Vec<u8> = Vec::new();
        let unit = |big: bool| move |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        if self.encoding == UTF_16LE || self.encoding == UTF_16BE {
            let unit = unit(self.encoding == UTF_16BE);
            let mark = self.marked.then_some(0xFEFF);
            bytes.extend(mark.into_iter().chain(text.encode_utf16()).flat_map(unit));
            return Some(bytes);
        }
        if self.marked {
            bytes.extend("\u{FEFF}".as_bytes());
        }
        let (words, _, lost) = self.encoding.encode(text);
        bytes.extend_from_slice(&words);
        (!lost).then_some(bytes)
    }
}

/// Decodes a whole file; the encoding is judged over all of it, never over its beginning.
///
/// # Errors
/// [`ImportError::Unsupported`] for bytes that are no text, [`ImportError::Garbled`] where characters are already lost.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, ImportError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let decoded = decode_as(encoding, bytes.get(mark..).unwrap_or_default(), None)?;
        return Ok(Decoded { marked: true, ..decoded });
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return finish(text.to_string(), UTF_8, None);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return decode_as(encoding, bytes, Some(encoding.name()));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    // UTF-8 with a few bytes cut out is refused as such rather than read as another encoding's nonsense.
    let encoding = if mostly_utf8(bytes) { UTF_8 } else { encoding };
    decode_as(encoding, bytes, Some(encoding.name()))
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8], guessed: Option<&'static str>) -> Result<Decoded, ImportError> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    finish(text.into_owned(), encoding, guessed)
}

fn finish(text: String, encoding: &'static Encoding, guessed: Option<&'static str>) -> Result<Decoded, ImportError> {
    let control = text.chars().filter(|&c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{b}'));
    let control = control.count();
    if text.contains('\0') || control * 100 > text.chars().count() {
        return Err(ImportError::Unsupported { what: "内容不是文字（二进制文件）".into() });
    }
    if let Some(at) = text.find('\u{FFFD}') {
        let line = 1 + text.get(..at).unwrap_or_default().matches('\n').count() as u32;
        return Err(ImportError::Garbled { line });
    }
    Ok(Decoded { text, guessed, encoding, marked: false })
}

/// UTF-16 without a mark: there are zero bytes, and read one way nearly all of it is Chinese or ASCII.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if !bytes.len().is_multiple_of(2) || !bytes.contains(&0) {
        return None;
    }
    [UTF_16LE, UTF_16BE].into_iter().find(|encoding| {
        let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) else { return false };
        let known =
            |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{3000}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}');
        text.chars().filter(known).count() * 20 >= text.chars().count() * 19
    })
}

fn mostly_utf8(bytes: &[u8]) -> bool {
    let mut good = 0usize;
    let mut bad = 0usize;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| *c >= '\u{2E80}').count();
        bad += chunk.invalid().len();
    }
    good > 20 && bad * 20 < good
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str =
        "一级事项\t公开内容\t公开依据\n机构概况\t机构职能、内设机构\t《中华人民共和国政府信息公开条例》第二十条\n";

    #[test]
    fn the_same_words_from_every_encoding() {
        let (gb, ..) = encoding_rs::GB18030.encode(WORDS);
        let utf16: Vec<u8> = WORDS.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut marked = vec![0xFE, 0xFF];
        marked.extend(WORDS.encode_utf16().flat_map(u16::to_be_bytes));
        for bytes in [WORDS.as_bytes().to_vec(), format!("\u{FEFF}{WORDS}").into_bytes(), gb.to_vec(), utf16, marked] {
            assert_eq!(decode(&bytes).unwrap().text, WORDS);
        }
    }

    #[test]
    fn lost_characters_and_binaries_are_refused() {
        let garbled = format!("{WORDS}第二行\u{FFFD}的字");
        assert_eq!(decode(garbled.as_bytes()).unwrap_err(), ImportError::Garbled { line: 3 });
        let mut cut = WORDS.as_bytes().to_vec();
        cut.remove(31);
        assert!(matches!(decode(&cut).unwrap_err(), ImportError::Garbled { .. }), "UTF-8 with a byte missing");
        assert!(matches!(decode(&[0, 1, 2, 3, 0xFF, 0, 7]).unwrap_err(), ImportError::Unsupported { .. }));
    }
}
