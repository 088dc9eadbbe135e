//! What a spot looks like, in numbers.

use super::scene::Scene;
use super::shape::outline;
use crate::pieces::pieces;

/// How a spot was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// As a patch of one hue.
    Hue,
    /// As a patch of ink that is paler than print.
    Pale,
    /// As dark ink without colour.
    Ink,
    /// As strong ink of any colour.
    Strong,
}

/// Ink that may be a mark.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) source: Source,
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) width: usize,
    pub(super) height: usize,
    /// Pixels of its ink.
    pub(super) count: usize,
    points: Vec<(usize, usize)>,
}

impl Spot {
    pub(super) fn of(
        source: Source,
        (x, y, width, height): (usize, usize, usize, usize),
        points: Vec<(usize, usize)>,
    ) -> Self {
        Self { source, x, y, width, height, count: points.len(), points }
    }

    /// Whether another has the same ink in the same place, nearly.
    pub(super) fn alike(&self, other: &Self) -> bool {
        const SLACK: usize = 3;
        let near = |a: usize, b: usize| a.abs_diff(b) <= SLACK;
        near(self.x, other.x)
            && near(self.y, other.y)
            && near(self.x + self.width, other.x + other.width)
            && near(self.y + self.height, other.y + other.height)
            && self.count.abs_diff(other.count) * 10 <= self.count
    }
}

/// Their names, in order.
pub const NAMES: [&str; SIGNS] = [
    "width",
    "height",
    "aspect",
    "density",
    "stroke",
    "solid",
    "frame",
    "frame_turn",
    "ring",
    "inside",
    "pieces",
    "largest",
    "largest_box",
    "other_ink",
    "paper",
    "half_tones",
    "chroma",
    "purity",
    "hue_cos",
    "hue_sin",
    "hue_spread",
    "depth",
    "depth_spread",
    "level_runs",
    "upright_runs",
    "slant_runs",
    "holes",
    "length",
    "beside",
    "by_hue",
    "by_pale",
    "by_ink",
    "page_coloured",
    "page_width",
];
/// How many there are.
pub const SIGNS: usize = 34;

/// Pixels whose runs are measured, at most.
const SAMPLED: usize = 700;
/// Longest run that is followed, pixels.
const LONGEST: usize = 24;
/// Cover below which a pixel is paper, levels; and chroma that makes it tinted.
const PAPER: u8 = 36;

/// The ink of a spot as a small picture.
struct Bits {
    width: usize,
    height: usize,
    set: Vec<bool>,
}

impl Bits {
    fn of(spot: &Spot) -> Self {
        let mut set = vec![false; spot.width * spot.height];
        for (x, y) in &spot.points {
            set[(y - spot.y) * spot.width + (x - spot.x)] = true;
        }
        Self { width: spot.width, height: spot.height, set }
    }

    fn at(&self, x: isize, y: isize) -> bool {
        let inside = x >= 0 && y >= 0 && (x as usize) < self.width && (y as usize) < self.height;
        inside && self.set[y as usize * self.width + x as usize]
    }

    /// Length of the run through a pixel in a direction, both ways.
    fn run(&self, x: isize, y: isize, (dx, dy): (isize, isize)) -> usize {
        let way = |sign: isize| {
            (1..=LONGEST as isize).take_while(|step| self.at(x + sign * step * dx, y + sign * step * dy)).count()
        };
        1 + way(1) + way(-1)
    }
}

