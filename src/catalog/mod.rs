//! A disclosure catalog (主动公开事项目录): [`Catalog`] of [`Item`]s, read from the tables of a `Document`.
//!
//! The line: `grid` one stream of rows → `section` cut at the headers → `columns` what each column means →
//! `align` each cell in its column → `torn` rows put together → `items`.

mod align;
mod cards;
mod columns;
mod error;
mod evidence;
mod file;
mod flow;
mod folder;
mod grid;
pub mod item;
mod items;
mod piped;
mod read;
mod rows;
mod section;
mod title;
mod torn;
mod words;

pub use error::CatalogError;
pub use file::CatalogFile;
pub use folder::{load, load_bytes, load_folder};
pub use item::{Catalog, Column, Field, FieldCell, Item};
pub use read::read;
