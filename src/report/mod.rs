//! What leaves the program: [`json::Views`] gives every JSON shape, the other modules one report format each.

pub mod json;
