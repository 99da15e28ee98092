//! [`Cache`]: a large folder of texts, structured once and kept as a pack, so that it opens as fast as one.
//!
//! The pack's name is made from path, size and time of change of every file, and from the version of the program: what
//! has changed in any way has another name, and a stale pack is never opened. It is written whole or not at all; where
//! it cannot be written the folder is read each time, which costs time and nothing else.

use super::pack::{Frame, Pack, PackWriter};
use super::record::RegulationRecord;
use super::regulation::{Regulation, Version};
use rayon::prelude::*;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Folders with fewer regulations open fast enough as they are.
const MANY: usize = 300;

/// The pack that holds what a folder says at this moment, written or not.
pub(super) struct Cache {
    path: PathBuf,
    /// What the names of all packs of this folder begin with.
    family: String,
}

impl Cache {
    /// The cache of `folders`, the regulations below `root`; `None` where they are few, or cannot be told apart.
    pub fn of(root: &Path, folders: &[PathBuf]) -> Option<Self> {
        if folders.len() < MANY {
            return None;
        }
        let dir = directory()?;
        let stamps = folders.par_iter().map(|folder| stamp(folder)).collect::<std::io::Result<Vec<u64>>>().ok()?;
        let family = format!("{:016x}", hash(&std::fs::canonicalize(root).ok()?));
        let whole = hash(&(env!("CARGO_PKG_VERSION"), build(), stamps));
        Some(Cache { path: dir.join(format!("{family}-{whole:016x}.pack")), family })
    }

    /// The regulations as they were structured; `None` where there is no such pack, or it is damaged.
    pub fn read(&self) -> Option<Vec<Regulation>> {
        Pack::open(&self.path).ok()
    }

    /// Keeps the regulations, in place of what was kept of this folder before.
    ///
    /// # Errors
    /// What the file system reports; nothing is left half-written.
    pub fn write(&self, regulations: &[Regulation]) -> std::io::Result<()> {
        let frame = |version: &Version| version.text().map(Frame::of).transpose();
        let packed = regulations.par_iter().map(|regulation| {
            let frames = regulation.versions.iter().map(frame).collect::<std::io::Result<Vec<_>>>()?;
            Ok((regulation.id.clone(), RegulationRecord::of(regulation), frames))
        });
        let mut writer = PackWriter::default();
        for (id, record, frames) in packed.collect::<std::io::Result<Vec<_>>>()? {
            writer.push(id, record, &frames);
        }
        writer.write(&self.path)?;
        let old = std::fs::read_dir(self.path.parent().unwrap_or(Path::new(".")))?.flatten().map(|entry| entry.path());
        let name = |path: &Path| path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_string();
        for path in old.filter(|path| *path != self.path && name(path).starts_with(&self.family)) {
            let _ = std::fs::remove_file(path);
        }
        Ok(())
    }
}

/// `$XDG_CACHE_HOME/yiju`, else `~/.cache/yiju`.
fn directory() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = named("XDG_CACHE_HOME").or_else(|| Some(named("HOME")?.join(".cache")))?;
    Some(base.join("yiju"))
}

/// The program itself, by size and time: another build may structure texts otherwise.
fn build() -> Option<(u64, Option<std::time::SystemTime>)> {
    let program = std::fs::metadata(std::env::current_exe().ok()?).ok()?;
    Some((program.len(), program.modified().ok()))
}

/// Name, size and time of change of every file of one regulation.
fn stamp(folder: &Path) -> std::io::Result<u64> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let meta = std::fs::metadata(entry.path())?;
        files.push((entry.file_name(), meta.len(), meta.modified()?));
    }
    files.sort();
    Ok(hash(&(folder.file_name(), files)))
}

/// The same in every run of the program.
fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
