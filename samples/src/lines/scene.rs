//! The drawing around a number: its line, the lines next to it, rules, grounds and stamps.

use std::fmt::Write as _;

use image::{ImageBuffer, RgbImage};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use crate::chance::{Chance, Draw};
use crate::error::SampleError;
use crate::faces::Setting;
use crate::holdout::Split;
use crate::lines::faces::{TypeCase, TypeChoice};
use crate::lines::forms::{Piece, Says};
use crate::lines::words;

/// A drawn strip with the number in its middle.
pub(super) struct Scene {
    pub(super) image: RgbImage,
    pub(super) dpi: u32,
    pub(super) em: f32,
    /// What the line says, left to right.
    pub(super) text: String,
    pub(super) form: &'static str,
    /// Ink of the numbers: left, top, right, bottom.
    pub(super) ink: [f32; 4],
    /// How far above and below the ink a crop may reach before it shows another line whole.
    pub(super) reach: [f32; 2],
    pub(super) clutter: Vec<&'static str>,
}

/// Baseline of the line, in ems below the top edge; the strip is [`TALL`] ems high.
const BASE: f32 = 2.6;
pub(super) const TALL: f32 = 4.6;
/// Height of digits, in ems: enough to keep lines apart, no measure of any face.
const DIGIT: f32 = 0.68;

const RESOLUTIONS: [u32; 9] = [100, 120, 150, 200, 200, 240, 300, 300, 400];

/// A strip being drawn; lengths in pixels.
pub(super) struct Sheet<'a> {
    pub(super) case: &'a TypeCase,
    pub(super) rng: &'a mut Chance,
    pub(super) svg: String,
    pub(super) em: f32,
    pub(super) ink_colour: &'static str,
    pub(super) clutter: Vec<&'static str>,
}

/// Looks that make one face pass for several.
pub(super) struct Look {
    wide: f32,
    slant: f32,
    /// Stroke around each letter in ems; below zero it eats into the letter.
    weight: f32,
    spacing: f32,
}

impl Look {
    fn draw(rng: &mut Chance, split: Split) -> Self {
        let mut look = Self { wide: 1.0, slant: 0.0, weight: 0.0, spacing: 0.0 };
        if rng.odds(0.1) {
            look.spacing = rng.real(-0.03, 0.14);
        }
        if split == Split::Fit {
            if rng.odds(0.4) {
                look.wide = rng.real(0.76, 1.28);
            }
            if rng.odds(0.2) {
                look.slant = rng.real(-0.24, 0.24);
            }
            if rng.odds(0.3) {
                look.weight = rng.real(-0.018, 0.05);
            }
        }
        look
    }

    /// The face as it is.
    pub(super) const NONE: Self = Self { wide: 1.0, slant: 0.0, weight: 0.0, spacing: 0.0 };

    fn plain(&self) -> bool {
        self.wide == 1.0 && self.slant == 0.0 && self.weight == 0.0
    }
}

