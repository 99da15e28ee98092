//! `yiju search`

use super::{Common, Exit, Format};
use std::path::PathBuf;

/// 检索条文：引用、文号、关键词或一句话
#[derive(Debug, clap::Args)]
pub struct SearchArgs {
    /// 检索词
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
}

pub fn run(_args: SearchArgs, _common: &Common) -> anyhow::Result<Exit> {
    anyhow::bail!("这一命令还在建设")
}
