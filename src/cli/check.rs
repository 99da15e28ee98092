//! `yiju check`: every citation of a catalog judged, findings reported, safe repairs written where asked.

mod fix;
mod input;
mod output;

use super::{Common, Exit};
use crate::check::coverage::coverage;
use crate::check::settings::known_rules;
use crate::check::{Checked, Checker, Known, check};
use crate::cite::Names;
use crate::law::Corpus;
use crate::quote;
use crate::report::card::item_name;
use crate::report::json::Views;
use crate::report::{self, Report, Reported};
use anyhow::{anyhow, bail};
use input::{Input, rule_names};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// 核对目录文件里的每一条依据
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// 目录文件，或含 catalog.toml 的文件夹；旁边的 yiju.toml 是它的核对设置
    #[arg(required = true, value_name = "文件")]
    pub files: Vec<PathBuf>,
    /// 报告格式；不写则按 --output 的扩展名，再不然是 text
    #[arg(long, value_enum)]
    pub format: Option<CheckFormat>,
    /// 报告写入文件，不写到屏幕（几个文件的 xlsx 报告写入文件夹）；与 --fix 同用而没写 --format 时，是改正了的副本
    #[arg(long, value_name = "文件")]
    pub output: Option<PathBuf>,
    /// 只用这些规则，逗号分隔
    #[arg(long, value_name = "规则", value_delimiter = ',')]
    pub select: Vec<String>,
    /// 不用这些规则，逗号分隔
    #[arg(long, value_name = "规则", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// 写出改正了的副本：只做稳妥的改动，其余列出；不写 --output 则放在原文件旁边
    #[arg(long)]
    pub fix: bool,
    /// 不报问题，只看各项公开义务在目录里有没有对应事项（格式 text、json、html）
    #[arg(long, conflicts_with_all = ["fix", "update_baseline"])]
    pub coverage: bool,
    /// 已知问题的基线文件：其中的问题照样列出和计数，但不算新问题
    #[arg(long, value_name = "文件")]
    pub baseline: Option<PathBuf>,
    /// 把现有问题都写进基线文件，原有的原因和到期日保留
    #[arg(long, requires = "reason")]
    pub update_baseline: bool,
    /// 新写进基线的问题为什么接受
    #[arg(long, value_name = "原因")]
    pub reason: Option<String>,
    /// 新写进基线的问题到哪天重新算数，如 2027-01-31
    #[arg(long, value_name = "日期", requires = "update_baseline")]
    pub expires: Option<Date>,
    /// 按哪一天的时效核对，如 2026-11-22；默认今天
    #[arg(long, value_name = "日期")]
    pub on: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum CheckFormat {
    Text,
    Json,
    Sarif,
    Html,
    Xlsx,
}

impl CheckFormat {
    fn of_name(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "json" => Some(CheckFormat::Json),
            "sarif" => Some(CheckFormat::Sarif),
            "html" | "htm" => Some(CheckFormat::Html),
            "xlsx" => Some(CheckFormat::Xlsx),
            _ => None,
        }
    }
}

pub fn run(args: CheckArgs, common: &Common) -> anyhow::Result<Exit> {
    known_rules(args.select.iter().chain(&args.ignore), &rule_names())?;
    let inputs = args.files.iter().map(|path| read(path, &args)).collect::<anyhow::Result<Vec<Input>>>()?;
    // With --fix alone, --output names the corrected copy.
    let (copy, output) = match args.fix && args.format.is_none() {
        true => (args.output.as_deref(), None),
        false => (None, args.output.as_deref()),
    };
    if copy.is_some() && inputs.len() > 1 {
        bail!("--fix 与 --output 同用时，一次只能改一个文件");
    }
    let format = args.format.or(output.and_then(CheckFormat::of_name)).unwrap_or(CheckFormat::Text);
    let folder = output.filter(|path| format == CheckFormat::Xlsx && inputs.len() > 1 && path.is_dir());
    if format == CheckFormat::Xlsx && inputs.len() > 1 && folder.is_none() {
        bail!("xlsx 报告照原表排版，一个文件一份：核对几个文件时，请用 --output 写明一个已有的文件夹");
    }
    let corpus = common.corpus()?;
    let today = args.on.unwrap_or_else(Common::today);
    let judged = judge(&inputs, &corpus, &common.index, today);
    if args.coverage {
        let format = args.format.or(args.output.as_deref().and_then(CheckFormat::of_name));
        return matrix(&judged, &corpus, today, format.unwrap_or(CheckFormat::Text), args.output.as_deref());
    }
    let views = Views::new(&corpus, today);
    let reports: Vec<Report<'_>> = judged
        .iter()
        .map(|(input, at, checked)| Report::new(views, &input.catalogs[*at], checked, &input.settings, &input.baseline))
        .collect();
    if args.update_baseline {
        update_baseline(&inputs, &reports, &args)?;
    }
    let mut remaining = reports.iter().any(|report| report.counting().next().is_some()) && !args.update_baseline;
    let mut done = String::new();
    if args.fix {
        remaining = false;
        for input in &inputs {
            let own = judged.iter().zip(&reports).filter(|((of, ..), _)| std::ptr::eq(*of, input));
            let fixed = fix::fix(input, &own.map(|(_, report)| report).collect::<Vec<_>>(), copy)?;
            remaining |= fixed.remaining > 0;
            done.push_str(&fixed.summary());
        }
    }
    if let Some(folder) = folder {
        workbooks(&inputs, &reports, folder)?;
        eprint!("{done}");
        return Ok(if remaining { Exit::Findings } else { Exit::Clean });
    }
    let source = || {
        let first = inputs.first().ok_or_else(|| anyhow!("没有文件"))?;
        Ok((first.document()?, first.bytes.as_slice()))
    };
    let mut bytes = output::render(&reports, format, output::style(output.is_some()), source)?;
    if format == CheckFormat::Text && !done.is_empty() {
        bytes.push(b'\n');
        bytes.extend(done.bytes());
    } else {
        eprint!("{done}");
    }
    output::deliver(&bytes, output, format)?;
    Ok(if remaining { Exit::Findings } else { Exit::Clean })
}

