//! `yiju serve`

use super::{Common, Exit};

/// 启动网页与接口服务
#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    /// 监听地址
    #[arg(long, value_name = "地址:端口", default_value = "127.0.0.1:7878")]
    pub listen: std::net::SocketAddr,
}

impl Default for ServeArgs {
    fn default() -> Self {
        ServeArgs { listen: std::net::SocketAddr::from(([127, 0, 0, 1], 7878)) }
    }
}

pub fn run(_args: ServeArgs, _common: &Common) -> anyhow::Result<Exit> {
    anyhow::bail!("这一命令还在建设")
}
