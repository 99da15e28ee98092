//! cli: end to end.
