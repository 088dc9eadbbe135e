//! Print and pen that is no mark: curves of a recorder, patterns, emblems of loose parts, ticks and rings around words.

use std::fmt::Write as _;

use super::Free;
use crate::chance::Draw;
use crate::paper::sheet::Sheet;

const COLOURS: [&str; 6] = ["#161616", "#333333", "#1d4e89", "#8a1c2b", "#2f6b3c", "#5b3a86"];
const PENS: [&str; 4] = ["#15255e", "#20368c", "#1b1b1b", "#a3222c"];

impl Sheet<'_> {
    /// What a recorder drew: beats or waves on a grid, in print.
    pub(super) fn recorded_curve(&mut self, free: &mut Free, x: f32, y: f32) {
        let rng = &mut free.rng;
        let (w, h) = (rng.real(80.0, 220.0), rng.real(24.0, 60.0));
        let (x, y) = (x.min(self.width - w - 10.0).max(8.0), y.min(self.height - h - 10.0).max(8.0));
        if rng.odds(0.6) {
            let (cell, grid) = (rng.real(4.0, 9.0), *rng.pick(&["#e6b8b8", "#bbbbbb", "#b8d0e6"]));
            let mut path = String::new();
            for at in 0..=(w / cell) as u32 {
                let _ = write!(path, "M{:.1} {y:.1}v{h:.1}", x + at as f32 * cell);
            }
            for at in 0..=(h / cell) as u32 {
                let _ = write!(path, "M{x:.1} {:.1}h{w:.1}", y + at as f32 * cell);
            }
            let _ = write!(self.svg, r#"<path d="{path}" stroke="{grid}" stroke-width="0.5" fill="none"/>"#);
        }
        let (beats, middle) = (rng.whole(3, 9), y + h * rng.real(0.4, 0.6));
        let heart = rng.odds(0.6);
        let (tall, step) = (h * rng.real(0.25, 0.45), w / beats as f32);
        let mut path = format!("M{x:.1} {middle:.1}");
        for beat in 0..beats {
            let at = x + beat as f32 * step;
            let tall = tall * rng.real(0.85, 1.15);
            let places: &[(f32, f32)] = if heart {
                &[
                    (0.25, 0.0),
                    (0.32, -0.12),
                    (0.4, 0.0),
                    (0.46, 0.15),
                    (0.5, -1.0),
                    (0.55, 0.3),
                    (0.6, 0.0),
                    (0.75, -0.2),
                    (1.0, 0.0),
                ]
            } else {
                &[(0.2, -0.7), (0.35, -0.3), (0.55, 0.6), (0.8, 0.2), (1.0, 0.0)]
            };
            for (along, up) in places {
                let _ = write!(path, "L{:.1} {:.1}", at + along * step, middle + up * tall);
            }
        }
        let (colour, weight) = (*rng.pick(&COLOURS), rng.real(0.6, 1.4));
        let _ = write!(
            self.svg,
            r#"<path d="{path}" stroke="{colour}" stroke-width="{weight:.2}" stroke-linejoin="round" fill="none"/>"#
        );
    }

    /// A field of one small shape over and over: hatching, checks, dots, bricks of two sizes.
    pub(super) fn pattern(&mut self, free: &mut Free, x: f32, y: f32) {
        let rng = &mut free.rng;
        let (w, h, cell) = (rng.real(22.0, 110.0), rng.real(20.0, 80.0), rng.real(1.8, 6.0));
        let (x, y) = (x.min(self.width - w - 10.0).max(8.0), y.min(self.height - h - 10.0).max(8.0));
        let (colour, kind, full) = (*rng.pick(&COLOURS), rng.whole(0, 4), rng.real(0.35, 0.75));
        let mut path = String::new();
        for row in 0..(h / cell) as u32 {
            for column in 0..(w / cell) as u32 {
                let (left, top) = (x + column as f32 * cell, y + row as f32 * cell);
                let _ = match kind {
                    0 => write!(path, "M{left:.1} {top:.1}l{cell:.1} {cell:.1}"),
                    1 if (row + column) % 2 == 0 => write!(path, "M{left:.1} {top:.1}h{cell:.1}v{cell:.1}h-{cell:.1}Z"),
                    2 => write!(path, "M{left:.1} {top:.1}h{:.1}v{:.1}h-{:.1}Z", cell * 0.4, cell * 0.4, cell * 0.4),
                    3 if row % 2 == 0 => write!(path, "M{left:.1} {top:.1}h{:.1}", cell * 0.8),
                    4 if rng.odds(f64::from(full)) => {
                        // cells that are longer than they are high
                        write!(path, "M{left:.1} {top:.1}h{cell:.1}v{:.1}h-{cell:.1}Z", cell * 0.6)
                    }
                    _ => Ok(()),
                };
            }
        }
        let paint = if matches!(kind, 0 | 3) {
            format!(r#"fill="none" stroke="{colour}" stroke-width="{:.2}""#, cell * 0.22)
        } else {
            format!(r#"fill="{colour}""#)
        };
        let _ = write!(self.svg, r#"<path d="{path}" {paint}/>"#);
    }

    /// An emblem of loose parts: leaves, rays, rings, bars, in print.
    pub(super) fn loose_emblem(&mut self, free: &mut Free, x: f32, y: f32) {
        let rng = &mut free.rng;
        let (r, colour) = (rng.real(12.0, 34.0), *rng.pick(&COLOURS));
        let (x, y) = (x.clamp(r + 6.0, self.width - r - 6.0), y.clamp(r + 6.0, self.height - r - 6.0));
        let parts = rng.whole(3, 9);
        let kind = rng.whole(0, 3);
        let (inner, thick) = (r * rng.real(0.1, 0.5), r * rng.real(0.06, 0.3));
        let _ = write!(self.svg, r#"<g transform="translate({x:.1} {y:.1})" fill="{colour}" stroke="{colour}">"#);
        for part in 0..parts {
            let turn = 360.0 * part as f32 / parts as f32;
            let _ = match kind {
                0 => write!(
                    self.svg,
                    r#"<path transform="rotate({turn:.1})" d="M0 {0:.1}Q{thick:.1} {1:.1} 0 {2:.1}Q-{thick:.1} {1:.1} 0 {0:.1}Z"/>"#,
                    -inner,
                    -(inner + r) / 2.0,
                    -r
                ),
                1 => write!(
                    self.svg,
                    r#"<path transform="rotate({turn:.1})" d="M0 {:.1}V{:.1}" stroke-width="{thick:.1}"/>"#,
                    -inner, -r
                ),
                2 => write!(
                    self.svg,
                    r#"<circle r="{:.1}" fill="none" stroke-width="{:.1}"/>"#,
                    r * (part + 1) as f32 / parts as f32,
                    thick * 0.3
                ),
                _ => write!(
                    self.svg,
                    r#"<rect x="{:.1}" y="{:.1}" width="{:.1}" height="{:.1}" stroke="none"/>"#,
                    -r + 2.0 * r * part as f32 / parts as f32,
                    -r * rng.real(0.2, 1.0),
                    thick,
                    r
                ),
            };
        }
        self.svg.push_str("</g>");
    }

    /// What a reader's pen leaves: ticks, crosses, a ring around words, a bracket beside lines.
    pub(super) fn pen_remark(&mut self, free: &mut Free, x: f32, y: f32) {
        let rng = &mut free.rng;
        let inside = |at: f32, far: f32| at.clamp(60.0f32.min(far / 2.0), (far - 60.0).max(far / 2.0));
        let (x, y) = (inside(x, self.width), inside(y, self.height));
        let (colour, weight) = (*rng.pick(&PENS), rng.real(0.8, 1.9));
        let mut path = String::new();
        let mut wander = |reach: f32| rng.real(-reach, reach);
        let kind = (wander(1.0).abs() * 4.0) as u32;
        match kind {
            0 => {
                for at in 0..3 {
                    let y = y + at as f32 * (16.0 + wander(4.0));
                    let _ = write!(
                        path,
                        "M{x:.1} {y:.1}l{:.1} {:.1}L{:.1} {:.1}",
                        3.0 + wander(1.0),
                        5.0 + wander(1.0),
                        x + 11.0 + wander(3.0),
                        y - 7.0 + wander(3.0)
                    );
                }
            }
            1 => {
                let s = 6.0 + wander(3.0);
                let _ = write!(
                    path,
                    "M{x:.1} {y:.1}l{s:.1} {:.1}M{:.1} {y:.1}l-{s:.1} {:.1}",
                    s + wander(2.0),
                    x + s,
                    s + wander(2.0)
                );
            }
            2 => {
                let (rx, ry) = (28.0 + wander(14.0), 9.0 + wander(3.0));
                let _ = write!(
                    path,
                    "M{:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}S{:.1} {:.1} {:.1} {:.1}",
                    x - rx,
                    y + wander(2.0),
                    x - rx,
                    y - ry * 1.3,
                    x + rx,
                    y - ry * 1.3,
                    x + rx,
                    y + wander(2.0),
                    x - rx * 0.9,
                    y + ry * 1.4,
                    x - rx + wander(4.0),
                    y - ry * 0.3
                );
            }
            _ => {
                let h = 34.0 + wander(16.0);
                let _ =
                    write!(path, "M{x:.1} {y:.1}q-{:.1} {:.1} {:.1} {h:.1}", 7.0 + wander(3.0), h / 2.0, wander(2.0));
            }
        }
        let _ = write!(
            self.svg,
            r#"<path d="{path}" stroke="{colour}" stroke-width="{weight:.2}" stroke-linecap="round" fill="none"/>"#
        );
    }
}
