//! [`CatalogFile`]: `catalog.toml`, what a person says about a catalog that its file does not.

use super::Field;
use crate::text::fold;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
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
    /// Meaning of columns, by header (`"具体条款" = "clause"`) or by number from 1 (`"6" = "clause"`).
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
