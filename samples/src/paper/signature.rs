//! Signatures: one quick stroke of loops, as a hand that has signed a thousand times.

use std::fmt::Write as _;

use crate::chance::Draw;
use crate::paper::Sheet;

const PENS: [(&str, &str); 4] = [("blue", "#15255e"), ("dark", "#1b1b1b"), ("blue", "#20368c"), ("dark", "#0f1a3a")];

impl Sheet<'_> {
    /// Signs within a box of `w` × `h` points around a centre.
    pub(crate) fn sign(&mut self, cx: f32, cy: f32, w: f32, h: f32) {
        let start = self.svg.len();
        let (word, pen) = *self.rng.pick(&PENS);
        let loops = self.rng.whole(4, 8);
        let step = w / loops as f32;
        let mut x = cx + w / 2.0;
        let mut y = cy + self.rng.real(-0.2, 0.2) * h;
        let mut path = format!("M{x:.1} {y:.1}");
        for at in 0..loops {
            // Strokes shrink towards the end, as the hand hurries on.
            let reach = h * (1.0 - 0.5 * at as f32 / loops as f32);
            let up = if at % 2 == 0 { -1.0 } else { 1.0 };
            let nx = x - step * self.rng.real(0.5, 1.4);
            let ny = cy + up * reach * self.rng.real(0.05, 0.5);
            let _ = write!(
                path,
                "C{:.1} {:.1} {:.1} {:.1} {nx:.1} {ny:.1}",
                x - step * self.rng.real(-0.6, 0.5),
                y + up * reach * self.rng.real(0.3, 0.9),
                nx + step * self.rng.real(0.2, 1.1),
                ny + up * reach * self.rng.real(0.1, 0.6),
            );
            (x, y) = (nx, ny);
        }
        // The closing flourish runs back under the name.
        let _ = write!(
            path,
            "Q{:.1} {:.1} {:.1} {:.1}",
            x - step,
            cy + h * 0.6,
            cx + w * self.rng.real(-0.1, 0.4),
            cy + h * self.rng.real(0.25, 0.5)
        );
        let element = self.element();
        let weight = self.rng.real(0.9, 1.7);
        let _ = write!(
            self.svg,
            r#"<path id="{element}" d="{path}" fill="none" stroke="{pen}" stroke-width="{weight:.2}" stroke-linecap="round" stroke-linejoin="round" opacity="0.9"/>"#
        );
        if self.unsigned {
            self.svg.truncate(start);
            return;
        }
        self.signatures.push(element);
        self.pens.push((word, "sign.loops"));
    }
}
