//! [`Document`]: what a file says, block by block, each knowing where it stood.

use serde::{Deserialize, Serialize};

/// A file as paragraphs and tables, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The file's name as given, for messages and origins; never a path of a server.
    pub file: String,
    pub blocks: Vec<Block>,
    /// What a reader of the result has to know (hidden sheets, rows cut, an encoding that was guessed), in Chinese.
    pub notes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Block {
    Paragraph(Paragraph),
    Table(Table),
}

/// Where a paragraph or cell stands in its file. Lines and sheets are counted from 1; a cell is `B7`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Origin {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Paragraph {
    pub text: String,
    pub origin: Origin,
    /// 1 for a title or `# `, 2 for `## ` and so on, where the format says so.
    pub heading: Option<u8>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    pub rows: Vec<Row>,
    /// The name of the sheet, or the caption, where there is one.
    pub name: Option<String>,
    pub origin: Origin,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub cells: Vec<Cell>,
    pub origin: Origin,
    /// A page ended after this row (an empty line, a new table): the next row may go on with its words.
    #[serde(default)]
    pub page_end: bool,
}

/// One cell. A merged region has its words in its first cell; the cells it covers are there, empty, and say so.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    pub text: String,
    pub origin: Origin,
    /// Rows and columns covered from here, both at least 1 (`colspan`, `rowspan`, merged regions).
    pub rows: u32,
    pub columns: u32,
    /// Covered by a merged region that starts further up or to the left.
    pub covered: bool,
}

impl Document {
    /// Its tables in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
    }
}

impl Cell {
    /// A cell of its own, not merged with any other.
    pub fn new(text: impl Into<String>, origin: Origin) -> Self {
        Cell { text: text.into(), origin, rows: 1, columns: 1, covered: false }
    }
}

impl Origin {
    pub fn line(line: u32) -> Self {
        Origin { line: Some(line), ..Default::default() }
    }
}

/// `B7` for column 1 (from 0) and row 7 (from 1).
pub fn cell_name(column: u32, row: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        letters.push(b'A' + (rest % 26) as u8);
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.reverse();
    format!("{}{row}", String::from_utf8_lossy(&letters))
}

/// Column (from 0) and row (from 1) of `B7`; `None` for anything else.
pub fn cell_place(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    let mut column = 0u32;
    for letter in letters.bytes() {
        if !letter.is_ascii_uppercase() {
            return None;
        }
        column = column.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1)?;
    }
    Some((column.checked_sub(1)?, row.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cell_names_lead_back_to_their_places() {
        for (column, name) in [(0, "A7"), (25, "Z7"), (26, "AA7"), (701, "ZZ7"), (702, "AAA7")] {
            assert_eq!(cell_name(column, 7), name);
            assert_eq!(cell_place(name), Some((column, 7)));
        }
        for name in ["", "7", "A", "a7", "A7B"] {
            assert_eq!(cell_place(name), None, "{name}");
        }
    }
}
