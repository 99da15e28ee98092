//! `yiju index`

use super::{Common, Exit, say};
use crate::search::Index;

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
    let index = if args.rebuild {
        Index::build(&common.index, &corpus)?
    } else {
        Index::open_or_build(&common.index, &corpus)?
    };
    let seconds = start.elapsed().as_secs_f32();
    say!("索引就绪：{} 部法规，{} 条，用时 {seconds:.2} 秒", corpus.regulations().len(), index.len());
    Ok(Exit::Clean)
}
