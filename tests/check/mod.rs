//! check: every rule by its own text, the verdicts, and whole catalogs.

mod catalogs;
mod rules;
mod verdicts;

use std::path::Path;
use std::sync::LazyLock;
use yiju::catalog::{Catalog, Field, FieldCell, Item};
use yiju::check::{Checked, Checker, check};
use yiju::cite::Names;
use yiju::law::Corpus;
use yiju::quote::Index;

pub static CORPUS: LazyLock<Corpus> =
    LazyLock::new(|| Corpus::load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")]).unwrap());
static NAMES: LazyLock<Names> = LazyLock::new(|| Names::of(&CORPUS));
static INDEX: LazyLock<Index> = LazyLock::new(|| Index::build(&CORPUS));

/// The day on which these tests stand still.
pub const TODAY: &str = "2026-11-22";

pub fn checked(catalog: &Catalog) -> Checked {
    let checker =
        Checker { corpus: &CORPUS, names: &NAMES, quotes: &INDEX, today: TODAY.parse().unwrap(), propose: None };
    check(&checker, catalog)
}

pub fn catalog_of(items: Vec<Item>) -> Catalog {
    Catalog { title: "测试目录".into(), items, ..Catalog::default() }
}

/// An item of these cells.
pub fn item(row: u32, cells: &[(Field, &str)]) -> Item {
    let mut item = Item { row, ..Item::default() };
    for (field, text) in cells {
        item.fields.insert(*field, FieldCell { text: (*text).into(), ..FieldCell::default() });
    }
    item
}
