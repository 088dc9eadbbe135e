//! The program `sanad`; everything is in the library, so that tests can reach it.

use std::process::ExitCode;

fn main() -> ExitCode {
    sanad::cli::run()
}
