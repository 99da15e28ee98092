//! Any text as running text: every span in it, every quotation what stands there.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use yiju::cite::{Names, scan};

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    Names::from_titles(["中华人民共和国预算法", "预算法", "预算法实施条例", "政府信息公开条例", "党务公开条例（试行）"])
});

fuzz_target!(|text: &str| {
    for citation in scan(text, &NAMES) {
        assert!(text.get(citation.span.start..citation.span.end).is_some());
        if let Some(quote) = citation.quote {
            assert_eq!(quote.span.of(text), quote.text);
        }
    }
});
