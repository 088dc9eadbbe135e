//! The command line: one program, one subcommand for each use of it.

mod audit;
mod case;
mod check;
mod duplicates;
mod migrate;
mod open;
mod policies;
mod reasons;
mod serve;
mod users;
mod watchdog;

use std::ffi::OsStr;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The hidden subcommand under which this program is its own locked child.
pub const READER: &str = "reader";

/// Exit status when something is rejected.
const REJECTED: u8 = 1;

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
    /// Judge claims in folders, as one register.
    Case(case::CaseArgs),
    /// Find papers that come twice among files and folders.
    Duplicates(duplicates::DuplicatesArgs),
    /// Print the catalogue of reasons.
    Reasons(reasons::ReasonsArgs),
    /// Serves the pages and the API.
    Serve(serve::ServeArgs),
    /// Brings the database's schema up to this program's.
    Migrate(migrate::MigrateArgs),
    /// Lists whatever stays in a state for too long, and checks the chained record.
    Watchdog(watchdog::WatchdogArgs),
    /// Proves that the record of acts was not touched, and gives its heads to keep elsewhere.
    Audit(audit::AuditArgs),
    /// Brings the insurer's register of policies.
    Policies(policies::PoliciesArgs),
    /// Makes accounts.
    Users(users::UsersArgs),
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
        Command::Case(args) => case::run(&args),
        Command::Duplicates(args) => duplicates::run(&args),
        Command::Reasons(args) => reasons::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Migrate(args) => migrate::run(&args),
        Command::Watchdog(args) => watchdog::run(&args),
        Command::Audit(args) => audit::run(&args),
        Command::Policies(args) => policies::run(&args),
        Command::Users(args) => users::run(&args),
    };
    answer.unwrap_or_else(|error| {
        eprintln!("sanad: {error:#}");
        ExitCode::from(FAILED)
    })
}
