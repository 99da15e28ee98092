//! Records with named fields (JSON, XML) → [`Document`]: one table whose header is the fields' names.

use super::document::{Block, Cell, Document, Origin, Paragraph, Row, Table, cell_name};
use super::xml::{self, Element};
use super::{ImportError, limits, markup};
use serde_json::Value;

/// One record: fields with their words, in the order of the file.
type Record = Vec<(String, String)>;

/// JSON: the longest list of objects in it, or one object a line.
pub(super) fn read_json(file: &str, text: &str) -> Result<Document, ImportError> {
    let broken = |reason: String| ImportError::Broken { format: "JSON", reason };
    let values: Result<Vec<Value>, _> = serde_json::Deserializer::from_str(text).into_iter::<Value>().collect();
    let mut values = values.map_err(|error| broken(format!("第 {} 行不合语法", error.line())))?;
    let root = if values.len() == 1 { values.remove(0) } else { Value::Array(values) };
    let mut lists = Vec::new();
    lists_of(&root, &mut lists);
    let list = lists.into_iter().max_by_key(|list| list.len()).ok_or_else(|| broken("里面没有成列的记录".into()))?;
    let records = list.iter().filter_map(Value::as_object).map(|object| {
        let mut record = Record::new();
        for (key, value) in object {
            fields(key, value, &mut record);
        }
        record
    });
    let records: Vec<Record> = records.collect();
    let titles = ["title", "标题", "publisher"].iter().filter_map(|key| root.get(key)?.as_str().map(|t| (*key, t)));
    let titles =
        titles.map(|(key, text)| if key == "publisher" { format!("公开主体：{text}") } else { text.to_string() });
    table(file, titles.collect(), &records)
}

fn lists_of<'v>(value: &'v Value, into: &mut Vec<&'v Vec<Value>>) {
    match value {
        Value::Array(list) if list.iter().any(Value::is_object) => {
            into.push(list);
        }
        Value::Object(object) => object.values().for_each(|value| lists_of(value, into)),
        _ => {}
    }
}

fn fields(key: &str, value: &Value, into: &mut Record) {
    match value {
        Value::String(text) => into.push((key.to_string(), markup::words(text))),
        Value::Number(number) => into.push((key.to_string(), number.to_string())),
        Value::Bool(true) => into.push((key.to_string(), "是".into())),
        Value::Array(list) if key == "path" => {
            for (level, number) in list.iter().zip(1..) {
                into.push((format!("path{number}"), level.as_str().unwrap_or_default().to_string()));
            }
        }
        Value::Array(list) => {
            let words: Vec<String> = list.iter().filter_map(|v| v.as_str().map(markup::words)).collect();
            into.push((key.to_string(), words.join("\n")));
        }
        // What an object inside a record holds are fields of the record.
        Value::Object(object) if key != "origin" => object.iter().for_each(|(key, value)| fields(key, value, into)),
        _ => {}
    }
}

/// XML: the longest run of elements of one name that have named children.
pub(super) fn read_xml(file: &str, text: &str) -> Result<Document, ImportError> {
    let root = xml::parse(text, "XML")?;
    let mut best: Vec<&Element> = Vec::new();
    runs(&root, &mut best);
    if best.is_empty() {
        return Err(ImportError::Broken { format: "XML", reason: "里面没有成列的记录".into() });
    }
    let record = |element: &&Element| -> Record {
        let attributes = element.attributes.iter().cloned();
        let children = element.elements().map(|child| {
            let name = child.attribute("name").unwrap_or(&child.name);
            (name.to_string(), markup::words(&child.text()))
        });
        attributes.chain(children).collect()
    };
    table(file, Vec::new(), &best.iter().map(record).collect::<Vec<_>>())
}

fn runs<'e>(element: &'e Element, best: &mut Vec<&'e Element>) {
    let mut names: Vec<(&str, Vec<&Element>)> = Vec::new();
    for child in element.elements() {
        if child.elements().next().is_some() || child.attributes.len() > 2 {
            match names.iter_mut().find(|(name, _)| *name == child.name) {
                Some((_, run)) => run.push(child),
                None => names.push((&child.name, vec![child])),
            }
        }
        runs(child, best);
    }
    for (_, run) in names {
        if run.len() > best.len() {
            *best = run;
        }
    }
}

fn table(file: &str, titles: Vec<String>, records: &[Record]) -> Result<Document, ImportError> {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in records.iter().flatten() {
        if !names.contains(&name.as_str()) {
            limits::within("字段数", names.len() as u64 + 1, limits::COLUMNS)?;
            names.push(name);
        }
    }
    limits::within("单元格数", names.len() as u64 * records.len() as u64, limits::CELLS)?;
    let row = |number: usize, words: Vec<String>| {
        let origin =
            |column: usize| Origin { cell: Some(cell_name(column as u32, number as u32)), ..Origin::default() };
        let cells = words.into_iter().enumerate().map(|(column, text)| Cell::new(text, origin(column))).collect();
        Row { cells, origin: origin(0), page_end: false }
    };
    let mut table =
        Table { rows: vec![row(1, names.iter().map(|name| name.to_string()).collect())], ..Table::default() };
    for (number, record) in records.iter().enumerate() {
        let words = names.iter().map(|name| {
            let values: Vec<&str> =
                record.iter().filter(|(n, v)| n == name && !v.is_empty()).map(|(_, v)| v.as_str()).collect();
            values.join("\n")
        });
        table.rows.push(row(number + 2, words.collect()));
    }
    if names.is_empty() {
        return Err(ImportError::Empty);
    }
    let mut blocks: Vec<Block> = titles
        .into_iter()
        .map(|text| Block::Paragraph(Paragraph { text, origin: Origin::default(), heading: Some(1) }))
        .collect();
    blocks.push(Block::Table(table));
    Ok(Document { file: file.to_string(), blocks, notes: Vec::new() })
}
