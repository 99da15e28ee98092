//! `yiju basis`

use super::{Common, Exit, Format};
use std::path::PathBuf;

/// 为一个公开事项找依据
#[derive(Debug, clap::Args)]
pub struct BasisArgs {
    /// 事项
    #[arg(required_unless_present = "queries")]
    pub text: Option<String>,
    /// 批量：每行一个 {"qid","item"}
    #[arg(long, value_name = "文件", conflicts_with = "text")]
    pub queries: Option<PathBuf>,
    #[arg(long, default_value_t = 5)]
    pub limit: usize,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

pub fn run(_args: BasisArgs, _common: &Common) -> anyhow::Result<Exit> {
    anyhow::bail!("这一命令还在建设")
}
