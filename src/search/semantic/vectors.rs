//! [`Vectors`]: the vectors that are known, 8 bits a dimension, in one file that only grows.
//!
//! The file is a head (magic, dimension) and records of one length: key, scale, check, bytes. A record that a kill has
//! torn is cut off by whoever writes next; one that is damaged is passed over and made again.

use crate::text::hash::Hash;
use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

const MAGIC: &[u8; 8] = b"YIJUVEC1";
const HEAD: usize = 12;
/// Key, scale and check before the bytes of a vector.
const LEAD: usize = 16;

/// All vectors of one model.
pub struct Vectors {
    path: PathBuf,
    known: RwLock<Known>,
}

#[derive(Default)]
struct Known {
    /// 0 until the first vector comes.
    dimension: usize,
    rows: HashMap<u64, u32>,
    scales: Vec<f32>,
    bytes: Vec<i8>,
    /// How much of the file has been read.
    read: u64,
}

/// A question, ready to be compared.
pub struct Probe {
    numbers: Vec<i16>,
    scale: f32,
}

/// The right to write, which one process has at a time.
pub struct Writer<'v> {
    vectors: &'v Vectors,
    file: File,
}

impl Vectors {
    /// Opens what is there; nothing is written before there is something to write.
    pub fn open(path: &Path) -> Self {
        let vectors = Vectors { path: path.into(), known: RwLock::default() };
        vectors.refresh();
        vectors
    }

    pub fn len(&self) -> usize {
        self.read().scales.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many numbers a vector has; `None` before the first.
    pub fn dimension(&self) -> Option<usize> {
        Some(self.read().dimension).filter(|&d| d > 0)
    }

    pub fn has(&self, key: u64) -> bool {
        self.read().rows.contains_key(&key)
    }

    /// The row of each key; `u32::MAX` where it is not known.
    pub fn rows(&self, keys: &[u64]) -> Vec<u32> {
        let known = self.read();
        keys.iter().map(|key| known.rows.get(key).copied().unwrap_or(u32::MAX)).collect()
    }

    /// Cosine of the probe and each of `rows`; `None` for rows that are not known.
    pub fn cosines(&self, probe: &Probe, rows: &[u32]) -> Vec<Option<f32>> {
        let known = self.read();
        rows.iter().map(|&row| known.cosine(probe, row)).collect()
    }

    /// Takes up what another process has appended.
    pub fn refresh(&self) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        // A file that cannot be read is as one that is not there: it is written anew.
        let _ = known.take_up(&self.path);
    }

    /// The right to write; `None` while another process has it.
    ///
    /// # Errors
    /// When the file cannot be made or locked.
    pub fn writer(&self) -> std::io::Result<Option<Writer<'_>>> {
        let mut open = File::options();
        let file = open.read(true).append(true).create(true).open(&self.path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => return Ok(None),
            Err(std::fs::TryLockError::Error(error)) => return Err(error),
        }
        self.refresh();
        let known = self.read();
        // What is behind the last whole record was torn by a kill; a head that is none begins anew.
        file.set_len(known.read)?;
        drop(known);
        Ok(Some(Writer { vectors: self, file }))
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Writer<'_> {
    /// Keeps vectors of length 1 under their keys; all of one dimension, that of the file.
    ///
    /// # Errors
    /// When the disk does not take them, or the dimension is another.
    pub fn add(&mut self, vectors: &[(u64, Vec<f32>)]) -> std::io::Result<()> {
        let Some(dimension) = vectors.first().map(|(_, vector)| vector.len()) else { return Ok(()) };
        let own = self.vectors.dimension().unwrap_or(dimension);
        if dimension == 0 || vectors.iter().any(|(_, vector)| vector.len() != own) {
            return Err(std::io::Error::other("the dimension is another"));
        }
        let mut bytes = Vec::with_capacity(vectors.len() * (LEAD + own) + HEAD);
        if self.vectors.read().read == 0 {
            bytes.extend_from_slice(MAGIC);
            bytes.extend_from_slice(&(own as u32).to_le_bytes());
        }
        for (key, vector) in vectors {
            let (scale, numbers) = quantised(vector);
            bytes.extend_from_slice(&key.to_le_bytes());
            bytes.extend_from_slice(&scale.to_le_bytes());
            bytes.extend_from_slice(&check(*key, scale, &numbers).to_le_bytes());
            bytes.extend(numbers);
        }
        // One write a batch: a kill tears the last record at most.
        self.file.write_all(&bytes)?;
        self.vectors.refresh();
        Ok(())
    }
}

