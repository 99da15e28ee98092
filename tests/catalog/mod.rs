//! catalog: end to end.
