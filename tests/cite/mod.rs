//! Citations against what people read: the four catalogs annotated by hand, and a table of forms.

mod crossref;
mod gold;
mod resolve;

mod bounds;