/// One workbook a file, `名.check.xlsx`; files of one name are counted: `名.check-2.xlsx`. `reports` stand in the order
/// of the inputs and their catalogs.
fn workbooks(inputs: &[Input], mut reports: &[Report<'_>], folder: &Path) -> anyhow::Result<()> {
    let mut made: BTreeMap<String, u32> = BTreeMap::new();
    let mut books = Vec::with_capacity(inputs.len());
    for input in inputs {
        let own;
        (own, reports) = reports.split_at(input.catalogs.len().min(reports.len()));
        let stem = input.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let count = made.entry(stem.clone()).and_modify(|count| *count += 1).or_insert(1);
        let name = if *count == 1 { format!("{stem}.check.xlsx") } else { format!("{stem}.check-{count}.xlsx") };
        books.push((folder.join(name), report::xlsx::write(own, &input.document()?, Some(&input.bytes))?));
    }
    // Nothing is written before everything can be.
    books.iter().try_for_each(|(path, bytes)| output::write_whole(path, bytes))
}

fn read(path: &Path, args: &CheckArgs) -> anyhow::Result<Input> {
    let mut input = Input::read(path, args.baseline.as_deref(), args.update_baseline)?;
    if input.catalogs.is_empty() {
        bail!("{} 里没有读到目录表格", path.display());
    }
    if !args.select.is_empty() {
        input.settings.select = args.select.clone();
        input.settings.ignore.retain(|rule| !args.select.contains(rule));
    }
    input.settings.ignore.extend(args.ignore.iter().cloned());
    Ok(input)
}

/// Every catalog of every file, in their order, each with its input and its position there.
fn judge<'i>(inputs: &'i [Input], corpus: &Corpus, index: &Path, today: Date) -> Vec<(&'i Input, usize, Checked)> {
    let names = Names::of(corpus);
    let quotes = quote::Index::kept_in(index, corpus);
    let checker = Checker { corpus, names: &names, quotes: &quotes, today, propose: None };
    let each = |input: &'i Input| {
        (0..input.catalogs.len()).map(move |at| {
            let mut checked = check(&checker, &input.catalogs[at]);
            checked.findings = input.settings.apply(checked.findings);
            (input, at, checked)
        })
    };
    inputs.iter().flat_map(each).collect()
}

/// Duties against all catalogs; it judges nothing, so it ends clean.
fn matrix(
    judged: &[(&Input, usize, Checked)],
    corpus: &Corpus,
    today: Date,
    format: CheckFormat,
    path: Option<&Path>,
) -> anyhow::Result<Exit> {
    let catalogs: Vec<_> =
        judged.iter().map(|(input, at, checked)| (&input.catalogs[*at], checked.links.as_slice())).collect();
    let matrix = coverage(corpus, today, &catalogs);
    let bytes = match format {
        CheckFormat::Text => report::coverage::text(&matrix, output::style(path.is_some()).columns).into_bytes(),
        CheckFormat::Json => {
            let mut json = serde_json::to_vec_pretty(&matrix)?;
            json.push(b'\n');
            json
        }
        CheckFormat::Html => report::coverage::html(&matrix).into_bytes(),
        CheckFormat::Sarif | CheckFormat::Xlsx => bail!("--coverage 的格式只有 text、json、html"),
    };
    output::deliver(&bytes, path, format)?;
    Ok(Exit::Clean)
}

/// Writes the findings of now into the baseline file; all inputs share one.
fn update_baseline(inputs: &[Input], reports: &[Report<'_>], args: &CheckArgs) -> anyhow::Result<()> {
    let path = inputs.iter().find_map(|input| input.baseline_path.as_deref());
    let Some((path, input)) = path.zip(inputs.first()) else {
        bail!("请用 --baseline 写明基线文件");
    };
    let reason = args.reason.clone().unwrap_or_default();
    if reason.trim().is_empty() {
        bail!("请用 --reason 写明为什么接受这些问题");
    }
    let known = |report: &Report<'_>, reported: &Reported<'_>| Known {
        fingerprint: reported.fingerprint.clone(),
        reason: reason.clone(),
        expires: args.expires.map(|date| date.to_string()),
        rule: reported.finding.rule.to_string(),
        item: report.item(reported.finding.item).map_or(String::new(), item_name),
        message: reported.finding.message.clone(),
    };
    let now = reports.iter().flat_map(|report| report.findings.iter().map(move |reported| known(report, reported)));
    output::write_whole(path, input.baseline.updated(now.collect()).print().as_bytes())
}
