//! Measuring: citations, search and basis against gold answers.

pub mod citations;
