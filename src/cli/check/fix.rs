//! [`Fixed`]: a corrected copy of a catalog file with the safe repairs in it, and the repairs left to a person.

use super::input::Input;
use super::output::write_whole;
use crate::check::writeback::cell_words;
use crate::check::{CellRepair, Finding, repair};
use crate::import;
use crate::report::Report;
use anyhow::Context;
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
    /// Place, words and what they should be, of a file that cannot be written back.
    pub by_hand: Vec<String>,
}

/// Writes the copy: to `output`, else beside the file as `名.fixed.扩展名`.
///
/// # Errors
/// When the file cannot be read again, or the copy cannot be written; then there is no copy.
pub fn fix(input: &Input, reports: &[&Report<'_>], output: Option<&Path>) -> anyhow::Result<Fixed> {
    let mut fixed = Fixed { copy: None, applied: 0, remaining: 0, left: Vec::new(), by_hand: Vec::new() };
    let document = input.document()?;
    let (mut cells, mut changes) = (Vec::new(), Vec::new());
    for report in reports {
        let counting: Vec<&Finding> = report.counting().map(|reported| reported.finding).collect();
        let repair = repair(report.catalog, counting.iter().copied());
        let words = cell_words(&repair, &document);
        changes.extend(repair.cells.iter().flat_map(changed));
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
        // What cannot be done is given as a list for a person.
        fixed.by_hand = changes;
        fixed.remaining += std::mem::take(&mut fixed.applied);
        return Ok(fixed);
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

/// One line an edit: where it stands, the words there, and what they should be.
fn changed(cell: &CellRepair) -> Vec<String> {
    let place = match (&cell.origin.sheet, &cell.origin.cell, cell.origin.line) {
        (Some(sheet), Some(name), _) => format!("{sheet}!{name}"),
        (_, _, Some(line)) => format!("第 {line} 行"),
        (_, Some(name), None) => name.clone(),
        _ => format!("第 {} 项", cell.item),
    };
    let column = cell.column.name();
    let line = |edit: &crate::check::Edit| {
        let before = edit.span.of(&cell.before);
        format!("{place} {column}：“{before}”改为“{}”", edit.text)
    };
    cell.edits.iter().map(line).collect()
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
            None if self.by_hand.is_empty() => "没有可以稳妥改正的地方，未写出副本\n".to_string(),
            None => format!(
                "这个文件不能原样写回，未写出副本；请在原文件里改以下 {} 处，或另存为 xlsx、docx、csv、txt 再试：\n  {}\n",
                self.by_hand.len(),
                self.by_hand.join("\n  ")
            ),
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
