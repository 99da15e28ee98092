//! [`Fixed`]: a corrected copy of a catalog file with the safe repairs in it, and the repairs left to a person.

use super::input::Input;
use super::output::write_whole;
use crate::check::writeback::cell_words;
use crate::check::{CellRepair, Finding, repair};
use crate::import;
use crate::report::Report;
use anyhow::{Context, bail};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What `--fix` did to one file.
pub struct Fixed {
    /// Where the copy is; `None` where there was nothing to change.
    pub copy: Option<PathBuf>,
    pub applied: usize,
    /// Findings that count and are still there.
    pub remaining: usize,
    /// Lines about repairs that want a person.
    pub left: Vec<String>,
}

/// Writes the copy: to `output`, else beside the file as `名.fixed.扩展名`.
///
/// # Errors
/// When the format cannot be written back, or the copy cannot be written; then there is no copy.
pub fn fix(input: &Input, reports: &[&Report<'_>], output: Option<&Path>) -> anyhow::Result<Fixed> {
    let mut fixed = Fixed { copy: None, applied: 0, remaining: 0, left: Vec::new() };
    let document = input.document()?;
    let mut cells = Vec::new();
    for report in reports {
        let counting: Vec<&Finding> = report.counting().map(|reported| reported.finding).collect();
        let repair = repair(report.catalog, counting.iter().copied());
        let words = cell_words(&repair, &document);
        // Words that the file does not keep in a cell of their own cannot be put back for certain.
        let unplaced: Vec<&CellRepair> = words.unplaced.iter().filter_map(|at| repair.cells.get(*at)).collect();
        let lost = |finding: &Finding| {
            let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
            unplaced.iter().any(|cell| edits.clone().any(|edit| cell.edits.contains(edit)))
        };
        let applied = repair.applied.iter().filter_map(|at| counting.get(*at));
        let (out, into): (Vec<&Finding>, Vec<&Finding>) = applied.partition(|finding| lost(finding));
        fixed.applied += into.len();
        fixed.remaining += counting.len() - into.len();
        for at in repair.left.iter().chain(&repair.clashed) {
            fixed.left.extend(counting.get(*at).map(|finding| advice(finding)));
        }
        fixed
            .left
            .extend(out.into_iter().map(|finding| format!("{}（原文件里找不到这一格，不能写回）", advice(finding))));
        cells.extend(words.cells);
    }
    if cells.is_empty() {
        return Ok(fixed);
    }
    let bytes = import::rewrite(&input.bytes, &document, &cells).with_context(|| input.name())?;
    let Some(bytes) = bytes else {
        bail!("{} 这种文件不能原样写回；请照报告中的改法改，或另存为 xlsx、docx、csv、txt 再试", input.name());
    };
    let path = output.map_or_else(|| beside(&input.path), Path::to_path_buf);
    write_whole(&path, &bytes)?;
    fixed.copy = Some(path);
    Ok(fixed)
}

fn advice(finding: &Finding) -> String {
    let expected = finding.expected.as_ref().map_or(String::new(), |expected| format!("（应为：{expected}）"));
    format!("第 {} 项 {}：{}{expected}", finding.item, finding.rule, finding.message)
}

fn beside(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    match path.extension() {
        Some(extension) => path.with_file_name(format!("{stem}.fixed.{}", extension.to_string_lossy())),
        None => path.with_file_name(format!("{stem}.fixed")),
    }
}

impl Fixed {
    /// What was done, in a few lines.
    pub fn summary(&self) -> String {
        let mut out = match &self.copy {
            Some(path) => format!("已改正 {} 处，副本：{}\n", self.applied, path.display()),
            None => "没有可以稳妥改正的地方，未写出副本\n".to_string(),
        };
        if !self.left.is_empty() {
            // Writing into a string cannot fail.
            let _ = writeln!(out, "没有改、须人看过的 {} 处：", self.left.len());
            self.left.iter().for_each(|line| {
                let _ = writeln!(out, "  {line}");
            });
        }
        out
    }
}
