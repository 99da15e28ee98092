//! What every subcommand shares: where the corpus and the index are, and what an exit code means.

use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Clone, Args)]
pub struct Common {
    /// 法规库目录，可给多次，后面的加在前面的上面；默认用当前目录下的 corpus/，没有则用程序自带的一份
    #[arg(long, global = true, value_name = "目录")]
    pub corpus: Vec<PathBuf>,
    /// 索引目录
    #[arg(long, global = true, value_name = "目录", default_value = "index/data")]
    pub index: PathBuf,
}

/// How a run ended, errors aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Clean,
    Findings,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        match exit {
            Exit::Clean => ExitCode::from(0),
            Exit::Findings => ExitCode::from(1),
        }
    }
}
