//! [`Link`]: one citation of one item with all that is known of it; what a rule sees.

use crate::cite::{Citation, Resolution};
use crate::quote::{Match, Place};

#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// `Item::row`.
    pub item: u32,
    /// Position among the catalog's citations, from 0.
    pub index: usize,
    pub citation: Citation,
    pub resolution: Resolution,
    /// The provisions that the locators name, in their order; a locator that leads nowhere has none.
    pub provisions: Vec<Option<Place>>,
    /// Where the quoted words stand, most alike first; empty without a quotation or where nothing is alike.
    pub matches: Vec<Match>,
}
