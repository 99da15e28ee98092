//! The four published catalogs, kept in every format of an office: the same items from each.

use super::make::Sheet;
use super::published::{IDS, published};
use yiju::catalog::{self, Catalog};
use yiju::import;

/// Levels and words of every item, in order: what must not depend on the format.
fn items(catalog: &Catalog) -> Vec<String> {
    catalog
        .items
        .iter()
        .map(|item| {
            let fields: Vec<String> =
                item.fields.iter().map(|(field, cell)| format!("{}={}", field.code(), cell.text)).collect();
            format!("{} | {} | {:?}", item.path.join("/"), fields.join(" | "), item.other)
        })
        .collect()
}

fn reread(name: &str, bytes: &[u8]) -> Catalog {
    let document = import::read(name, bytes).unwrap();
    let mut catalogs = catalog::read(&document, None).unwrap();
    assert_eq!(catalogs.len(), 1, "{name}");
    catalogs.remove(0)
}

#[test]
fn every_format_gives_the_same_items() {
    for id in IDS {
        let catalog = published(id);
        let sheet = Sheet::from(&catalog);
        for (name, bytes) in [
            ("a.xlsx", Sheet::xlsx(&[("目录", &sheet)])),
            ("a.docx", sheet.docx()),
            ("a.html", sheet.html()),
            ("a.csv", sheet.csv_gb18030()),
            ("a.md", sheet.markdown()),
        ] {
            let read = reread(name, &bytes);
            let (left, right) = (items(&read), items(&catalog));
            for (left, right) in left.iter().zip(&right) {
                assert_eq!(left, right, "{id} as {name}");
            }
            assert_eq!(left.len(), right.len(), "{id} as {name}");
            assert_eq!(read.title, catalog.title, "{id} as {name}");
        }
    }
}
