//! `yiju corpus`

use super::{Common, Exit};
use std::path::PathBuf;

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

pub fn run(_args: CorpusArgs, _common: &Common) -> anyhow::Result<Exit> {
    anyhow::bail!("这一命令还在建设")
}
