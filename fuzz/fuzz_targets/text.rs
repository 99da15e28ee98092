//! Any text as a dump, csv, Markdown, HTML, JSON or XML file: the name decides nothing but ties.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: {
        // Converters are other programs: without a path none is found.
        unsafe { std::env::set_var("PATH", "") };
    },
    |text: &str| {
        for name in ["a.txt", "a.csv"] {
            if let Ok(document) = yiju::import::read(name, text.as_bytes()) {
                let _ = yiju::catalog::read(&document, None);
            }
        }
    }
);
