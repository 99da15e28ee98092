//! `yiju show`

use super::{Common, Exit};

/// 显示一条引用或一个标识所指的条文
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// 引用（预算法第十四条第二款）或标识（yusuan-fa/a14.p2）
    pub citation: String,
    /// 按哪一天有效的文本
    #[arg(long, value_name = "日期")]
    pub on: Option<jiff::civil::Date>,
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub format: ShowFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ShowFormat {
    Text,
    Json,
    Akn,
}

pub fn run(_args: ShowArgs, _common: &Common) -> anyhow::Result<Exit> {
    anyhow::bail!("这一命令还在建设")
}
