//! One test binary over the whole house: programs, pages and stores as they run for people.

#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected should stop where it stands")]

mod api;
mod bad_input;
mod bad_input_files;
mod catalogue;
mod cli;
mod cli_formats;
mod crash;
mod duplicates;
mod focus;
mod layering;
mod pages;
mod program;
mod reading_bad_input;
mod reading_claims;
mod reading_layer;
mod requirements;
mod sandbox;
mod store;
mod written_over;
