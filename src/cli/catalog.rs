//! `yiju catalog`

use super::{Common, Exit, Format};
use std::path::PathBuf;

/// 显示从目录文件读出的事项，不作判断
#[derive(Debug, clap::Args)]
pub struct CatalogArgs {
    pub file: PathBuf,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

pub fn run(_args: CatalogArgs, _common: &Common) -> anyhow::Result<Exit> {
    anyhow::bail!("这一命令还在建设")
}
