//! Citations: [`scan()`](scan) finds them in any text, `row` reads them from an item's cells, `resolve` finds what they mean.
//!
//! Three passes (extract, resolve, judge): nothing here judges, and what cannot be decided stays a value.

pub mod citation;

pub use citation::{Citation, CitedLocator, CitedNumber, Quote, Resolution};
