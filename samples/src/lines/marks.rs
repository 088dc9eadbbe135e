//! What lies around and over a number without being text: rules, dots, stamps, strokes, grounds.

use std::fmt::Write as _;

use crate::chance::Draw;
use crate::error::SampleError;
use crate::faces::Setting;
use crate::lines::scene::{Look, Sheet, TALL};
use crate::lines::words;

impl Sheet<'_> {
    fn rule(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, dash: &str) {
        let width = self.em * self.rng.real(0.015, 0.08);
        let colour = *self.rng.pick(&["#000000", "#333333", "#777777", "#aaaaaa", "#30508a"]);
        let _ = write!(
            self.svg,
            r#"<line x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}" stroke="{colour}" stroke-width="{width:.2}"{dash}/>"#
        );
    }

    /// Table rules, an underline, or dots to write on.
    pub(super) fn rules(&mut self, w: f32, y: f32, left: f32, right: f32) {
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
    pub(super) fn marks(&mut self, w: f32, y: f32) -> Result<(), SampleError> {
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
            let words = words::running(self.rng, 2);
            let setting = Setting { face: 0, bold: false };
            self.text("stamp", setting, -rx * 0.7, em * self.rng.clone().real(-0.6, 0.9), &Look::NONE, &words)?;
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
    pub(super) fn waves(&mut self, w: f32, h: f32) {
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
