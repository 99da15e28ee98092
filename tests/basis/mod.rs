//! basis: end to end.
