//! `yiju import`

use super::{Common, Exit};
use std::path::PathBuf;

/// 把官方文本或 articles.jsonl 转成法规库格式
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// 写入哪个法规库目录
    #[arg(long, value_name = "目录", default_value = "corpus")]
    pub into: PathBuf,
}

pub fn run(_args: ImportArgs, _common: &Common) -> anyhow::Result<Exit> {
    anyhow::bail!("这一命令还在建设")
}
