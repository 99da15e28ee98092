//! Which clause justifies an item, with the words that fit and the precedents of other bodies.
