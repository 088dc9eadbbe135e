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
const TALL: f32 = 4.6;
/// Height of digits, in ems: enough to keep lines apart, no measure of any face.
const DIGIT: f32 = 0.68;

const RESOLUTIONS: [u32; 9] = [100, 120, 150, 200, 200, 240, 300, 300, 400];

/// A strip being drawn; lengths in pixels.
struct Sheet<'a> {
    case: &'a TypeCase,
    rng: &'a mut Chance,
    svg: String,
    em: f32,
    ink_colour: &'static str,
    clutter: Vec<&'static str>,
}

/// Looks that make one face pass for several.
struct Look {
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

    fn plain(&self) -> bool {
        self.wide == 1.0 && self.slant == 0.0 && self.weight == 0.0
    }
}

impl Sheet<'_> {
    /// One text at `x` (its left end) on `y`.
    fn text(&mut self, id: &str, setting: Setting, x: f32, y: f32, look: &Look, text: &str) -> Result<(), SampleError> {
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

    fn rule(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, dash: &str) {
        let width = self.em * self.rng.real(0.015, 0.08);
        let colour = *self.rng.pick(&["#000000", "#333333", "#777777", "#aaaaaa", "#30508a"]);
        let _ = write!(
            self.svg,
            r#"<line x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}" stroke="{colour}" stroke-width="{width:.2}"{dash}/>"#
        );
    }

    /// Table rules, an underline, or dots to write on.
    fn rules(&mut self, w: f32, y: f32, left: f32, right: f32) {
        let em = self.em;
        if self.rng.odds(0.28) {
            self.clutter.push("rule");
            if self.rng.odds(0.8) {
                let down = y + em * self.rng.real(0.32, 0.8);
                self.rule(0.0, down, w, down, "");
            }
            if self.rng.odds(0.7) {
                let up = y - em * self.rng.real(0.95, 1.5);
                self.rule(0.0, up, w, up, "");
            }
        }
        if self.rng.odds(0.2) {
            self.clutter.push("column");
            for side in [left - em * self.rng.real(0.22, 1.4), right + em * self.rng.real(0.22, 1.4)] {
                if self.rng.odds(0.7) {
                    self.rule(side, 0.0, side, em * TALL, "");
                }
            }
        }
        if self.rng.odds(0.08) {
            self.clutter.push("underline");
            let down = y + em * self.rng.real(0.1, 0.26);
            self.rule(left - em * 0.2, down, right + em * 0.2, down, "");
        }
        if self.rng.odds(0.08) {
            self.clutter.push("dots");
            let dash = format!(r#" stroke-dasharray="{:.1} {:.1}""#, em * 0.07, em * self.rng.real(0.1, 0.25));
            let down = y + em * self.rng.real(0.0, 0.16);
            if self.rng.odds(0.5) {
                self.rule(0.0, down, left - em * 0.3, down, &dash);
            }
            self.rule(right + em * 0.3, down, w, down, &dash);
        }
    }

    /// A stamp's edge and words, or a stroke of a signature, over the line.
    fn marks(&mut self, w: f32, y: f32) -> Result<(), SampleError> {
        let em = self.em;
        let pad = *self.rng.pick(&["#1f3f9e", "#1f3f9e", "#b3202c", "#5b2a86", "#222222"]);
        if self.rng.odds(0.1) {
            self.clutter.push("stamp");
            let (cx, cy) = (w * self.rng.real(0.1, 0.9), y + em * self.rng.real(-2.0, 2.0));
            let (rx, ry) = (em * self.rng.real(2.0, 5.0), em * self.rng.real(1.2, 4.0));
            let (turn, opacity) = (self.rng.real(-25.0, 25.0), self.rng.real(0.25, 0.65));
            let _ = write!(
                self.svg,
                r#"<g transform="translate({cx:.1} {cy:.1}) rotate({turn:.1})" opacity="{opacity:.2}" fill="none" stroke="{pad}" stroke-width="{:.2}">"#,
                em * 0.12
            );
            let _ = if self.rng.odds(0.5) {
                write!(self.svg, r#"<ellipse rx="{rx:.1}" ry="{ry:.1}"/>"#)
            } else {
                write!(
                    self.svg,
                    r#"<rect x="{:.1}" y="{:.1}" width="{:.1}" height="{:.1}"/>"#,
                    -rx,
                    -ry,
                    2.0 * rx,
                    2.0 * ry
                )
            };
            let ink = std::mem::replace(&mut self.ink_colour, pad);
            let look = Look { wide: 1.0, slant: 0.0, weight: 0.0, spacing: 0.0 };
            let words = words::running(self.rng, 2);
            let setting = Setting { face: 0, bold: false };
            self.text("stamp", setting, -rx * 0.7, em * self.rng.clone().real(-0.6, 0.9), &look, &words)?;
            self.ink_colour = ink;
            self.svg.push_str("</g>");
        }
        if self.rng.odds(0.05) {
            self.clutter.push("stroke");
            let mut path = format!("M{:.1} {:.1}", w * self.rng.real(0.0, 1.0), y + em * self.rng.real(-2.0, 2.0));
            for _ in 0..self.rng.whole(1, 3) {
                let mut point = || (w * self.rng.real(0.0, 1.0), y + em * self.rng.real(-2.0, 2.0));
                let (a, b, c) = (point(), point(), point());
                let _ = write!(path, " C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}", a.0, a.1, b.0, b.1, c.0, c.1);
            }
            let (width, opacity) = (em * self.rng.real(0.03, 0.08), self.rng.real(0.4, 0.9));
            let _ = write!(
                self.svg,
                r#"<path d="{path}" fill="none" stroke="{pad}" stroke-width="{width:.2}" opacity="{opacity:.2}"/>"#
            );
        }
        Ok(())
    }

    /// Waves of a security ground.
    fn waves(&mut self, w: f32, h: f32) {
        self.clutter.push("waves");
        let (step, high) = (self.em * self.rng.real(0.25, 0.7), self.em * self.rng.real(0.1, 0.5));
        let colour = *self.rng.pick(&["#c9d8ee", "#e3cfc4", "#d3e3cf", "#d8d8d8"]);
        let mut y = -step;
        while y < h + step {
            let mut path = format!("M0 {y:.1}");
            let long = self.em * 2.0;
            let mut x = 0.0;
            while x < w {
                let _ = write!(path, " q{:.1} {:.1} {long:.1} 0 t{long:.1} 0", long / 2.0, high);
                x += 2.0 * long;
            }
            let _ = write!(
                self.svg,
                r#"<path d="{path}" fill="none" stroke="{colour}" stroke-width="{:.2}"/>"#,
                self.em * 0.04
            );
            y += step;
        }
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
