//! `build`: writes the index of a corpus into a fresh folder, which takes its final name only when complete.

use super::analyzer::{Analysis, GRAMS, WORDS, grams, words};
use super::authority::Authority;
use super::bounds::Bounds;
use super::error::SearchError;
use super::rank::prior;
use super::semantic::passage;
use super::unit::units;
use crate::law::{Corpus, Status};
use crate::text::hash::{self, Hash};
use std::io::Write;
use std::path::{Path, PathBuf};
use tantivy::directory::MmapDirectory;
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TokenizerManager;
use tantivy::{IndexBuilder, TantivyDocument, TantivyError};

/// Raised whenever what an index holds changes, so that an older one is built anew.
const FORMAT: u64 = 7;
/// The file that says that an index is complete, with the size of each of its files.
const COMPLETE: &str = "complete";
/// The file that has the authority of each regulation, one a line.
const AUTHORITY: &str = "authority";
/// Indexes of other corpora that are kept beside the one in use.
const KEPT: usize = 2;
const MEMORY: usize = 1 << 30;

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// The text of a unit, as jieba words; stored.
    pub words: Field,
    /// The same text as character bigrams.
    pub grams: Field,
    /// Headings of what holds the unit, as words.
    pub context: Field,
    /// The locator as cited, whole; stored.
    pub place: Field,
    /// Position of the version among all versions of the corpus.
    pub version: Field,
    /// Hash of what is encoded of the unit.
    pub content: Field,
}

impl Fields {
    /// The fields whose words are weighed.
    pub fn weighed(self) -> [Field; 3] {
        [self.words, self.grams, self.context]
    }
}

/// The name of the column of [`Fields::version`].
pub(super) const VERSION: &str = "version";
/// The name of the column of [`Fields::content`].
pub(super) const CONTENT: &str = "content";

pub(super) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let text = |tokenizer: &str| {
        let indexing =
            TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(IndexRecordOption::WithFreqs);
        TextOptions::default().set_indexing_options(indexing)
    };
    let fields = Fields {
        words: schema.add_text_field("words", text(WORDS).set_stored()),
        grams: schema.add_text_field("grams", text(GRAMS)),
        context: schema.add_text_field("context", text(WORDS)),
        place: schema.add_text_field("place", STRING | STORED),
        version: schema.add_u64_field(VERSION, FAST),
        content: schema.add_u64_field(CONTENT, FAST),
    };
    (schema.build(), fields)
}

/// What an index was made of: two corpora with one stamp have the same provisions.
pub(super) fn stamp(corpus: &Corpus) -> u64 {
    let mut hash = Hash(FORMAT);
    super::lexicon::dictionary().for_each(|word| hash.text(word));
    for regulation in corpus.regulations() {
        hash.text(&regulation.id);
        regulation.names().for_each(|name| hash.text(name));
        for version in &regulation.versions {
            hash.text(&version.id());
            hash.number(version.text_stamp());
        }
    }
    hash.0
}

/// The folder of the index with this stamp.
pub(super) fn folder(dir: &Path, stamp: u64) -> PathBuf {
    dir.join(format!("{stamp:016x}"))
}

/// Builds the index of `corpus` below `dir` and returns its folder.
pub(super) fn build(dir: &Path, corpus: &Corpus, stamp: u64) -> Result<PathBuf, SearchError> {
    let unwritable = |source| SearchError::Unwritable { path: dir.into(), source };
    std::fs::create_dir_all(dir).map_err(unwritable)?;
    let fresh = tempfile::Builder::new().prefix("building-").tempdir_in(dir).map_err(unwritable)?;
    write(fresh.path(), corpus).map_err(|e| SearchError::Build(e.to_string()))?;
    mark_complete(fresh.path()).map_err(unwritable)?;
    let target = folder(dir, stamp);
    if target.exists() && !is_complete(&target) {
        std::fs::remove_dir_all(&target).map_err(unwritable)?;
    }
    match std::fs::rename(fresh.path(), &target) {
        // The fresh folder has its final name: nothing is left to clean up.
        Ok(()) => drop(fresh.keep()),
        // Another process was faster; its index is as good.
        Err(_) if is_complete(&target) => {}
        Err(source) => return Err(unwritable(source)),
    }
    forget_old(dir, &target);
    Ok(target)
}

