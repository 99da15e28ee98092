//! `yiju mcp`

use super::{Common, Exit};
use crate::serve::{App, Settings, mcp};
use crate::snapshot::Snapshot;

/// 在标准输入输出上为智能体提供同样的功能
#[derive(Debug, clap::Args)]
pub struct McpArgs {}

pub fn run(_args: McpArgs, common: &Common) -> anyhow::Result<Exit> {
    let app = App::new(Snapshot::open(&common.sources(), Common::today())?, Settings::default());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(mcp::stdio(app)).map_err(|error| anyhow::anyhow!("MCP 会话没有建立：{error}"))?;
    Ok(Exit::Clean)
}
