//! Bytes of a file → [`Document`]: paragraphs and tables with their origin, no law in it yet.
//!
//! The only code that knows file formats; regulations and catalogs both read a `Document`, so a new format serves both.

pub mod document;

pub use document::{Block, Cell, Document, Origin, Paragraph, Row, Table};
