//! [`CatalogFile`]: `catalog.toml`, what a person says about a catalog that its file does not.

use super::Field;
use crate::text::fold;
use jiff::civil::Date;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// Everything is optional: what is given goes before what the file says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CatalogFile {
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub region: Option<String>,
    /// Address or place of publication.
    pub source: Option<String>,
    /// Day of publication, `2024-05-01`: decides which versions the citations mean.
    pub date: Option<Date>,
    /// The catalog's file in the folder; `source.*` when not given.
    pub file: Option<String>,
    /// Meaning of columns, by header (`"具体条款" = "条款内容"`) or by number from 1 (`"6" = "clause"`).
    #[serde(deserialize_with = "meanings")]
    pub columns: BTreeMap<String, Field>,
}

impl CatalogFile {
    /// The headers by which columns are named, folded; numbers of columns are none.
    pub(super) fn headers(&self) -> Vec<String> {
        let names = self.columns.keys().filter(|name| name.parse::<usize>().is_err());
        names.map(|name| fold::fold(name).text).filter(|name| !name.is_empty()).collect()
    }

    /// The meaning fixed for a column, by its header or by its number (from 0).
    pub fn field_of(&self, header: &str, number: usize) -> Option<Field> {
        let wanted = fold::fold(header).text;
        let by_name = self.columns.iter().find(|(name, _)| !wanted.is_empty() && fold::fold(name).text == wanted);
        by_name.map(|(_, field)| *field).or_else(|| self.columns.get(&(number + 1).to_string()).copied())
    }
}

fn meanings<'de, D: Deserializer<'de>>(given: D) -> Result<BTreeMap<String, Field>, D::Error> {
    let given = BTreeMap::<String, String>::deserialize(given)?;
    let meaning = |(header, name): (String, String)| match Field::named(name.trim()) {
        Some(field) => Ok((header, field)),
        None => {
            let known = Field::ALL.map(|field| format!("{}（{}）", field.name(), field.code())).join("、");
            Err(D::Error::custom(format!("[columns] 中“{header}”的含义“{name}”不认识，可写 {known}")))
        }
    };
    given.into_iter().map(meaning).collect()
}
