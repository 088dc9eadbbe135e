//! `pages`: one clean page, to look at.

use std::path::PathBuf;

use sanad_samples::{Fonts, Kind, PaperPlan, render_paper};

/// What to draw.
#[derive(clap::Args)]
pub(crate) struct Wish {
    /// Kind of paper.
    #[arg(long)]
    kind: Kind,
    /// Face.
    #[arg(long, default_value = "Vazirmatn")]
    face: String,
    /// Layout.
    #[arg(long, default_value_t = 0)]
    variant: u8,
    /// Seed of person and page.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Dots per inch.
    #[arg(long, default_value_t = 150)]
    dpi: u32,
    /// The PNG to write.
    #[arg(long)]
    out: PathBuf,
    /// Draw stamps, signatures and decoys freely.
    #[arg(long)]
    marks: bool,
    /// Print the truth.
    #[arg(long)]
    truth: bool,
}

/// Runs the command.
pub(crate) fn run(fonts: &Fonts, wish: &Wish) -> anyhow::Result<()> {
    let plan = PaperPlan {
        kind: wish.kind,
        variant: wish.variant,
        face: wish.face.clone(),
        story: wish.seed,
        seed: wish.seed,
        fault: None,
        marks: wish.marks.then_some(sanad_samples::Split::Open),
    };
    let drawn = render_paper(fonts, &plan, wish.dpi)?;
    drawn.image.save_with_format(&wish.out, image::ImageFormat::Png)?;
    if wish.truth {
        println!("{}", serde_json::to_string_pretty(&drawn.truth)?);
    }
    Ok(())
}
