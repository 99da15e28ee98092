//! Reads a [`Corpus`] from folders, or from the copy inside the program.
//!
//! A folder holds `regulations/<id>/regulation.toml` (or `<id>/regulation.toml`) with its texts, each structured as it is opened so that a broken
//! one is told, and `packs/*.pack`, whose texts were structured when they were imported and are read when asked for.

use super::cache::Cache;
use super::corpus::{Corpus, CorpusError};
use super::pack::Pack;
use super::record::RegulationRecord;
use super::regulation::{Regulation, TextSource, Version};
use rayon::prelude::*;
use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const META: &str = "regulation.toml";

#[derive(RustEmbed)]
#[folder = "corpus/regulations"]
struct Shipped;

impl Corpus {
    /// Reads each folder as one layer; later layers add to earlier ones.
    ///
    /// # Errors
    /// [`CorpusError`] names the first file that cannot be read or structured, or an id that two documents bear.
    pub fn load(dirs: &[PathBuf]) -> Result<Self, CorpusError> {
        let (corpus, broken) = Self::inspect(dirs)?;
        broken.into_iter().next().map_or(Ok(corpus), Err)
    }

    /// As [`Corpus::load`], but goes on past what is broken and gives it beside the rest.
    ///
    /// # Errors
    /// A folder that is no corpus, an id that two documents bear.
    pub fn inspect(dirs: &[PathBuf]) -> Result<(Self, Vec<CorpusError>), CorpusError> {
        let mut broken = Vec::new();
        let mut layers = Vec::with_capacity(dirs.len());
        for dir in dirs {
            layers.push(layer(dir, &mut broken)?);
        }
        Ok((Self::of(layers)?, broken))
    }

    /// The corpus that the program carries.
    ///
    /// # Errors
    /// As [`Corpus::load`]; none where the program was built from a tree that passes its tests.
    pub fn embedded() -> Result<Self, CorpusError> {
        let mut folders: BTreeMap<String, BTreeMap<String, Cow<'static, [u8]>>> = BTreeMap::new();
        for path in Shipped::iter() {
            if let (Some((id, name)), Some(file)) = (path.split_once('/'), Shipped::get(&path)) {
                folders.entry(id.into()).or_default().insert(name.into(), file.data);
            }
        }
        let folders: Vec<_> = folders.into_iter().collect();
        let regulations = folders
            .par_iter()
            .map(|(id, files)| {
                let root = Path::new("corpus/regulations").join(id);
                regulation(id, &root, |name| {
                    let missing = || std::io::Error::from(std::io::ErrorKind::NotFound);
                    let bytes = files.get(name).ok_or_else(missing)?;
                    String::from_utf8(bytes.to_vec()).map_err(std::io::Error::other)
                })
            })
            .collect::<Result<_, _>>()?;
        Self::of(vec![regulations])
    }
}

fn layer(dir: &Path, broken: &mut Vec<CorpusError>) -> Result<Vec<Regulation>, CorpusError> {
    let unreadable = |path: &Path| {
        let path = path.to_path_buf();
        move |source| CorpusError::Unreadable { path, source }
    };
    let (mut root, mut packs) = (dir.join("regulations"), dir.join("packs"));
    // Regulations, or packs, right in the folder.
    let direct = !root.is_dir() && !packs.is_dir();
    if direct {
        std::fs::read_dir(dir).map_err(unreadable(dir))?;
        (root, packs) = (dir.into(), dir.into());
    }
    let entries = |path: &Path| -> Result<Vec<PathBuf>, CorpusError> {
        if !path.is_dir() {
            return Ok(Vec::new());
        }
        let listed = std::fs::read_dir(path).map_err(unreadable(path))?;
        let mut paths = listed.map(|e| e.map(|e| e.path())).collect::<Result<Vec<_>, _>>().map_err(unreadable(path))?;
        paths.sort();
        Ok(paths)
    };
    let is_regulation = |path: &PathBuf| path.is_dir() && !is_hidden(path) && (!direct || path.join(META).is_file());
    let folders: Vec<PathBuf> = entries(&root)?.into_iter().filter(is_regulation).collect();
    let is_pack = |path: &PathBuf| path.extension().is_some_and(|e| e == "pack");
    let packs: Vec<PathBuf> = entries(&packs)?.into_iter().filter(is_pack).collect();
    if direct && folders.is_empty() && packs.is_empty() {
        return Err(CorpusError::NotACorpus { path: dir.into() });
    }
    let mut regulations = structured(&root, &folders, broken);
    for path in packs {
        match Pack::open(&path) {
            Ok(packed) => regulations.extend(packed),
            Err(Ok(source)) => broken.push(CorpusError::Unreadable { path, source }),
            Err(Err(source)) => broken.push(CorpusError::Pack { path, source }),
        }
    }
    Ok(regulations)
}

/// The regulations of these folders, from the cache where it knows them as they are now.
fn structured(root: &Path, folders: &[PathBuf], broken: &mut Vec<CorpusError>) -> Vec<Regulation> {
    let cache = Cache::of(root, folders);
    if let Some(kept) = cache.as_ref().and_then(Cache::read) {
        return kept;
    }
    let before = broken.len();
    let mut regulations = Vec::with_capacity(folders.len());
    for read in folders.par_iter().map(|folder| read_folder(folder)).collect::<Vec<_>>() {
        read.map_or_else(|error| broken.push(error), |regulation| regulations.push(regulation));
    }
    // What is broken is told at every start, so it is not kept.
    let kept = cache.filter(|_| broken.len() == before).and_then(|cache| {
        cache.write(&regulations).ok()?;
        cache.read()
    });
    kept.unwrap_or(regulations)
}

/// What an import is still writing.
fn is_hidden(path: &Path) -> bool {
    path.file_name().and_then(|n| n.to_str()).is_some_and(|name| name.starts_with('.'))
}

/// One `regulations/<id>/` with its texts, structured.
///
/// # Errors
/// [`CorpusError`] with the file.
pub fn read_folder(folder: &Path) -> Result<Regulation, CorpusError> {
    let id = folder.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    regulation(id, folder, |name| std::fs::read_to_string(folder.join(name)))
}

/// `read` gives a file of the folder `root`.
fn regulation(
    id: &str,
    root: &Path,
    read: impl Fn(&str) -> std::io::Result<String>,
) -> Result<Regulation, CorpusError> {
    let read = |name: &str| read(name).map_err(|source| CorpusError::Unreadable { path: root.join(name), source });
    let malformed = |message: String| CorpusError::Malformed { path: root.join(META), message };
    let record: RegulationRecord = toml::from_str(&read(META)?).map_err(|e| malformed(e.to_string()))?;
    let text = |version: &str| Ok(TextSource::Here(Arc::from(read(&format!("{version}.txt"))?)));
    let regulation = record.into_regulation(id.into(), malformed, text)?;
    for version in &regulation.versions {
        if let Some(Err(source)) = version.tree() {
            let path = root.join(format!("{}.txt", Version::id(version)));
            return Err(CorpusError::Text { path, source: source.clone() });
        }
    }
    Ok(regulation)
}
