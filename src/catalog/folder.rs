//! Catalogs kept in a folder: `<id>/catalog.toml` and `<id>/source.*`.

use super::{Catalog, CatalogError, CatalogFile, read};
use crate::import;
use std::path::{Path, PathBuf};

/// Reads every catalog of a folder, in the order of their names. A folder that does not exist holds none.
///
/// # Errors
/// [`CatalogError`] for the first catalog that cannot be read; a broken catalog is never left out silently.
pub fn load_folder(dir: &Path) -> Result<Vec<Catalog>, CatalogError> {
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let mut catalogs = Vec::new();
    for path in entries(dir)?.into_iter().filter(|path| path.is_dir()) {
        catalogs.extend(load(&path)?);
    }
    Ok(catalogs)
}

/// Reads the catalogs of one folder; its name is their id, numbered where its file holds several.
///
/// # Errors
/// [`CatalogError`] when `catalog.toml` or the catalog's file is missing or cannot be read.
pub fn load(dir: &Path) -> Result<Vec<Catalog>, CatalogError> {
    let id = name(dir);
    let toml = bytes(&dir.join("catalog.toml"))?;
    let source = match metadata(&id, &toml)?.file {
        Some(file) => dir.join(file),
        None => entries(dir)?
            .into_iter()
            .find(|path| path.file_stem().is_some_and(|stem| stem == "source"))
            .unwrap_or_else(|| dir.join("source.txt")),
    };
    load_bytes(&id, &toml, &name(&source), &bytes(&source)?)
}

/// The catalogs of one file whose `catalog.toml` is given, wherever both are kept.
///
/// # Errors
/// [`CatalogError`] when either cannot be read.
pub fn load_bytes(id: &str, toml: &[u8], file: &str, bytes: &[u8]) -> Result<Vec<Catalog>, CatalogError> {
    let metadata = metadata(id, toml)?;
    let document =
        import::read(file, bytes).map_err(|error| CatalogError::Import { file: format!("{id}/{file}"), error })?;
    let mut catalogs = read(&document, Some(&metadata))?;
    for (catalog, number) in catalogs.iter_mut().zip(1..) {
        catalog.id = if number == 1 { id.to_string() } else { format!("{id}-{number}") };
    }
    Ok(catalogs)
}

fn metadata(id: &str, toml: &[u8]) -> Result<CatalogFile, CatalogError> {
    let wrong = |reason: String| CatalogError::Metadata { file: id.to_string(), reason };
    let text = std::str::from_utf8(toml).map_err(|_| wrong("不是 UTF-8 文本".into()))?;
    toml::from_str(text).map_err(|error| wrong(error.message().to_string()))
}

fn entries(dir: &Path) -> Result<Vec<PathBuf>, CatalogError> {
    let listed = std::fs::read_dir(dir).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    let mut paths: Vec<PathBuf> = listed.map_err(|error| io(dir, &error))?;
    paths.sort();
    Ok(paths)
}

fn bytes(path: &Path) -> Result<Vec<u8>, CatalogError> {
    std::fs::read(path).map_err(|error| io(path, &error))
}

fn io(path: &Path, error: &std::io::Error) -> CatalogError {
    let reason = match error.kind() {
        std::io::ErrorKind::NotFound => "文件不存在".to_string(),
        std::io::ErrorKind::PermissionDenied => "没有读取权限".to_string(),
        _ => error.to_string(),
    };
    CatalogError::Io { path: path.display().to_string(), reason }
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
