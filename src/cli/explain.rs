//! `yiju explain`

use super::{Common, Exit};

/// 说明一条规则；不写规则名则列出全部
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    pub rule: Option<String>,
}

pub fn run(_args: ExplainArgs, _common: &Common) -> anyhow::Result<Exit> {
    anyhow::bail!("这一命令还在建设")
}
