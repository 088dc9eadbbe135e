//! `generate`: spoilt pages with their truth.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use clap::ValueEnum;
use sanad_samples::{
    Defect, Drawn, Fonts, Kind, MasterTruth, PagePlan, PageTruth, Request, SampleError, SecondTruth, Split, degrade,
    render,
};

use super::folder::{Folder, json_lines};

/// What to generate.
#[derive(clap::Args)]
pub(crate) struct Wish {
    /// Folder to write into.
    #[arg(long)]
    out: PathBuf,
    /// Seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Pages.
    #[arg(long, default_value_t = 60)]
    count: u64,
    /// Which papers may be drawn.
    #[arg(long, value_enum, default_value = "fit")]
    split: SplitWord,
    /// Kinds, by name; those of the first sets if none.
    #[arg(long, value_delimiter = ',')]
    kinds: Vec<Kind>,
    /// Every kind, those added after the first sets too.
    #[arg(long, conflicts_with = "kinds")]
    all_kinds: bool,
    /// Draw stamps, signatures and what may be taken for them freely.
    #[arg(long)]
    marks: bool,
    /// Defects, by name; all if none.
    #[arg(long, value_delimiter = ',')]
    defects: Vec<Defect>,
    /// Resolutions; the usual ones if none.
    #[arg(long, value_delimiter = ',')]
    dpi: Vec<u32>,
    /// Number of different papers; one for every six pages if not given.
    #[arg(long)]
    masters: Option<u64>,
    /// Write each paper's clean page at each resolution used, as `clean/MASTER-DPI.png`.
    #[arg(long)]
    clean: bool,
    /// Threads; all cores if not given. The output does not depend on it.
    #[arg(long)]
    jobs: Option<usize>,
}

/// A split on the command line.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum SplitWord {
    /// Nothing held out.
    Fit,
    /// Only what is held out.
    Holdout,
    /// Anything.
    Open,
}

impl From<SplitWord> for Split {
    fn from(word: SplitWord) -> Self {
        match word {
            SplitWord::Fit => Self::Fit,
            SplitWord::Holdout => Self::Holdout,
            SplitWord::Open => Self::Open,
        }
    }
}

/// A finished page.
pub(crate) struct Page {
    pub(crate) drawn: Drawn,
    pub(crate) truth: PageTruth,
    pub(crate) bytes: Vec<u8>,
}

/// Draws and spoils a planned page; its file is put under `folder`.
pub(crate) fn make(fonts: &Fonts, plan: &PagePlan, folder: &str) -> Result<Page, SampleError> {
    let mut drawn = render(fonts, plan)?;
    drawn.truth.id.clone_from(&plan.master);
    let degraded = degrade(&drawn, &plan.degradation)?;
    let first = plan.degradation.first;
    let truth = PageTruth {
        id: plan.id.clone(),
        master: plan.master.clone(),
        file: format!("{folder}{}.{}", plan.id, degraded.extension),
        kind: drawn.truth.kind,
        r#type: drawn.truth.kind,
        font: drawn.truth.font,
        variant: drawn.truth.variant,
        split: plan.split.word(),
        seed: plan.degradation.seed,
        dpi: plan.dpi,
        defect: first.defect.word(),
        severity: first.severity,
        tool: first.mechanism,
        second: plan.degradation.second.map(|second| SecondTruth {
            defect: second.defect.word(),
            severity: second.severity,
            tool: second.mechanism,
        }),
        w: degraded.image.width(),
        h: degraded.image.height(),
        geometry: degraded.geometry,
    };
    Ok(Page { drawn, truth, bytes: degraded.bytes })
}

/// Runs the command.
pub(crate) fn run(fonts: &Fonts, wish: &Wish) -> anyhow::Result<()> {
    let mut request = Request::new(wish.split.into(), wish.seed);
    request.kinds = if wish.all_kinds { Kind::ALL.to_vec() } else { wish.kinds.clone() };
    request.free_marks = wish.marks;
    request.defects.clone_from(&wish.defects);
    request.dpi.clone_from(&wish.dpi);
    if let Some(masters) = wish.masters {
        request.pages_per_master = wish.count.div_ceil(masters.max(1));
    }
    let folder = Mutex::new(Folder::write(&wish.out));
    let finished = Mutex::new((BTreeMap::new(), BTreeMap::<String, MasterTruth>::new()));
    let next = AtomicU64::new(0);
    let jobs = wish.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let work = || -> anyhow::Result<()> {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= wish.count {
                return Ok(());
            }
            let plan = request.plan(index)?;
            let page = make(fonts, &plan, "images/")?;
            let locked = |_| anyhow::anyhow!("another page failed");
            let mut folder = folder.lock().map_err(locked)?;
            folder.put(&page.truth.file, &page.bytes)?;
            if wish.clean {
                let mut png = Vec::new();
                page.drawn.image.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png)?;
                folder.put(&format!("clean/{}-{}.png", plan.master, plan.dpi), &png)?;
            }
            drop(folder);
            let mut finished = finished.lock().map_err(|_| anyhow::anyhow!("another page failed"))?;
            finished.0.insert(index, page.truth);
            // Regions are given at the highest resolution a paper was drawn at, whatever order pages finish in.
            let master = page.drawn.truth;
            let kept = finished.1.entry(plan.master).or_insert_with(|| master.clone());
            if master.dpi > kept.dpi {
                *kept = master;
            }
        }
    };
    std::thread::scope(|scope| -> anyhow::Result<()> {
        let threads: Vec<_> = (0..jobs.max(1)).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            thread.join().map_err(|_| anyhow::anyhow!("a page could not be made"))??;
        }
        Ok(())
    })?;
    let (pages, masters) = finished.into_inner().map_err(|_| anyhow::anyhow!("a page could not be made"))?;
    let mut folder = folder.into_inner().map_err(|_| anyhow::anyhow!("a page could not be made"))?;
    write_truth(&mut folder, &pages.into_values().collect::<Vec<_>>(), &masters)?;
    println!("{} pages of {} papers in {}", wish.count, masters.len(), wish.out.display());
    Ok(())
}

/// Writes `truth.jsonl`, `masters.jsonl` and the same masters by name as `masters.json`.
pub(crate) fn write_truth(
    folder: &mut Folder,
    pages: &[PageTruth],
    masters: &BTreeMap<String, MasterTruth>,
) -> anyhow::Result<()> {
    folder.put("truth.jsonl", &json_lines(pages)?)?;
    folder.put("masters.jsonl", &json_lines(&masters.values().collect::<Vec<_>>())?)?;
    folder.put("masters.json", &serde_json::to_vec(masters)?)
}
