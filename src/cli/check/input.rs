//! [`Input`]: a catalog file with what lies beside it: its `catalog.toml` and its `yiju.toml`.

use crate::catalog::{self, Catalog, CatalogError};
use crate::check::{Baseline, RULES, Settings};
use crate::import::{self, Document};
use anyhow::{Context, anyhow, bail};
use std::path::{Path, PathBuf};

/// One file to check, read whole.
pub struct Input {
    pub path: PathBuf,
    pub bytes: Vec<u8>,
    pub catalogs: Vec<Catalog>,
    pub settings: Settings,
    /// Of `--baseline`, or of the `yiju.toml`.
    pub baseline_path: Option<PathBuf>,
    pub baseline: Baseline,
}

impl Input {
    /// `path` is a catalog file, or a folder with a `catalog.toml` and its `source.*`.
    ///
    /// # Errors
    /// Names the file that cannot be read, in one line.
    pub fn read(path: &Path, baseline: Option<&Path>, new_baseline: bool) -> anyhow::Result<Self> {
        let path = if path.is_dir() { source_in(path)? } else { path.to_path_buf() };
        let bytes = read_bytes(&path)?;
        let name = file_name(&path);
        let catalogs = match std::fs::read(path.with_file_name("catalog.toml")) {
            Ok(toml) => {
                let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
                catalog::load_bytes(&stem, &toml, &name, &bytes)?
            }
            Err(_) => catalog::read(&document(&name, &bytes)?, None)?,
        };
        let mut input = Input {
            settings: settings_beside(&path)?,
            path,
            bytes,
            catalogs,
            baseline_path: None,
            baseline: Baseline::default(),
        };
        let configured = input.settings.baseline.as_ref().map(|name| input.path.with_file_name(name));
        input.baseline_path = baseline.map(Path::to_path_buf).or(configured);
        if let Some(path) = &input.baseline_path
            && (path.exists() || !new_baseline)
        {
            let text = String::from_utf8(read_bytes(path)?)
                .map_err(|_| anyhow!("{} 不是 UTF-8 文字，不能作基线文件", path.display()))?;
            input.baseline = Baseline::parse(&text).with_context(|| path.display().to_string())?;
        }
        Ok(input)
    }

    pub fn name(&self) -> String {
        file_name(&self.path)
    }

    /// The file as paragraphs and tables.
    ///
    /// # Errors
    /// None that [`Input::read`] did not have.
    pub fn document(&self) -> anyhow::Result<Document> {
        document(&self.name(), &self.bytes)
    }
}

fn document(name: &str, bytes: &[u8]) -> anyhow::Result<Document> {
    let read = import::read(name, bytes);
    Ok(read.map_err(|error| CatalogError::Import { file: name.to_string(), error })?)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

pub fn read_bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => anyhow!("找不到文件：{}", path.display()),
        std::io::ErrorKind::PermissionDenied => anyhow!("没有权限读 {}", path.display()),
        _ => anyhow!("读不了 {}：{error}", path.display()),
    })
}

fn source_in(folder: &Path) -> anyhow::Result<PathBuf> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("读不了文件夹 {}", folder.display()))?;
    let mut sources: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.is_file() && path.file_stem().is_some_and(|stem| stem == "source"))
        .collect();
    sources.sort();
    match sources.into_iter().next() {
        Some(source) => Ok(source),
        None => bail!("{} 里没有 source.* 文件；请直接写目录文件的名字", folder.display()),
    }
}

fn settings_beside(path: &Path) -> anyhow::Result<Settings> {
    let path = path.with_file_name("yiju.toml");
    match std::fs::read_to_string(&path) {
        Ok(text) => Settings::parse(&text, &rule_names()).with_context(|| path.display().to_string()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Settings::default()),
        Err(error) => Err(anyhow!("读不了 {}：{error}", path.display())),
    }
}

pub fn rule_names() -> Vec<&'static str> {
    RULES.iter().map(|rule| rule.name).collect()
}
