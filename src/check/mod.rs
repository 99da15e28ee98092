//! Judging: [`Link`] joins what is known of a citation, a [`Rule`] looks at it, a [`Finding`] says what is wrong, with proof.

pub mod finding;
pub mod link;
pub mod verdict;

pub use finding::{Applicability, Edit, Evidence, Finding, Fix, Severity};
pub use link::Link;
pub use verdict::{Depth, Verdict};
