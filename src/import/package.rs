//! [`Package`]: the parts of a packed file (xlsx, docx, ods), unpacked no further than the limits allow.

use super::{ImportError, limits};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    format: &'static str,
}

impl<'b> Package<'b> {
    /// Opens a package whose parts together stay within the limit when really unpacked.
    ///
    /// # Errors
    /// [`ImportError::Torn`] for a damaged archive, [`ImportError::TooLarge`] for a bomb,
    /// [`ImportError::Encrypted`] for one with a password.
    pub fn open(bytes: &'b [u8], format: &'static str) -> Result<Self, ImportError> {
        let mut package = Package { archive: archive(bytes)?, format };
        let mut size = 0u64;
        for number in 0..package.archive.len() {
            let part = package.archive.by_index(number).map_err(|error| problem(&error))?;
            let rest = limits::UNPACKED_BYTES - size;
            let unpacked = std::io::copy(&mut part.take(rest + 1), &mut std::io::sink())
                .map_err(|_| ImportError::Broken { format, reason: "压缩数据不完整".into() })?;
            size += unpacked;
            limits::within("解压后的字节数", size, limits::UNPACKED_BYTES)?;
        }
        Ok(package)
    }

    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The text of one part.
    ///
    /// # Errors
    /// [`ImportError::Broken`] when there is no such part or it is no text.
    pub fn text(&mut self, name: &str) -> Result<String, ImportError> {
        let format = self.format;
        let broken = |reason: String| ImportError::Broken { format, reason };
        let part = self.archive.by_name(name).map_err(|_| broken(format!("缺少 {name}")))?;
        let mut bytes = Vec::new();
        part.take(limits::UNPACKED_BYTES).read_to_end(&mut bytes).map_err(|_| broken(format!("{name} 无法解压")))?;
        super::decode::decode(&bytes).map(|decoded| decoded.text)
    }

    /// The package with some parts replaced or added, all others byte for byte.
    ///
    /// # Errors
    /// [`ImportError::Broken`] when a part cannot be copied.
    pub fn with(&mut self, parts: &[(String, String)]) -> Result<Vec<u8>, ImportError> {
        let format = self.format;
        let broken = |_| ImportError::Broken { format, reason: "无法写回压缩包".into() };
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for number in 0..self.archive.len() {
            let part = self.archive.by_index_raw(number).map_err(broken)?;
            let replaced = parts.iter().find(|(name, _)| part.name().is_ok_and(|own| own == name.as_str()));
            match replaced {
                None => writer.raw_copy_file(part).map_err(broken)?,
                Some((name, text)) => {
                    writer.start_file(name.as_str(), options).map_err(broken)?;
                    writer.write_all(text.as_bytes()).map_err(|error| broken(error.into()))?;
                }
            }
        }
        for (name, text) in parts.iter().filter(|(name, _)| !self.has(name)) {
            writer.start_file(name.as_str(), options).map_err(broken)?;
            writer.write_all(text.as_bytes()).map_err(|error| broken(error.into()))?;
        }
        writer.finish().map(Cursor::into_inner).map_err(broken)
    }
}

fn archive(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, ImportError> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| problem(&error))
}

fn problem(error: &zip::result::ZipError) -> ImportError {
    match error {
        zip::result::ZipError::UnsupportedArchive(reason) if reason.contains("assword") => ImportError::Encrypted,
        _ => ImportError::Torn,
    }
}

/// The names of the parts of an archive, unread.
///
/// # Errors
/// [`ImportError::Torn`] when it is no whole archive.
pub(super) fn names(bytes: &[u8]) -> Result<Vec<String>, ImportError> {
    Ok(archive(bytes)?.file_names().flatten().map(|name| name.into_owned()).collect())
}
