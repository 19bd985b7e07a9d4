//! The program: answers a shell that completes a line, or parses arguments and runs one command; returns an exit status.

use std::process::ExitCode;

use brokerfit::cli::Cli;
use clap::Parser as _;

fn main() -> ExitCode {
    if Cli::completes() { ExitCode::SUCCESS } else { Cli::parse().run().into() }
}
