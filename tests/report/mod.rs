//! Reports: the JSON shapes first, then what people read.

mod akn;
mod command;
mod fix;
mod hostile;
mod html;
mod json;
mod sample;
mod sarif;
mod text;
mod xlsx;
