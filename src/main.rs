use std::process::ExitCode;
use yiju::cli;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os()) {
        Ok(parsed) => cli::run(parsed).map_or_else(|error| cli::failed(&error), ExitCode::from),
        Err(usage) => usage.print(),
    }
}
