use std::process::ExitCode;
use yiju::cli;

fn main() -> ExitCode {
    let parsed = match cli::parse(std::env::args_os()) {
        Ok(parsed) => parsed,
        Err(usage) => return usage.print(),
    };
    match cli::run(parsed) {
        Ok(exit) => exit.into(),
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}
