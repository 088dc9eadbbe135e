//! Signatures of several hands.

use std::fmt::Write as _;

use super::Free;
use crate::chance::Draw;
use crate::paper::sheet::Sheet;

/// Hands: loops that run on, a hurried zigzag, an initial with a wave, a scribble with a long tail, a knot crossed
/// out, a round stroke underlined, a scrawl that turns anywhere, a few long strokes, and the sum of a few swings, which
/// may look like any of these or like none.
pub(crate) const SIGNS: [&str; 9] = [
    "sign.loops",
    "sign.zigzag",
    "sign.initial",
    "sign.tail",
    "sign.crossed",
    "sign.underlined",
    "sign.scrawl",
    "sign.strokes",
    "sign.swings",
];

/// Pens: the word of the truth and the colour.
const PENS: [(&str, &str); 8] = [
    ("blue", "#15255e"),
    ("blue", "#20368c"),
    ("blue", "#2a49b8"),
    ("dark", "#1b1b1b"),
    ("dark", "#0f1020"),
    ("dark", "#2c2c30"),
    ("green", "#175c3a"),
    ("red", "#a3222c"),
];

/// A path under the pen, in points.
struct Stroke(String);

impl Stroke {
    fn at(x: f32, y: f32) -> Self {
        Self(format!("M{x:.1} {y:.1}"))
    }

    fn lift(&mut self, x: f32, y: f32) {
        let _ = write!(self.0, "M{x:.1} {y:.1}");
    }

    fn curve(&mut self, one: (f32, f32), two: (f32, f32), to: (f32, f32)) {
        let _ = write!(self.0, "C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}", one.0, one.1, two.0, two.1, to.0, to.1);
    }

    fn line(&mut self, x: f32, y: f32) {
        let _ = write!(self.0, "L{x:.1} {y:.1}");
    }
}

impl Sheet<'_> {
    /// Signs around a place, which is moved where the signature would leave the sheet.
    pub(super) fn free_sign(&mut self, free: &mut Free, (cx, cy): (f32, f32)) {
        let hand = free.pick(&SIGNS);
        let (w, h) = (free.rng.real(38.0, 115.0), free.rng.real(18.0, 52.0));
        let inside =
            |at: f32, half: f32, far: f32| at.clamp((half + 6.0).min(far / 2.0), (far - half - 6.0).max(far / 2.0));
        let (cx, cy) = (inside(cx, w * 0.7, self.width), inside(cy, h * 0.8, self.height));
        let path = match hand {
            "sign.loops" => loops(free, cx, cy, w, h),
            "sign.zigzag" => zigzag(free, cx, cy, w, h),
            "sign.initial" => initial(free, cx, cy, w, h),
            "sign.tail" => tail(free, cx, cy, w, h),
            "sign.crossed" => crossed(free, cx, cy, w, h),
            "sign.scrawl" => scrawl(free, cx, cy, w, h),
            "sign.strokes" => strokes(free, cx, cy, w, h),
            "sign.swings" => swings(free, cx, cy, w, h),
            _ => underlined(free, cx, cy, w, h),
        };
        let odds = free.rng.whole(0, 15);
        let (word, pen) = if odds < 14 { *free.rng.pick(&PENS[..6]) } else { *free.rng.pick(&PENS[6..]) };
        let element = self.element();
        let weight = free.rng.real(0.7, 2.1);
        let strength = free.rng.real(0.75, 1.0);
        let lean = free.rng.real(-12.0, 6.0);
        let _ = write!(
            self.svg,
            r#"<path id="{element}" d="{}" fill="none" stroke="{pen}" stroke-width="{weight:.2}" stroke-linecap="round" stroke-linejoin="round" opacity="{strength:.2}" transform="rotate({lean:.1} {cx:.1} {cy:.1})"/>"#,
            path.0
        );
        self.signatures.push(element);
        self.pens.push((word, hand));
    }
}

fn loops(free: &mut Free, cx: f32, cy: f32, w: f32, h: f32) -> Stroke {
    let rng = &mut free.rng;
    let count = rng.whole(3, 7);
    let step = w / count as f32;
    let (mut x, mut y) = (cx + w / 2.0, cy);
    let mut path = Stroke::at(x, y);
    for at in 0..count {
        let reach = h * (1.0 - 0.5 * at as f32 / count as f32);
        let up = if at % 2 == 0 { -1.0 } else { 1.0 };
        let (nx, ny) = (x - step * rng.real(0.6, 1.3), cy + up * reach * rng.real(0.05, 0.4));
        let one = (x - step * rng.real(-0.7, 0.4), y + up * reach * rng.real(0.4, 0.9));
        path.curve(one, (nx + step * rng.real(0.3, 1.2), ny + up * reach * rng.real(0.1, 0.6)), (nx, ny));
        (x, y) = (nx, ny);
    }
    path
}

