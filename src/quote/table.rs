//! [`Table`]: the shingles of a large corpus in a file, of which a question reads only the buckets that it asks for.
//!
//! `YIJUQUOT` · stamp (u64) · number of texts (u32) · regulation, version and first line of each (u32) · end and check of
//! each bucket (u32) · check of all that (u32) · buckets. A bucket holds the hashes with the same upper half, in order:
//! the step from the one before, how many lines, and the steps from line to line, seven bits a byte. All numbers are
//! little-endian. What does not fit its check is not used.

use super::shingles::Text;
use crate::text::hash::Hash;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

const MAGIC: &[u8; 8] = b"YIJUQUOT";
const BUCKETS: usize = 1 << 16;
/// More texts than any corpus has: a number beyond it is damage.
const MOST_TEXTS: usize = 1 << 22;
/// Tables of other corpora that are kept beside the one in use.
const KEPT: usize = 2;
const EXTENSION: &str = "quotes";

#[derive(Debug)]
pub struct Table {
    path: PathBuf,
    file: Mutex<File>,
    /// Where the buckets start.
    base: u64,
    /// End and check of each.
    buckets: Vec<(u32, u32)>,
}

impl Table {
    /// The file of the table with this stamp.
    pub fn path(dir: &Path, stamp: u64) -> PathBuf {
        dir.join(format!("{stamp:016x}.{EXTENSION}"))
    }

    /// Opens the table with this stamp and reads what texts it knows; `None` where there is none, or it is damaged.
    pub fn open(path: &Path, stamp: u64) -> Option<(Self, Vec<Text>)> {
        let mut file = File::open(path).ok()?;
        let mut lead = [0; 20];
        file.read_exact(&mut lead).ok()?;
        let count = number(&lead, 16)? as usize;
        if lead.get(..8)? != MAGIC || lead.get(8..16)? != stamp.to_le_bytes() || count > MOST_TEXTS {
            return None;
        }
        let mut head = vec![0; count * 12 + BUCKETS * 8];
        let mut sum = [0; 4];
        file.read_exact(&mut head).ok()?;
        file.read_exact(&mut sum).ok()?;
        if u32::from_le_bytes(sum) != check(&head) {
            return None;
        }
        let numbers: Vec<u32> = head.chunks_exact(4).filter_map(|bytes| number(bytes, 0)).collect();
        let (texts, buckets) = numbers.split_at_checked(count * 3)?;
        let text = |t: &[u32]| Text { regulation: t[0] as usize, version: t[1] as usize, first_line: t[2] };
        let base = (lead.len() + head.len() + sum.len()) as u64;
        let table = Table {
            path: path.into(),
            base,
            buckets: buckets.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect(),
            file: Mutex::new(file),
        };
        Some((table, texts.chunks_exact(3).map(text).collect()))
    }

    /// Writes a table whole or not at all, and forgets those of corpora long gone. `postings`: hash in the upper, line
    /// in the lower half, in order.
    ///
    /// # Errors
    /// What the file system reports; nothing is left half-written.
    pub fn write(path: &Path, stamp: u64, texts: &[Text], postings: &[u64]) -> std::io::Result<()> {
        let mut head = Vec::with_capacity(texts.len() * 12 + BUCKETS * 8);
        for text in texts {
            for number in [text.regulation as u32, text.version as u32, text.first_line] {
                head.extend(number.to_le_bytes());
            }
        }
        let mut body: Vec<u8> = Vec::with_capacity(postings.len() * 5);
        let mut rest = postings;
        for bucket in 0..BUCKETS as u64 {
            let (own, after) = rest.split_at(rest.partition_point(|posting| posting >> 48 <= bucket));
            let start = body.len();
            encode(own, &mut body);
            let end = u32::try_from(body.len()).map_err(std::io::Error::other)?;
            head.extend(end.to_le_bytes());
            head.extend(check(&body[start..]).to_le_bytes());
            rest = after;
        }
        let dir = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(dir)?;
        let mut file = tempfile::Builder::new().prefix(".quotes-").tempfile_in(dir)?;
        file.write_all(MAGIC)?;
        file.write_all(&stamp.to_le_bytes())?;
        file.write_all(&(texts.len() as u32).to_le_bytes())?;
        file.write_all(&head)?;
        file.write_all(&check(&head).to_le_bytes())?;
        file.write_all(&body)?;
        readable(file.as_file())?;
        file.persist(path).map_err(|e| e.error)?;
        forget_old(dir, path);
        Ok(())
    }

    /// The lines of one hash, in order; `None` where the table is damaged.
    pub fn lines(&self, hash: u32) -> Option<Vec<u32>> {
        let at = (hash >> 16) as usize;
        let start = at.checked_sub(1).map_or(Some(0), |before| Some(self.buckets.get(before)?.0))?;
        let &(end, sum) = self.buckets.get(at)?;
        let mut bytes = vec![0; end.checked_sub(start)? as usize];
        {
            let mut file = self.file.lock().ok()?;
            file.seek(SeekFrom::Start(self.base + u64::from(start))).ok()?;
            file.read_exact(&mut bytes).ok()?;
        }
        (check(&bytes) == sum).then(|| decode(&bytes, hash & 0xFFFF))?
    }

