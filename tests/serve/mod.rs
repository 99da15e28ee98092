//! serve: end to end.
