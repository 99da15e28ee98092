//! Any bytes as a file of any kind: read, understood as a catalog, written back with a cell changed.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: {
        // Converters are other programs: without a path none is found.
        unsafe { std::env::set_var("PATH", "") };
        // The library for workbooks may panic on damaged ones; the reader catches that, any other panic is a bug.
        std::panic::set_hook(Box::new(|panic| {
            if !panic.location().is_some_and(|place| place.file().contains("calamine")) {
                eprintln!("{panic}");
                std::process::abort();
            }
        }));
    },
    |bytes: &[u8]| {
        if let Ok(document) = yiju::import::read("file", bytes)
            && let Ok(catalogs) = yiju::catalog::read(&document, None)
        {
            let cell = catalogs.iter().flat_map(|c| &c.items).flat_map(|item| item.fields.values()).next();
            let edits: Vec<_> = cell.map(|cell| (cell.origin.clone(), "改\n行".to_string())).into_iter().collect();
            let _ = yiju::import::rewrite(bytes, &document, &edits);
        }
    }
);
