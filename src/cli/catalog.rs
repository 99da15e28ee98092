//! `yiju catalog`: the items of a catalog file as they were read, nothing judged.

use super::{Common, Exit, Format};
use crate::catalog::{self, Catalog, Column, Field, Item};
use crate::report::json::CatalogView;
use std::fmt::Write;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// 显示从目录文件读出的列、对应关系和事项，不作判断
#[derive(Debug, clap::Args)]
pub struct CatalogArgs {
    /// 目录文件（xlsx、docx、html、csv、txt 等），或含 catalog.toml 的文件夹
    #[arg(value_name = "文件")]
    pub file: PathBuf,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

pub fn run(args: CatalogArgs, _common: &Common) -> anyhow::Result<Exit> {
    let catalogs = read(&args.file)?;
    let out = match args.format {
        Format::Text => {
            let several = (catalogs.len() > 1).then(|| format!("文件中有 {} 个目录\n", catalogs.len()));
            several.into_iter().chain(catalogs.iter().map(text)).collect::<Vec<_>>().join("\n")
        }
        Format::Json => {
            let views: Vec<CatalogView> = catalogs.iter().map(CatalogView::of).collect();
            match views.as_slice() {
                [view] => serde_json::to_string_pretty(view)?,
                views => serde_json::to_string_pretty(&serde_json::json!({ "catalogs": views }))?,
            }
        }
    };
    writeln!(std::io::stdout(), "{}", out.trim_end())?;
    Ok(Exit::Clean)
}

/// The catalogs of a file, or of a folder with its `catalog.toml`; a `catalog.toml` beside a file holds for it too.
///
/// # Errors
/// When the file cannot be read, or holds no catalog.
pub fn read(path: &Path) -> anyhow::Result<Vec<Catalog>> {
    if path.is_dir() {
        return Ok(catalog::load(path)?);
    }
    let bytes = std::fs::read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => anyhow::anyhow!("找不到文件：{}", path.display()),
        _ => anyhow::anyhow!("读不了 {}：{error}", path.display()),
    })?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name("catalog.toml");
    if let Ok(toml) = std::fs::read(&beside) {
        let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        return Ok(catalog::load_bytes(&id, &toml, &name, &bytes)?);
    }
    let document = crate::import::read(&name, &bytes)
        .map_err(|error| catalog::CatalogError::Import { file: name.clone(), error })?;
    Ok(catalog::read(&document, None)?)
}

fn text(catalog: &Catalog) -> String {
    let mut out = String::new();
    // Writing into a string cannot fail.
    let _ = writeln!(out, "{}", if catalog.title.is_empty() { "（文件中没有目录标题）" } else { &catalog.title });
    if !catalog.publisher.is_empty() {
        let _ = writeln!(out, "公开主体：{}", catalog.publisher);
    }
    let _ = writeln!(out, "事项：{} 项", catalog.items.len());
    let _ = writeln!(out, "\n列的对应关系（把握）：");
    for (column, number) in catalog.columns.iter().zip(1..) {
        let header = if column.header.is_empty() { "（无表头）" } else { &column.header };
        let _ = writeln!(out, "  {number}. {header} → {}（{:.0}%）", column.field.name(), column.confidence * 100.0);
    }
    out.push_str(&mapping_hint(catalog));
    if !catalog.notes.is_empty() {
        let _ = writeln!(out, "\n请先看：");
        for note in &catalog.notes {
            let _ = writeln!(out, "  · {note}");
        }
    }
    for item in &catalog.items {
        item_text(&mut out, item);
    }
    out
}

/// How to put a doubtful mapping right, with lines to copy; empty where the columns are plain.
fn mapping_hint(catalog: &Catalog) -> String {
    let told = |field: Field| catalog.columns.iter().any(|column| column.field == field);
    let doubtful = |column: &Column| column.confidence < 0.6 && column.field != Field::Other;
    let plain = catalog.columns.iter().all(|column| !column.header.is_empty() && !doubtful(column));
    if plain && told(Field::Path) && told(Field::Content) && told(Field::Basis) {
        return String::new();
    }
    let mut out = String::from(
        "\n对应得不对，就在文件旁放一个 catalog.toml，按表头或列号（从 1 起）写明各列，如：\n  [columns]\n",
    );
    for (column, number) in catalog.columns.iter().zip(1..) {
        let key = if column.header.is_empty() { number.to_string() } else { column.header.clone() };
        // Writing into a string cannot fail.
        let _ = writeln!(out, "  {key:?} = \"{}\"", column.field.name());
    }
    let names: Vec<&str> = Field::ALL.into_iter().map(Field::name).collect();
    let _ = writeln!(out, "含义可写：{}", names.join("、"));
    if catalog.columns.iter().all(|column| column.header.is_empty()) {
        out.push_str("文件里有表头而没有认出的，写表头的字，那一行就不再当作事项\n");
    }
    out
}

fn item_text(out: &mut String, item: &Item) {
    let origin = &item.origin;
    let place = match (&origin.sheet, &origin.cell, origin.line) {
        (Some(sheet), Some(cell), _) => format!("　[{sheet}!{cell}]"),
        (_, _, Some(line)) => format!("　[第 {line} 行]"),
        (_, Some(cell), None) => format!("　[{cell}]"),
        _ => String::new(),
    };
    let name = if item.path.is_empty() { "（没有事项名称）".to_string() } else { item.path.join(" / ") };
    let _ = writeln!(out, "\n{}. {name}{place}", item.row);
    if item.fields.is_empty() && item.other.is_empty() {
        let _ = writeln!(out, "   （其余各列没有内容）");
    }
    for (field, cell) in &item.fields {
        if *field != Field::Path {
            let _ = writeln!(out, "   {}：{}", field.name(), indented(&cell.text));
        }
    }
    for (header, text) in &item.other {
        let _ = writeln!(out, "   {header}：{}", indented(text));
    }
}

fn indented(text: &str) -> String {
    text.replace('\n', "\n      ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_does_not_say_is_said_in_words() {
        let item = Item { row: 1, ..Item::default() };
        let shown = text(&Catalog { items: vec![item], ..Catalog::default() });
        assert!(shown.starts_with("（文件中没有目录标题）\n事项：1 项\n"), "{shown}");
        assert!(shown.ends_with("\n1. （没有事项名称）\n   （其余各列没有内容）\n"), "{shown}");
    }

    #[test]
    fn a_doubtful_mapping_comes_with_lines_to_copy() {
        let column = |header: &str, field, confidence| Column { header: header.into(), field, confidence };
        let mut columns = vec![
            column("事项", Field::Path, 0.9),
            column("内容", Field::Content, 0.9),
            column("甲", Field::Basis, 0.4),
        ];
        let shown = |columns: &[Column]| text(&Catalog { columns: columns.to_vec(), ..Catalog::default() });
        assert!(shown(&columns).contains("\n  [columns]\n  \"事项\" = \"公开事项\"\n"), "{}", shown(&columns));
        assert!(shown(&columns).contains("\n  \"甲\" = \"公开依据\"\n"), "{}", shown(&columns));
        columns[2].confidence = 0.9;
        assert!(!shown(&columns).contains("catalog.toml"), "plain columns want no hint");
    }
}
