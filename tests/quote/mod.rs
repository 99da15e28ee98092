//! quote: end to end.
