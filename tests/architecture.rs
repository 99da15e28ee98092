//! Holds the modules to the flow of data: each uses only those above it in `lib.rs`.

use std::path::{Path, PathBuf};

fn modules(lib: &str) -> Vec<String> {
    lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).map(str::to_string).collect()
}

/// The top modules that one source file names by `crate::`.
fn used(source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (line, number) in source.lines().zip(1..) {
        let code = line.split("//").next().unwrap_or_default();
        for (at, _) in code.match_indices("crate::") {
            let rest = &code[at + "crate::".len()..];
            let names = rest.strip_prefix('{').map_or(vec![rest], |list| list.split([',', '}']).collect());
            for name in names {
                let name: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                found.push((number, name));
            }
        }
    }
    found
}

fn backward_arrows(modules: &[String], own: &str, source: &str) -> Vec<String> {
    let rank = |name: &str| modules.iter().position(|m| m == name);
    used(source)
        .into_iter()
        .filter(|(_, name)| matches!((rank(name), rank(own)), (Some(used), Some(own)) if used > own))
        .map(|(line, name)| format!("{own}:{line} uses {name}"))
        .collect()
}

fn sources(dir: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push(path);
        }
    }
}

#[test]
fn no_module_uses_one_below_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let modules = modules(&std::fs::read_to_string(src.join("lib.rs")).unwrap());
    assert!(modules.len() > 5, "lib.rs lists its modules as `pub mod name;`");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut arrows = Vec::new();
    for file in files {
        let relative = file.strip_prefix(&src).unwrap();
        let top = relative.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        arrows.extend(backward_arrows(&modules, top, &std::fs::read_to_string(&file).unwrap()));
    }
    assert_eq!(arrows, Vec::<String>::new());
}

#[test]
fn an_arrow_against_the_flow_is_seen() {
    let modules = ["text", "law", "cite"].map(str::to_string);
    assert_eq!(backward_arrows(&modules, "law", "use crate::cite::Citation;"), ["law:1 uses cite"]);
    assert_eq!(backward_arrows(&modules, "law", "use crate::{text, cite::scan};"), ["law:1 uses cite"]);
    assert!(backward_arrows(&modules, "cite", "use crate::law::Corpus; // crate::cite").is_empty());
}
