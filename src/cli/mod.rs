//! Arguments → library → exit code; one file a subcommand.

mod basis;
mod catalog;
mod check;
mod cite;
mod common;
mod corpus;
mod eval;
mod explain;
mod import;
mod index;
mod mcp;
mod search;
mod serve;
mod show;

mod usage;

use common::say;
pub use common::{Common, Exit, Format, failed};

pub use usage::{Usage, parse};

use clap::{Parser, Subcommand};

/// 依据：公开事项目录的法律依据库。检索条文、核对目录引用、为事项找依据；全部在本机运行。
///
/// 不带子命令时启动网页服务。
#[derive(Debug, Parser)]
#[command(name = "yiju", version)]
pub struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Serve(serve::ServeArgs),
    Search(search::SearchArgs),
    Show(show::ShowArgs),
    Cite(cite::CiteArgs),
    Catalog(catalog::CatalogArgs),
    Check(check::CheckArgs),
    Basis(basis::BasisArgs),
    Eval(eval::EvalArgs),
    Explain(explain::ExplainArgs),
    Import(import::ImportArgs),
    Corpus(corpus::CorpusArgs),
    Index(index::IndexArgs),
    Mcp(mcp::McpArgs),
}

/// Runs one invocation.
///
/// # Errors
/// Whatever the subcommand reports; the edge prints it as one line and exits with 2.
pub fn run(cli: Cli) -> anyhow::Result<Exit> {
    let command = cli.command.unwrap_or_else(|| Command::Serve(serve::ServeArgs::default()));
    match command {
        Command::Serve(args) => serve::run(args, &cli.common),
        Command::Search(args) => search::run(args, &cli.common),
        Command::Show(args) => show::run(args, &cli.common),
        Command::Cite(args) => cite::run(args, &cli.common),
        Command::Catalog(args) => catalog::run(args, &cli.common),
        Command::Check(args) => check::run(args, &cli.common),
        Command::Basis(args) => basis::run(args, &cli.common),
        Command::Eval(args) => eval::run(args, &cli.common),
        Command::Explain(args) => explain::run(args, &cli.common),
        Command::Import(args) => import::run(args, &cli.common),
        Command::Corpus(args) => corpus::run(args, &cli.common),
        Command::Index(args) => index::run(args, &cli.common),
        Command::Mcp(args) => mcp::run(args, &cli.common),
    }
}