/// Signs of a spot, and the word for its colour; none where it holds no ink.
pub(super) fn signs(scene: &Scene, spot: &Spot) -> Option<([f32; SIGNS], &'static str)> {
    if spot.points.is_empty() {
        return None;
    }
    let bits = Bits::of(spot);
    let unit = scene.unit;
    let (width, height) = (spot.width as f32, spot.height as f32);
    let area = width * height;
    let ink = spot.count as f32;
    let mut perimeter = 0;
    let mut solid = 0;
    for (px, py) in &spot.points {
        let (x, y) = ((px - spot.x) as isize, (py - spot.y) as isize);
        perimeter += [(1, 0), (-1, 0), (0, 1), (0, -1)].iter().filter(|(dx, dy)| !bits.at(x + dx, y + dy)).count();
        let reach = 3;
        solid += usize::from(
            [(reach, 0), (-reach, 0), (0, reach), (0, -reach), (2, 2), (-2, 2), (2, -2), (-2, -2)]
                .iter()
                .all(|(dx, dy)| bits.at(x + dx, y + dy)),
        );
    }
    let stroke = 2.0 * ink / perimeter.max(1) as f32;
    let shape = outline(&spot.points);
    let (found, _) = pieces(bits.width, bits.height, |at| bits.set[at]);
    let largest = found.iter().max_by_key(|piece| piece.area)?;
    let around = around(scene, spot, &bits);
    let colour = colour(scene, spot);
    let runs = runs(spot, &bits, unit);
    let log = |value: f32| value.max(1e-3).ln();
    let values = [
        log(width / unit),
        log(height / unit),
        log(width / height),
        ink / area,
        stroke / unit,
        solid as f32 / ink,
        shape.frame,
        shape.turn.abs() / 30.0,
        shape.ring,
        shape.inside,
        (found.len() as f32).ln_1p(),
        largest.area as f32 / ink,
        (largest.width() * largest.height()) as f32 / area,
        around.other,
        around.paper,
        around.half_tones,
        colour.chroma,
        colour.purity,
        colour.cos,
        colour.sin,
        colour.spread,
        colour.depth,
        colour.depth_spread,
        runs[0],
        runs[1],
        runs[2],
        (holes(&bits, found.len()) as f32).ln_1p(),
        log(ink / stroke / unit),
        around.beside,
        f32::from(u8::from(spot.source == Source::Hue)),
        f32::from(u8::from(spot.source == Source::Pale)),
        f32::from(u8::from(spot.source == Source::Ink)),
        f32::from(u8::from(scene.coloured)),
        log(scene.width as f32 / unit),
    ];
    Some((values, colour.word))
}

/// What else lies in a spot's box and beside it.
struct Around {
    other: f32,
    paper: f32,
    half_tones: f32,
    beside: f32,
}

fn around(scene: &Scene, spot: &Spot, bits: &Bits) -> Around {
    const INK: u8 = 80;
    let (mut other, mut paper, mut tones) = (0, 0, 0);
    for y in 0..spot.height {
        for x in 0..spot.width {
            if bits.set[y * bits.width + x] {
                continue;
            }
            let cover = scene.cover[(y + spot.y) * scene.width + x + spot.x];
            if cover < PAPER {
                paper += 1;
            } else if cover >= INK {
                other += 1;
            } else {
                tones += 1;
            }
        }
    }
    let area = (spot.width * spot.height) as f32;
    // Ink to the left and to the right, as beside a word in its line.
    let strip = (2.5 * scene.unit) as usize;
    let mut beside = [0_usize; 2];
    for y in spot.y..spot.y + spot.height {
        let row = &scene.cover[y * scene.width..(y + 1) * scene.width];
        let left = &row[spot.x.saturating_sub(strip)..spot.x];
        let end = spot.x + spot.width;
        let right = &row[end..(end + strip).min(scene.width)];
        beside[0] += left.iter().filter(|cover| **cover >= INK).count();
        beside[1] += right.iter().filter(|cover| **cover >= INK).count();
    }
    let most = (strip * spot.height).max(1) as f32;
    Around {
        other: other as f32 / area,
        paper: paper as f32 / area,
        half_tones: tones as f32 / area,
        beside: beside.map(|count| count as f32 / most).iter().sum(),
    }
}

/// The ink's colour.
struct Colour {
    chroma: f32,
    purity: f32,
    cos: f32,
    sin: f32,
    spread: f32,
    depth: f32,
    depth_spread: f32,
    word: &'static str,
}

