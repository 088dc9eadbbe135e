//! `claims`: whole claims for demonstrations.

use std::collections::BTreeMap;
use std::path::PathBuf;

use sanad_samples::{Claim, ClaimPlan, Fonts, claim};

use super::folder::Folder;

/// What to write.
#[derive(clap::Args)]
pub(crate) struct Wish {
    /// Folder to write into.
    #[arg(long)]
    out: PathBuf,
    /// Seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Claims.
    #[arg(long, default_value_t = 3)]
    count: u64,
    /// Bad scans in a claim.
    #[arg(long, default_value_t = 2)]
    bad: usize,
    /// Dots per inch.
    #[arg(long, default_value_t = 150)]
    dpi: u32,
}

/// Runs the command.
pub(crate) fn run(fonts: &Fonts, wish: &Wish) -> anyhow::Result<()> {
    let mut folder = Folder::write(&wish.out);
    for at in 0..wish.count {
        let made = claim(wish.seed + at, &ClaimPlan { bad: wish.bad, dpi: wish.dpi });
        write(fonts, &mut folder, &format!("claim{at:02}"), &made)?;
    }
    println!("{} claims in {}", wish.count, wish.out.display());
    Ok(())
}

/// Writes a claim as `NAME/case.json` with its scans, and `NAME.expected.json` with their truth beside it.
pub(crate) fn write(fonts: &Fonts, folder: &mut Folder, name: &str, claim: &Claim) -> anyhow::Result<()> {
    let mut files = Vec::new();
    let mut truths = BTreeMap::new();
    for paper in &claim.papers {
        let (drawn, degraded) = paper.draw(fonts)?;
        let file = format!("{}.{}", paper.name, degraded.extension);
        folder.put(&format!("{name}/{file}"), &degraded.bytes)?;
        files.push((file, drawn.truth.certified));
        let cause = paper.degradation.first;
        truths.insert(
            paper.slot,
            serde_json::json!({
                "defect": cause.defect.word(),
                "severity": cause.severity,
                "tool": cause.mechanism,
                "geometry": degraded.geometry,
                "paper": drawn.truth,
            }),
        );
    }
    let case = claim.case(&files);
    folder.put(&format!("{name}/case.json"), &pretty(&case)?)?;
    folder.put(&format!("{name}.expected.json"), &pretty(&serde_json::json!({ "truth": truths }))?)
}

fn pretty(value: &impl serde::Serialize) -> anyhow::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}
