//! Figures of marks: found, and nothing else taken for one; by colour, shape and capture.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use image::{Rgb, RgbImage};
use sanad_checks::facts::MarkFact;
use sanad_checks::thresholds::MARKS;
use sanad_intake::{FirstMarks, Limits, first_page_marks};

use super::truth::{Area, Page, Truth, agreement, open};

/// A mark is found where a told place shares this much of the union with it.
const FOUND: f64 = 0.3;

/// Which pages, and what is told of them.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// Pages of a folder at most.
    pub pages: usize,
    /// Tell every mark missed and every place told wrongly.
    pub list: bool,
    /// Write pictures with boxes into this folder.
    pub overlay: Option<PathBuf>,
    /// Write only pictures of pages that were judged wrongly.
    pub wrong_only: bool,
}

/// There, found, told, told rightly.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    there: u32,
    found: u32,
    told: u32,
    right: u32,
}

impl Counts {
    fn line(&self, name: &str) -> String {
        let share = |n: u32, of: u32| if of == 0 { f64::NAN } else { 100.0 * f64::from(n) / f64::from(of) };
        format!(
            "{name:<34} {:>5}  found {:>5.1}%   told {:>5}  right {:>5.1}%",
            self.there,
            share(self.found, self.there),
            self.told,
            share(self.right, self.told)
        )
    }
}

/// Papers with or without a mark, and what would be said of them.
#[derive(Clone, Copy, Debug, Default)]
struct Papers {
    with: u32,
    accused: u32,
    without: u32,
    named: u32,
    invented: u32,
}

impl Papers {
    fn add(&mut self, there: bool, found: &[MarkFact], nearness: f64, most: f64) {
        let named = found.is_empty() && nearness <= most;
        if there {
            self.with += 1;
            self.accused += u32::from(named);
        } else {
            self.without += 1;
            self.named += u32::from(named);
            self.invented += u32::from(!found.is_empty());
        }
    }

    fn line(&self, name: &str) -> String {
        format!(
            "{name:<12} papers with one {}: said to lack it {};  without {}: named {}, one invented on {}",
            self.with, self.accused, self.without, self.named, self.invented
        )
    }
}

/// All figures.
#[derive(Debug, Default)]
struct Figures {
    lines: BTreeMap<String, Counts>,
    papers: [Papers; 2],
    decoys: BTreeMap<String, (u32, u32)>,
    times: Vec<Duration>,
}

fn area(mark: &MarkFact) -> Area {
    let r = mark.region;
    [f64::from(r.x), f64::from(r.y), f64::from(r.x + r.width), f64::from(r.y + r.height)]
}

/// Pairs what is told with what is there, the surest first; each mark is found once.
fn pair(truths: &[Truth], told: &[MarkFact]) -> (Vec<bool>, Vec<bool>) {
    let mut found = vec![false; truths.len()];
    let right = told
        .iter()
        .map(|mark| {
            let best = (0..truths.len())
                .filter(|at| !found[*at])
                .map(|at| (at, agreement(truths[at].area, area(mark))))
                .max_by(|a, b| a.1.total_cmp(&b.1))
                .filter(|(_, shared)| *shared >= FOUND);
            if let Some((at, _)) = best {
                found[at] = true;
            }
            best.is_some()
        })
        .collect();
    (found, right)
}

/// Measures folders and prints the figures.
///
/// # Errors
/// When a folder or a picture cannot be read.
pub fn print(folders: &[PathBuf], wish: &Wish) -> Result<()> {
    let mut figures = Figures::default();
    for folder in folders {
        for page in open(folder)?.into_iter().take(wish.pages) {
            let bytes = std::fs::read(&page.image).with_context(|| page.image.display().to_string())?;
            let Some(seen) = first_page_marks(&bytes, &Limits::default())? else { continue };
            let wrong = figures.add(&page, &seen, wish.list);
            if let Some(out) = wish.overlay.as_ref().filter(|_| wrong || !wish.wrong_only) {
                overlay(out, &page, &seen)?;
            }
        }
    }
    figures.print();
    Ok(())
}

