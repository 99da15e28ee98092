//! [`ItemView`] and [`CatalogView`]: a catalog as it was read, nothing judged.

use crate::catalog::item::{Catalog, Column, Field, Item};
use crate::import::Origin;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ItemView {
    /// `Item::row`: number of the item in its catalog, from 1.
    pub row: u32,
    pub path: Vec<String>,
    pub content: String,
    pub basis: String,
    pub clause: String,
    pub effect_level: String,
    pub deadline: String,
    pub publisher: String,
    pub channel: String,
    pub audience: String,
    pub department: String,
    pub disclosure: String,
    /// Columns that mean none of these: header → words.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, String>,
    pub origin: OriginView,
}

/// Where a row starts: the file's name, and its line or its sheet and cell.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OriginView {
    pub file: String,
    #[serde(flatten)]
    pub place: Origin,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CatalogView {
    pub id: String,
    pub title: String,
    pub publisher: String,
    pub region: Option<String>,
    pub date: Option<String>,
    pub source: Option<String>,
    pub columns: Vec<ColumnView>,
    pub items: Vec<ItemView>,
    /// What a person should look at before judging, in Chinese.
    pub notes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ColumnView {
    pub header: String,
    pub field: &'static str,
    /// 0–1: how sure the reading is.
    pub confidence: f32,
}

impl ItemView {
    pub fn of(item: &Item, catalog: &Catalog) -> Self {
        let text = |field| item.text(field).to_string();
        ItemView {
            row: item.row,
            path: item.path.clone(),
            content: text(Field::Content),
            basis: text(Field::Basis),
            clause: text(Field::Clause),
            effect_level: text(Field::EffectLevel),
            deadline: text(Field::Deadline),
            publisher: text(Field::Publisher),
            channel: text(Field::Channel),
            audience: text(Field::Audience),
            department: text(Field::Department),
            disclosure: text(Field::Disclosure),
            other: item.other.clone(),
            origin: OriginView { file: catalog.file.clone(), place: item.origin.clone() },
        }
    }
}

impl CatalogView {
    pub fn of(catalog: &Catalog) -> Self {
        let column =
            |c: &Column| ColumnView { header: c.header.clone(), field: c.field.code(), confidence: c.confidence };
        CatalogView {
            id: catalog.id.clone(),
            title: catalog.title.clone(),
            publisher: catalog.publisher.clone(),
            region: catalog.region.clone(),
            date: catalog.date.map(|date| date.to_string()),
            source: catalog.source.clone(),
            columns: catalog.columns.iter().map(column).collect(),
            items: catalog.items.iter().map(|item| ItemView::of(item, catalog)).collect(),
            notes: catalog.notes.clone(),
        }
    }
}
