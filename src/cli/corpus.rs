//! `yiju corpus verify`: structural faults, and the comparison with reference texts.

use super::{Common, Exit, say};
use crate::cite::Names;
use crate::cite::crossref::{CrossReferences, Target};
use crate::law::compare::{Comparison, Deviation, Difference, compare, references, without_reference};
use crate::law::verify::faults;
use crate::law::{Corpus, Coverage};
use anyhow::Context;
use serde::Deserialize;
use similar::{ChangeTag, TextDiff};
use std::path::{Path, PathBuf};

/// 法规库自身的检查
#[derive(Debug, clap::Args)]
pub struct CorpusArgs {
    #[command(subcommand)]
    pub command: CorpusCommand,
}

#[derive(Debug, clap::Subcommand)]
pub enum CorpusCommand {
    /// 检查每部法规的结构；给出参照目录时逐条比对
    Verify {
        /// 参照文本的目录
        #[arg(long, value_name = "目录")]
        against: Option<PathBuf>,
    },
}

pub fn run(args: CorpusArgs, common: &Common) -> anyhow::Result<Exit> {
    let CorpusCommand::Verify { against } = args.command;
    let dirs = common.sources().folders();
    let (corpus, broken) = match dirs.is_empty() {
        true => (Corpus::embedded()?, Vec::new()),
        false => Corpus::inspect(&dirs)?,
    };
    let mut clean = broken.is_empty();
    broken.iter().for_each(|error| say!("错误  {error}"));
    clean &= structure(&corpus);
    references_inside(&corpus);
    if let Some(dir) = against {
        let references = references(&dir).with_context(|| format!("读不了参照目录 {}", dir.display()))?;
        anyhow::ensure!(!references.is_empty(), "{} 里没有参照文本（首行应为“标题：”的 .txt）", dir.display());
        clean &= comparison(&corpus, &compare(&corpus, &references, &deviations(&dirs)?));
    }
    Ok(if clean { Exit::Clean } else { Exit::Findings })
}

fn structure(corpus: &Corpus) -> bool {
    let faults = faults(corpus);
    for fault in &faults {
        let kind = if fault.is_note { "提示" } else { "错误" };
        say!("{kind}  {} 《{}》：{}", fault.document, fault.title, fault.message);
    }
    let versions = corpus.regulations().iter().flat_map(|r| &r.versions);
    let count = |coverage| versions.clone().filter(|v| v.coverage == coverage).count();
    let (full, excerpt, metadata) = (count(Coverage::Full), count(Coverage::Excerpt), count(Coverage::Metadata));
    let notes = faults.iter().filter(|f| f.is_note).count();
    say!(
        "结构：法规{}件，全文{full}份，节录{excerpt}份，只有著录{metadata}份；错误{}处，提示{notes}处",
        corpus.regulations().len(),
        faults.len() - notes
    );
    notes == faults.len()
}

/// Where the law cites itself and nothing stands there: told, not held against a corpus whose words are the official
/// ones.
fn references_inside(corpus: &Corpus) {
    let found = CrossReferences::of(corpus, &Names::of(corpus), Common::today());
    let (mut held, mut missing, mut outside, mut unclear) = (0, 0, 0, 0);
    for reference in found.all() {
        match &reference.target {
            Target::Found(_) => held += 1,
            Target::NotHeld(_) | Target::NotInCorpus(_) => outside += 1,
            Target::Unclear { .. } => unclear += 1,
            Target::Missing { document, place } => {
                missing += 1;
                say!("提示  {}：“{}”所指的{place}在 {document} 里不存在", reference.from, reference.words);
            }
        }
    }
    say!(
        "互引：{}处，找到{held}处，所指不存在{missing}处，所指文本不在库中{outside}处，看不出指哪件文件{unclear}处",
        found.all().len()
    );
}

fn comparison(corpus: &Corpus, compared: &[Comparison]) -> bool {
    let (mut places, mut differing, mut excused) = (0, 0, 0);
    for one in compared {
        let excerpt = if one.coverage == Coverage::Excerpt { "（节录，只比对库中有的部分）" } else { "" };
        let (document, reference) = (&one.document, &one.reference);
        say!("比对  {document} ↔ {reference}：{}处，{}处有出入{excerpt}", one.compared, one.differing.len());
        for difference in &one.differing {
            say!("  {}：{}", difference.place, shown(difference));
        }
        for (difference, reason) in &one.deviations {
            say!("  {}：与参照不同，理由：{reason}", difference.place);
        }
        places += one.compared;
        differing += one.differing.len();
        excused += one.deviations.len();
    }
    let alone = without_reference(corpus, compared);
    if !alone.is_empty() && alone.len() <= 50 {
        say!("没有参照文本的全文：{}", alone.join("、"));
    } else if !alone.is_empty() {
        say!("没有参照文本的全文：{}份", alone.len());
    }
    say!("比对：{}份文本，{places}处，有出入{differing}处，另有注明理由的{excused}处", compared.len());
    differing == 0
}

fn shown(difference: &Difference) -> String {
    match (&difference.own, &difference.reference) {
        (Some(own), Some(reference)) => {
            let diff = TextDiff::from_chars(reference.as_str(), own.as_str());
            let mut out = String::new();
            for change in diff.iter_all_changes() {
                match change.tag() {
                    ChangeTag::Equal => out.push_str(change.value()),
                    ChangeTag::Delete => out.push_str(&format!("[-{}-]", change.value())),
                    ChangeTag::Insert => out.push_str(&format!("{{+{}+}}", change.value())),
                }
            }
            out.replace("-][-", "").replace("+}{+", "")
        }
        (Some(_), None) => "参照文本里没有这一处".into(),
        _ => "库中文本没有这一处".into(),
    }
}

#[derive(Deserialize)]
struct DeviationFile {
    #[serde(default)]
    deviation: Vec<Deviation>,
}

/// `deviations.toml` of each corpus folder.
fn deviations(dirs: &[PathBuf]) -> anyhow::Result<Vec<Deviation>> {
    let mut found = Vec::new();
    for path in dirs.iter().map(|dir| dir.join("deviations.toml")).filter(|path| Path::is_file(path)) {
        let content = std::fs::read_to_string(&path).with_context(|| format!("读不了 {}", path.display()))?;
        let file: DeviationFile = toml::from_str(&content).with_context(|| format!("{} 的格式有误", path.display()))?;
        found.extend(file.deviation);
    }
    Ok(found)
}
