//! `lines`: short crops around numbers, for the reader of numbers.
//!
//! A folder of lines holds `lines.jsonl`, one truth a line with `offset`, `width` and `height`, and `lines.bin`,
//! the grey pixels of all crops one after the other.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::mpsc;

use anyhow::Context;
use sanad_samples::{Line, Split, TypeCase, line};

use super::generate::SplitWord;

/// What to generate.
#[derive(clap::Args)]
pub(crate) struct Wish {
    /// Folder to write into.
    #[arg(long)]
    out: PathBuf,
    /// Seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Lines.
    #[arg(long, default_value_t = 1000)]
    count: u64,
    /// Number of the first line: a set can be made in parts.
    #[arg(long, default_value_t = 0)]
    first: u64,
    /// Which faces and mechanisms may be drawn.
    #[arg(long, value_enum, default_value = "fit")]
    split: SplitWord,
    /// A folder of further faces, for the fitting split; families that are held out are passed over.
    #[arg(long)]
    also: Option<PathBuf>,
    /// Threads; all cores if not given. The output does not depend on it.
    #[arg(long)]
    jobs: Option<usize>,
}

/// Runs the command.
pub(crate) fn run(fonts: &[PathBuf], wish: &Wish) -> anyhow::Result<()> {
    let split: Split = wish.split.into();
    let case = TypeCase::load(fonts, split, wish.also.as_deref())?;
    std::fs::create_dir_all(&wish.out).with_context(|| wish.out.display().to_string())?;
    let create = |name: &str| {
        let path = wish.out.join(name);
        std::fs::File::create(&path).map(std::io::BufWriter::new).with_context(|| path.display().to_string())
    };
    let (mut truths, mut pixels) = (create("lines.jsonl")?, create("lines.bin")?);
    let mut offset = 0u64;
    let mut put = |Line { image, truth }: Line| -> anyhow::Result<()> {
        let mut value = serde_json::to_value(&truth)?;
        value["offset"] = offset.into();
        value["width"] = image.width().into();
        value["height"] = image.height().into();
        serde_json::to_writer(&mut truths, &value)?;
        truths.write_all(b"\n")?;
        pixels.write_all(image.as_raw())?;
        offset += image.as_raw().len() as u64;
        Ok(())
    };
    let jobs = wish.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1) as u64;
    std::thread::scope(|scope| -> anyhow::Result<()> {
        let case = &case;
        // Each thread draws every `jobs`-th line; they are taken in turn, so that the file has one order.
        let queues: Vec<_> = (0..jobs)
            .map(|job| {
                let (sender, queue) = mpsc::sync_channel(64);
                scope.spawn(move || {
                    for index in (job..wish.count).step_by(jobs as usize) {
                        if sender.send(line(case, split, wish.seed, wish.first + index)).is_err() {
                            return;
                        }
                    }
                });
                queue
            })
            .collect();
        for index in 0..wish.count {
            put(queues[(index % jobs) as usize].recv()??)?;
        }
        Ok(())
    })?;
    truths.flush()?;
    pixels.flush()?;
    println!("{} lines in {} faces in {}", wish.count, case.names().len(), wish.out.display());
    Ok(())
}
