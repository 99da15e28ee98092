//! law: end to end.
