//! `yiju check`

use super::{Common, Exit};
use std::path::PathBuf;

/// 核对目录文件里的每一条依据
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
    /// 结果写入文件，不写到屏幕
    #[arg(long, value_name = "文件")]
    pub output: Option<PathBuf>,
    /// 只用这些规则，逗号分隔
    #[arg(long, value_name = "规则", value_delimiter = ',')]
    pub select: Vec<String>,
    /// 写出改正了的副本（只做稳妥的改动）
    #[arg(long)]
    pub fix: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum CheckFormat {
    Text,
    Json,
    Sarif,
    Html,
    Xlsx,
}

pub fn run(_args: CheckArgs, _common: &Common) -> anyhow::Result<Exit> {
    anyhow::bail!("这一命令还在建设")
}