impl Figures {
    /// Counts a page; whether anything was missed or invented.
    fn add(&mut self, page: &Page, seen: &FirstMarks, list: bool) -> bool {
        let mut wrong = false;
        let capture = match (page.defect.0.as_str(), seen.coloured) {
            ("none", true) => "colour scan",
            ("none", false) => "grey scan",
            (other, true) => &format!("colour {other}"),
            (other, false) => &format!("grey {other}"),
        };
        for (kind, truths, told) in
            [("stamps", &page.stamps, &seen.stamps), ("signatures", &page.signatures, &seen.signatures)]
        {
            let (found, right) = pair(truths, told);
            let mut count = |name: String, there: bool, hit: bool| {
                let counts = self.lines.entry(name).or_default();
                if there {
                    counts.there += 1;
                    counts.found += u32::from(hit);
                } else {
                    counts.told += 1;
                    counts.right += u32::from(hit);
                }
            };
            for (truth, hit) in truths.iter().zip(&found) {
                let names = [
                    kind.to_owned(),
                    format!("{kind}, {capture}"),
                    format!("{kind}, ink {}", truth.colour),
                    format!("{kind}, {}", truth.shape),
                ];
                names.into_iter().for_each(|name| count(name, true, *hit));
                wrong |= !hit;
                if list && !hit {
                    println!(
                        "  missed {kind} {} {} {} {capture} {:?}",
                        page.name, truth.colour, truth.shape, truth.area
                    );
                }
            }
            for (mark, hit) in told.iter().zip(&right) {
                let names = [kind.to_owned(), format!("{kind}, {capture}")];
                names.into_iter().for_each(|name| count(name, false, *hit));
                wrong |= !hit;
                if !hit {
                    let decoy = page.decoys.iter().find(|decoy| agreement(decoy.area, area(mark)) > FOUND);
                    let what = decoy.map_or("print", |decoy| decoy.shape.as_str());
                    self.decoys.entry(format!("{what} as {kind}")).or_default().1 += 1;
                    if list {
                        println!(
                            "  invented {kind} {} {} {capture} {:?} {what}",
                            page.name,
                            mark.confidence,
                            area(mark)
                        );
                    }
                }
            }
        }
        for decoy in &page.decoys {
            self.decoys.entry(decoy.shape.clone()).or_default().0 += 1;
        }
        let most = if seen.coloured { MARKS.max_stamp_nearness } else { MARKS.max_grey_stamp_nearness };
        self.papers[0].add(!page.stamps.is_empty(), &seen.stamps, seen.nearness.stamp, most);
        if list {
            let (stamped, signed) = (!page.stamps.is_empty(), !page.signatures.is_empty());
            let (stamp, signature) = (seen.nearness.stamp, seen.nearness.signature);
            println!("  near {} {capture}: stamp {stamped} {stamp:.4}, signature {signed} {signature:.4}", page.name);
        }
        let (signed, told) = (!page.signatures.is_empty(), &seen.signatures);
        self.papers[1].add(signed, told, seen.nearness.signature, MARKS.max_signature_nearness);
        self.times.push(seen.elapsed);
        wrong
    }

    fn print(&mut self) {
        self.lines.iter().for_each(|(name, counts)| println!("{}", counts.line(name)));
        println!("{}", self.papers[0].line("stamp"));
        println!("{}", self.papers[1].line("signature"));
        println!("decoys (drawn, taken for a mark): {:?}", self.decoys);
        self.times.sort_unstable();
        let at = |share: f64| {
            self.times.get(((self.times.len() as f64 - 1.0) * share) as usize).map_or(0, Duration::as_millis)
        };
        println!(
            "{} pages; time of looking, ms: half {}, nine tenths {}, longest {}",
            self.times.len(),
            at(0.5),
            at(0.9),
            at(1.0)
        );
    }
}

/// The page with boxes: what is there green (stamps) and teal (signatures), what is told red and orange, inside.
fn overlay(out: &Path, page: &Page, seen: &FirstMarks) -> Result<()> {
    std::fs::create_dir_all(out)?;
    let mut picture = image::open(&page.image)?.to_rgb8();
    page.stamps.iter().for_each(|truth| frame(&mut picture, truth.area, 3, [0, 170, 0]));
    page.signatures.iter().for_each(|truth| frame(&mut picture, truth.area, 3, [0, 170, 170]));
    seen.stamps.iter().for_each(|mark| frame(&mut picture, area(mark), -4, [230, 0, 0]));
    seen.signatures.iter().for_each(|mark| frame(&mut picture, area(mark), -4, [255, 140, 0]));
    let name = page.name.replace('/', "_");
    Ok(picture.save(out.join(name).with_extension("png"))?)
}

fn frame(picture: &mut RgbImage, area: Area, grow: i64, colour: [u8; 3]) {
    let [x0, y0, x1, y1] = area.map(|v| v as i64);
    let (x0, y0, x1, y1) = (x0 - grow, y0 - grow, x1 + grow, y1 + grow);
    let mut put = |x: i64, y: i64| {
        if x >= 0 && y >= 0 && x < i64::from(picture.width()) && y < i64::from(picture.height()) {
            picture.put_pixel(x as u32, y as u32, Rgb(colour));
        }
    };
    for thick in 0..3 {
        (x0..x1).for_each(|x| [y0 + thick, y1 - thick].into_iter().for_each(|y| put(x, y)));
        (y0..y1).for_each(|y| [x0 + thick, x1 - thick].into_iter().for_each(|x| put(x, y)));
    }
}
