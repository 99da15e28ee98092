//! check: end to end.
