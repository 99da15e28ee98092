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
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
