//! `yiju mcp`

use super::{Common, Exit};

/// 在标准输入输出上为智能体提供同样的功能
#[derive(Debug, clap::Args)]
pub struct McpArgs {}

pub fn run(_args: McpArgs, _common: &Common) -> anyhow::Result<Exit> {
    anyhow::bail!("这一命令还在建设")
}
