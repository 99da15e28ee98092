//! Arguments read by clap, with its help and its errors in Chinese: [`parse`].

use super::Cli;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches};
use std::ffi::OsString;
use std::process::ExitCode;

const HELP: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// Why the arguments do not make an invocation: help was asked for, or they are wrong.
pub struct Usage(clap::Error);

/// Reads the arguments, the program's name first.
///
/// # Errors
/// [`Usage`], which prints itself and knows its exit code.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, Usage> {
    let matches = chinese(Cli::command()).try_get_matches_from(args).map_err(Usage)?;
    Cli::from_arg_matches(&matches).map_err(Usage)
}

fn chinese(command: clap::Command) -> clap::Command {
    let mut command = command
        .help_template(HELP)
        .subcommand_help_heading("命令")
        .next_help_heading("选项")
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "参数" } else { "选项" };
            arg.help_heading(heading)
        });
    let help = clap::Arg::new("help").short('h').long("help").action(clap::ArgAction::Help).help("显示帮助");
    command = command.arg(help.help_heading("选项"));
    if command.get_version().is_some() {
        let version = clap::Arg::new("version").short('V').long("version").action(clap::ArgAction::Version);
        command = command.arg(version.help("显示版本").help_heading("选项"));
    }
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_string()).collect();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, chinese))
}

impl Usage {
    /// Prints help to standard output, or one line about the mistake to standard error.
    pub fn print(self) -> ExitCode {
        if matches!(self.0.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
            // A closed pipe is no reason to fail.
            let _ = self.0.print();
            return ExitCode::SUCCESS;
        }
        eprintln!("{}", self.message());
        ExitCode::from(2)
    }

    fn message(&self) -> String {
        let context = |kind| match self.0.get(kind) {
            Some(ContextValue::String(text)) => text.clone(),
            Some(ContextValue::Strings(texts)) => texts.join(" "),
            Some(ContextValue::StyledStr(text)) => text.to_string(),
            _ => String::new(),
        };
        let arg = context(ContextKind::InvalidArg);
        let value = context(ContextKind::InvalidValue);
        let wrong = match self.0.kind() {
            ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", context(ContextKind::InvalidSubcommand)),
            ErrorKind::UnknownArgument => format!("没有“{arg}”这个选项"),
            ErrorKind::MissingRequiredArgument => format!("缺少 {arg}"),
            ErrorKind::InvalidValue if value.is_empty() => format!("{arg} 后面要有一个值"),
            ErrorKind::InvalidValue => {
                format!("{arg} 不能是“{value}”，可选：{}", context(ContextKind::ValidValue))
            }
            ErrorKind::ValueValidation => format!("{arg} 的值“{value}”不对"),
            ErrorKind::ArgumentConflict => format!("{arg} 不能与 {} 同用", context(ContextKind::PriorArg)),
            ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "缺少子命令".into(),
            _ => "参数有误".into(),
        };
        format!("{wrong}。用 yiju --help 查看用法")
    }
}
