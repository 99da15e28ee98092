//! Any text, cut at its first tab, as the basis and the clause cell of an item.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use yiju::catalog::{Field, FieldCell, Item};
use yiju::cite::{Names, row};

static NAMES: LazyLock<Names> =
    LazyLock::new(|| Names::from_titles(["中华人民共和国预算法", "预算法", "预算法实施条例", "政府信息公开条例"]));

fuzz_target!(|text: &str| {
    let (basis, clause) = text.split_once('\t').unwrap_or((text, text));
    let cell = |text: &str| FieldCell { text: text.into(), ..FieldCell::default() };
    let fields = [(Field::Basis, cell(basis)), (Field::Clause, cell(clause)), (Field::Content, cell(basis))];
    let item = Item { fields: fields.into(), ..Item::default() };
    for citation in row::read(&item, &NAMES) {
        let text = citation.column.map_or("", |column| item.text(column));
        assert!(text.get(citation.span.start..citation.span.end).is_some());
        if let Some(quote) = citation.quote {
            assert_eq!(quote.span.of(text), quote.text);
        }
    }
});
