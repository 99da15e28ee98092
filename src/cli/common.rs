//! What every subcommand shares: where the corpus and the index are, and what an exit code means.

use crate::law::Corpus;
use crate::snapshot::Sources;
use clap::Args;
use std::io::Write;
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

/// 输出格式
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Text,
    Json,
}

impl Common {
    /// The corpus that the arguments name, else `corpus/` here, else the copy inside the binary.
    ///
    /// # Errors
    /// When a named folder cannot be read.
    pub fn corpus(&self) -> anyhow::Result<Corpus> {
        Ok(self.sources().corpus()?)
    }

    /// Where the arguments say that everything is.
    pub fn sources(&self) -> Sources {
        Sources { corpora: self.corpus.clone(), index: self.index.clone() }
    }

    /// Today by the machine's clock: the date on which texts are judged when nothing else says one.
    pub fn today() -> jiff::civil::Date {
        jiff::Zoned::now().date()
    }
}

/// Prints a line to standard output.
macro_rules! say {
    ($($words:tt)*) => { $crate::cli::common::print_line(format_args!($($words)*)) };
}
pub(crate) use say;

/// A reader that has gone away (`yiju show … | head`) ends the program quietly; any other failure is told.
pub fn print_line(line: std::fmt::Arguments<'_>) {
    if let Err(error) = writeln!(std::io::stdout(), "{line}") {
        std::process::exit(if is_closed_pipe(&error) { 0 } else { 2 });
    }
}

fn is_closed_pipe(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::BrokenPipe
}

/// How a failed run ends: one line on standard error, unless it failed because nobody reads its output any more.
pub fn failed(error: &anyhow::Error) -> ExitCode {
    if error.chain().filter_map(|cause| cause.downcast_ref()).any(is_closed_pipe) {
        return ExitCode::SUCCESS;
    }
    eprintln!("{error:#}");
    ExitCode::from(2)
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
