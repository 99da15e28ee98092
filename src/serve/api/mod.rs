//! The API; each file holds one resource. Shapes are those of [`crate::report::json`].

pub mod regulations;
pub mod search;
