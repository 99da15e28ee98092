//! cite: end to end.
