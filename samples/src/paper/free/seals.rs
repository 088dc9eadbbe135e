//! Rubber stamps of every shape and strength.

use std::fmt::Write as _;

use super::Free;
use crate::chance::Draw;
use crate::paper::StampMark;
use crate::paper::sheet::{Anchor, Sheet, Type};
use crate::paper::stamp::mask;

/// Shapes: a round seal with lines across, an oval, a box, a box of rows with a date between two lines, a double ring
/// with words around an emblem, lines without a frame, a box with cut corners, a frame of three to eight sides, lines
/// between two rules, a full patch with its words left out.
pub(crate) const SEALS: [&str; 10] = [
    "seal.round",
    "seal.oval",
    "seal.box",
    "seal.rows",
    "seal.ring",
    "seal.plain",
    "seal.corners",
    "seal.sides",
    "seal.ruled",
    "seal.full",
];

/// Ink pads: the word of the truth and shades of it.
const PADS: [(&str, [&str; 3]); 5] = [
    ("blue", ["#1f3f9e", "#2b55c4", "#17357c"]),
    ("violet", ["#5b2a86", "#6f3fa8", "#4a2470"]),
    ("red", ["#b3202c", "#cf3036", "#93202f"]),
    ("green", ["#1d7a43", "#2b8f5b", "#1b6350"]),
    ("black", ["#222222", "#3a3a3a", "#151515"]),
];

/// An ink: its word, its shade and how strongly it took.
struct Ink {
    word: &'static str,
    shade: &'static str,
    opacity: f32,
    faded: bool,
}

fn ink(free: &mut Free) -> Ink {
    let (word, shades) = match free.rng.whole(0, 19) {
        0..=7 => PADS[0],
        8..=10 => PADS[1],
        11..=14 => PADS[2],
        15 | 16 => PADS[3],
        _ => PADS[4],
    };
    let faded = free.rng.odds(0.2);
    let opacity = if faded { free.rng.real(0.34, 0.55) } else { free.rng.real(0.66, 0.97) };
    Ink { word, shade: free.rng.pick::<&str>(&shades), opacity, faded }
}