fn zigzag(free: &mut Free, cx: f32, cy: f32, w: f32, h: f32) -> Stroke {
    let rng = &mut free.rng;
    let count = rng.whole(5, 11);
    let mut path = Stroke::at(cx + w / 2.0, cy + rng.real(-0.3, 0.3) * h);
    for at in 1..=count {
        let x = cx + w / 2.0 - w * at as f32 / count as f32;
        let up = if at % 2 == 0 { -1.0 } else { 1.0 };
        let y = cy + up * h * rng.real(0.12, 0.5);
        path.curve((x + w / count as f32 * 0.7, y + up * 2.0), (x + 2.0, y), (x + rng.real(-3.0, 3.0), y));
    }
    path
}

fn initial(free: &mut Free, cx: f32, cy: f32, w: f32, h: f32) -> Stroke {
    let rng = &mut free.rng;
    let r = h * rng.real(0.4, 0.6);
    let x = cx + w / 2.0 - r;
    // A tall open letter …
    let mut path = Stroke::at(x + r, cy - r * 0.6);
    path.curve((x + r * 0.4, cy - r * 1.5), (x - r * 1.1, cy - r), (x - r * 0.7, cy + r * 0.3));
    path.curve((x - r * 0.4, cy + r * 1.3), (x + r * 0.9, cy + r), (x + r * 0.5, cy - r * 0.1));
    // … and a wave that dies away.
    let count = rng.whole(2, 5);
    let step = (w - 2.0 * r).max(12.0) / count as f32;
    let mut at = x - r * 0.2;
    path.lift(at, cy);
    for i in 0..count {
        let reach = h * 0.35 * (1.0 - 0.7 * i as f32 / count as f32);
        path.curve((at - step * 0.3, cy - reach), (at - step * 0.7, cy + reach), (at - step, cy + rng.real(-2.0, 2.0)));
        at -= step;
    }
    path
}

fn tail(free: &mut Free, cx: f32, cy: f32, w: f32, h: f32) -> Stroke {
    let rng = &mut free.rng;
    let mut path = Stroke::at(cx + w / 2.0, cy);
    let (mut x, mut y) = (cx + w / 2.0, cy);
    for _ in 0..rng.whole(3, 6) {
        let (nx, ny) = (x - w * rng.real(0.04, 0.13), cy + h * rng.real(-0.4, 0.35));
        path.curve(
            (x + w * rng.real(-0.12, 0.1), y - h * 0.5),
            (nx + w * 0.12, ny + h * rng.real(-0.2, 0.4)),
            (nx, ny),
        );
        (x, y) = (nx, ny);
    }
    let low = cy + h * rng.real(0.3, 0.6);
    path.curve((x - w * 0.2, low), (cx - w * 0.3, low + h * 0.2), (cx - w / 2.0, cy - h * rng.real(0.0, 0.5)));
    path
}

fn crossed(free: &mut Free, cx: f32, cy: f32, w: f32, h: f32) -> Stroke {
    let rng = &mut free.rng;
    let (rx, ry) = (w * 0.4, h * 0.42);
    let mut path = Stroke::at(cx - rx, cy);
    for turn in 0..rng.whole(2, 3) {
        let grow = 1.0 - 0.22 * turn as f32;
        let (rx, ry) = (rx * grow, ry * grow);
        path.curve((cx - rx, cy - ry * 1.3), (cx + rx, cy - ry * 1.3), (cx + rx * rng.real(0.8, 1.0), cy));
        path.curve((cx + rx, cy + ry * 1.3), (cx - rx, cy + ry * 1.2), (cx - rx * rng.real(0.6, 0.9), cy + ry * 0.1));
    }
    path.lift(cx + w / 2.0, cy - h * rng.real(0.2, 0.5));
    path.line(cx - w / 2.0, cy + h * rng.real(0.2, 0.5));
    if rng.odds(0.5) {
        path.lift(cx + w * 0.3, cy + h * 0.45);
        path.line(cx - w * 0.35, cy - h * 0.4);
    }
    path
}

fn scrawl(free: &mut Free, cx: f32, cy: f32, w: f32, h: f32) -> Stroke {
    let rng = &mut free.rng;
    let mut place = |reach: f32| (cx + w * 0.5 * rng.real(-reach, reach), cy + h * 0.5 * rng.real(-reach, reach));
    let (x, y) = place(1.0);
    let mut path = Stroke::at(x, y);
    let mut out = (x + (x - cx) * 0.3, y + (y - cy) * 0.3);
    for turn in 0..9 {
        let (to, two) = (place(1.0), place(1.15));
        path.curve(out, two, to);
        // the hand goes on the way it came
        out = (2.0 * to.0 - two.0, 2.0 * to.1 - two.1);
        if turn > 3 && (to.0 - cx).abs() > w * 0.33 {
            break;
        }
    }
    path
}

