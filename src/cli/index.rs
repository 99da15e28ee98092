//! `yiju index`

use super::{Common, Exit, say};
use crate::law::Corpus;
use crate::quote;
use crate::search::{Index, semantic::Prepared};
use anyhow::Context;

/// 建立或刷新索引
#[derive(Debug, clap::Args)]
pub struct IndexArgs {
    /// 不管现有索引是否可用，一律重建
    #[arg(long)]
    pub rebuild: bool,
}

pub fn run(args: IndexArgs, common: &Common) -> anyhow::Result<Exit> {
    let corpus = common.corpus()?;
    let start = std::time::Instant::now();
    if args.rebuild {
        Index::build(&common.index, &corpus)?;
    }
    let index = common.index(&corpus)?;
    quote::Index::kept_in(&common.index, &corpus).warm(&corpus);
    let seconds = start.elapsed().as_secs_f32();
    say!("索引就绪：{} 部法规，{} 条，用时 {seconds:.2} 秒", corpus.regulations().len(), index.len());
    if index.semantic().is_some() {
        prepare(&index, &corpus)?;
    }
    Ok(Exit::Clean)
}

/// Makes the missing vectors; a second run goes on where this one ends.
fn prepare(index: &Index, corpus: &Corpus) -> anyhow::Result<()> {
    let style = indicatif::ProgressStyle::with_template("编码条文 {bar:30} {pos}/{len}，约剩 {eta}")?;
    let bar = indicatif::ProgressBar::new(0).with_style(style);
    let prepared = index.prepare(corpus, None, |prepared| {
        bar.set_length(prepared.total as u64);
        bar.set_position(prepared.done as u64);
        true
    });
    bar.finish_and_clear();
    let Prepared { done, total, refused } =
        prepared.context("已编码的条文留着，接口好了再运行 yiju index 即接着编码")?;
    let refused = if refused > 0 { format!("，接口不收 {refused} 条") } else { String::new() };
    say!("语义向量就绪：{done}/{total} 条{refused}");
    Ok(())
}
