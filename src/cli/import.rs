//! `yiju import`: official files and bulk collections → corpus format.

use super::{Common, Exit};
use crate::law::bulk::Bulk;
use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// 把官方文本或 articles.jsonl 转成法规库格式
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    /// 官方文件（docx、html、txt、md），或条文集 articles.jsonl、articles.jsonl.zst
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// 写入哪个法规库目录
    #[arg(long, value_name = "目录", default_value = "corpus")]
    pub into: PathBuf,
}

pub fn run(args: ImportArgs, _common: &Common) -> anyhow::Result<Exit> {
    for file in &args.files {
        let name = file.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        if name.ends_with(".jsonl") || name.ends_with(".jsonl.zst") {
            bulk(file, name, &args.into)?;
        } else {
            bail!("{name}：认不出的文件。批量导入用 articles.jsonl 或 articles.jsonl.zst");
        }
    }
    Ok(Exit::Clean)
}

fn bulk(path: &Path, name: &str, into: &Path) -> anyhow::Result<()> {
    let file = File::open(path).with_context(|| format!("读不了 {}", path.display()))?;
    let bar = ProgressBar::new(file.metadata()?.len());
    let style = "{msg} [{bar:30}] {percent}%  已用 {elapsed}";
    bar.set_style(ProgressStyle::with_template(style)?.progress_chars("=> "));
    bar.set_message("读取");
    let raw = bar.wrap_read(file);
    let lines: Box<dyn BufRead> = match name.ends_with(".zst") {
        true => Box::new(BufReader::with_capacity(1 << 20, zstd::Decoder::new(raw)?)),
        false => Box::new(BufReader::with_capacity(1 << 20, raw as indicatif::ProgressBarIter<_>)),
    };
    let read = Bulk::read(lines, |_| {}).with_context(|| name.to_string())?;
    bar.finish_and_clear();
    let bar = ProgressBar::new(read.counts().1 as u64);
    bar.set_style(ProgressStyle::with_template(style)?.progress_chars("=> "));
    bar.set_message("整理");
    let today = jiff::Zoned::now().date();
    let (writer, imported) =
        read.pack(today, |done| bar.set_position(done as u64)).with_context(|| name.to_string())?;
    bar.finish_and_clear();
    let target = Bulk::writer_path(name, into);
    writer.write(&target).with_context(|| format!("写不进 {}", target.display()))?;
    println!("已导入 {} 件法规 {} 条，写入 {}", imported.documents, imported.articles, target.display());
    if !imported.unsure.is_empty() {
        println!("有 {} 件存疑，文字全部保留，下列位置请复核：", imported.unsure.len());
        imported.unsure.iter().for_each(|line| println!("  {line}"));
    }
    Ok(())
}
