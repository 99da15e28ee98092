//! `yiju eval`

use super::{Common, Exit, Format, say};
use crate::cite::Names;
use crate::eval::basis::run as basis;
use crate::eval::citations;
use crate::eval::search::{Question, run as search};
use crate::snapshot::Snapshot;
use anyhow::Context;
use jiff::civil::Date;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// 用标准答案衡量引用识别、检索与找依据
#[derive(Debug, clap::Args)]
pub struct EvalArgs {
    #[command(subcommand)]
    pub what: What,
}

#[derive(Debug, clap::Subcommand)]
pub enum What {
    /// 衡量引用识别：题名、文号、条款、引文各自的准确率、召回率、F1
    Citations(CitationEval),
    /// 衡量检索：召回率、MRR、nDCG、用时
    Search(SearchEval),
    /// 衡量找依据：逐个目录留出，只用其余目录的先例
    Basis(BasisEval),
}

#[derive(Debug, clap::Args)]
pub struct BasisEval {
    /// 把每个事项的得分写成 JSON，一行一个
    #[arg(long, value_name = "文件")]
    pub details: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct CitationEval {
    /// 标注目录：其中（或其 citations/ 中）每个 .jsonl 每行一段文字或一行目录，连同其中的引用
    #[arg(long, value_name = "目录", default_value = "tests/gold")]
    pub gold: PathBuf,
    /// 逐条列出读出的与标注的不同之处
    #[arg(long)]
    pub details: bool,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

#[derive(Debug, clap::Args)]
pub struct SearchEval {
    /// 每行一个 {"qid","query","gold":[{"title","article"}]}
    #[arg(long, value_name = "文件")]
    pub questions: PathBuf,
    /// 把每个问题的排序写成 TREC run 文件
    #[arg(long, value_name = "文件")]
    pub run: Option<PathBuf>,
    /// 把每个问题的得分写成 JSON，一行一个
    #[arg(long, value_name = "文件")]
    pub details: Option<PathBuf>,
    /// 时效按哪一天判断，默认今天
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub on: Option<Date>,
}

pub fn run(args: EvalArgs, common: &Common) -> anyhow::Result<Exit> {
    match args.what {
        What::Citations(args) => eval_citations(&args, common),
        What::Search(args) => eval_search(args, common),
        What::Basis(args) => eval_basis(args, common),
    }
}

fn eval_citations(args: &CitationEval, common: &Common) -> anyhow::Result<Exit> {
    let names = Names::of(&common.corpus()?);
    let gold = citations::Gold::read(&args.gold)?;
    if args.details {
        for difference in gold.cases.iter().flat_map(|case| case.differences(&names)) {
            say!("{difference}");
        }
    }
    let scores = citations::measure(gold.cases.iter().map(|case| &case.case), &names);
    match args.format {
        Format::Json => say!("{}", serde_json::to_string(&scores)?),
        Format::Text => {
            say!("{} 个文件，{} 例", gold.files, gold.cases.len());
            say!("{}", scores.to_string().trim_end());
        }
    }
    Ok(Exit::Clean)
}

fn eval_search(args: SearchEval, common: &Common) -> anyhow::Result<Exit> {
    let questions: Vec<Question> = lines(&args.questions)?;
    let corpus = common.corpus()?;
    let index = common.index(&corpus)?;
    let anchors = super::search::anchors(common, &corpus, &Names::of(&corpus))?;
    let on = args.on.unwrap_or_else(Common::today);
    let (report, outcomes) = search(&corpus, &index, &anchors, &questions, on)?;
    say!("{}", serde_json::to_string(&report)?);
    if let Some(path) = args.run {
        let mut out = create(&path)?;
        for outcome in &outcomes {
            let qid = outcome.qid.to_string();
            for (rank, (id, score)) in outcome.ranking.iter().enumerate() {
                writeln!(out, "{} Q0 {id} {} {score} yiju", qid.trim_matches('"'), rank + 1)?;
            }
        }
        out.flush()?;
    }
    if let Some(path) = args.details {
        write_lines(&path, &outcomes)?;
    }
    Ok(Exit::Clean)
}

fn eval_basis(args: BasisEval, common: &Common) -> anyhow::Result<Exit> {
    let snapshot = Snapshot::open(&common.sources_with_meaning()?, Common::today())?;
    let (reports, outcomes) = basis(&snapshot.basis(), &snapshot.catalogs, snapshot.precedents())?;
    for report in reports {
        say!("{}", serde_json::to_string(&report)?);
    }
    if let Some(path) = args.details {
        write_lines(&path, &outcomes)?;
    }
    Ok(Exit::Clean)
}

fn write_lines<T: serde::Serialize>(path: &Path, lines: &[T]) -> anyhow::Result<()> {
    let mut out = create(path)?;
    for line in lines {
        writeln!(out, "{}", serde_json::to_string(line)?)?;
    }
    Ok(out.flush()?)
}

fn create(path: &Path) -> anyhow::Result<BufWriter<File>> {
    Ok(BufWriter::new(File::create(path).with_context(|| format!("写不进 {}", path.display()))?))
}

/// One JSON object a line.
fn lines<T: serde::de::DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    let file = File::open(path).with_context(|| format!("打不开 {}", path.display()))?;
    let mut found = Vec::new();
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let line = line.with_context(|| format!("读不了 {}", path.display()))?;
        if !line.trim().is_empty() {
            let wrong = || format!("{} 第 {} 行格式不对", path.display(), number + 1);
            found.push(serde_json::from_str(&line).with_context(wrong)?);
        }
    }
    Ok(found)
}
