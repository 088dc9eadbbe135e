//! Rubber stamps: round, oval or rectangular, turned by the hand, inked unevenly.

use std::fmt::Write as _;

use crate::chance::Draw;
use crate::paper::Sheet;
use crate::paper::sheet::{Anchor, Type};

/// A stamp on the sheet, for the truth.
#[derive(Clone, Debug)]
pub(crate) struct StampMark {
    pub(crate) element: String,
    pub(crate) colour: &'static str,
    pub(crate) lines: Vec<String>,
    /// Its shape, by the names of the freely drawn ones.
    pub(crate) shape: &'static str,
    /// Little ink took.
    pub(crate) faded: bool,
}

/// Outline of a stamp.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Round,
    Oval,
    Rect,
}

/// Ink pads: the word of the truth and the colour.
const PADS: [(&str, &str); 4] = [("blue", "#1f3f9e"), ("red", "#b3202c"), ("violet", "#5b2a86"), ("black", "#222222")];

impl Sheet<'_> {
    /// Stamps `lines` around a centre, in a colour and shape of the sheet's chance.
    pub(crate) fn stamp(&mut self, cx: f32, cy: f32, lines: &[String]) {
        let pad = match self.rng.whole(0, 9) {
            0..=4 => PADS[0],
            5 | 6 => PADS[2],
            7 | 8 => PADS[1],
            _ => PADS[3],
        };
        let shape = *self.rng.pick(&[Shape::Round, Shape::Oval, Shape::Rect, Shape::Rect]);
        self.stamp_as(cx, cy, lines, pad, shape);
    }

    /// The stamp that certifies a copy.
    pub(crate) fn certify(&mut self, cx: f32, cy: f32) {
        let number = self.digits.show(&self.rng.digits(3));
        let authority = *self.rng.pick(&["دفتر اسناد رسمی", "مدارک پزشکی بیمارستان", "دبیرخانه"]);
        let lines = ["برابر اصل است".to_owned(), authority.to_owned(), number];
        let pad = *self.rng.pick(&[PADS[0], PADS[1], PADS[2]]);
        self.stamp_as(cx, cy, &lines, pad, Shape::Rect);
        self.certified = !self.unstamped;
    }

    fn stamp_as(&mut self, cx: f32, cy: f32, lines: &[String], pad: (&'static str, &'static str), shape: Shape) {
        let start = self.svg.len();
        let size = self.rng.real(8.0, 10.5);
        let style = Type { size, bold: true, colour: pad.1, typewriter: false };
        let widest = lines.iter().map(|line| self.width_of(style, line)).fold(40.0f32, f32::max);
        let tall = size * 1.55 * lines.len() as f32;
        let (rx, ry) = match shape {
            Shape::Rect => (widest / 2.0 + size * 0.9, tall / 2.0 + size * 0.55),
            Shape::Oval => (widest * 0.68 + size, tall * 0.68 + size * 0.8),
            Shape::Round => {
                let r = (widest * widest + tall * tall).sqrt() / 2.0 + size * 0.9;
                (r, r)
            }
        };
        let turn = self.rng.real(-22.0, 22.0).to_radians();
        let (sin, cos) = (libm::sinf(turn), libm::cosf(turn));
        let opacity = self.rng.real(0.68, 0.95);
        let (element, mask) = (self.element(), self.element());
        let specks = self.specks(rx, ry, &mask);
        let _ = write!(
            self.svg,
            r#"{specks}<g id="{element}" transform="matrix({cos:.5} {sin:.5} {:.5} {cos:.5} {cx:.2} {cy:.2})" opacity="{opacity:.2}" mask="url(#{mask})">"#,
            -sin
        );
        for (grow, weight) in [(0.0, 1.6), (-3.2, 0.7)] {
            let (rx, ry) = (rx + grow, ry + grow);
            let outline = match shape {
                Shape::Rect => format!(
                    r#"<rect x="{:.2}" y="{:.2}" width="{:.2}" height="{:.2}" rx="3""#,
                    -rx,
                    -ry,
                    2.0 * rx,
                    2.0 * ry
                ),
                Shape::Oval | Shape::Round => format!(r#"<ellipse rx="{rx:.2}" ry="{ry:.2}""#),
            };
            let _ = write!(self.svg, r#"{outline} fill="none" stroke="{}" stroke-width="{weight}"/>"#, pad.1);
        }
        for (at, line) in lines.iter().enumerate() {
            let y = -tall / 2.0 + size * 1.55 * (at as f32 + 0.72);
            self.bare_text(0.0, y, Anchor::Middle, style, line);
        }
        self.svg.push_str("</g>");
        let shape = match shape {
            Shape::Rect => "seal.box",
            Shape::Oval => "seal.oval",
            Shape::Round => "seal.round",
        };
        if self.unstamped {
            self.svg.truncate(start);
            return;
        }
        self.stamps.push(StampMark { element, colour: pad.0, lines: lines.to_vec(), shape, faded: false });
    }

    /// A mask of small holes where the rubber took no ink, heavier towards one side.
    fn specks(&mut self, rx: f32, ry: f32, name: &str) -> String {
        let (w, h) = (rx + 3.0, ry + 3.0);
        let mut out = mask(name, w, h, "white");
        let lean = self.rng.sign();
        let count = self.rng.whole(20, 90);
        for _ in 0..count {
            let u = self.rng.real(0.0, 1.0);
            let x = lean * w * (1.0 - 2.0 * u * u);
            let y = self.rng.real(-h, h);
            let r = self.rng.real(0.15, 0.75);
            let _ = write!(out, r##"<circle cx="{x:.1}" cy="{y:.1}" r="{r:.2}" fill="#444"/>"##);
        }
        out.push_str("</mask>");
        out
    }
}

/// The beginning of a mask around the origin, `w` and `h` to each side, filled all over.
pub(super) fn mask(name: &str, w: f32, h: f32, fill: &str) -> String {
    format!(
        r#"<mask id="{name}" maskUnits="userSpaceOnUse" x="{x:.1}" y="{y:.1}" width="{wide:.1}" height="{high:.1}"><rect x="{x:.1}" y="{y:.1}" width="{wide:.1}" height="{high:.1}" fill="{fill}"/>"#,
        x = -w,
        y = -h,
        wide = 2.0 * w,
        high = 2.0 * h
    )
}
