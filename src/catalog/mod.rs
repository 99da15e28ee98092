//! A disclosure catalog (主动公开事项目录): [`Catalog`] of [`Item`]s, read from the tables of a `Document`.

pub mod item;

pub use item::{Catalog, Field, FieldCell, Item};
