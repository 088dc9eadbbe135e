//! What may be taken for a stamp or a signature and is none.

use std::fmt::Write as _;

use super::{Decoy, Free};
use crate::chance::Draw;
use crate::paper::sheet::{Anchor, Sheet, Type};

/// A photo that is attached, an emblem, a band of colour, a barcode, a square code, a highlighter's stroke, a note by
/// hand, an underline with the pen, a fingerprint, a pale word across the page, a coloured frame around it, a
/// coloured line of print, punched holes, ruled cells with captions, a recorder's curve, a printed pattern, an emblem of
/// loose parts, remarks of a reader's pen.
pub(crate) const DECOYS: [&str; 18] = [
    "decoy.photo",
    "decoy.emblem",
    "decoy.band",
    "decoy.barcode",
    "decoy.code",
    "decoy.highlighter",
    "decoy.note",
    "decoy.underline",
    "decoy.fingerprint",
    "decoy.watermark",
    "decoy.frame",
    "decoy.heading",
    "decoy.holes",
    "decoy.cells",
    "decoy.curve",
    "decoy.pattern",
    "decoy.parts",
    "decoy.remark",
];

/// Colours of printers.
const PRINT: [&str; 7] = ["#1d4e89", "#8a1c2b", "#2f6b3c", "#5b3a86", "#c45a12", "#0f7f8a", "#2457c5"];
const PENS: [&str; 4] = ["#15255e", "#20368c", "#1b1b1b", "#a3222c"];