impl Sheet<'_> {
    /// One text at `x` (its left end) on `y`.
    pub(super) fn text(
        &mut self,
        id: &str,
        setting: Setting,
        x: f32,
        y: f32,
        look: &Look,
        text: &str,
    ) -> Result<(), SampleError> {
        let inner = self.case.fonts.marked_up(setting, text)?;
        let (em, colour) = (self.em, self.ink_colour);
        let stroke = if look.weight > 0.0 {
            format!(r#" stroke="{colour}" stroke-width="{:.2}""#, look.weight * em)
        } else if look.weight < 0.0 {
            format!(
                r#" stroke="{}" stroke-width="{:.2}""#,
                if colour == "#ffffff" { "#333333" } else { "#ffffff" },
                -look.weight * em
            )
        } else {
            String::new()
        };
        let spacing = if look.spacing != 0.0 && !text.chars().any(char::is_alphabetic) {
            format!(r#" letter-spacing="{:.2}""#, look.spacing * em)
        } else {
            String::new()
        };
        let _ = write!(
            self.svg,
            r#"<text id="{id}" x="{x:.2}" y="{y:.2}" font-family="{}" font-size="{em:.2}" fill="{colour}"{stroke}{spacing} xml:space="preserve">{inner}</text>"#,
            setting.family(),
        );
        Ok(())
    }

    /// Pieces side by side from `x` on; returns their ids with what they say, and where the last one ends.
    fn run(
        &mut self,
        name: &str,
        pieces: &[(Setting, Piece)],
        leftward: bool,
        x: f32,
        y: f32,
        look: &Look,
    ) -> Result<f32, SampleError> {
        let mut at = x;
        let order: Vec<usize> = if leftward { (0..pieces.len()).rev().collect() } else { (0..pieces.len()).collect() };
        for index in order {
            let (setting, piece) = &pieces[index];
            let letters = piece.text.chars().count() as f32;
            let spread = if piece.text.chars().any(char::is_alphabetic) { 0.0 } else { letters * look.spacing };
            let width = (self.case.fonts.width(*setting, &piece.text)? + spread) * self.em;
            self.text(&format!("{name}{index}"), *setting, at, y, look, &piece.text)?;
            at += width + piece.gap * self.em;
        }
        Ok(at)
    }
}

/// Type size in pixels, and the resolution that makes it a size one prints.
fn size(rng: &mut Chance) -> (f32, u32) {
    loop {
        let most = if rng.odds(0.1) { 88.0f32 } else { 54.0 };
        let em = libm::expf(rng.real(libm::logf(14.0), libm::logf(most)));
        let dpi = *rng.pick(&RESOLUTIONS);
        if (6.5..26.0).contains(&(em * 72.0 / dpi as f32)) {
            return (em, dpi);
        }
    }
}

/// Ink colour and ground of a line.
fn colours(rng: &mut Chance) -> (&'static str, &'static str) {
    match rng.whole(0, 29) {
        0 => ("#ffffff", *rng.pick(&["#303030", "#1d3c78", "#6b6b6b"])),
        1..=3 => ("#000000", *rng.pick(&["#e6e6e6", "#d4d4d4", "#e4ecf7", "#fdf3c8", "#c2c2c2"])),
        4 | 5 => (*rng.pick(&["#1c2f6e", "#5a5a5a", "#7a1f1f", "#707070"]), "#ffffff"),
        _ => (*rng.pick(&["#000000", "#111111", "#222222"]), *rng.pick(&["#ffffff", "#ffffff", "#fdfcf8", "#fbf9f1"])),
    }
}

/// Sets a line among its surroundings.
pub(super) fn compose(
    case: &TypeCase,
    rng: &mut Chance,
    choice: &TypeChoice,
    says: Says,
    split: Split,
) -> Result<Scene, SampleError> {
    let (em, dpi) = size(rng);
    let look = Look::draw(rng, split);
    let (ink_colour, ground) = colours(rng);
    let mut sheet = Sheet { case, rng, svg: String::new(), em, ink_colour, clutter: Vec::new() };
    if ink_colour == "#ffffff" {
        sheet.clutter.push("inverse");
    }
    if !look.plain() {
        sheet.clutter.push("look");
    }
    let form = says.form;
    let pieces = surround(&mut sheet, choice, says.pieces);
    let mut total = 0.0f32;
    for (setting, piece) in &pieces {
        let letters = piece.text.chars().count() as f32;
        total += case.fonts.width(*setting, &piece.text)? + piece.gap + letters * look.spacing.max(0.0);
    }
    let margin = sheet.rng.real(1.0, 3.0) * em;
    let (w, h) = ((total * em * look.wide + 2.0 * margin).ceil(), (em * TALL).ceil());
    let y = em * BASE;
    let _ = write!(sheet.svg, r#"<rect width="{w}" height="{h}" fill="{ground}"/>"#);
    if ground == "#ffffff" && sheet.rng.odds(0.06) {
        sheet.waves(w, h);
    }
    // Stretched and slanted about the start of the baseline.
    let _ = write!(sheet.svg, r#"<g transform="matrix({:.4} 0 {:.4} 1 {margin:.2} {y:.2})">"#, look.wide, look.slant);
    sheet.run("p", &pieces, says.leftward, 0.0, 0.0, &look)?;
    sheet.svg.push_str("</g>");
    let reach = neighbours(&mut sheet, choice, w, y, &look)?;
    let mut scene = finish(sheet, &pieces, (w, h), y)?;
    (scene.dpi, scene.form, scene.reach) = (dpi, form, reach);
    Ok(scene)
}

/// The pieces with what stands before and after them.
fn surround(sheet: &mut Sheet<'_>, choice: &TypeChoice, pieces: Vec<Piece>) -> Vec<(Setting, Piece)> {
    let mut out = Vec::new();
    if sheet.rng.odds(0.5) {
        sheet.clutter.push("label");
        let gap = if sheet.rng.odds(0.7) { sheet.rng.real(0.2, 0.5) } else { sheet.rng.real(0.5, 2.5) };
        out.push((choice.words, Piece { text: words::label(sheet.rng), says: String::new(), gap: 0.3 }));
        if let Some((_, last)) = out.last_mut() {
            last.gap = gap;
        }
    }
    for piece in pieces {
        let setting = if piece.text.chars().any(char::is_alphabetic)
            && !piece.text.is_ascii()
            && piece.says.chars().all(char::is_alphabetic)
        {
            choice.words
        } else {
            choice.setting
        };
        out.push((setting, piece));
    }
    if sheet.rng.odds(0.3) {
        sheet.clutter.push("unit");
        let gap = if sheet.rng.odds(0.8) { sheet.rng.real(0.2, 0.5) } else { sheet.rng.real(0.5, 2.0) };
        out.push((choice.words, Piece { text: words::unit(sheet.rng), says: String::new(), gap }));
    }
    out
}

/// Lines above and below; returns how far a crop may reach up and down.
fn neighbours(
    sheet: &mut Sheet<'_>,
    choice: &TypeChoice,
    w: f32,
    y: f32,
    look: &Look,
) -> Result<[f32; 2], SampleError> {
    let em = sheet.em;
    let mut reach = [em * 1.1, em * 1.1];
    if !sheet.rng.odds(0.5) {
        return Ok(reach);
    }
    sheet.clutter.push("neighbours");
    let leading = sheet.rng.real(1.15, 1.95) * em;
    for (side, down) in [-leading, leading].into_iter().enumerate() {
        if sheet.rng.odds(0.2) {
            continue;
        }
        let other = crate::lines::forms::says(sheet.rng, choice);
        let pieces = surround(sheet, choice, other.pieces);
        let x = sheet.rng.real(-2.0, 0.3) * em;
        let _ = write!(
            sheet.svg,
            r#"<g transform="matrix({:.4} 0 {:.4} 1 {x:.2} {:.2})">"#,
            look.wide,
            look.slant,
            y + down
        );
        let end = sheet.run(&format!("n{side}"), &pieces, other.leftward, 0.0, 0.0, look)?;
        if end < w {
            let more = crate::lines::forms::says(sheet.rng, choice).pieces;
            let more = surround(sheet, choice, more);
            sheet.run(&format!("m{side}"), &more, true, end + em, 0.0, look)?;
        }
        sheet.svg.push_str("</g>");
        reach[side] = leading - DIGIT * em + 0.18 * em;
    }
    Ok(reach)
}

/// Draws rules and marks around the ink, rasterises, and notes what is said where.
fn finish(mut sheet: Sheet<'_>, pieces: &[(Setting, Piece)], size: (f32, f32), y: f32) -> Result<Scene, SampleError> {
    let open = format!(r#"<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}">"#, size.0, size.1);
    // A first reading of the drawing, to learn where the ink is.
    let tree = sheet.case.fonts.compose(&format!("{open}{}</svg>", sheet.svg))?;
    let any = pieces.iter().any(|(_, piece)| !piece.says.is_empty());
    let mut ink = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
    let mut said: Vec<(f32, &str)> = Vec::new();
    for (index, (_, piece)) in pieces.iter().enumerate() {
        if any && piece.says.is_empty() {
            continue;
        }
        let Some(usvg::Node::Text(text)) = tree.node_by_id(&format!("p{index}")) else { continue };
        let bounds = text.flattened().abs_bounding_box();
        ink = [
            ink[0].min(bounds.left()),
            ink[1].min(bounds.top()),
            ink[2].max(bounds.right()),
            ink[3].max(bounds.bottom()),
        ];
        if !piece.says.is_empty() {
            said.push((bounds.left(), &piece.says));
        }
    }
    said.sort_by(|a, b| a.0.total_cmp(&b.0));
    let text = said.iter().map(|(_, says)| *says).collect::<Vec<_>>().join(" ");
    sheet.rules(size.0, y, ink[0], ink[2]);
    sheet.marks(size.0, y)?;
    let tree = sheet.case.fonts.compose(&format!("{open}{}</svg>", sheet.svg))?;
    let (w, h) = (size.0 as u32, size.1 as u32);
    let refused = || SampleError::Picture { width: w, height: h };
    let mut pixmap = Pixmap::new(w, h).ok_or_else(refused)?;
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    let rgb: Vec<u8> = pixmap.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let image: RgbImage = ImageBuffer::from_raw(w, h, rgb).ok_or_else(refused)?;
    Ok(Scene { image, dpi: 0, em: sheet.em, text, form: "", ink, reach: [0.0; 2], clutter: sheet.clutter })
}
