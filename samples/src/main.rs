//! `sanad-samples`: writes invented papers, whole claims, and the committed set.

mod command;

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use sanad_samples::Fonts;

/// Draws invented Persian papers and spoils them, with the truth beside each.
#[derive(Parser)]
#[command(name = "sanad-samples", version)]
struct Arguments {
    /// Another folder to search for fonts, before the usual ones.
    #[arg(long, global = true)]
    fonts: Vec<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Spoilt pages with truth.jsonl and masters.jsonl.
    Generate(command::generate::Wish),
    /// Whole claims, each in a folder with its case.json.
    Claims(command::claims::Wish),
    /// Papers of forms captured again and again, with pairs.json.
    Duplicates(command::duplicates::Wish),
    /// The small set kept in the repository.
    Committed(command::committed::Wish),
    /// Short crops around numbers, for the reader of numbers.
    Lines(command::lines::Wish),
    /// One clean page, to look at.
    Pages(command::pages::Wish),
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let fonts = || Fonts::load(&arguments.fonts);
    match &arguments.command {
        Command::Generate(wish) => command::generate::run(&fonts()?, wish),
        Command::Claims(wish) => command::claims::run(&fonts()?, wish),
        Command::Duplicates(wish) => command::duplicates::run(&fonts()?, wish),
        Command::Committed(wish) => command::committed::run(&fonts()?, wish),
        Command::Lines(wish) => command::lines::run(&arguments.fonts, wish),
        Command::Pages(wish) => command::pages::run(&fonts()?, wish),
    }
}