fn colour(scene: &Scene, spot: &Spot) -> Colour {
    let (mut cos, mut sin, mut chroma, mut cover) = (0.0_f32, 0.0_f32, 0.0_f32, 0.0_f32);
    let mut depths: Vec<u8> = Vec::with_capacity(spot.points.len());
    for (x, y) in &spot.points {
        let at = y * scene.width + x;
        let angle = f32::from(scene.hue[at]) / 256.0 * std::f32::consts::TAU;
        let weight = f32::from(scene.chroma[at]);
        cos += weight * angle.cos();
        sin += weight * angle.sin();
        chroma += weight;
        cover += f32::from(scene.cover[at]);
        depths.push(scene.dark[at]);
    }
    let count = spot.points.len() as f32;
    let together = if chroma > 0.0 { cos.hypot(sin) / chroma } else { 0.0 };
    let purity = chroma / cover.max(1.0);
    let (cos, sin) = (cos / chroma.max(1.0), sin / chroma.max(1.0));
    depths.sort_unstable();
    let share = |share: f32| f32::from(depths[((depths.len() - 1) as f32 * share) as usize]) / 255.0;
    Colour {
        chroma: chroma / count / 255.0,
        purity,
        cos: cos * purity,
        sin: sin * purity,
        spread: 1.0 - together,
        depth: share(0.8),
        depth_spread: share(0.9) - share(0.2),
        word: word(cos, sin, purity, scene.coloured),
    }
}

/// The contract's word for a hue.
fn word(cos: f32, sin: f32, purity: f32, coloured: bool) -> &'static str {
    const DARK: f32 = 0.13;
    if !coloured || purity < DARK {
        return "dark";
    }
    let degrees = sin.atan2(cos).to_degrees().rem_euclid(360.0);
    match degrees as u32 {
        75..185 => "green",
        185..249 => "blue",
        249..318 => "violet",
        _ => "red",
    }
}

/// Shares of the ink whose longest run is level, upright or slanted; of runs that are no dots.
fn runs(spot: &Spot, bits: &Bits, unit: f32) -> [f32; 3] {
    let step = spot.points.len().div_ceil(SAMPLED).max(1);
    let mut counts = [0_usize; 3];
    let mut all = 0;
    for (px, py) in spot.points.iter().step_by(step) {
        let (x, y) = ((px - spot.x) as isize, (py - spot.y) as isize);
        let level = bits.run(x, y, (1, 0)) as f32;
        let upright = bits.run(x, y, (0, 1)) as f32;
        let slant = bits.run(x, y, (1, 1)).max(bits.run(x, y, (1, -1))) as f32 * std::f32::consts::SQRT_2;
        let longest = level.max(upright).max(slant);
        all += 1;
        if longest < unit * 0.6 {
            continue;
        }
        let which = if longest == level {
            0
        } else if longest == upright {
            1
        } else {
            2
        };
        counts[which] += 1;
    }
    counts.map(|count| count as f32 / all.max(1) as f32)
}

/// Loops that the ink closes: pieces less the Euler number, counted over squares of four pixels (Gray 1971).
fn holes(bits: &Bits, pieces: usize) -> usize {
    let (mut ones, mut threes, mut diagonals) = (0_i64, 0_i64, 0_i64);
    for y in -1..bits.height as isize {
        for x in -1..bits.width as isize {
            let four = [bits.at(x, y), bits.at(x + 1, y), bits.at(x, y + 1), bits.at(x + 1, y + 1)];
            match four.iter().filter(|set| **set).count() {
                1 => ones += 1,
                3 => threes += 1,
                2 if four[0] == four[3] => diagonals += 1,
                _ => {}
            }
        }
    }
    let euler = (ones - threes - 2 * diagonals) / 4;
    usize::try_from(pieces as i64 - euler).unwrap_or(0)
}
