//! [`Doc`]: a rule's text taken apart: its title, its sections, and the examples that its own test runs.

use super::Rule;
use crate::catalog::{Field, FieldCell, Item};

/// The sections that every rule's text has, in this order.
pub const SECTIONS: [&str; 4] = ["为什么要紧", "会报告", "不会报告", "怎么改"];

/// The text of a rule by its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doc {
    /// 把“项”写成了“款”
    pub title: String,
    /// What it finds.
    pub what: String,
    /// Heading and words of each section.
    pub sections: Vec<(String, String)>,
}

/// One row of a catalog, column by column, as written in a rule's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    pub cells: Vec<(Field, String)>,
}

impl Rule {
    pub fn doc(&self) -> Doc {
        let mut doc = Doc { title: String::new(), what: String::new(), sections: Vec::new() };
        for line in self.doc.lines() {
            if let Some(title) = line.strip_prefix("# ") {
                doc.title = title.into();
            } else if let Some(heading) = line.strip_prefix("## ") {
                doc.sections.push((heading.into(), String::new()));
            } else {
                let words = doc.sections.last_mut().map_or(&mut doc.what, |(_, words)| words);
                words.push_str(line);
                words.push('\n');
            }
        }
        doc.what = doc.what.trim().into();
        doc.sections.iter_mut().for_each(|(_, words)| *words = words.trim().into());
        doc
    }
}

impl Doc {
    pub fn section(&self, heading: &str) -> &str {
        self.sections.iter().find(|(own, _)| own == heading).map_or("", |(_, words)| words)
    }

    /// Rows that must raise the rule.
    pub fn raises(&self) -> Vec<Example> {
        examples(self.section(SECTIONS[1]))
    }

    /// Rows that must not.
    pub fn silent(&self) -> Vec<Example> {
        examples(self.section(SECTIONS[2]))
    }
}

impl Example {
    /// The example as an item that was read from a file.
    pub fn item(&self, row: u32) -> Item {
        let mut item = Item { row, ..Item::default() };
        for (field, text) in &self.cells {
            match field {
                Field::Path => item.path = vec![text.clone()],
                _ => {
                    item.fields.insert(*field, FieldCell { text: text.clone(), ..FieldCell::default() });
                }
            }
        }
        item
    }
}

/// The rows of the Markdown tables in a section.
fn examples(words: &str) -> Vec<Example> {
    let mut columns: Option<Vec<Field>> = None;
    let mut examples = Vec::new();
    for line in words.lines() {
        let Some(cells) = line.trim().strip_prefix('|').and_then(|l| l.strip_suffix('|')) else {
            columns = None;
            continue;
        };
        let cells: Vec<&str> = cells.split('|').map(str::trim).collect();
        if cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| c == '-')) {
            continue;
        }
        match &columns {
            None => columns = Some(cells.iter().map(|header| Field::named(header).unwrap_or(Field::Other)).collect()),
            Some(fields) => {
                let cells = fields.iter().zip(cells).map(|(field, cell)| (*field, cell.to_string()));
                examples.push(Example { cells: cells.collect() });
            }
        }
    }
    examples
}
