//! Work that is owed and done in the background: a job stands in the database until the very
//! transaction that writes its result takes it away.

pub mod candidates;
mod errand;
pub mod held_against;
pub(crate) mod judge_upload;
pub mod keys_anew;
mod read_paper;
mod reader;
mod runner;
mod same_numbers;
mod seen_before;
pub mod watchdog;

pub use reader::{Cut, IntakeReader, PageImages, PaperReader, ReadFailure, ReadPaper, ReadWords};
pub use runner::{Runner, RunnerConfig};
