//! `yiju search`

use super::{Common, Exit, Format};
use crate::check::{Checked, Checker, check};
use crate::cite::Names;
use crate::law::{Corpus, EffectLevel, Status};
use crate::report::json::{HitView, SearchView};
use crate::search::{Anchors, Filters, PieceKind, Query, Results, Sort, Suggestions};
use crate::snapshot::{
    CitedBy,
    query::{SUGGESTED, search},
};
use anyhow::Context;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

/// 检索条文：引用、文号、关键词或一句话
#[derive(Debug, clap::Args)]
pub struct SearchArgs {
    /// 检索词；引号里的词句须原样出现
    #[arg(required_unless_present = "queries")]
    pub query: Option<String>,
    /// 批量检索：每行一个 {"qid","query"}
    #[arg(long, value_name = "文件", conflicts_with = "query")]
    pub queries: Option<PathBuf>,
    /// 最多返回几条
    #[arg(long, default_value_t = 10)]
    pub limit: usize,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    #[command(flatten)]
    pub narrow: Narrow,
}

/// What narrows a search; the same names as in the HTTP API.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Narrow {
    /// 只看这一效力位阶（法律、行政法规……），可给多次
    #[arg(long, value_name = "位阶")]
    pub level: Vec<String>,
    /// 只看这一时效（in-force、not-yet、superseded、repealed、unknown），可给多次
    #[arg(long, value_name = "时效")]
    pub status: Vec<String>,
    /// 只看这一制定机关（名称的一部分即可）
    #[arg(long, value_name = "机关")]
    pub issuer: Option<String>,
    /// 只在这一部法规里检索（标识）
    #[arg(long = "in", value_name = "法规")]
    pub regulation: Option<String>,
    /// 时效按哪一天判断，默认今天
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub on: Option<Date>,
    /// 按效力位阶排序，而不按相关程度
    #[arg(long)]
    pub by_level: bool,
}

#[derive(Deserialize)]
struct Line {
    qid: serde_json::Value,
    query: String,
}

#[derive(Serialize)]
struct Answer {
    qid: serde_json::Value,
    results: Vec<HitView>,
}

pub fn run(args: SearchArgs, common: &Common) -> anyhow::Result<Exit> {
    let corpus = common.corpus()?;
    let blank = args.narrow.query(args.limit)?;
    let index = common.index(&corpus)?;
    let names = Names::of(&corpus);
    let anchors = anchors(common, &corpus, &names)?;
    let suggestions = OnceCell::new();
    let suggest = |typed: &str| suggestions.get_or_init(|| Suggestions::of(&corpus)).suggest(typed, SUGGESTED);
    let ask = |query: &Query| search(&corpus, &names, &index, &anchors, &suggest, query);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let Some(path) = args.queries else {
        let query = Query { text: args.query.unwrap_or_default(), ..blank };
        let results = ask(&query)?;
        match args.format {
            Format::Json => writeln!(out, "{}", serde_json::to_string(&SearchView::of(&results))?)?,
            Format::Text => print(&mut out, &results)?,
        }
        return Ok(Exit::Clean);
    };
    let file = File::open(&path).with_context(|| format!("打不开 {}", path.display()))?;
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let line = line.with_context(|| format!("读不了 {}", path.display()))?;
        if line.trim().is_empty() {
            continue;
        }
        let wrong = || format!("{} 第 {} 行不是 {{\"qid\",\"query\"}}", path.display(), number + 1);
        let Line { qid, query } = serde_json::from_str(&line).with_context(wrong)?;
        let results = ask(&Query { text: query, ..blank.clone() })?;
        let answer = Answer { qid, results: results.hits.iter().map(HitView::of).collect() };
        writeln!(out, "{}", serde_json::to_string(&answer)?)?;
    }
    Ok(Exit::Clean)
}

/// Which items cite what, when there are catalogs beside the corpus.
pub(super) fn anchors(common: &Common, corpus: &Corpus, names: &Names) -> anyhow::Result<Anchors> {
    let catalogs = common.sources().catalogs()?;
    if catalogs.is_empty() {
        return Ok(Anchors::default());
    }
    let quotes = crate::quote::Index::kept_in(&common.index, corpus);
    let checker = Checker { corpus, names, quotes: &quotes, today: Common::today(), propose: None };
    let checked: Vec<Checked> = catalogs.iter().map(|catalog| check(&checker, catalog)).collect();
    Ok(CitedBy::of(&checked).anchors(corpus, &catalogs))
}

impl Narrow {
    fn query(&self, limit: usize) -> anyhow::Result<Query> {
        let level = |name: &String| {
            EffectLevel::from_name(name).with_context(|| {
                let all: Vec<&str> = EffectLevel::ALL.iter().map(|level| level.name()).collect();
                format!("没有“{name}”这一效力位阶，可用：{}", all.join("、"))
            })
        };
        let status = |code: &String| {
            Status::ALL.into_iter().find(|status| status.code() == code).with_context(|| {
                let all: Vec<&str> = Status::ALL.iter().map(|status| status.code()).collect();
                format!("没有“{code}”这一时效，可用：{}", all.join("、"))
            })
        };
        let filters = Filters {
            levels: self.level.iter().map(level).collect::<anyhow::Result<_>>()?,
            statuses: self.status.iter().map(status).collect::<anyhow::Result<_>>()?,
            issuer: self.issuer.clone(),
            regulation: self.regulation.clone(),
        };
        let sort = if self.by_level { Sort::EffectLevel } else { Sort::Relevance };
        Ok(Query { filters, sort, limit, ..Query::new("", self.on.unwrap_or_else(Common::today)) })
    }
}

fn print(out: &mut impl Write, results: &Results) -> std::io::Result<()> {
    let terminal = std::io::stdout().is_terminal();
    for note in &results.notes {
        writeln!(out, "{note}")?;
    }
    if results.hits.is_empty() {
        return writeln!(out, "没有找到与“{}”相符的条文", results.query);
    }
    if let Some(understood) = &results.understood {
        writeln!(out, "按引用理解：{understood}")?;
    }
    for (rank, hit) in results.hits.iter().enumerate() {
        let cited = if hit.cited_by > 0 { format!(" · {} 个事项引用", hit.cited_by) } else { String::new() };
        writeln!(out, "{}. 《{}》{}", rank + 1, hit.title, hit.label)?;
        writeln!(out, "   {} · {} · {}{cited}", hit.level.name(), hit.status.name(), hit.id)?;
        write!(out, "   ")?;
        for piece in &hit.snippet {
            let words = piece.words.replace('\n', " ");
            match piece.kind {
                PieceKind::Hit if terminal => write!(out, "\x1b[1;31m{words}\x1b[0m")?,
                _ => write!(out, "{words}")?,
            }
        }
        writeln!(out)?;
    }
    let more = if results.more { "以上" } else { "" };
    writeln!(out, "共 {} 条{more}，{:.1} 毫秒", results.total, results.took.as_secs_f64() * 1e3)
}
