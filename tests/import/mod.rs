//! import: end to end.

mod hostile;
mod large;
mod pdf;
