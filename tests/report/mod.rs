//! report: end to end.
