//! import: end to end.
