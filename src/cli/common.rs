//! What every subcommand shares: where the corpus and the index are, and what an exit code means.

use crate::law::Corpus;
use crate::search::{Index, Semantic, semantic};
use crate::snapshot::Sources;
use clap::Args;
use std::io::Write;
use std::path::{Path, PathBuf};
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

    /// Where the arguments say that everything is; no semantic side.
    pub fn sources(&self) -> Sources {
        Sources { corpora: self.corpus.clone(), index: self.index.clone(), ..Sources::default() }
    }

    /// [`Common::sources`] with the semantic side that `[semantic]` of yiju.toml or the environment names.
    ///
    /// # Errors
    /// When those settings cannot be used.
    pub fn sources_with_meaning(&self) -> anyhow::Result<Sources> {
        let semantic = semantic::Settings::load(Path::new("yiju.toml"), |name| std::env::var(name).ok())?;
        Ok(Sources { semantic, ..self.sources() })
    }

    /// The index of `corpus`, with the semantic side where there is one.
    ///
    /// # Errors
    /// When the settings cannot be used or the index cannot be built.
    pub fn index(&self, corpus: &Corpus) -> anyhow::Result<Index> {
        let semantic = self.sources_with_meaning()?.semantic;
        let mut index = Index::open_or_build(&self.index, corpus)?;
        index.attach(Semantic::open(semantic, &self.index));
        Ok(index)
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
    eprintln!("{}", one_line(error));
    ExitCode::from(2)
}

/// The error with those of its causes that its own words do not tell already, and the system's reasons in Chinese.
fn one_line(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain() {
        let words = match cause.downcast_ref::<std::io::Error>() {
            Some(error) => {
                line = line.replace(&error.to_string(), &reason(error));
                reason(error)
            }
            None => cause.to_string(),
        };
        if !line.contains(&words) {
            line = if line.is_empty() { words } else { format!("{line}：{words}") };
        }
    }
    line
}

fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind::{
        AddrInUse, AlreadyExists, NotADirectory, NotFound, PermissionDenied, ReadOnlyFilesystem, StorageFull,
    };
    match error.kind() {
        NotFound => "路径不存在".into(),
        PermissionDenied => "没有权限".into(),
        AddrInUse => "端口已被占用".into(),
        AlreadyExists => "已经存在".into(),
        NotADirectory => "不是目录".into(),
        ReadOnlyFilesystem => "磁盘是只读的".into(),
        StorageFull => "磁盘已满".into(),
        _ => error.to_string(),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context;

    #[test]
    fn a_cause_is_told_once_and_in_chinese() {
        let missing = || std::io::Error::from(std::io::ErrorKind::NotFound);
        let embedded =
            anyhow::Error::new(crate::law::CorpusError::Unreadable { path: "库".into(), source: missing() });
        assert_eq!(one_line(&embedded), "读不了 库：路径不存在。请检查文件是否存在、有无读取权限");
        let wrapped = Err::<(), _>(missing()).context("写不进 甲").unwrap_err();
        assert_eq!(one_line(&wrapped), "写不进 甲：路径不存在");
    }
}
