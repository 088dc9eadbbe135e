//! Truth for the readability: what a reader of words gets right on a page, against its clean copy.
//!
//! `readability = 1 − (cer − cer_clean) / (1 − cer_clean)`, clipped to 0–1. A known turn, tilt or slant is undone
//! first. A page is read as it is in two ways, and as the product hands it to its reader of words: light evened, rules
//! taken out, letters of one height. What any of these readings got is read, since the product and people can do the
//! same; one reading alone drops blocks and lines for reasons that are none of the page's.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};
use sanad_checks::legibility::ink::reduce;
use sanad_checks::page::Luma;
use sanad_intake::ocr::{Engine, PageMode, for_words};
use serde_json::{Value, json};

use super::cer::Printed;
use super::folder::{Folder, Label, luma};

/// Labels read between two savings.
const SAVE_EVERY: usize = 10;
/// An error this close to the clean copy's needs no further try.
const GOOD_ENOUGH: f64 = 0.02;

/// Asks the reader about every label that has no readability yet, and saves the folder.
///
/// # Errors
/// When the models or an image are missing.
pub fn fill(folder: &mut Folder, models: &Path, jobs: usize) -> Result<()> {
    let clean = clean_errors(folder, models, jobs)?;
    let next = AtomicUsize::new(0);
    let labels = Mutex::new(std::mem::take(&mut folder.labels));
    let count = labels.lock().expect("no holder panics").len();
    let shared = &*folder;
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs)
            .map(|_| {
                scope.spawn(|| -> Result<()> {
                    let mut readers = Readers::new(models)?;
                    loop {
                        let i = next.fetch_add(1, Ordering::Relaxed);
                        if i >= count {
                            return Ok(());
                        }
                        let mut label = labels.lock().expect("no holder panics")[i].clone();
                        if label.readability.is_none() {
                            label_one(shared, &mut label, &clean, &mut readers)?;
                            let mut labels = labels.lock().expect("no holder panics");
                            labels[i] = label;
                            // the reader is slow: what it has read is kept, whatever happens next
                            if i.is_multiple_of(SAVE_EVERY) {
                                shared.write(&labels)?;
                            }
                        }
                    }
                })
            })
            .collect();
        workers.into_iter().try_for_each(|w| w.join().expect("a worker does not panic"))
    })?;
    folder.labels = labels.into_inner().expect("no holder panics");
    folder.save()
}

/// One engine for Persian, one for pages with a Latin zone.
struct Readers {
    persian: Engine,
    mixed: Engine,
}

impl Readers {
    fn new(models: &Path) -> Result<Self> {
        let persian = Engine::new(models, "fas").context("the Persian model")?;
        let mixed = Engine::new(models, "fas+eng").context("the Latin model")?;
        Ok(Self { persian, mixed })
    }

    /// What of the text no reading gets; stops once the error is `enough`.
    fn error(&mut self, page: &Luma, text: &str, latin: bool, enough: f64) -> Result<f64> {
        let engine = if latin { &mut self.mixed } else { &mut self.persian };
        let mut printed = Printed::new(text);
        let plain = for_reader(page);
        for mode in [PageMode::Column, PageMode::Block] {
            printed.read(&engine.text(&plain, READ_DPI, mode)?);
            if printed.error() <= enough {
                return Ok(printed.error());
            }
        }
        printed.read(&engine.text(&for_words(page), READ_DPI, PageMode::Column)?);
        Ok(printed.error())
    }
}

/// Pages larger than this are reduced: the reader gains nothing from more and slows down.
const READER_PIXELS: usize = 5_000_000;

/// The page at a size the reader likes.
fn for_reader(page: &Luma) -> Luma {
    reduce(page, if page.width() * page.height() > READER_PIXELS { 2 } else { 1 })
}

/// Resolution told to the reader; it only sets its idea of small specks.
const READ_DPI: i32 = 200;

fn latin(folder: &Folder, master: &str) -> bool {
    folder.kinds.get(master).is_some_and(|kind| kind == "identity" || kind == "passport")
}