impl Sheet<'_> {
    /// None to three decoys; no two of them are the same.
    pub(super) fn decoys(&mut self, free: &mut Free) {
        let mut drawn: Vec<&'static str> = Vec::new();
        for _ in 0..*free.rng.pick(&[0u32, 1, 1, 2, 2, 3]) {
            let what = free.pick(&DECOYS);
            if !drawn.contains(&what) {
                drawn.push(what);
                self.decoy(free, what);
            }
        }
    }

    fn decoy(&mut self, free: &mut Free, what: &'static str) {
        let element = self.element();
        let start = self.svg.len();
        let (x, y) = (self.width * free.rng.real(0.12, 0.85), self.height * free.rng.real(0.15, 0.85));
        match what {
            "decoy.photo" => self.attached_photo(free),
            "decoy.emblem" => self.emblem(free),
            "decoy.band" => self.band(free),
            "decoy.barcode" => self.barcode(free, x, y),
            "decoy.code" => self.square_code(free, x, y),
            "decoy.highlighter" => {
                let colour = *free.rng.pick(&["#fff200", "#7dfc5c", "#ff8ad0", "#ffb347"]);
                let (w, h) = (free.rng.real(60.0, 200.0), free.rng.real(9.0, 15.0));
                let _ = write!(
                    self.svg,
                    r#"<rect x="{:.1}" y="{y:.1}" width="{w:.1}" height="{h:.1}" fill="{colour}" opacity="0.45"/>"#,
                    x.min(self.width - w - 10.0)
                );
            }
            "decoy.note" => self.hand_note(free, x, y),
            "decoy.underline" => {
                let (w, colour) = (free.rng.real(40.0, 160.0), *free.rng.pick(&PENS));
                let dip = free.rng.real(-3.0, 3.0);
                let x = x.min(self.width - w - 8.0).max(4.0);
                let _ = write!(
                    self.svg,
                    r#"<path d="M{x:.1} {y:.1}Q{:.1} {:.1} {:.1} {:.1}" stroke="{colour}" stroke-width="1.1" fill="none"/>"#,
                    x + w / 2.0,
                    y + dip,
                    x + w,
                    y - dip
                );
            }
            "decoy.fingerprint" => self.fingerprint(free, x, y),
            "decoy.cells" => self.cells(free, y),
            "decoy.curve" => self.recorded_curve(free, x, y),
            "decoy.pattern" => self.pattern(free, x, y),
            "decoy.parts" => self.loose_emblem(free, x, y),
            "decoy.remark" => self.pen_remark(free, x, y),
            "decoy.watermark" => {
                let words = *free.rng.pick(&["نسخه اول", "کپی", "محرمانه", "غیر قابل ارائه"]);
                let (cx, cy) = (self.width / 2.0, self.height / 2.0);
                let _ = write!(
                    self.svg,
                    r#"<g transform="rotate({:.1} {cx:.1} {cy:.1})" opacity="0.16">"#,
                    free.rng.real(-50.0, -25.0)
                );
                let colour = *free.rng.pick(&["#555555", "#1d4e89", "#8a1c2b"]);
                let style = Type { size: self.width * 0.16, bold: true, colour, typewriter: false };
                self.bare_text(cx, cy, Anchor::Middle, style, words);
                self.svg.push_str("</g>");
            }
            "decoy.frame" => {
                let (colour, inset) = (*free.rng.pick(&PRINT), free.rng.real(10.0, 20.0));
                let (w, h) = (self.width - 2.0 * inset, self.height - 2.0 * inset);
                self.frame(inset, inset, w, h, free.rng.real(0.8, 3.0), colour, "none");
            }
            "decoy.heading" => {
                let words =
                    *free.rng.pick(&["فوری", "محرمانه", "سلامت، سرمایه ملی", "اصل", "نسخه دوم: بایگانی", "به نام خدا"]);
                let size = self.size * free.rng.real(1.0, 2.2);
                let style =
                    Type { size, bold: free.rng.odds(0.5), colour: free.rng.pick::<&str>(&PRINT), typewriter: false };
                self.bare_text(x.clamp(70.0, self.width - 70.0), y, Anchor::Middle, style, words);
            }
            _ => {
                let r = free.rng.real(6.0, 9.0);
                for share in [0.36, 0.64] {
                    let cy = self.height * share;
                    let _ = write!(self.svg, r##"<circle cx="20" cy="{cy:.1}" r="{r:.1}" fill="#2b2b2b"/>"##);
                }
            }
        }
        let drawn = self.svg.split_off(start);
        let _ = write!(self.svg, r#"<g id="{element}">{drawn}</g>"#);
        self.decoys.push(Decoy { element, what });
    }

    /// A portrait that is glued on: a face of many tones on a tinted ground.
    fn attached_photo(&mut self, free: &mut Free) {
        let (w, h) = (free.rng.real(52.0, 86.0), free.rng.real(66.0, 110.0));
        let x = if free.rng.odds(0.5) { 22.0 } else { self.width - w - 22.0 };
        let y = free.rng.real(16.0, 70.0);
        let ground = *free.rng.pick(&["#dfe6ec", "#9fb8d6", "#c8442f", "#f2f2f0", "#4c77b3", "#b9cbb4"]);
        let coat = *free.rng.pick(&["#22304a", "#5b3a6e", "#174036", "#6b2230", "#2b2b2b"]);
        let (skin, hair) =
            (*free.rng.pick(&["#c79a78", "#a77650", "#dcb392"]), *free.rng.pick(&["#1b1512", "#3c2a1e", "#777777"]));
        let (cx, head) = (x + w / 2.0, y + h * 0.4);
        let name = self.element();
        let _ = write!(
            self.svg,
            r##"<radialGradient id="{name}"><stop offset="0" stop-color="{skin}"/><stop offset="1" stop-color="#6d4a36"/></radialGradient><rect x="{x:.1}" y="{y:.1}" width="{w:.1}" height="{h:.1}" fill="{ground}"/><path d="M{x:.1} {:.1}Q{cx:.1} {:.1} {:.1} {:.1}Z" fill="{coat}"/><ellipse cx="{cx:.1}" cy="{:.1}" rx="{:.1}" ry="{:.1}" fill="{hair}"/><ellipse cx="{cx:.1}" cy="{head:.1}" rx="{:.1}" ry="{:.1}" fill="url(#{name})"/>"##,
            y + h,
            y + h * 0.42,
            x + w,
            y + h,
            head - h * 0.04,
            w * 0.29,
            h * 0.26,
            w * 0.23,
            h * 0.21
        );
        for side in [-1.0, 1.0] {
            let _ = write!(
                self.svg,
                r##"<ellipse cx="{:.1}" cy="{:.1}" rx="{:.1}" ry="{:.1}" fill="#2a1d18"/>"##,
                cx + side * w * 0.09,
                head - h * 0.03,
                w * 0.035,
                h * 0.014
            );
        }
    }

    /// A large printed emblem of several parts.
    fn emblem(&mut self, free: &mut Free) {
        let r = free.rng.real(16.0, 38.0);
        let colour = *free.rng.pick(&PRINT);
        let (x, y) = (*free.rng.pick(&[0.14, 0.5, 0.86]) * self.width, free.rng.real(r + 8.0, r + 60.0));
        let _ = match free.rng.whole(0, 2) {
            0 => write!(
                self.svg,
                r#"<circle cx="{x:.1}" cy="{y:.1}" r="{r:.1}" fill="{colour}"/><path d="M{:.1} {y:.1}L{x:.1} {:.1}L{:.1} {y:.1}L{x:.1} {:.1}Z" fill="white"/>"#,
                x - r * 0.6,
                y - r * 0.6,
                x + r * 0.6,
                y + r * 0.6
            ),
            1 => write!(
                self.svg,
                r#"<circle cx="{x:.1}" cy="{y:.1}" r="{r:.1}" fill="none" stroke="{colour}" stroke-width="{:.1}"/><circle cx="{x:.1}" cy="{y:.1}" r="{:.1}" fill="{colour}"/>"#,
                r * 0.14,
                r * 0.6
            ),
            _ => write!(
                self.svg,
                r#"<path d="M{x:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {x:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {x:.1} {:.1}Z" fill="{colour}"/>"#,
                y - r,
                x + r * 1.4,
                y - r * 0.4,
                x + r * 0.9,
                y + r * 0.8,
                y + r,
                x - r * 0.9,
                y + r * 0.8,
                x - r * 1.4,
                y - r * 0.4,
                y - r
            ),
        };
    }

    /// A band of colour across the page, with white words in it.
    fn band(&mut self, free: &mut Free) {
        let colour = *free.rng.pick(&PRINT);
        let tall = free.rng.real(10.0, 26.0);
        let y =
            if free.rng.odds(0.6) { free.rng.real(2.0, 12.0) } else { self.height - tall - free.rng.real(2.0, 8.0) };
        let (x, w) = (self.width * 0.02, self.width * 0.96);
        self.frame(x, y, w, tall, 0.0, colour, colour);
        let style = Type { size: tall * 0.6, bold: true, colour: "#ffffff", typewriter: false };
        self.bare_text(self.width / 2.0, y + tall * 0.7, Anchor::Middle, style, "نشانی: خیابان امام، روبه‌روی شهرداری");
    }

    fn barcode(&mut self, free: &mut Free, x: f32, y: f32) {
        let (w, h) = (free.rng.real(70.0, 130.0), free.rng.real(16.0, 34.0));
        let mut at = x.min(self.width - w - 12.0).max(12.0);
        let end = at + w;
        while at < end {
            let bar = free.rng.real(0.6, 2.4);
            let _ =
                write!(self.svg, r##"<rect x="{at:.1}" y="{y:.1}" width="{bar:.1}" height="{h:.1}" fill="#111"/>"##);
            at += bar + free.rng.real(0.7, 2.2);
        }
    }

    fn square_code(&mut self, free: &mut Free, x: f32, y: f32) {
        let cell = free.rng.real(1.6, 2.8);
        let side = 25;
        let (x, y) = (x.min(self.width - 90.0).max(12.0), y.min(self.height - 90.0));
        let finder = |i: u32, j: u32| {
            let near = |v: u32| {
                if v < 7 {
                    Some(v)
                } else if v >= side - 7 {
                    Some(v - (side - 7))
                } else {
                    None
                }
            };
            let (a, b) = (near(i)?, near(j)?);
            if i >= side - 7 && j >= side - 7 {
                return None;
            }
            let edge = a.min(b).min(6 - a).min(6 - b);
            Some(edge != 1)
        };
        let mut path = String::new();
        for i in 0..side {
            for j in 0..side {
                let dark = finder(i, j).unwrap_or_else(|| free.rng.odds(0.5));
                if dark {
                    let _ = write!(
                        path,
                        "M{:.1} {:.1}h{cell:.1}v{cell:.1}h-{cell:.1}Z",
                        x + i as f32 * cell,
                        y + j as f32 * cell
                    );
                }
            }
        }
        let _ = write!(self.svg, r##"<path d="{path}" fill="#121212"/>"##);
    }

    /// A few words with the pen, slanted as a hand slants them.
    fn hand_note(&mut self, free: &mut Free, x: f32, y: f32) {
        let words = *free.rng.pick(&[
            "بررسی شد",
            "اصل رؤیت شد",
            "جهت اطلاع",
            "ضمیمه پرونده گردد",
            "اقدام شود",
            "پرداخت شد 1403/2/11",
        ]);
        let words = self.digits.show(words);
        let style = Type {
            size: self.size * free.rng.real(1.0, 1.8),
            bold: false,
            colour: free.rng.pick::<&str>(&PENS),
            typewriter: false,
        };
        let (lean, slant) = (free.rng.real(-9.0, 9.0), free.rng.real(-14.0, 14.0));
        let (x, y) = (x.clamp(60.0, self.width - 60.0), y);
        let _ = write!(self.svg, r#"<g transform="translate({x:.1} {y:.1}) rotate({lean:.1}) skewX({slant:.1})">"#);
        self.bare_text(0.0, 0.0, Anchor::Middle, style, &words);
        self.svg.push_str("</g>");
    }

    /// Rows of ruled cells, some with a caption and a value, some empty.
    fn cells(&mut self, free: &mut Free, top: f32) {
        let (rows, columns) = (free.rng.whole(1, 4), free.rng.whole(1, 5));
        let room = self.width - 2.0 * self.margin;
        let width = room * free.rng.real(0.3, 1.0);
        let left = self.margin + (room - width) * free.rng.real(0.0, 1.0);
        let tall = self.size * free.rng.real(1.6, 3.6);
        let top = top.min(self.height - self.margin - tall * rows as f32);
        let weight = free.rng.real(0.4, 1.4);
        let (colour, ground) = (
            *free.rng.pick(&["#161616", "#161616", "#555555", "#1d4e89"]),
            *free.rng.pick(&["none", "none", "#ededed"]),
        );
        for row in 0..rows {
            let share = free.rng.real(0.7, 1.3);
            let mut x = left;
            for column in 0..columns {
                let odd = if column % 2 == 0 { share } else { 2.0 - share };
                let cell = if column + 1 == columns { left + width - x } else { width / columns as f32 * odd };
                let y = top + tall * row as f32;
                self.frame(x, y, cell, tall, weight, colour, ground);
                let words = *free.rng.pick(&[
                    "",
                    "شماره سریال",
                    "نام خانوادگی",
                    "تاریخ",
                    "توضیحات",
                    "کد رهگیری",
                    "بلی",
                    "1402/07/15",
                ]);
                let words = self.digits.show(words);
                let size = self.size * free.rng.real(0.65, 1.0);
                if !words.is_empty() && cell > words.chars().count() as f32 * size * 0.5 {
                    let style = Type { size, bold: free.rng.odds(0.3), colour: "#161616", typewriter: false };
                    self.bare_text(x + cell / 2.0, y + tall * 0.65, Anchor::Middle, style, &words);
                }
                x += cell;
            }
        }
    }

    /// Ridges of an inked finger.
    fn fingerprint(&mut self, free: &mut Free, x: f32, y: f32) {
        let colour = *free.rng.pick(&["#2b3f9a", "#5b2a86", "#2a2a33"]);
        let (rx, ry) = (free.rng.real(15.0, 22.0), free.rng.real(20.0, 29.0));
        let (lean, opacity) = (free.rng.real(-30.0, 30.0), free.rng.real(0.45, 0.9));
        let _ = write!(
            self.svg,
            r#"<g transform="translate({x:.1} {y:.1}) rotate({lean:.1})" opacity="{opacity:.2}" fill="none" stroke="{colour}">"#
        );
        let ridges = 11;
        for ridge in 1..=ridges {
            let share = ridge as f32 / ridges as f32;
            let (a, b) = (rx * share, ry * share);
            let dash = free.rng.real(5.0, 22.0);
            let _ = write!(
                self.svg,
                r#"<ellipse cy="{:.1}" rx="{a:.1}" ry="{b:.1}" stroke-width="{:.2}" stroke-dasharray="{dash:.1} {:.1}"/>"#,
                ry * (1.0 - share) * 0.3,
                free.rng.real(0.7, 1.2),
                free.rng.real(0.6, 2.5)
            );
        }
        self.svg.push_str("</g>");
    }
}
