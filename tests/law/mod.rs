//! Regulations from text to tree, corpora from folders and packs, bulk import.

mod bulk;
mod cache;
mod concordance;
mod formats;
mod interrupted;
mod official;
mod parse;
mod verify;
