//! `yiju serve`

use super::{Common, Exit};
use crate::search::semantic;
use crate::serve::{App, Settings, settings};
use crate::snapshot::Snapshot;
use anyhow::Context;
use std::io::{IsTerminal, Write};
use std::net::SocketAddr;
use std::path::Path;
use tracing_appender::non_blocking::{ErrorCounter, WorkerGuard};

/// 启动网页与接口服务
#[derive(Debug, Default, clap::Args)]
#[command(after_help = help())]
pub struct ServeArgs {
    /// 监听地址，默认 127.0.0.1:7878
    #[arg(long, value_name = "地址:端口")]
    pub listen: Option<SocketAddr>,
}

fn help() -> String {
    let list = |settings: &[(&str, &str)]| -> String {
        settings.iter().map(|(key, words)| format!("  {key:<20} {words}\n")).collect()
    };
    format!(
        "设置写在当前目录 yiju.toml 的 [serve] 一节，或用环境变量 YIJU_<大写名称>：\n{}\n\
        语义检索的设置写在 [semantic] 一节，或用环境变量 YIJU_SEMANTIC_<大写名称>：\n{}\n日志的详细程度用环境变量 RUST_LOG，如 RUST_LOG=yiju=debug",
        list(settings::HELP),
        list(semantic::HELP)
    )
}

pub fn run(args: ServeArgs, common: &Common) -> anyhow::Result<Exit> {
    let mut settings = Settings::load(Path::new("yiju.toml"), |name| std::env::var(name).ok())?;
    settings.listen = args.listen.unwrap_or(settings.listen);
    // Dropped last: what was logged is written before the process ends.
    let (_log, left_out) = log(&settings);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(settings, common.clone(), left_out))?;
    // Work that still computes is not waited for.
    runtime.shutdown_background();
    Ok(Exit::Clean)
}

fn log(settings: &Settings) -> (WorkerGuard, ErrorCounter) {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "yiju=info".into());
    // Colours are for a terminal: a file or a journal would hold their escape codes.
    let colours = std::io::stderr().is_terminal();
    let (lines, writing) = crate::serve::beside(std::io::stderr());
    let left_out = lines.error_counter();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(lines);
    // A log that is already there, as in a test, stays.
    let _ = if settings.json_logs { log.json().try_init() } else { log.try_init() };
    (writing, left_out)
}

async fn serve(settings: Settings, common: Common, left_out: ErrorCounter) -> anyhow::Result<()> {
    let address = settings.listen;
    let listener = tokio::net::TcpListener::bind(address).await.with_context(|| {
        format!("不能监听 {address}：端口可能被占用，或没有权限。请换一个，如 --listen 127.0.0.1:7879")
    })?;
    let address = listener.local_addr()?;
    let app = App::new(snapshot(&common)?, settings);
    app.metrics.count_log(left_out);
    let folders = common.sources().folders();
    let watched = app.settings.reload.then(|| {
        let build = move || snapshot(&common).map_err(|error| format!("{error:#}"));
        crate::serve::watch(app.clone(), &folders, build)
    });
    if let Some(Err(error)) = &watched {
        tracing::warn!(%error, "changes of the corpus will not be noticed");
    }
    let mut out = std::io::stdout();
    // Nobody may be reading: the server serves all the same.
    let _ = writeln!(out, "依据已启动：http://{address}").and_then(|()| out.flush());
    crate::serve::serve(listener, app, stopped()).await;
    Ok(())
}

fn snapshot(common: &Common) -> anyhow::Result<Snapshot> {
    Ok(Snapshot::open(&common.sources_with_meaning()?, Common::today())?)
}

/// Done when the process is asked to stop.
async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        },
        Err(_) => {
            let _ = tokio::signal::ctrl_c().await;
        }
    }
    tracing::info!("stopping");
}
