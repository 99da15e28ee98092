//! Yiju 依据: the knowledge base of the legal bases that Chinese disclosure catalogs cite.
//!
//! The modules stand in the order in which data flows; each uses only those above it
//! (`tests/architecture.rs` holds them to it).

pub mod text;

pub mod import;

pub mod law;

pub mod search;

pub mod catalog;

pub mod cite;

pub mod quote;

pub mod check;

pub mod basis;

pub mod snapshot;

pub mod eval;

pub mod report;

pub mod serve;

pub mod cli;
