//! `yiju index`

use super::{Common, Exit};

/// 建立或刷新索引
#[derive(Debug, clap::Args)]
pub struct IndexArgs {}

pub fn run(_args: IndexArgs, _common: &Common) -> anyhow::Result<Exit> {
    anyhow::bail!("这一命令还在建设")
}
