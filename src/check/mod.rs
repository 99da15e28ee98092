//! Judging: [`Link`] joins what is known of a citation, a [`Rule`] looks at it, a [`Finding`] says what is wrong, with proof.

pub mod baseline;
pub mod coverage;
pub mod deadline;
pub mod effect;
pub mod finding;
pub mod fingerprint;
pub mod footing;
pub mod link;
pub mod region;
pub mod repair;
pub mod rules;
pub mod settings;
pub mod standing;
pub mod successors;
pub mod verdict;
pub mod writeback;

mod checker;

pub use baseline::{Baseline, BaselineError, Known};
pub use checker::{Checked, Checker, Summary, check};
pub use finding::{Applicability, Edit, Evidence, Finding, Fix, Severity};
pub use fingerprint::fingerprints;
pub use link::Link;
pub use repair::{CellRepair, Repair, repair};
pub use rules::{RULES, Rule};
pub use settings::{Settings, SettingsError, Suppression};
pub use standing::Standing;
pub use verdict::{Depth, Verdict};