fn strokes(free: &mut Free, cx: f32, cy: f32, w: f32, h: f32) -> Stroke {
    let rng = &mut free.rng;
    let mut path = Stroke::at(cx + w * 0.45, cy - h * rng.real(0.1, 0.4));
    path.curve(
        (cx + w * 0.1, cy - h * 0.6),
        (cx + w * 0.2, cy + h * 0.6),
        (cx - w * rng.real(0.2, 0.45), cy + h * 0.2),
    );
    for _ in 0..rng.whole(1, 3) {
        let (x, y) = (cx + w * rng.real(-0.4, 0.4), cy - h * rng.real(0.2, 0.5));
        path.lift(x, y);
        let dip = (x + w * rng.real(-0.2, 0.2), cy);
        path.curve(dip, (dip.0 - w * 0.1, cy + h * 0.3), (x + w * rng.real(-0.3, 0.1), cy + h * rng.real(0.2, 0.5)));
    }
    path
}

fn underlined(free: &mut Free, cx: f32, cy: f32, w: f32, h: f32) -> Stroke {
    let rng = &mut free.rng;
    let mut path = Stroke::at(cx + w * 0.45, cy - h * 0.1);
    path.curve((cx + w * 0.3, cy - h * 0.8), (cx + w * 0.05, cy - h * 0.3), (cx + w * 0.12, cy + h * 0.1));
    path.curve((cx + w * 0.3, cy + h * 0.5), (cx - w * 0.1, cy - h * 0.6), (cx - w * 0.12, cy));
    path.curve(
        (cx - w * 0.15, cy + h * 0.4),
        (cx - w * 0.3, cy - h * 0.4),
        (cx - w * 0.4, cy - h * rng.real(0.0, 0.3)),
    );
    path.lift(cx + w * 0.45, cy + h * 0.38);
    path.curve(
        (cx + w * 0.1, cy + h * 0.25),
        (cx - w * 0.2, cy + h * 0.55),
        (cx - w * 0.5, cy + h * rng.real(0.3, 0.45)),
    );
    if rng.odds(0.4) {
        path.lift(cx - w * 0.1, cy + h * 0.5);
        path.line(cx - w * 0.1 + 1.2, cy + h * 0.5 + 1.2);
    }
    path
}

/// A hand that swings along and across while it moves on: every rate and reach is drawn, so that there are more of these
/// hands than anyone could name.
fn swings(free: &mut Free, cx: f32, cy: f32, w: f32, h: f32) -> Stroke {
    const PLACES: usize = 140;
    let rng = &mut free.rng;
    let mut parts: Vec<Vec<(f32, f32)>> = Vec::new();
    for part in 0..rng.whole(1, 3) {
        let share = if part == 0 { 1.0 } else { rng.real(0.3, 0.8) };
        let (w, h) = (w * share, h * share);
        let (cx, cy) = (cx + (1.0 - share) * rng.real(-0.5, 0.5) * w, cy + (1.0 - share) * rng.real(-0.6, 0.6) * h);
        let drift = if rng.odds(0.8) { rng.real(0.5, 1.0) } else { rng.real(0.0, 0.3) };
        let mut swing = |most: f32| (rng.real(0.6, 6.5), rng.real(0.0, std::f32::consts::TAU), rng.real(0.0, most));
        let across = [swing(0.35), swing(0.2), swing(0.1)];
        let along = [swing(0.6), swing(0.4), swing(0.25)];
        let (slope, fade) = (rng.real(-0.3, 0.3), rng.real(-0.6, 0.8));
        let until = rng.whole(40, PLACES as u32) as usize;
        let mut places = Vec::with_capacity(until);
        for at in 0..until {
            let t = at as f32 / PLACES as f32;
            let strength = (1.0 - fade * t).clamp(0.2, 1.6);
            let sum = |swings: &[(f32, f32, f32)]| -> f32 {
                swings
                    .iter()
                    .map(|(rate, from, reach)| reach * libm::sinf(rate * std::f32::consts::TAU * t + from))
                    .sum()
            };
            let x = cx + w * (0.5 * drift - drift * t + sum(&across) * 0.8 * strength);
            let y = cy + h * (slope * (t - 0.5) + sum(&along) * 0.7 * strength);
            places.push((x, y));
        }
        parts.push(places);
    }
    // As large as it was to be, however far it swung.
    let reach = |of: fn(&(f32, f32)) -> f32, middle: f32| {
        parts.iter().flatten().map(|place| (of(place) - middle).abs()).fold(1.0f32, f32::max)
    };
    let shrink = (0.65 * w / reach(|place| place.0, cx)).min(0.72 * h / reach(|place| place.1, cy)).min(1.0);
    let mut path = Stroke(String::new());
    for places in &parts {
        for (at, (x, y)) in places.iter().enumerate() {
            let (x, y) = (cx + (x - cx) * shrink, cy + (y - cy) * shrink);
            if at == 0 { path.lift(x, y) } else { path.line(x, y) }
        }
    }
    path
}
