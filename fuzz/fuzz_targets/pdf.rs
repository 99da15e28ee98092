//! Pages of a PDF as the converters describe them: any description, or words and lines wherever the bytes put them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::fmt::Write;

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let (boxes, drawing) = if kind % 2 == 0 {
        let text = String::from_utf8_lossy(rest);
        let (boxes, drawing) = text.split_once('\u{1}').unwrap_or((&text, ""));
        (boxes.to_string(), drawing.to_string())
    } else {
        drawn(rest)
    };
    if let Ok(Some(document)) = yiju::import::read_pdf_pages("a.pdf", &boxes, &drawing) {
        let _ = yiju::catalog::read(&document, None);
    }
});

/// Every five bytes are a page end, a line or a word.
fn drawn(bytes: &[u8]) -> (String, String) {
    const WORDS: [&str; 8] = ["事项", "公开内容", "公开依据", "《预算法》第五条", "1", "第", "及时", "局"];
    let (mut boxes, mut drawing) = (String::from("<html><body><doc><page>"), String::from("<svg><page>"));
    for part in bytes.chunks_exact(5) {
        let [what, a, b, c, d] = [0, 1, 2, 3, 4].map(|n| part.get(n).copied().unwrap_or_default());
        let _ = match what % 16 {
            0 => {
                boxes.push_str("</page><page>");
                write!(drawing, "</page><page>")
            }
            1..8 => write!(drawing, "<path stroke=\"black\" d=\"M {a} {b} L {c} {d}\"/>"),
            n => {
                let word = WORDS.get(usize::from(n) % 8).copied().unwrap_or_default();
                write!(boxes, "<word xMin=\"{a}\" yMin=\"{b}\" xMax=\"{c}\" yMax=\"{d}\">{word}</word>")
            }
        };
    }
    (boxes + "</page></doc></body></html>", drawing + "</page></svg>")
}
