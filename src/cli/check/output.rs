//! [`render`]: reports as bytes of one format; [`deliver`]: to the screen, or to a file that appears whole or not at all.

use super::CheckFormat;
use crate::import::Document;
use crate::report::text::Style;
use crate::report::{Report, html, sarif, text, xlsx};
use anyhow::{Context, bail};
use serde_json::json;
use std::io::{IsTerminal, Write};
use std::path::Path;

/// `source` is asked for only where the format follows the source's layout.
///
/// # Errors
/// When the format cannot hold the reports.
pub fn render<'s>(
    reports: &[Report<'_>],
    format: CheckFormat,
    style: Style,
    source: impl FnOnce() -> anyhow::Result<(Document, &'s [u8])>,
) -> anyhow::Result<Vec<u8>> {
    Ok(match format {
        CheckFormat::Text => {
            let texts: Vec<String> = reports.iter().map(|report| text::write(report, style)).collect();
            texts.join("\n").into_bytes()
        }
        CheckFormat::Json => {
            let mut json = match reports {
                [one] => serde_json::to_vec_pretty(&one.view())?,
                many => {
                    let views: Vec<_> = many.iter().map(Report::view).collect();
                    serde_json::to_vec_pretty(&json!({ "checks": views }))?
                }
            };
            json.push(b'\n');
            json
        }
        CheckFormat::Sarif => {
            let mut json = serde_json::to_vec_pretty(&sarif::write(reports))?;
            json.push(b'\n');
            json
        }
        CheckFormat::Html => html::write(reports)?.into_bytes(),
        CheckFormat::Xlsx => {
            let (document, bytes) = source()?;
            xlsx::write(reports, &document, Some(bytes))?
        }
    })
}

/// Columns of the terminal, and whether it shows colours; a file or pipe is 100 wide and plain.
pub fn style(to_file: bool) -> Style {
    let terminal = !to_file && std::io::stdout().is_terminal();
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let columns = columns.filter(|columns| (20..=500).contains(columns)).unwrap_or(100);
    Style { columns, colour: terminal && std::env::var_os("NO_COLOR").is_none() }
}

/// # Errors
/// When the file cannot be written; what stood there before still does.
pub fn deliver(bytes: &[u8], output: Option<&Path>, format: CheckFormat) -> anyhow::Result<()> {
    match output {
        Some(path) => write_whole(path, bytes),
        None => {
            let mut out = std::io::stdout().lock();
            if format == CheckFormat::Xlsx && out.is_terminal() {
                bail!("xlsx 不能显示在屏幕上：请用 --output 写明文件");
            }
            match out.write_all(bytes).and_then(|()| out.flush()) {
                // Whoever reads has seen enough.
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
                written => written.context("写不出结果"),
            }
        }
    }
}

/// Writes beside the target first and then takes its place.
///
/// # Errors
/// When the folder does not exist or cannot be written to.
pub fn write_whole(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let failed = || format!("写不了 {}：请检查文件夹是否存在、有无写入权限", path.display());
    if path.is_dir() {
        bail!("{} 是文件夹：请写明文件名", path.display());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".yiju-").tempfile_in(folder).with_context(failed)?;
    file.write_all(bytes).with_context(failed)?;
    share(file.as_file()).with_context(failed)?;
    file.persist(path).with_context(failed)?;
    Ok(())
}

/// Temporary files are their owner's alone; a report is as readable as any new file.
#[cfg(unix)]
fn share(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn share(_file: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}
