//! The API; each file holds one resource. Shapes are those of [`crate::report::json`].

pub mod basis;
pub mod catalogs;
pub mod check;
pub mod regulations;
pub mod search;
pub mod suggest;
