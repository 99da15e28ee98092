//! [`Catalog`] and [`Item`]: one body's table, one row an item, each field with where its cell came from.

use crate::import::Origin;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a column means. The order is that of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// 公开事项, by level; the levels of an item are in `Item::path`, this names their columns.
    Path,
    /// 公开内容
    Content,
    /// 公开依据
    Basis,
    /// 条款内容, 具体条款
    Clause,
    /// 依据效力位阶
    EffectLevel,
    /// 公开时限
    Deadline,
    /// 公开主体
    Publisher,
    /// 公开渠道和载体
    Channel,
    /// 公开对象, 公开范围
    Audience,
    /// 责任科室
    Department,
    /// 公开方式, 事项类别: 主动, 依申请, 法定公开
    Disclosure,
    /// A column that is none of these; its header says what.
    Other,
}

/// The words of one field of one item, as published but for carried-down and rejoined cells.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FieldCell {
    pub text: String,
    /// The cell in which the words start; two items with one origin share a merged cell.
    pub origin: Origin,
    /// Further cells whose words were joined to these: rows torn by a page break, further lines of one item.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub continued: Vec<Origin>,
}

impl FieldCell {
    /// The words of one cell.
    pub fn new(text: impl Into<String>, origin: Origin) -> Self {
        FieldCell { text: text.into(), origin, continued: Vec::new() }
    }
}

/// One row: what is disclosed, and on which basis.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Number of the item in its catalog, from 1, in the order of the file.
    pub row: u32,
    /// 一级, 二级, 三级事项, outermost first, carried down over merged cells.
    pub path: Vec<String>,
    pub fields: BTreeMap<Field, FieldCell>,
    /// Cells of columns that mean none of the fields: header → words.
    pub other: BTreeMap<String, String>,
    /// Where the row starts.
    pub origin: Origin,
    /// The row has no basis of its own: that of the row above was taken for it, though the file does not say that the
    /// cells are merged.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub carried: bool,
}

/// One body's catalog.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalog {
    /// The folder name in the corpus, or the file's name.
    pub id: String,
    pub title: String,
    pub publisher: String,
    pub region: Option<String>,
    /// The date of publication, which decides the versions its citations mean, where it is known.
    pub date: Option<Date>,
    /// Where it was published.
    pub source: Option<String>,
    pub file: String,
    pub columns: Vec<Column>,
    pub items: Vec<Item>,
    /// What a person should look at before judging (shifted rows, joined rows, duplicates), in Chinese.
    pub notes: Vec<String>,
}

/// One column of the table as it was understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The header's words, levels of a two-row header joined by /; empty when it was lost.
    pub header: String,
    pub field: Field,
    /// 0–1: how sure the reading is, from header and content together.
    pub confidence: f32,
}

impl Item {
    /// The words of a field; empty where the catalog has none.
    pub fn text(&self, field: Field) -> &str {
        self.fields.get(&field).map_or("", |cell| cell.text.as_str())
    }

    /// Levels and content, the words that say what is disclosed.
    pub fn subject(&self) -> String {
        let mut words: Vec<&str> = self.path.iter().map(String::as_str).collect();
        words.push(self.text(Field::Content));
        words.join(" ")
    }
}

impl Field {
    /// Every field, in the order of the interface.
    pub const ALL: [Field; 12] = [
        Field::Path,
        Field::Content,
        Field::Basis,
        Field::Clause,
        Field::EffectLevel,
        Field::Deadline,
        Field::Publisher,
        Field::Channel,
        Field::Audience,
        Field::Department,
        Field::Disclosure,
        Field::Other,
    ];

    /// The field of a name in JSON or of a column's usual name: `basis`, 公开依据.
    pub fn named(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.code() == name || field.name() == name)
    }

    /// The name in JSON: `basis`, `effect_level`.
    pub fn code(self) -> &'static str {
        match self {
            Field::Path => "path",
            Field::Content => "content",
            Field::Basis => "basis",
            Field::Clause => "clause",
            Field::EffectLevel => "effect_level",
            Field::Deadline => "deadline",
            Field::Publisher => "publisher",
            Field::Channel => "channel",
            Field::Audience => "audience",
            Field::Department => "department",
            Field::Disclosure => "disclosure",
            Field::Other => "other",
        }
    }

    /// The column's usual name in a catalog.
    pub fn name(self) -> &'static str {
        match self {
            Field::Path => "公开事项",
            Field::Content => "公开内容",
            Field::Basis => "公开依据",
            Field::Clause => "条款内容",
            Field::EffectLevel => "效力位阶",
            Field::Deadline => "公开时限",
            Field::Publisher => "公开主体",
            Field::Channel => "公开渠道",
            Field::Audience => "公开对象",
            Field::Department => "责任科室",
            Field::Disclosure => "公开方式",
            Field::Other => "其他",
        }
    }
}
