//! The subcommands.

pub(crate) mod claims;
pub(crate) mod committed;
pub(crate) mod duplicates;
pub(crate) mod folder;
pub(crate) mod generate;
pub(crate) mod lines;
pub(crate) mod pages;
