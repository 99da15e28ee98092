//! Characters, before any law is read into them: folding with an offset map, numerals, spans.

pub mod fold;
pub mod hash;
pub mod numeral;
pub mod span;

pub use fold::Folded;
pub use span::{CodePoints, Span};
