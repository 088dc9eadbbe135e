//! `evaluate`: truth by a reader, figures of the judgement, fit of the estimate.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};
use sanad_checks::duplicates::relation::RelationThresholds;
use sanad_tests::judgement::folder::Folder;
use sanad_tests::judgement::{again, figures, fit, hard, numbers, signs, truth, turns};
use sanad_tests::reading;

/// Judges the judgement.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Asks a reader of words about each page and writes readability and label into truth.jsonl.
    Truth {
        /// Folders made by the sample generator with `--clean`.
        folders: Vec<PathBuf>,
        /// Folder of the reader's models.
        #[arg(long, default_value = "models")]
        models: PathBuf,
        /// Readers at once.
        #[arg(long, default_value_t = 2)]
        jobs: usize,
    },
    /// Prints the figures of legibility over labelled folders.
    Legibility {
        /// Labelled folders.
        folders: Vec<PathBuf>,
        /// Lists the pages judged wrongly.
        #[arg(long)]
        list: bool,
    },
    /// Prints the figures of the reader of numbers over folders of drawn lines.
    Numbers {
        /// Folders made by `sanad-samples lines`.
        folders: Vec<PathBuf>,
        /// Lists so many clean lines read wrongly, the surest first.
        #[arg(long, default_value_t = 0)]
        list: usize,
    },
    /// Prints the figures of reading over labelled folders: dates by typeface, kinds, zones, account numbers.
    Reading {
        /// Labelled folders, of pages or of claims.
        folders: Vec<PathBuf>,
        /// Keeps the words read in this folder, and takes them from there.
        #[arg(long)]
        cache: Option<PathBuf>,
        /// Worst severity of defects that is measured.
        #[arg(long, default_value_t = 2.0)]
        severity: f64,
        /// Lists what went wrong.
        #[arg(long)]
        list: bool,
        /// Measures only papers with this defect; `none` for those without.
        #[arg(long)]
        defect: Option<String>,
        /// Papers of each folder at most.
        #[arg(long, default_value_t = 10_000)]
        papers: usize,
    },
    /// Prints how many machine-readable zones are proved: on drawn papers, and on the specimens with a manifest.
    Zones {
        /// Folders.
        folders: Vec<PathBuf>,
        /// Files of each folder at most.
        #[arg(long, default_value_t = 1000)]
        files: usize,
        /// Each picture in all four turns.
        #[arg(long)]
        turns: bool,
        /// Tells every file.
        #[arg(long)]
        list: bool,
    },
    /// Prints how many stamps and signatures are found on drawn papers, and what else is taken for one.
    Marks {
        /// Folders made by `sanad-samples generate --marks`.
        folders: Vec<PathBuf>,
        /// Pages of each folder at most.
        #[arg(long, default_value_t = 10_000)]
        pages: usize,
        /// Tells every mark missed and every one invented.
        #[arg(long)]
        list: bool,
        /// Writes the pages with boxes into this folder: there green and teal, told red and orange.
        #[arg(long)]
        overlay: Option<PathBuf>,
        /// Only those judged wrongly.
        #[arg(long)]
        wrong_only: bool,
    },
    /// Judges the claims of folders and holds the findings against those expected.
    Claims {
        /// Folders of claims, each with `NAME/case.json` and `NAME.expected.json`.
        folders: Vec<PathBuf>,
        /// The program.
        #[arg(long, default_value = "target/debug/sanad")]
        program: PathBuf,
        /// Files read at once.
        #[arg(long, default_value_t = 2)]
        jobs: usize,
        /// Lists every claim.
        #[arg(long)]
        list: bool,
    },
    /// Prints the figures of knowing papers again over folders with pairs.json.
    Duplicates {
        /// Folders made by `sanad-samples duplicates`, or of its form.
        folders: Vec<PathBuf>,
        /// Lists the pairs answered wrongly.
        #[arg(long)]
        list: bool,
        /// Limits to try, a TOML file; what it leaves out keeps its default.
        #[arg(long)]
        limits: Option<PathBuf>,
        /// Keeps fingerprints in this folder, and takes them from there.
        #[arg(long)]
        cache: Option<PathBuf>,
        /// Threads.
        #[arg(long, default_value_t = 2)]
        jobs: usize,
    },
    /// Compares all papers of each form with one another: how often one is said to be another.
    HardPairs {
        /// Folders made by `sanad-samples duplicates`, or of its form.
        folders: Vec<PathBuf>,
        /// Compares one pair in so many.
        #[arg(long, default_value_t = 1)]
        every: usize,
        /// Keeps fingerprints in this folder, and takes them from there.
        #[arg(long)]
        cache: Option<PathBuf>,
        /// Threads.
        #[arg(long, default_value_t = 2)]
        jobs: usize,
    },
    /// Writes places of two captures side by side with what the drawn papers say of them: what the eye for signs is taught
    /// with.
    SignPlaces {
        /// A folder made by `sanad-samples duplicates --masters`.
        folder: PathBuf,
        /// Folder to write into.
        #[arg(long)]
        out: PathBuf,
        /// Of pairs of different people's papers takes one in so many.
        #[arg(long, default_value_t = 1)]
        strangers: usize,
        /// Keeps fingerprints in this folder, and takes them from there.
        #[arg(long)]
        cache: Option<PathBuf>,
        /// Threads.
        #[arg(long, default_value_t = 2)]
        jobs: usize,
    },
    /// Prints how many pages, turned by every quarter, are brought upright.
    Turns {
        /// Labelled folders.
        folders: Vec<PathBuf>,
        /// Turns each page once only, the next one with every page.
        #[arg(long)]
        one_each: bool,
        /// Leaves out pages of which a reader gets less than this, 0 to 1.
        #[arg(long, default_value_t = 0.6)]
        least: f64,
        /// Lists what went wrong.
        #[arg(long)]
        list: bool,
    },
    /// Prints what the fit sees of every page, a JSON object a line.
    Signs {
        /// Labelled folders.
        folders: Vec<PathBuf>,
    },
    /// Fits the readability's curves on labelled folders.
    Fit {
        /// Labelled folders of the fitting split.
        folders: Vec<PathBuf>,
        /// Where to write the model.
        #[arg(long, default_value = "checks/src/legibility/readability.toml")]
        out: PathBuf,
        /// Seed of the search.
        #[arg(long, default_value_t = 7)]
        seed: u64,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Truth { folders, models, jobs } => {
            for path in folders {
                truth::fill(&mut Folder::open(&path)?, &models, jobs)?;
            }
        }
        Command::Legibility { folders, list } => {
            figures::print(&folders, list)?;
        }
        Command::Numbers { folders, list } => numbers::print(&folders, list)?,
        Command::Reading { folders, cache, severity, list, defect, papers } => {
            let wish = reading::figures::Wish { cache, severity, list, defect, papers };
            reading::figures::print(&folders, &wish)?;
        }
        Command::Zones { folders, files, turns, list } => {
            reading::zones::print(&folders, &reading::zones::Wish { files, turns, list })?;
        }
        Command::Marks { folders, pages, list, overlay, wrong_only } => {
            let wish = reading::marks::figures::Wish { pages, list, overlay, wrong_only };
            reading::marks::figures::print(&folders, &wish)?;
        }
        Command::Claims { folders, program, jobs, list } => {
            let wish = reading::claims::Wish { program, jobs, list };
            for folder in folders {
                reading::claims::print(&folder, &wish)?;
            }
        }
        Command::Duplicates { folders, list, limits, cache, jobs } => {
            let limits = match limits {
                Some(path) => toml::from_str(&std::fs::read_to_string(path)?)?,
                None => RelationThresholds::default(),
            };
            let wish = again::Wish { limits, cache, jobs, ..again::Wish::default() };
            for folder in folders {
                let figures = again::figures(&folder, &wish)?;
                print!("{figures}");
                if list {
                    figures.unfit.iter().chain(&figures.wrong).for_each(|line| println!("{line}"));
                }
            }
        }
        Command::HardPairs { folders, every, cache, jobs } => {
            let wish = again::Wish { cache, jobs, ..again::Wish::default() };
            for folder in folders {
                let hard = hard::compared(&folder, &wish, every)?;
                print!("{hard}");
                hard.wrong.iter().for_each(|pair| println!("  {pair}"));
            }
        }
        Command::SignPlaces { folder, out, strangers, cache, jobs } => {
            let wish = again::Wish { cache, jobs, ..again::Wish::default() };
            println!("{} places in {}", signs::write(&folder, &out, &wish, strangers)?, out.display());
        }
        Command::Turns { folders, one_each, least, list } => {
            turns::print(&folders, &turns::Wish { one_each, least, list })?;
        }
        Command::Signs { folders } => fit::print_signs(&folders)?,
        Command::Fit { folders, out, seed } => {
            let fitted = fit::fit(&folders, seed)?;
            println!(
                "pages {}  error {:.4} -> {:.4}  rank {:.3} -> {:.3}",
                fitted.pages, fitted.error.0, fitted.error.1, fitted.rank.0, fitted.rank.1
            );
            fit::save(&fitted, seed, &out)?;
        }
    }
    Ok(())
}
