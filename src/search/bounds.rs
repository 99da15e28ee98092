//! [`Bounds`]: how much a frequent word can add to a unit at most, kept beside the index so that no list need be read
//! to its end for it.

use super::build::Fields;
use super::lists::Column;
use crate::text::hash::Hash;
use std::io::{Error, Result};
use std::path::Path;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{SegmentReader, TantivyError, Term};

/// Words in fewer units have one block of them, which is read anyway.
const FREQUENT: u32 = 128;
/// A key and a share.
const RECORD: usize = 9;
/// The hash behind the records.
const CHECK: usize = 8;
const FILE: &str = "bounds";

/// Keys of words in fields, in order, each with the greatest share of its weight that it adds to a unit.
#[derive(Default)]
pub(super) struct Bounds(Vec<(u64, u8)>);

impl Bounds {
    /// Reads all lists of an index once.
    pub fn count(segments: &[SegmentReader], fields: Fields) -> std::result::Result<Self, TantivyError> {
        let mut bounds = Vec::new();
        for (segment, field) in segments.iter().flat_map(|one| fields.weighed().map(|field| (one, field))) {
            let column = Column::open(segment, field)?;
            let mut words = column.inverted.terms().stream()?;
            while let Some((word, info)) = words.next() {
                if info.doc_freq < FREQUENT {
                    continue;
                }
                let mut postings =
                    column.inverted.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
                let mut greatest = 0.0_f32;
                while !postings.docs().is_empty() {
                    greatest = greatest.max(column.greatest(&postings));
                    postings.advance();
                }
                // Rounded up: a bound that is too low would lose units.
                bounds.push((key(field, word), ((greatest * 255.0) as u8).saturating_add(1)));
            }
        }
        bounds.sort_unstable();
        // Of two words with one key the greater bound holds for both.
        bounds.reverse();
        bounds.dedup_by_key(|(key, _)| *key);
        bounds.reverse();
        Ok(Bounds(bounds))
    }

    pub fn write(&self, folder: &Path) -> Result<()> {
        let mut bytes = Vec::with_capacity(self.0.len() * RECORD + CHECK);
        for (key, share) in &self.0 {
            bytes.extend_from_slice(&key.to_le_bytes());
            bytes.push(*share);
        }
        bytes.extend_from_slice(&self.check().to_le_bytes());
        std::fs::write(folder.join(FILE), bytes)
    }

    pub fn read(folder: &Path) -> Result<Self> {
        let bytes = std::fs::read(folder.join(FILE))?;
        let damaged = || Error::other("bounds");
        let (bytes, check) = bytes.split_last_chunk::<CHECK>().ok_or_else(damaged)?;
        let record = |record: &[u8]| {
            let (key, share) = record.split_first_chunk::<8>()?;
            Some((u64::from_le_bytes(*key), *share.first()?))
        };
        let bounds: Option<Vec<(u64, u8)>> = bytes.chunks(RECORD).map(record).collect();
        let bounds = Bounds(bounds.ok_or_else(damaged)?);
        // A bound that is too low would lose units without a word.
        if bounds.check() == u64::from_le_bytes(*check) { Ok(bounds) } else { Err(damaged()) }
    }

    fn check(&self) -> u64 {
        let mut check = Hash::default();
        for (key, share) in &self.0 {
            check.number(key ^ u64::from(*share));
        }
        check.0
    }

    /// `None` for words that are rare.
    pub fn of(&self, term: &Term) -> Option<f32> {
        let key = key(term.field(), term.serialized_value_bytes());
        let at = self.0.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        self.0.get(at).map(|(_, share)| f32::from(*share) / 255.0)
    }
}

fn key(field: Field, word: &[u8]) -> u64 {
    let mut key = Hash(u64::from(field.field_id()));
    for chunk in word.chunks(8) {
        key.number(chunk.iter().fold(1, |number, &byte| number << 8 | u64::from(byte)));
    }
    key.0
}
