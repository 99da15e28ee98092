//! Reports: the JSON shapes first, then what people read.

mod json;
mod sample;
mod text;
