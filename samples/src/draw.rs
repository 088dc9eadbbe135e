//! Drawing a planned page: from the sheet to pixels, with every noted place measured.

use image::{ImageBuffer, RgbImage};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use crate::again::Added;
use crate::chance::{Draw, stream};
use crate::error::SampleError;
use crate::faces::{Fonts, face_named};
use crate::paper::{Sheet, compose};
use crate::plan::{PagePlan, PaperPlan};
use crate::story::Story;
use crate::truth::{DecoyTruth, MasterTruth, PenTruth, Region, StampTruth};

/// Points in an inch.
const POINTS: f32 = 72.0;

/// A paper that runs past its foot is set again with smaller type, as a clerk would.
const FIT_STEP: f32 = 0.95;
/// Below this the type would be too small to print.
const LEAST_FIT: f32 = 0.78;

/// Papers are white, or what is sold as white.
const TINTS: [&str; 6] = ["#ffffff", "#ffffff", "#fdfdfd", "#fdfcf8", "#fbf9f1", "#f8f9fb"];

/// A clean page.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// The page in colour, upright.
    pub image: RgbImage,
    /// Dots per inch.
    pub dpi: u32,
    /// What is printed on it; its `id` is empty.
    pub truth: MasterTruth,
}

/// Draws the clean page of a plan.
///
/// # Errors
/// An unknown face, or a page that cannot be drawn at this resolution.
pub fn render(fonts: &Fonts, plan: &PagePlan) -> Result<Drawn, SampleError> {
    render_paper(fonts, &plan.paper, plan.dpi)
}

/// Draws a paper at `dpi` dots per inch.
///
/// # Errors
/// An unknown face, or a page that cannot be drawn at this resolution.
pub fn render_paper(fonts: &Fonts, paper: &PaperPlan, dpi: u32) -> Result<Drawn, SampleError> {
    render_story(fonts, paper, &Story::of(paper.story), None, dpi)
}

/// Draws a paper about `story`, with something written on it later where `added` says so.
pub(crate) fn render_story(
    fonts: &Fonts,
    paper: &PaperPlan,
    story: &Story,
    added: Option<(Added, u64)>,
    dpi: u32,
) -> Result<Drawn, SampleError> {
    let face = face_named(&paper.face)?;
    let size = paper.kind.size(paper.variant);
    let mut story = story.clone();
    if let Some(fault) = paper.fault {
        fault.print(paper.kind, &mut story);
    }
    let mut fit = 1.0;
    let mut sheet = loop {
        let mut sheet = Sheet::new(fonts, face, size, paper.variant, (paper.seed, fit));
        sheet.unstamped = paper.fault.is_some_and(|fault| fault.leaves_unstamped(paper.kind));
        sheet.unsigned = paper.fault.is_some_and(|fault| fault.leaves_unsigned(paper.kind));
        if let Some(split) = paper.marks {
            sheet.mark_freely(split, paper.seed);
        }
        compose(paper.kind, &mut sheet, &story);
        if sheet.overrun <= 0.0 || fit < LEAST_FIT {
            break sheet;
        }
        fit *= FIT_STEP;
    };
    sheet.free_rest();
    if let Some((what, seed)) = added {
        sheet.add_later(what, seed);
    }
    let tint = *stream(paper.seed, "tint").pick(&TINTS);
    let tree = fonts.compose(&sheet.finish(tint)?)?;
    let scale = dpi as f32 / POINTS;
    let mut image = rasterise(&tree, scale)?;
    let (width, height) = image.dimensions();
    let place = |element: &str| region(&tree, element, scale, width, height);
    let mut truth = MasterTruth {
        id: String::new(),
        kind: paper.kind.word(),
        r#type: paper.kind.word(),
        font: face.name,
        variant: paper.variant,
        story: paper.story,
        seed: paper.seed,
        size: size.word(),
        dpi,
        width,
        height,
        type_size_pt: sheet.size,
        lines: sheet.lines.iter().filter(|line| !line.is_empty()).map(|line| line.join(" ")).collect(),
        dates: Vec::new(),
        mrz: Vec::new(),
        mrz_regions: Vec::new(),
        iban: None,
        ibans: Vec::new(),
        amounts: Vec::new(),
        stamp: !sheet.stamps.is_empty(),
        stamp_text: sheet.stamps.iter().flat_map(|stamp| stamp.lines.clone()).collect(),
        stamps: sheet
            .stamps
            .iter()
            .map(|stamp| StampTruth {
                region: place(&stamp.element),
                colour: stamp.colour,
                text: stamp.lines.clone(),
                shape: stamp.shape,
                faded: stamp.faded,
            })
            .collect(),
        signature: !sheet.signatures.is_empty(),
        signatures: sheet.signatures.iter().map(|element| place(element)).collect(),
        pens: sheet.pens.iter().map(|(colour, hand)| PenTruth { colour, hand }).collect(),
        decoys: sheet
            .decoys
            .iter()
            .map(|decoy| DecoyTruth { region: place(&decoy.element), what: decoy.what })
            .collect(),
        placeholder: sheet.placeholder,
        certifying_words: sheet.certifying_words,
        certified: sheet.certified,
        passport_no: story.person.passport.clone(),
        policy_no: story.policy.clone(),
    };
    for mark in &sheet.marks {
        truth.note(mark, place(&mark.element));
    }
    if let Some(role) = paper.fault.and_then(|fault| fault.crosses_out(paper.kind)) {
        truth.dates.iter().filter(|date| date.role == role).for_each(|date| cross_out(&mut image, date.region));
        truth.dates.retain(|date| date.role != role);
    }
    Ok(Drawn { image, dpi, truth })
}

