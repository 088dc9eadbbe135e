//! One test binary over the whole house: programs, pages and stores as they run for people.

mod api;
mod bad_input;
mod bad_input_files;
mod catalogue;
mod cli;
mod cli_formats;
mod crash;
mod layering;
mod pages;
mod program;
mod sandbox;
mod store;
