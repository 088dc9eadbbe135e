//! `committed`: the small set kept in the repository, made again byte for byte.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::bail;
use sanad_samples::{ClaimPlan, Defect, Degradation, Encoding, Fonts, PagePlan, Request, Split, claim, mechanisms_of};

use super::folder::Folder;
use super::generate::{make, write_truth};

/// Where the set lies.
#[derive(clap::Args)]
pub(crate) struct Wish {
    /// The folder.
    #[arg(long, default_value = "samples/committed")]
    out: PathBuf,
    /// Compare instead of writing.
    #[arg(long)]
    verify: bool,
}

/// Seed of the set.
const SEED: u64 = 1405;
/// Dots per inch of single pages: enough to read, small enough to keep.
const DPI: u32 = 100;
/// Dots per inch of claims, as an office scans them.
const CLAIM_DPI: u32 = 150;
/// Every so many pages one is a PNG.
const PNG_EVERY: u64 = 14;
/// Quality of the others.
const QUALITY: u8 = 82;
/// Seeds of the claims, and how many bad scans each has.
const CLAIMS: [(u64, usize); 4] = [(1405, 0), (1406, 2), (1407, 3), (1411, 1)];
/// Most the set may weigh.
const LIMIT: u64 = 15_000_000;

/// Runs the command.
pub(crate) fn run(fonts: &Fonts, wish: &Wish) -> anyhow::Result<()> {
    let mut folder = if wish.verify { Folder::verify(&wish.out) } else { Folder::write(&wish.out) };
    for (at, (seed, bad)) in CLAIMS.into_iter().enumerate() {
        let made = claim(seed, &ClaimPlan { bad, dpi: CLAIM_DPI, fault: None, tidy: false });
        super::claims::write(fonts, &mut folder, &format!("claims/claim{at:02}"), &made)?;
    }
    let mut pages = Vec::new();
    let mut masters = BTreeMap::new();
    for plan in plans()? {
        let page = make(fonts, &plan, "")?;
        folder.put(&format!("pages/{}", page.truth.file), &page.bytes)?;
        pages.push(page.truth);
        masters.insert(plan.master, page.drawn.truth);
    }
    let mut truth = folder.within("pages");
    write_truth(&mut truth, &pages, &masters)?;
    folder.join(truth);
    let strangers = folder.strangers();
    if let Some(stranger) = strangers.first() {
        bail!("{} is not part of the set", stranger.display());
    }
    if folder.bytes() > LIMIT {
        bail!("the set weighs {} bytes, more than {LIMIT}", folder.bytes());
    }
    println!("{} bytes {}", folder.bytes(), if wish.verify { "as they should be" } else { "written" });
    Ok(())
}

/// Every mechanism of every defect once mild or once strong, on papers of all kinds.
fn plans() -> anyhow::Result<Vec<PagePlan>> {
    let request = Request { dpi: vec![DPI], ..Request::new(Split::Open, SEED) };
    let mut plans = Vec::new();
    for defect in Defect::ALL {
        for (at, mechanism) in mechanisms_of(*defect).into_iter().enumerate() {
            let index = plans.len() as u64;
            let mut plan = request.plan(index)?;
            let severity = if defect.is_fault() { [2, 4, 5][at % 3] } else { 0 };
            let encoding = if index.is_multiple_of(PNG_EVERY) { Encoding::Png } else { Encoding::Jpeg(QUALITY) };
            let one = Degradation::one(*defect, severity, mechanism, plan.degradation.seed);
            plan.degradation = Degradation { encoding, ..one };
            plan.id = format!("{}-{severity}-{}", defect.word(), at);
            plans.push(plan);
        }
    }
    Ok(plans)
}
