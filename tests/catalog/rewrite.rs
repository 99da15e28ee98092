//! The corrected copy of a file: the wanted cells changed, everything else as it was, in every format that allows it.

use super::make::Sheet;
use super::published::{IDS, published};
use yiju::catalog::{self, Catalog, Field, Item};
use yiju::import;

fn reread(name: &str, bytes: &[u8]) -> (import::Document, Catalog) {
    let document = import::read(name, bytes).unwrap();
    let catalog = catalog::read(&document, None).unwrap().remove(0);
    (document, catalog)
}

/// An item without its origins: lines move when a cell gets more or fewer of them.
fn words(item: &Item) -> String {
    let fields: Vec<(Field, &str)> = item.fields.iter().map(|(field, cell)| (*field, cell.text.as_str())).collect();
    format!("{:?} {fields:?} {:?}", item.path, item.other)
}

#[test]
fn each_format_takes_corrected_words_back() {
    let published = published("etuoke-yibaoju");
    let sheet = Sheet::from(&published);
    let source =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/catalogs/etuoke-yibaoju/source.txt")).unwrap();
    for (name, bytes) in [
        ("a.xlsx", Sheet::xlsx(&[("目录", &sheet)])),
        ("a.docx", sheet.docx()),
        ("a.html", sheet.html()),
        ("a.csv", sheet.csv_gb18030()),
        ("a.md", sheet.markdown()),
        ("a.txt", source),
    ] {
        let (document, catalog) = reread(name, &bytes);
        let clause = &catalog.items[3].fields[&Field::Clause];
        let corrected = clause.text.replace("试行政处罚", "实施行政处罚");
        assert_ne!(corrected, clause.text, "{name}");
        let content = &catalog.items[6].fields[&Field::Content];
        let lines = "甲 & 乙 <丙>\n第二行";
        let edits = [(clause.origin.clone(), corrected.clone()), (content.origin.clone(), lines.to_string())];
        let changed = import::rewrite(&bytes, &document, &edits).unwrap().expect(name);
        let (_, again) = reread(name, &changed);
        for (before, after) in catalog.items.iter().zip(&again.items) {
            let mut expected = before.clone();
            if before.row == 4 {
                expected.fields.get_mut(&Field::Clause).unwrap().text = corrected.clone();
            }
            if before.row == 7 {
                expected.fields.get_mut(&Field::Content).unwrap().text = lines.to_string();
            }
            assert_eq!(words(&expected), words(after), "{name} item {}", before.row);
        }
        assert_eq!(
            import::rewrite(&bytes, &document, &[]).unwrap().map(|b| reread(name, &b).1.items),
            Some(catalog.items)
        );
    }
}

#[test]
fn what_cannot_be_changed_for_certain_is_refused() {
    for id in IDS {
        let path = format!("{}/corpus/catalogs/{id}/source.txt", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(path).unwrap();
        let (document, _) = reread("source.txt", &bytes);
        let nowhere = import::Origin { line: Some(9999), sheet: None, cell: Some("A9999".into()) };
        assert_eq!(import::rewrite(&bytes, &document, &[(nowhere, "x".into())]).unwrap(), None);
    }
    let json = r#"[{"公开事项":"机构概况","公开内容":"机构职能","公开依据":"条例"}]"#.as_bytes();
    let (document, catalog) = reread("a.json", json);
    let edit = (catalog.items[0].fields[&Field::Basis].origin.clone(), "x".to_string());
    assert_eq!(import::rewrite(json, &document, &[edit]).unwrap(), None);
}
