//! Arguments → library → exit code; one file a subcommand.

mod common;

pub use common::{Common, Exit};

use clap::{Parser, Subcommand};

/// 依据：公开事项目录的法律依据库。检索条文、核对目录引用、为事项找依据；全部在本机运行。
#[derive(Debug, Parser)]
#[command(name = "yiju", version, arg_required_else_help = false)]
pub struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {}

/// Runs one invocation.
///
/// # Errors
/// Whatever the subcommand reports; the edge prints it as one line and exits with 2.
pub fn run(cli: Cli) -> anyhow::Result<Exit> {
    match cli.command {
        None => Ok(Exit::Clean),
        Some(command) => match command {},
    }
}
