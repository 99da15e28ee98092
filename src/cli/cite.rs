//! `yiju cite`

use super::{Common, Exit, Format};
use std::path::PathBuf;

/// 找出文字里的法律依据引用
#[derive(Debug, clap::Args)]
pub struct CiteArgs {
    /// 文件，- 或不写表示标准输入
    pub file: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// 每行一个 {"id","text"}
    #[arg(long)]
    pub jsonl: bool,
}

pub fn run(_args: CiteArgs, _common: &Common) -> anyhow::Result<Exit> {
    anyhow::bail!("这一命令还在建设")
}
