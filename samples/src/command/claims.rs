//! `claims`: whole claims for demonstrations.

use std::collections::BTreeMap;
use std::path::PathBuf;

use sanad_samples::{Claim, ClaimPlan, Fault, Fonts, claim, suited};

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
    /// Plants every fault into this many claims, each beside a sound twin; no bad scans.
    #[arg(long)]
    faults: Option<u64>,
}

/// Runs the command.
pub(crate) fn run(fonts: &Fonts, wish: &Wish) -> anyhow::Result<()> {
    let mut folder = Folder::write(&wish.out);
    if let Some(times) = wish.faults {
        return planted(fonts, &mut folder, wish, times);
    }
    for at in 0..wish.count {
        let made = claim(wish.seed + at, &ClaimPlan { bad: wish.bad, dpi: wish.dpi, fault: None, tidy: false });
        write(fonts, &mut folder, &format!("claim{at:02}"), &made)?;
    }
    println!("{} claims in {}", wish.count, wish.out.display());
    Ok(())
}

/// Claims with one fault each, `FAULT-n-planted`, and the same without it, `FAULT-n-sound`.
fn planted(fonts: &Fonts, folder: &mut Folder, wish: &Wish, times: u64) -> anyhow::Result<()> {
    for (place, fault) in Fault::ALL.iter().enumerate() {
        for at in 0..times {
            let seed = suited(*fault, wish.seed + 1000 * place as u64 + 10 * at);
            for (twin, fault) in [("planted", Some(*fault)), ("sound", None)] {
                let made = claim(seed, &ClaimPlan { bad: 0, dpi: wish.dpi, fault, tidy: true });
                let name = format!("{}-{at}-{twin}", Fault::ALL[place].word());
                write_with(fonts, folder, &name, &made, fault.map(|fault| fault.codes()).or(Some(&[][..])))?;
            }
        }
    }
    println!("{} faults, {times} times each, beside their sound twins in {}", Fault::ALL.len(), wish.out.display());
    Ok(())
}

/// Writes a claim as `NAME/case.json` with its scans, and `NAME.expected.json` with their truth beside it.
pub(crate) fn write(fonts: &Fonts, folder: &mut Folder, name: &str, claim: &Claim) -> anyhow::Result<()> {
    write_with(fonts, folder, name, claim, None)
}

/// The same, with the codes that must be found, where they are known.
fn write_with(
    fonts: &Fonts,
    folder: &mut Folder,
    name: &str,
    claim: &Claim,
    codes: Option<&[&str]>,
) -> anyhow::Result<()> {
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
    let mut expected = serde_json::json!({ "truth": truths });
    if let Some(codes) = codes {
        expected["expected_codes"] = serde_json::json!(codes);
    }
    folder.put(&format!("{name}.expected.json"), &pretty(&expected)?)
}

fn pretty(value: &impl serde::Serialize) -> anyhow::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}