impl Known {
    fn take_up(&mut self, path: &Path) -> std::io::Result<()> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        if length < self.read {
            // Somebody has put another file in its place.
            *self = Known::default();
        }
        if length <= self.read {
            return Ok(());
        }
        file.seek(SeekFrom::Start(self.read))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let mut rest = bytes.as_slice();
        if self.read == 0 {
            let Some((head, after)) = rest.split_at_checked(HEAD) else { return Ok(()) };
            let (magic, dimension) = head.split_at(MAGIC.len());
            let dimension = dimension.try_into().map_or(0, u32::from_le_bytes) as usize;
            if magic != MAGIC || dimension == 0 || dimension > 1 << 16 {
                return Ok(());
            }
            self.dimension = dimension;
            self.read = HEAD as u64;
            rest = after;
        }
        for record in rest.chunks_exact(LEAD + self.dimension) {
            self.read += record.len() as u64;
            self.take(record);
        }
        Ok(())
    }

    fn take(&mut self, record: &[u8]) {
        let Some((key, rest)) = record.split_first_chunk::<8>() else { return };
        let Some((scale, rest)) = rest.split_first_chunk::<4>() else { return };
        let Some((own, numbers)) = rest.split_first_chunk::<4>() else { return };
        let (key, scale) = (u64::from_le_bytes(*key), f32::from_le_bytes(*scale));
        if check(key, scale, numbers) != u32::from_le_bytes(*own) || !scale.is_finite() {
            return;
        }
        self.rows.insert(key, self.scales.len() as u32);
        self.scales.push(scale);
        self.bytes.extend(numbers.iter().map(|&byte| byte as i8));
    }

    fn cosine(&self, probe: &Probe, row: u32) -> Option<f32> {
        let row = row as usize;
        let scale = self.scales.get(row)?;
        let bytes = self.bytes.get(row * self.dimension..(row + 1) * self.dimension)?;
        (probe.numbers.len() == bytes.len()).then(|| dot(&probe.numbers, bytes) as f32 * scale * probe.scale)
    }
}

/// Whole numbers of 16 and 8 bits: the compiler turns this into one instruction for many.
fn dot(probe: &[i16], bytes: &[i8]) -> i32 {
    probe.iter().zip(bytes).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum()
}

impl Probe {
    /// Of a vector of length 1.
    pub fn of(vector: &[f32]) -> Self {
        let greatest = vector.iter().fold(f32::MIN_POSITIVE, |most, x| most.max(x.abs()));
        // 4095 · 127 · 4096 dimensions stay below what an i32 holds.
        let scale = greatest / 4095.0;
        Probe { numbers: vector.iter().map(|x| (x / scale).round() as i16).collect(), scale }
    }
}

fn quantised(vector: &[f32]) -> (f32, Vec<u8>) {
    let greatest = vector.iter().fold(f32::MIN_POSITIVE, |most, x| most.max(x.abs()));
    let scale = greatest / 127.0;
    (scale, vector.iter().map(|x| (x / scale).round() as i8 as u8).collect())
}

fn check(key: u64, scale: f32, numbers: &[u8]) -> u32 {
    let mut hash = Hash(key);
    hash.number(u64::from(scale.to_bits()));
    for chunk in numbers.chunks(8) {
        hash.number(chunk.iter().fold(0, |word, &byte| word << 8 | u64::from(byte)));
    }
    hash.0 as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(n: u64) -> Vec<f32> {
        let raw: Vec<f32> = (0..48).map(|i| ((n * 37 + i * 11) % 17) as f32 - 8.0).collect();
        let length = raw.iter().map(|x| x * x).sum::<f32>().sqrt();
        raw.into_iter().map(|x| x / length).collect()
    }

    fn fill(path: &Path, keys: std::ops::Range<u64>) {
        let vectors = Vectors::open(path);
        let mut writer = vectors.writer().unwrap().unwrap();
        for key in keys {
            writer.add(&[(key, some(key))]).unwrap();
        }
    }

    #[test]
    fn eight_bits_keep_the_cosine() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("v");
        fill(&path, 0..9);
        let vectors = Vectors::open(&path);
        assert_eq!((vectors.len(), vectors.dimension()), (9, Some(48)));
        let rows = vectors.rows(&[0, 1, 2, 99]);
        let found = vectors.cosines(&Probe::of(&some(1)), &rows);
        for (n, cosine) in found[..3].iter().enumerate() {
            let exact: f32 = some(1).iter().zip(some(n as u64)).map(|(a, b)| a * b).sum();
            assert!((cosine.unwrap() - exact).abs() < 0.01, "{cosine:?} {exact}");
        }
        assert_eq!(found[3], None);
        assert_eq!(vectors.cosines(&Probe::of(&[1.0]), &rows)[0], None, "another dimension");
    }

    #[test]
    fn a_torn_or_damaged_record_is_made_again() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("v");
        fill(&path, 0..3);
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() - 5]).unwrap();
        assert_eq!(Vectors::open(&path).len(), 2);
        fill(&path, 2..4);
        assert_eq!(Vectors::open(&path).len(), 4);
        let mut damaged = std::fs::read(&path).unwrap();
        damaged[HEAD + LEAD + 3] ^= 1;
        std::fs::write(&path, &damaged).unwrap();
        assert!(!Vectors::open(&path).has(0) && Vectors::open(&path).has(3));
        std::fs::write(&path, b"something else that is no file of vectors").unwrap();
        assert!(Vectors::open(&path).is_empty());
        fill(&path, 0..2);
        assert_eq!(Vectors::open(&path).len(), 2);
    }

    #[test]
    fn one_writes_at_a_time_and_others_take_it_up() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("v");
        let (one, other) = (Vectors::open(&path), Vectors::open(&path));
        let mut writer = one.writer().unwrap().unwrap();
        assert!(other.writer().unwrap().is_none());
        writer.add(&[(7, some(7))]).unwrap();
        assert!(writer.add(&[(8, vec![1.0])]).is_err(), "another dimension");
        drop(writer);
        assert!(!other.has(7));
        assert!(other.writer().unwrap().is_some() && other.has(7));
    }
}
