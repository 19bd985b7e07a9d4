//! The program: parses arguments, runs one command, returns an exit status.

use std::process::ExitCode;

use brokerfit::cli::Cli;
use clap::Parser as _;

fn main() -> ExitCode {
    Cli::parse().run().into()
}
