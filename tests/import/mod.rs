//! import: end to end.

mod hostile;
