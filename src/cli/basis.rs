//! `yiju basis`

use super::{Common, Exit, Format};
use crate::report::json::{ProposalView, Views};
use crate::snapshot::Snapshot;
use anyhow::Context;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;

/// 为一个公开事项找依据
#[derive(Debug, clap::Args)]
pub struct BasisArgs {
    /// 事项
    #[arg(required_unless_present = "queries")]
    pub text: Option<String>,
    /// 批量：每行一个 {"qid","item"}
    #[arg(long, value_name = "文件", conflicts_with = "text")]
    pub queries: Option<PathBuf>,
    #[arg(long, default_value_t = 5)]
    pub limit: usize,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Deserialize)]
struct Line {
    qid: serde_json::Value,
    item: String,
}

#[derive(Serialize)]
struct Answer {
    qid: serde_json::Value,
    results: Vec<ProposalView>,
}

pub fn run(args: BasisArgs, common: &Common) -> anyhow::Result<Exit> {
    let today = Common::today();
    let snapshot = Snapshot::open(&common.sources_with_meaning()?, today)?;
    let views = Views::new(&snapshot.corpus, today);
    let mut out = BufWriter::new(std::io::stdout().lock());
    if let Some(path) = args.queries {
        let file = File::open(&path).with_context(|| format!("打不开 {}", path.display()))?;
        for (number, line) in BufReader::new(file).lines().enumerate() {
            let line = line.with_context(|| format!("读不了 {}", path.display()))?;
            if line.trim().is_empty() {
                continue;
            }
            let wrong = || format!("{} 第 {} 行不是 {{\"qid\",\"item\"}}", path.display(), number + 1);
            let Line { qid, item } = serde_json::from_str(&line).with_context(wrong)?;
            let results = views.proposals(&snapshot.propose(&item, args.limit)?);
            writeln!(out, "{}", serde_json::to_string(&Answer { qid, results })?)?;
        }
        return Ok(Exit::Clean);
    }
    let item = args.text.unwrap_or_default();
    let view = views.basis(&item, &snapshot.propose(&item, args.limit)?);
    if args.format == Format::Json {
        writeln!(out, "{}", serde_json::to_string(&view)?)?;
        return Ok(Exit::Clean);
    }
    if view.results.is_empty() {
        writeln!(out, "没有找到适合“{item}”的依据：法规库里没有相称的条款，也没有其他单位的先例")?;
    }
    for (rank, one) in view.results.iter().enumerate() {
        let provision = &one.provision;
        writeln!(out, "{}. 《{}》{}", rank + 1, provision.title, provision.label)?;
        writeln!(out, "   {}", provision.text.replace('\n', " "))?;
        if !one.why.words.is_empty() {
            writeln!(out, "   相合的词：{}", one.why.words.join("、"))?;
        }
        let named: Vec<String> = one.why.precedents.iter().map(|p| format!("{} 第{}项", p.catalog, p.item)).collect();
        if !named.is_empty() {
            writeln!(out, "   先例：{}", named.join("、"))?;
        }
    }
    Ok(Exit::Clean)
}