    /// Takes a damaged table away, so that the next run makes another.
    pub fn discard(&self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Temporary files are their owner's alone; a table is as readable as the index beside it.
#[cfg(unix)]
fn readable(file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_file: &File) -> std::io::Result<()> {
    Ok(())
}

/// The postings of one bucket.
fn encode(postings: &[u64], out: &mut Vec<u8>) {
    let hash = |posting: u64| (posting >> 32) as u32 & 0xFFFF;
    let mut last = 0;
    for own in postings.chunk_by(|a, b| a >> 32 == b >> 32) {
        let this = own.first().map_or(0, |&posting| hash(posting));
        push(this - last, out);
        push(own.len() as u32, out);
        let mut line = 0;
        for &posting in own {
            push(posting as u32 - line, out);
            line = posting as u32;
        }
        last = this;
    }
}

/// The lines of the hash with this lower half.
fn decode(bytes: &[u8], wanted: u32) -> Option<Vec<u32>> {
    let mut rest = bytes;
    let mut hash = 0u32;
    while !rest.is_empty() {
        hash = hash.checked_add(pull(&mut rest)?)?;
        let count = pull(&mut rest)? as usize;
        if hash > wanted {
            break;
        }
        let mut lines = Vec::with_capacity(if hash == wanted { count.min(rest.len()) } else { 0 });
        let mut line = 0u32;
        for _ in 0..count {
            line = line.checked_add(pull(&mut rest)?)?;
            if hash == wanted {
                lines.push(line);
            }
        }
        if hash == wanted {
            return Some(lines);
        }
    }
    Some(Vec::new())
}

fn push(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn pull(rest: &mut &[u8]) -> Option<u32> {
    let mut number = 0u32;
    for shift in (0..35).step_by(7) {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        number |= u32::from(byte & 0x7F).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn check(bytes: &[u8]) -> u32 {
    let mut hash = Hash::default();
    for chunk in bytes.chunks(8) {
        hash.number(chunk.iter().fold(0, |word, &b| word << 8 | u64::from(b)));
    }
    hash.number(bytes.len() as u64);
    hash.0 as u32
}

/// Only files of this module's own naming are touched; a failure is no harm, the next table tries again.
fn forget_old(dir: &Path, current: &Path) {
    let is_ours = |path: &Path| {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let named = stem.len() == 16 && stem.bytes().all(|b| b.is_ascii_hexdigit());
        named && path.extension().is_some_and(|e| e == EXTENSION)
    };
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    let mut others: Vec<(std::time::SystemTime, PathBuf)> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path != current && is_ours(path))
        .filter_map(|path| Some((std::fs::metadata(&path).ok()?.modified().ok()?, path)))
        .collect();
    others.sort();
    for (_, path) in others.iter().take(others.len().saturating_sub(KEPT)) {
        let _ = std::fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts() -> Vec<Text> {
        vec![Text { regulation: 3, version: 1, first_line: 0 }, Text { regulation: 7, version: 0, first_line: 9 }]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn what_is_written_is_found_again(mut postings in proptest::collection::vec(any::<u64>(), 0..300), other: u32) {
            postings.extend(postings.clone().iter().map(|p| p ^ 0xFF));
            postings.sort_unstable();
            postings.dedup();
            let dir = tempfile::tempdir().unwrap();
            let path = Table::path(dir.path(), 5);
            Table::write(&path, 5, &texts(), &postings).unwrap();
            let (table, read) = Table::open(&path, 5).unwrap();
            prop_assert_eq!(read.len(), 2);
            let hashes = postings.iter().map(|p| (p >> 32) as u32).chain([other, other & 0xFFFF, 0, u32::MAX]);
            for hash in hashes {
                let own = postings.iter().filter(|p| (*p >> 32) as u32 == hash).map(|p| *p as u32);
                prop_assert_eq!(table.lines(hash).unwrap(), own.collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn a_stale_or_damaged_table_is_not_used() {
        let dir = tempfile::tempdir().unwrap();
        let path = Table::path(dir.path(), 5);
        Table::write(&path, 5, &texts(), &[7, 1 << 32, u64::MAX]).unwrap();
        assert!(Table::open(&path, 6).is_none());
        let whole = std::fs::read(&path).unwrap();
        for at in [0, 9, 17, 30, 600, whole.len() / 2] {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            std::fs::write(&path, &bytes).unwrap();
            assert!(Table::open(&path, 5).is_none(), "{at}");
        }
        std::fs::write(&path, &whole[..whole.len() - 1]).unwrap();
        let (table, _) = Table::open(&path, 5).unwrap();
        assert_eq!((table.lines(0), table.lines(u32::MAX)), (Some(vec![7]), None));
        table.discard();
        assert!(!path.exists());
    }
}
