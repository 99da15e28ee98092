//! [`Pack`]: many regulations in one file, as a bulk import writes it: a head that is read when the corpus opens, and
//! texts that are read one by one when somebody asks for them.
//!
//! `YIJUPACK` · format (u32) · length of the head (u64) · head (zstd of postcard) · texts (a zstd frame each).
//! Every frame carries its checksum, so a damaged file is noticed and never read as law.

use super::record::{RegulationRecord, version_name};
use super::regulation::{Regulation, TextSource};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

const MAGIC: &[u8; 8] = b"YIJUPACK";
const FORMAT: u32 = 1;
const PREFIX: u64 = 8 + 4 + 8;
/// No text or head of a pack is larger; a length beyond it is damage.
const LIMIT: usize = 256 << 20;

/// An open pack file.
#[derive(Debug)]
pub struct Pack {
    path: PathBuf,
    /// Where the texts start.
    base: u64,
    file: Mutex<File>,
}

/// Why a pack cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    #[error("不是依据的法规包，或由不兼容的版本写成。请用 yiju import 重新导入")]
    NotAPack,
    #[error("法规包已损坏（{0}）。请用 yiju import 重新导入")]
    Damaged(String),
}

#[derive(Serialize, Deserialize)]
struct Entry {
    id: String,
    record: RegulationRecord,
    texts: Vec<Place>,
}

/// Where a version's text stands; length 0: it has none.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Place {
    /// First byte after the head.
    at: u64,
    len: u32,
    /// Checksum of the plain text, as its frame has it.
    sum: u32,
}

/// Collects regulations and writes them as one pack.
#[derive(Default)]
pub struct PackWriter {
    entries: Vec<Entry>,
    texts: Vec<u8>,
}

/// A text ready for a pack.
pub struct Frame(Vec<u8>);

impl Frame {
    /// # Errors
    /// The compressor's own.
    pub fn of(text: &str) -> std::io::Result<Self> {
        compress(text.as_bytes()).map(Frame)
    }
}

impl PackWriter {
    /// Adds a regulation with the text of each version, in the order of `record.versions`.
    pub fn push(&mut self, id: String, record: RegulationRecord, frames: &[Option<Frame>]) {
        let mut texts = Vec::with_capacity(frames.len());
        for frame in frames {
            let bytes = frame.as_ref().map_or(&[][..], |f| &f.0);
            let sum = bytes.iter().rev().take(4).fold(0, |sum, &b| sum << 8 | u32::from(b));
            texts.push(Place { at: self.texts.len() as u64, len: bytes.len() as u32, sum });
            self.texts.extend_from_slice(bytes);
        }
        self.entries.push(Entry { id, record, texts });
    }

    /// Writes the pack whole or not at all: beside `path` first, then renamed over it.
    ///
    /// # Errors
    /// What the file system reports; nothing is left behind.
    pub fn write(self, path: &Path) -> std::io::Result<()> {
        let head = postcard::to_allocvec(&self.entries).map_err(std::io::Error::other)?;
        let head = compress(&head)?;
        let dir = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(dir)?;
        let mut file = tempfile::Builder::new().prefix(".import-").tempfile_in(dir)?;
        file.write_all(MAGIC)?;
        file.write_all(&FORMAT.to_le_bytes())?;
        file.write_all(&(head.len() as u64).to_le_bytes())?;
        file.write_all(&head)?;
        file.write_all(&self.texts)?;
        file.as_file().sync_all()?;
        let readable = std::os::unix::fs::PermissionsExt::from_mode(0o644);
        file.as_file().set_permissions(readable)?;
        file.persist(path).map_err(|e| e.error)?;
        Ok(())
    }
}

impl Place {
    /// A checksum of the text, known without reading it.
    pub fn sum(self) -> u32 {
        self.sum
    }
}

impl Pack {
    /// Opens a pack and reads its head: all metadata, no text.
    ///
    /// # Errors
    /// [`PackError`] in the outer message of the caller; an unreadable file as `Err(Ok(io))`.
    pub fn open(path: &Path) -> Result<Vec<Regulation>, Result<std::io::Error, PackError>> {
        let damaged = |what: &str| Err(PackError::Damaged(what.into()));
        let mut file = File::open(path).map_err(Ok)?;
        let mut prefix = [0u8; PREFIX as usize];
        file.read_exact(&mut prefix).map_err(|_| Err(PackError::NotAPack))?;
        let (magic, rest) = prefix.split_at(8);
        let (format, length) = rest.split_at(4);
        if magic != MAGIC || format != FORMAT.to_le_bytes() {
            return Err(Err(PackError::NotAPack));
        }
        let length = length.iter().rev().fold(0u64, |n, &b| n << 8 | u64::from(b));
        let size = file.metadata().map_err(Ok)?.len();
        if length > size - PREFIX || length > LIMIT as u64 {
            return Err(damaged("目录不完整"));
        }
        let mut head = vec![0; length as usize];
        file.read_exact(&mut head).map_err(Ok)?;
        let head = decompress(&head).ok_or_else(|| PackError::Damaged("目录校验不符".into())).map_err(Err)?;
        let entries: Vec<Entry> = postcard::from_bytes(&head).map_err(|_| Err(PackError::NotAPack))?;
        let base = PREFIX + length;
        let pack = Arc::new(Pack { path: path.into(), base, file: Mutex::new(file) });
        let mut regulations = Vec::with_capacity(entries.len());
        for entry in entries {
            if entry.texts.iter().any(|p| base.saturating_add(p.at).saturating_add(p.len.into()) > size) {
                return Err(damaged("文本不完整"));
            }
            let names = entry.record.versions.iter().map(|v| version_name(v.promulgated));
            let places: Vec<(String, Place)> = names.zip(entry.texts).collect();
            let find = |name: &str| {
                let place = places.iter().find(|(n, p)| n == name && p.len > 0).map(|&(_, place)| place);
                Ok(place.map_or(TextSource::None, |place| TextSource::Packed { pack: pack.clone(), place }))
            };
            let regulation = entry.record.into_regulation(entry.id, PackError::Damaged, find).map_err(Err)?;
            regulations.push(regulation);
        }
        Ok(regulations)
    }

    /// Reads one text.
    ///
    /// # Errors
    /// [`PackError::Damaged`] names the file.
    pub fn text(&self, place: Place) -> Result<String, PackError> {
        let damaged = || PackError::Damaged(self.path.display().to_string());
        let mut frame = vec![0; place.len as usize];
        {
            let mut file = self.file.lock().map_err(|_| damaged())?;
            file.seek(SeekFrom::Start(self.base + place.at)).map_err(|_| damaged())?;
            file.read_exact(&mut frame).map_err(|_| damaged())?;
        }
        let bytes = decompress(&frame).ok_or_else(damaged)?;
        String::from_utf8(bytes).map_err(|_| damaged())
    }
}

fn compress(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 3)?;
    encoder.include_checksum(true)?;
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn decompress(frame: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let decoder = zstd::Decoder::new(frame).ok()?;
    decoder.take(LIMIT as u64).read_to_end(&mut out).ok()?;
    Some(out)
}
