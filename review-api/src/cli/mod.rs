//! The command line: one program, one subcommand for each use of it.

mod check;
mod serve;

use std::ffi::OsStr;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The hidden subcommand under which this program is its own locked child.
pub const READER: &str = "reader";

/// Exit status for wrong usage and for our own failures, after the contract.
const FAILED: u8 = 2;

/// Sanad judges the scans of an accident claim: can each page be read, and what is wrong with it.
#[derive(Debug, Parser)]
#[command(name = "sanad", version, about, disable_help_subcommand = true)]
struct Sanad {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Judge scans: can each page be read, and what is wrong with it?
    Check(check::CheckArgs),
    /// Serves the pages and the API.
    Serve(serve::ServeArgs),
}

/// Runs the program on its arguments.
#[must_use]
pub fn run() -> ExitCode {
    // The child is told apart before anything else is set up: it must own as little as possible
    // when it locks itself.
    let mut args = std::env::args_os().skip(1);
    if args.next().as_deref() == Some(OsStr::new(READER)) {
        return sanad_intake::child_main(args);
    }
    let answer = match Sanad::parse().command {
        Command::Check(args) => check::run(&args),
        Command::Serve(args) => serve::run(&args),
    };
    answer.unwrap_or_else(|error| {
        eprintln!("sanad: {error:#}");
        ExitCode::from(FAILED)
    })
}
