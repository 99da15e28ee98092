//! Regulations as trees: [`Corpus`] holds [`Regulation`]s, each with dated [`Version`]s whose text is a tree of [`Provision`]s.

pub mod bulk;
mod cache;
pub mod compare;
pub mod concordance;
pub mod corpus;
pub mod effect;
pub mod load;
pub mod locator;
pub mod number;
pub mod official;
pub mod pack;
pub mod parse;
pub mod provision;
pub mod record;
pub mod regulation;
pub mod slug;
pub mod tenure;
pub mod verify;

pub use corpus::{Corpus, CorpusError, ProvisionRef};
pub use effect::EffectLevel;
pub use locator::Locator;
pub use number::DocumentNumber;
pub use parse::{ParseError, parse_text};
pub use provision::{Level, Provision};
pub use record::{RegulationRecord, VersionRecord};
pub use regulation::{Coverage, Event, Regulation, Status, TextSource, Validity, Version};
pub use tenure::{Successor, Tenure};
