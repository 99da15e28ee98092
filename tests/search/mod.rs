//! search: end to end.