/// Runs a pen up and down over a place until nothing of it can be told.
fn cross_out(image: &mut RgbImage, [x, y, width, height]: Region) {
    const PEN: image::Rgb<u8> = image::Rgb([24, 26, 44]);
    let (step, thick) = ((height / 5).max(2), (height / 7).max(1));
    for pass in 0..3 {
        for at in 0..width {
            // A triangle wave, each pass shifted by a third of its length.
            let along = (at + pass * step / 3) % (2 * step);
            let rise = if along < step { along } else { 2 * step - along };
            let middle = y + rise * height / step;
            for row in middle.saturating_sub(thick)..middle + thick {
                if x + at < image.width() && row < image.height() {
                    image.put_pixel(x + at, row, PEN);
                }
            }
        }
    }
}

/// The composed page as an image, `scale` pixels a point.
fn rasterise(tree: &usvg::Tree, scale: f32) -> Result<RgbImage, SampleError> {
    let width = (tree.size().width() * scale).round() as u32;
    let height = (tree.size().height() * scale).round() as u32;
    let refused = || SampleError::Picture { width, height };
    let mut pixmap = Pixmap::new(width, height).ok_or_else(refused)?;
    resvg::render(tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    // Every pixel is opaque: the sheet's tint covers the page, so premultiplied colours are the colours.
    let rgb: Vec<u8> = pixmap.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    ImageBuffer::from_raw(width, height, rgb).ok_or_else(refused)
}

/// Pixels an element covers on the clean page.
fn region(tree: &usvg::Tree, element: &str, scale: f32, width: u32, height: u32) -> Region {
    let Some(bounds) = tree.node_by_id(element).map(usvg::Node::abs_stroke_bounding_box) else {
        return [0; 4];
    };
    let clamp = |value: f32, limit: u32| (value * scale).clamp(0.0, limit as f32);
    let (left, top) = (clamp(bounds.left(), width).floor(), clamp(bounds.top(), height).floor());
    let (right, low) = (clamp(bounds.right(), width).ceil(), clamp(bounds.bottom(), height).ceil());
    [left as u32, top as u32, (right - left) as u32, (low - top) as u32]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faces::FACES;
    use crate::holdout::Split;
    use crate::paper::{Kind, LAYOUTS};

    #[test]
    fn every_paper_is_drawn_with_its_truth_in_place() {
        let fonts = Fonts::load(&[]).expect("the faces are installed");
        for (at, kind) in Kind::ALL.iter().enumerate() {
            for variant in 0..LAYOUTS {
                let face = FACES[(at * 3 + usize::from(variant)) % FACES.len()].name.to_owned();
                let seed = at as u64 + 100 * u64::from(variant);
                let plan = PaperPlan { kind: *kind, variant, face, story: seed, seed, fault: None, marks: None };
                let Drawn { image, truth, .. } = render_paper(&fonts, &plan, 72).expect("drawn");
                assert!(truth.lines.len() >= 6, "{kind:?} {variant}");
                assert!(*kind == Kind::Other || !truth.dates.is_empty(), "{kind:?} {variant}");
                let regions = truth.dates.iter().map(|date| date.region).chain(truth.signatures.iter().copied());
                for [x, y, w, h] in regions {
                    assert!(w > 0 && h > 0 && x + w <= image.width() && y + h <= image.height(), "{kind:?} {variant}");
                    let ink = (y..y + h)
                        .flat_map(|py| (x..x + w).map(move |px| (px, py)))
                        .any(|(px, py)| image.get_pixel(px, py)[1] < 128);
                    assert!(ink, "{kind:?} {variant}: nothing is printed at {x},{y}");
                }
            }
        }
    }

    #[test]
    fn nothing_runs_off_the_page() {
        let fonts = Fonts::load(&[]).expect("the faces are installed");
        for seed in 0..60u64 {
            let kind = Kind::ALL[seed as usize % Kind::ALL.len()];
            let face = FACES[seed as usize % FACES.len()].name.to_owned();
            let marks = (seed % 2 == 1).then_some(Split::Open);
            let plan = PaperPlan { kind, variant: (seed % 3) as u8, face, story: seed, seed, fault: None, marks };
            let Drawn { image, .. } = render_paper(&fonts, &plan, 50).expect("drawn");
            let (w, h) = image.dimensions();
            // A passport's wavy ground runs to the edge, no text does.
            let edge = (0..w).flat_map(|x| [(x, 0), (x, h - 1)]).chain((0..h).flat_map(|y| [(0, y), (w - 1, y)]));
            assert!(edge.into_iter().all(|(x, y)| image.get_pixel(x, y)[1] > 128), "{kind:?} {seed}");
        }
    }
}
