//! Catalogs read from files: every item found, every cell in its field.

mod bodies;
mod damage;
mod dumps;
mod formats;
mod layouts;
pub mod make;
mod office;
mod published;
mod rewrite;

use yiju::catalog::{self, Catalog, Field};
use yiju::import;

fn catalogs(name: &str, bytes: &[u8]) -> Vec<Catalog> {
    catalog::read(&import::read(name, bytes).unwrap(), None).unwrap()
}

fn catalog(name: &str, bytes: &[u8]) -> Catalog {
    let mut found = catalogs(name, bytes);
    assert_eq!(found.len(), 1, "{name}: one catalog");
    found.remove(0)
}

/// `levels | field | field …` of every item.
fn lines(catalog: &Catalog, fields: &[Field]) -> Vec<String> {
    let line = |item: &catalog::Item| {
        let mut parts = vec![item.path.join("/")];
        parts.extend(fields.iter().map(|field| item.text(*field).replace('\n', "⏎")));
        parts.join(" | ")
    };
    catalog.items.iter().map(line).collect()
}

/// A catalog as one line an item: levels, then each field with its words, long ones cut.
fn digest(catalog: &Catalog) -> String {
    let mut out = format!("{} · {} · {} items\n", catalog.title, catalog.publisher, catalog.items.len());
    for item in &catalog.items {
        out.push_str(&format!("{} {}\n", item.row, item.path.join(" / ")));
        for (field, cell) in &item.fields {
            out.push_str(&format!("    {}: {}\n", field.code(), cut(&cell.text)));
        }
        for (header, text) in &item.other {
            out.push_str(&format!("    [{header}] {}\n", cut(text)));
        }
    }
    for note in &catalog.notes {
        out.push_str(&format!("note: {note}\n"));
    }
    out
}

/// Beginning, number of characters between, end: enough to see a word lost anywhere.
fn cut(text: &str) -> String {
    let chars: Vec<char> = text.chars().map(|c| if c == '\n' { '⏎' } else { c }).collect();
    if chars.len() <= 46 {
        return chars.into_iter().collect();
    }
    let part = |chars: &[char]| chars.iter().collect::<String>();
    format!("{} …{}… {}", part(&chars[..24]), chars.len() - 40, part(&chars[chars.len() - 16..]))
}

fn values(catalog: &Catalog, field: Field) -> Vec<&str> {
    catalog.items.iter().map(|item| item.text(field)).collect()
}
