use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = yiju::cli::Cli::parse();
    match yiju::cli::run(cli) {
        Ok(exit) => exit.into(),
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}