fn write(path: &Path, corpus: &Corpus) -> Result<(), TantivyError> {
    let (schema, fields) = schema();
    let tokenizers = TokenizerManager::default();
    tokenizers.register(WORDS, Analysis(words));
    tokenizers.register(GRAMS, Analysis(grams));
    let directory = MmapDirectory::open(path)?;
    let mut writer = IndexBuilder::new()
        .schema(schema)
        .tokenizers(tokenizers)
        .single_segment_index_writer::<TantivyDocument>(directory, MEMORY)?;
    let factors = authority(corpus);
    for (at, v, ordinal) in order(corpus, &factors) {
        let Some(regulation) = corpus.regulations().get(at) else { continue };
        // Parsed here and let go again: a large corpus stays out of memory while it is indexed.
        let Some(Ok(root)) = regulation.versions.get(v).and_then(|version| version.tree_once()) else { continue };
        for unit in units(&root) {
            let mut document = TantivyDocument::new();
            document.add_u64(fields.content, hash::of(&passage(&regulation.title, &unit.text)));
            document.add_text(fields.context, unit.context.join(" "));
            document.add_text(fields.grams, &unit.text);
            document.add_text(fields.words, unit.text);
            document.add_text(fields.place, unit.locator.to_string());
            document.add_u64(fields.version, ordinal);
            writer.add_document(document)?;
        }
    }
    let index = writer.finalize()?;
    Bounds::count(index.reader()?.searcher().segment_readers(), fields)?.write(path)?;
    let factors: String = factors.iter().map(|factor| format!("{factor}\n")).collect();
    std::fs::write(path.join(AUTHORITY), factors)?;
    Ok(())
}

/// One factor a regulation.
fn authority(corpus: &Corpus) -> Vec<f32> {
    let mut authority = Authority::new(corpus);
    for (at, regulation) in corpus.regulations().iter().enumerate() {
        for root in regulation.versions.iter().filter_map(|version| version.tree_once()?.ok()) {
            units(&root).iter().for_each(|unit| authority.count(at, &unit.text));
        }
    }
    authority.factors()
}

/// Position of regulation and version, and the ordinal of each version, those that count most before their words are
/// looked at first: once the best of them are known, most of the rest need not be summed.
fn order(corpus: &Corpus, authority: &[f32]) -> Vec<(usize, usize, u64)> {
    let regulations = corpus.regulations().iter().enumerate();
    let versions = regulations.flat_map(|(at, regulation)| (0..regulation.versions.len()).map(move |v| (at, v)));
    let counts = |&(at, v, _): &(usize, usize, u64)| {
        let regulation = corpus.regulations().get(at)?;
        let last = v + 1 == regulation.versions.len();
        let status = if last { Status::InForce } else { Status::Superseded };
        Some(prior(regulation.level, status) * authority.get(at)?)
    };
    let mut order: Vec<_> = versions.zip(0..).map(|((at, v), ordinal)| (at, v, ordinal)).collect();
    order.sort_by(|a, b| counts(b).unwrap_or(0.0).total_cmp(&counts(a).unwrap_or(0.0)));
    order
}

/// The authority of each regulation, as it was counted when the index in this folder was built.
pub(super) fn read_authority(path: &Path) -> std::io::Result<Vec<f32>> {
    let list = std::fs::read_to_string(path.join(AUTHORITY))?;
    Ok(list.lines().filter_map(|line| line.parse().ok()).collect())
}

fn files(path: &Path) -> std::io::Result<Vec<(String, u64)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name != COMPLETE && !name.ends_with(".lock") {
            found.push((name, entry.metadata()?.len()));
        }
    }
    found.sort();
    Ok(found)
}

fn mark_complete(path: &Path) -> std::io::Result<()> {
    let list: String = files(path)?.iter().map(|(name, size)| format!("{name} {size}\n")).collect();
    let mut file = std::fs::File::create(path.join(COMPLETE))?;
    file.write_all(list.as_bytes())?;
    file.sync_all()
}

/// Whether a build ended here and every file still has its size.
pub(super) fn is_complete(path: &Path) -> bool {
    let Ok(list) = std::fs::read_to_string(path.join(COMPLETE)) else { return false };
    let mut sizes = list.lines().map(|line| {
        let (name, size) = line.split_once(' ')?;
        (std::fs::metadata(path.join(name)).ok()?.len() == size.parse::<u64>().ok()?).then_some(())
    });
    !list.is_empty() && sizes.all(|fits| fits.is_some())
}

/// Removes indexes of corpora that are long gone. Only folders that this module made are touched; a failure is no
/// harm, the next build tries again.
fn forget_old(dir: &Path, current: &Path) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    let mut others: Vec<(std::time::SystemTime, PathBuf)> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path != current && is_ours(path))
        .filter_map(|path| Some((std::fs::metadata(&path).ok()?.modified().ok()?, path)))
        .collect();
    others.sort();
    let surplus = others.len().saturating_sub(KEPT);
    for (_, path) in others.into_iter().take(surplus) {
        let _ = std::fs::remove_dir_all(path);
    }
}

fn is_ours(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.len() == 16 && name.bytes().all(|b| b.is_ascii_hexdigit()) && path.join("meta.json").exists()
}