impl Sheet<'_> {
    /// Stamps `lines` around a place, which is moved where the stamp would leave the sheet.
    pub(super) fn free_seal(&mut self, free: &mut Free, (cx, cy): (f32, f32), lines: &[String]) {
        let shape = free.pick(&SEALS);
        let ink = ink(free);
        let size = free.rng.real(7.5, 12.5);
        let style = Type { size, bold: free.rng.odds(0.8), colour: ink.shade, typewriter: false };
        let lines: Vec<String> = lines.iter().map(|line| self.digits.show(line)).collect();
        let widest = lines.iter().map(|line| self.width_of(style, line)).fold(40.0f32, f32::max);
        let tall = size * 1.6 * lines.len() as f32;
        let (rx, ry) = match shape {
            "seal.round" | "seal.sides" => {
                let r = widest.hypot(tall) / 2.0 + size * 0.9;
                let r = if shape == "seal.sides" { r * CORNERS } else { r };
                (r, r)
            }
            "seal.ring" => {
                let r = (size * 3.0).max(widest * 0.42) + size * 1.2;
                (r, r)
            }
            "seal.oval" => (widest * 0.68 + size, tall * 0.68 + size * 0.8),
            "seal.plain" => (widest / 2.0, tall / 2.0),
            _ => (widest / 2.0 + size * 0.9, tall / 2.0 + size * 0.6),
        };
        // Most hands stamp nearly straight; some do not.
        let most = if free.rng.odds(0.5) { 7.0 } else { 28.0 };
        let turn = free.rng.real(-most, most).to_radians();
        let (sin, cos) = (libm::sinf(turn), libm::cosf(turn));
        let room = rx.hypot(ry).min(rx.max(ry) * 1.15) + 4.0;
        let inside = |at: f32, far: f32| if far > 2.0 * room { at.clamp(room, far - room) } else { far / 2.0 };
        let (cx, cy) = (inside(cx, self.width), inside(cy, self.height));
        let (element, mask) = (self.element(), self.element());
        let holes = worn(free, rx, ry, &mask);
        let _ = write!(
            self.svg,
            r#"{holes}<g id="{element}" transform="matrix({cos:.5} {sin:.5} {:.5} {cos:.5} {cx:.2} {cy:.2})" opacity="{:.2}" mask="url(#{mask})">"#,
            -sin, ink.opacity
        );
        self.outline(free, shape, (rx, ry), tall, ink.shade);
        let style = if shape == "seal.full" { Type { colour: "#ffffff", ..style } } else { style };
        if shape == "seal.ring" {
            self.around(free, &lines, rx - size * 1.15, style);
        } else {
            for (at, line) in lines.iter().enumerate() {
                let y = -tall / 2.0 + size * 1.6 * (at as f32 + 0.7);
                self.bare_text(0.0, y, Anchor::Middle, style, line);
            }
        }
        self.svg.push_str("</g>");
        self.stamps.push(StampMark { element, colour: ink.word, lines, shape, faded: ink.faded });
    }

    fn outline(&mut self, free: &mut Free, shape: &str, (rx, ry): (f32, f32), tall: f32, shade: &str) {
        let weight = free.rng.real(0.9, 2.2);
        let sides_of = if shape == "seal.sides" { free.rng.whole(3, 8) } else { 0 };
        let rings: &[(f32, f32)] = match shape {
            "seal.plain" | "seal.ruled" | "seal.full" => &[],
            "seal.ring" => &[(0.0, 1.0), (-2.6, 0.4)],
            _ if free.rng.odds(0.5) => &[(0.0, 1.0), (-3.2, 0.45)],
            _ => &[(0.0, 1.0)],
        };
        for (grow, share) in rings {
            let (x, y, weight) = (rx + grow, ry + grow, weight * share);
            let path = match shape {
                "seal.round" | "seal.oval" | "seal.ring" => format!(r#"<ellipse rx="{x:.2}" ry="{y:.2}""#),
                "seal.sides" => sides(sides_of, x),
                "seal.corners" => {
                    let cut = y * 0.4;
                    format!(
                        r#"<path d="M{0:.2} {1:.2}H{2:.2}L{3:.2} {4:.2}V{5:.2}L{2:.2} {6:.2}H{0:.2}L{7:.2} {5:.2}V{4:.2}Z""#,
                        cut - x,
                        -y,
                        x - cut,
                        x,
                        cut - y,
                        y - cut,
                        y,
                        -x
                    )
                }
                _ => format!(
                    r#"<rect x="{:.2}" y="{:.2}" width="{:.2}" height="{:.2}" rx="{:.1}""#,
                    -x,
                    -y,
                    2.0 * x,
                    2.0 * y,
                    2.0 + y * 0.1
                ),
            };
            let _ = write!(self.svg, r#"{path} fill="none" stroke="{shade}" stroke-width="{weight:.2}"/>"#);
        }
        if shape == "seal.full" {
            let round = ry * free.rng.real(0.0, 1.0);
            let _ = write!(
                self.svg,
                r#"<rect x="{:.2}" y="{:.2}" width="{:.2}" height="{:.2}" rx="{round:.1}" fill="{shade}"/>"#,
                -rx,
                -ry,
                2.0 * rx,
                2.0 * ry
            );
        }
        if shape == "seal.ruled" {
            for y in [-ry, ry] {
                let _ = write!(
                    self.svg,
                    r#"<path d="M{:.2} {y:.2}H{rx:.2}" stroke="{shade}" stroke-width="{weight:.2}"/>"#,
                    -rx
                );
            }
        }
        if shape == "seal.rows" {
            for y in [-tall / 6.0, tall / 6.0] {
                let _ =
                    write!(self.svg, r#"<path d="M{:.2} {y:.2}H{:.2}" stroke="{shade}" stroke-width="0.8"/>"#, -rx, rx);
            }
        }
    }

    /// Words along the ring and an emblem within.
    fn around(&mut self, free: &mut Free, lines: &[String], radius: f32, style: Type) {
        let words: Vec<String> = lines.iter().flat_map(|line| line.split(' ')).map(str::to_owned).collect();
        let gap = style.size * 0.55;
        let widths: Vec<f32> = words.iter().map(|word| self.width_of(style, word) + gap).collect();
        let all: f32 = widths.iter().sum::<f32>() / radius;
        // Persian runs from right to left: clockwise positions fall.
        let mut angle = all / 2.0;
        for (word, width) in words.iter().zip(&widths) {
            let half = width / radius / 2.0;
            let _ = write!(self.svg, r#"<g transform="rotate({:.2})">"#, (angle - half).to_degrees());
            self.bare_text(0.0, -radius + style.size * 0.3, Anchor::Middle, style, word);
            self.svg.push_str("</g>");
            angle -= 2.0 * half;
        }
        let inner = radius - style.size * 0.9;
        let colour = style.colour;
        let _ = write!(self.svg, r#"<circle r="{inner:.2}" fill="none" stroke="{colour}" stroke-width="0.8"/>"#);
        let r = inner * 0.55;
        let emblem = match free.rng.whole(0, 2) {
            0 => format!(r#"<path d="M0 {:.1}L{r:.1} 0L0 {r:.1}L{:.1} 0Z" fill="{colour}"/>"#, -r, -r),
            1 => format!(
                r#"<path d="M{0:.1} 0H{r:.1}M0 {0:.1}V{r:.1}M{1:.1} {1:.1}L{2:.1} {2:.1}M{1:.1} {2:.1}L{2:.1} {1:.1}" stroke="{colour}" stroke-width="1.2"/>"#,
                -r,
                -r * 0.6,
                r * 0.6
            ),
            _ => {
                format!(r#"<circle r="{:.1}" fill="none" stroke="{colour}" stroke-width="{:.1}"/>"#, r * 0.7, r * 0.35)
            }
        };
        self.svg.push_str(&emblem);
    }
}

/// Corners of a frame with few sides lie so much further out than a ring around the same words.
const CORNERS: f32 = 1.3;

/// The outline of a frame with so many sides whose corners lie at most this far from its middle.
fn sides(count: u32, radius: f32) -> String {
    let reach = radius * if count < 5 { 1.0 } else { 1.1 / CORNERS };
    let mut path = String::from(r#"<path d=""#);
    for side in 0..count {
        let turn = std::f32::consts::TAU * (side as f32 + 0.5) / count as f32;
        let (x, y) = (reach * libm::sinf(turn), reach * libm::cosf(turn));
        let _ = write!(path, "{}{x:.2} {y:.2}", if side == 0 { 'M' } else { 'L' });
    }
    path.push_str(r#"Z""#);
    path
}

/// A mask of what took no ink: small holes, and one side that was pressed less.
fn worn(free: &mut Free, rx: f32, ry: f32, name: &str) -> String {
    let (w, h) = (rx + 4.0, ry + 4.0);
    let light = if free.rng.odds(0.35) { free.rng.real(0.15, 0.6) } else { free.rng.real(0.75, 1.0) };
    let grey = (light * 255.0) as u8;
    let shade = format!("rgb({grey},{grey},{grey})");
    let white = "#fff".to_owned();
    let (from, to) = if free.rng.odds(0.5) { (white, shade) } else { (shade, white) };
    let along = free.rng.odds(0.6);
    let (x2, y2) = if along { (1, 0) } else { (0, 1) };
    let mut out = format!(
        r#"<linearGradient id="{name}g" x1="0" y1="0" x2="{x2}" y2="{y2}"><stop offset="0" stop-color="{from}"/><stop offset="1" stop-color="{to}"/></linearGradient>"#
    );
    out.push_str(&mask(name, w, h, &format!("url(#{name}g)")));
    for _ in 0..free.rng.whole(10, 120) {
        let (x, y) = (free.rng.real(-w, w), free.rng.real(-h, h));
        let r = free.rng.real(0.15, 0.9);
        let _ = write!(out, r##"<circle cx="{x:.1}" cy="{y:.1}" r="{r:.2}" fill="#333"/>"##);
    }
    out.push_str("</mask>");
    out
}