fn clean_errors(folder: &Folder, models: &Path, jobs: usize) -> Result<std::collections::BTreeMap<String, f64>> {
    let mut files: std::collections::BTreeMap<String, std::path::PathBuf> = std::collections::BTreeMap::new();
    for entry in std::fs::read_dir(folder.path.join("clean")).context("no clean/ folder")? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default().to_owned();
        // MASTER-DPI: the copy nearest to what the reader likes best stands for the master
        let Some((master, _)) = name.rsplit_once('-') else { continue };
        let distance = |p: &Path| {
            let stem = p.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
            stem.rsplit_once('-').and_then(|(_, d)| d.parse::<i32>().ok()).map_or(i32::MAX, |d| (d - READ_DPI).abs())
        };
        let better = files.get(master).is_none_or(|known| distance(&path) < distance(known));
        if better {
            files.insert(master.to_owned(), path);
        }
    }
    let files: Vec<_> = files.into_iter().collect();
    let (next, found) = (AtomicUsize::new(0), Mutex::new(std::collections::BTreeMap::new()));
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs)
            .map(|_| {
                scope.spawn(|| -> Result<()> {
                    let mut readers = Readers::new(models)?;
                    while let Some((master, path)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let text = folder.texts.get(master).context("a clean page without its text")?;
                        let error = readers.error(&luma(path)?, text, latin(folder, master), 0.0)?;
                        found.lock().expect("no holder panics").insert(master.clone(), error);
                    }
                    Ok(())
                })
            })
            .collect();
        workers.into_iter().try_for_each(|w| w.join().expect("a worker does not panic"))
    })?;
    Ok(found.into_inner().expect("no holder panics"))
}

fn label_one(
    folder: &Folder,
    label: &mut Label,
    clean: &std::collections::BTreeMap<String, f64>,
    readers: &mut Readers,
) -> Result<()> {
    let text = folder.texts.get(&label.master).context("a label without its master")?;
    let cer_clean = *clean.get(&label.master).context("a master without a clean page")?;
    let page = luma(&folder.image(label))?;
    let latin = latin(folder, &label.master);
    let enough = cer_clean + GOOD_ENOUGH;
    let effective = readers.error(&upright(folder, label, page), text, latin, enough)?;
    let readability = (1.0 - (effective - cer_clean) / (1.0 - cer_clean).max(0.01)).clamp(0.0, 1.0);
    label.readability = Some((readability * 1e4).round() / 1e4);
    label.label = Some(
        if effective <= (cer_clean + 0.10).max(0.20) {
            "legible"
        } else if effective > (cer_clean + 0.25).max(0.50) {
            "illegible"
        } else {
            "borderline"
        }
        .to_owned(),
    );
    for (name, value) in [("cer_eff", effective), ("cer_clean", cer_clean)] {
        label.rest.insert(name.to_owned(), json!((value * 1e4).round() / 1e4));
    }
    Ok(())
}

/// Undoes the geometry that the label knows.
fn upright(folder: &Folder, label: &Label, page: Luma) -> Luma {
    let size = || {
        let name = format!("{}-{}.png", label.master, label.dpi?);
        image::image_dimensions(folder.path.join("clean").join(name)).ok()
    };
    match (homography(label), size()) {
        (Some(matrix), Some((width, height))) => warp(&page, matrix, width as usize, height as usize),
        _ => page,
    }
}

/// The map from the clean page to the image, where it does more than scale.
fn homography(label: &Label) -> Option<[f64; 9]> {
    const LEVEL_DEG: f64 = 0.3;
    let number = |name: &str| label.rest.get(name).and_then(Value::as_f64).unwrap_or(0.0);
    let rows = label.rest.get("homography")?.as_array()?;
    let flat: Vec<f64> = rows.iter().filter_map(Value::as_array).flatten().filter_map(Value::as_f64).collect();
    let matrix: [f64; 9] = flat.try_into().ok()?;
    let slanted = matrix[6].abs() + matrix[7].abs() > 1e-9;
    (number("turn_deg") != 0.0 || number("skew_deg").abs() > LEVEL_DEG || slanted).then_some(matrix)
}

/// The page as it lay before: each pixel of the clean page is looked up in the image.
fn warp(image: &Luma, m: [f64; 9], width: usize, height: usize) -> Luma {
    let mut out = Luma::filled(width, height, 255);
    for y in 0..height {
        for x in 0..width {
            let (u, v) = (x as f64 + 0.5, y as f64 + 0.5);
            let w = m[6] * u + m[7] * v + m[8];
            let (sx, sy) = ((m[0] * u + m[1] * v + m[2]) / w - 0.5, (m[3] * u + m[4] * v + m[5]) / w - 0.5);
            if sx >= 0.0 && sy >= 0.0 && sx < (image.width() - 1) as f64 && sy < (image.height() - 1) as f64 {
                let (ix, iy) = (sx as usize, sy as usize);
                let (fx, fy) = (sx.fract(), sy.fract());
                let at = |dx, dy| f64::from(image.at(ix + dx, iy + dy));
                let top = at(0, 0) * (1.0 - fx) + at(1, 0) * fx;
                let bottom = at(0, 1) * (1.0 - fx) + at(1, 1) * fx;
                out.pixels_mut()[y * width + x] = (top * (1.0 - fy) + bottom * fy) as u8;
            }
        }
    }
    out
}
