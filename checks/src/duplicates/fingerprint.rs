//! The fingerprint of a page: its ink at one size of text, upright to a fraction of a degree.
//!
//! Everything that a capture changes and the paper does not is taken out first: resolution and distance
//! (letters are brought to one height), tilt, light and paper tone (ink is what lies deep below the local
//! paper), the desk around the sheet. What is left is bilevel ink, coded in a few kilobytes, from which the
//! comparison of two pages is computed without either picture.

use super::code;
use super::ink::Ink;
use super::parts::Parts;
use super::points::points;
use crate::legibility::blobs::Blob;
use crate::legibility::grid::percentile;
use crate::legibility::ink::{InkMap, reduce};
use crate::legibility::marks::Marks;
use crate::page::Luma;

/// Height of a letter's body on the normalised page, pixels.
pub const BODY_PX: f32 = 20.0;
/// Letters this many times too large are measured on a smaller copy.
const MOST_SHRINK: f32 = 1.9;
/// Small letters are enlarged by this much at most: there is no more in them.
const MOST_GROWTH: f32 = 2.0;
/// Fewest letters that tell one paper from another.
const MIN_LETTERS: usize = 40;
/// Fewest points of a page that can be told from others.
const MIN_POINTS: usize = 30;
/// Fewest pixels of a side.
const MIN_SIDE_PX: usize = 64;
/// Pixels of the normalised page, at most.
const MOST_PIXELS: f32 = 4_200_000.0;
/// Bytes of the coded ink, at most; a page that needs more is taken at a smaller size.
pub const MOST_INK_BYTES: usize = 23_000;
/// Each smaller size is this share of the one before.
const SMALLER: f32 = 0.82;
/// Parts of fewer pixels are specks.
const SPECK_PX: u32 = 8;
/// Tilts below this clarity are not believed.
const MIN_CLARITY: f32 = 1.3;
/// Side of a square of which it is known whether it lies on the sheet, pixels.
pub const SQUARE_PX: usize = 16;
/// First byte of a stored fingerprint; another number is another method and is not compared.
const VERSION: u8 = 3;

/// What is kept of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Fingerprint {
    /// From the normalised page back to the upright page in full pixels.
    pub frame: Frame,
    /// One bit a square of the sheet that can be compared, row after row.
    pub sheet: Ink,
    /// The coded ink.
    pub coded: Vec<u8>,
}

/// How the normalised page lies on the upright page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Normalised width, pixels.
    pub width: u16,
    /// Normalised height, pixels.
    pub height: u16,
    /// Full pixels a normalised pixel.
    pub scale: f32,
    /// Tilt that was undone, degrees clockwise.
    pub tilt_deg: f32,
    /// The normalised origin on the upright page, full pixels.
    pub origin: (f32, f32),
}

impl Frame {
    /// The place on the upright page, full pixels.
    #[must_use]
    pub fn to_page(&self, x: f32, y: f32) -> (f32, f32) {
        let (sin, cos) = self.tilt_deg.to_radians().sin_cos();
        let (x, y) = (x * self.scale, y * self.scale);
        (self.origin.0 + cos * x - sin * y, self.origin.1 + sin * x + cos * y)
    }

    /// The box of the upright page that was drawn, of a sheet that does not fill the tilted frame: left, top, right, bottom, full pixels.
    #[must_use]
    pub fn bounds(&self) -> [f32; 4] {
        let (w, h) = (f32::from(self.width), f32::from(self.height));
        let (sin, cos) = self.tilt_deg.abs().to_radians().sin_cos();
        let half = |long: f32, other: f32| self.scale * (long * cos - other * sin) / (cos * cos - sin * sin) / 2.0;
        let (x, y) = self.to_page(w / 2.0, h / 2.0);
        let (across, down) = (half(w, h), half(h, w));
        [x - across, y - down, x + across, y + down]
    }
}

/// Why a page has no fingerprint; such a page is compared with none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// A picture of a few pixels.
    #[error("the picture is too small")]
    Small,
    /// Blank, or a table without words: nothing tells it from the next one.
    #[error("there is too little writing to tell this page from another")]
    Plain,
    /// Noise, a photograph, a patterned ground.
    #[error("the page is covered with texture")]
    Texture,
}

/// The page measured at a workable size.
struct Look<'m> {
    /// Full pixels a pixel of the map.
    step: usize,
    marks: &'m Marks,
    tilt_deg: f32,
    /// Share of the paper's brightness from which on ink is as strong as writing.
    floor: f32,
}

/// Ink weaker than this share of the writing is ground: guilloche, show-through, texture.
const WEAK: f32 = 0.36;

/// The fingerprint of an upright page.
///
/// # Errors
/// When the page cannot be told from others, with the reason.
pub fn fingerprint(luma: &Luma) -> Result<Fingerprint, Unfit> {
    fingerprint_by(luma, &Marks::of(luma))
}

/// The same by the page's marks, where these are known.
///
/// # Errors
/// As [`fingerprint`].
pub fn fingerprint_by(luma: &Luma, marks: &Marks) -> Result<Fingerprint, Unfit> {
    if luma.width().min(luma.height()) < MIN_SIDE_PX {
        return Err(Unfit::Small);
    }
    let anew = measured_anew(luma, marks)?;
    let look = Look::of(anew.as_ref().map_or((marks.map.scale, marks), |(step, marks)| (*step, marks)));
    let map = &look.marks.map;
    let over = over_threshold(map, look.floor);
    let mut shrink = (look.marks.text.body / BODY_PX).max(1.0 / MOST_GROWTH);
    let (w, h) = (map.width as f32, map.height as f32);
    shrink = shrink.max((w * h / MOST_PIXELS).sqrt());
    for _ in 0..4 {
        let (frame, sheet, mut ink) = normalise(&look, &over, shrink);
        let parts = Parts::of(&ink).ok_or(Unfit::Texture)?;
        parts.wipe(&mut ink, |p| p.area < SPECK_PX);
        let coded = code::encode(&ink);
        if coded.len() <= MOST_INK_BYTES {
            if points(&ink, &parts).len() < MIN_POINTS {
                return Err(Unfit::Plain);
            }
            return Ok(Fingerprint { frame, sheet, coded });
        }
        shrink /= SMALLER;
    }
    Err(Unfit::Texture)
}

/// The marks of a copy of the page, and full pixels a pixel of it, where its own are of no use: those of dots that stand for grey, and
/// of letters that are too large. `None` where they are good as they are.
fn measured_anew(luma: &Luma, marks: &Marks) -> Result<Option<(usize, Marks)>, Unfit> {
    let mut step = marks.map.scale;
    let mut anew = (step == 1 && two_levels(luma)).then(|| Marks::of(&softened(luma)));
    loop {
        let text = &anew.as_ref().unwrap_or(marks).text;
        if text.letters.len() < MIN_LETTERS {
            return Err(Unfit::Plain);
        }
        if text.body <= BODY_PX * MOST_SHRINK || luma.width().min(luma.height()) / (step + 1) <= MIN_SIDE_PX {
            return Ok(anew.map(|marks| (step, marks)));
        }
        step = ((step as f32 * text.body / (BODY_PX * 1.2)) as usize).max(step + 1);
        anew = Some(Marks::of(&reduce(luma, step)));
    }
}

impl<'m> Look<'m> {
    fn of((step, marks): (usize, &'m Marks)) -> Self {
        let tilt_deg = marks.tilt.filter(|t| t.clarity >= MIN_CLARITY).map_or(0.0, |t| t.deg);
        let relative = |b: &Blob| b.depth / marks.map.paper.at_pixel(b.x0 as usize, b.y0 as usize).max(1.0);
        let floor = WEAK * percentile(&mut marks.text.letters.iter().map(relative).collect::<Vec<_>>(), 0.5);
        Self { step, marks, tilt_deg, floor }
    }
}

/// Whether a page is black and white: a fax, a scan in line-art mode.
fn two_levels(luma: &Luma) -> bool {
    const EVERY: usize = 29;
    const ENDS: (u8, u8) = (12, 243);
    let between = luma.pixels().iter().step_by(EVERY).filter(|&&v| v > ENDS.0 && v < ENDS.1).count();
    between * EVERY < luma.pixels().len() / 64
}

/// Means over three by three pixels: dots that stand for grey become grey again.
fn softened(luma: &Luma) -> Luma {
    let (w, h) = (luma.width(), luma.height());
    let mut pixels = Vec::with_capacity(w * h);
    for y in 0..h {
        let rows = [y.saturating_sub(1), y, (y + 1).min(h - 1)].map(|y| luma.row(y));
        for x in 0..w {
            let columns = [x.saturating_sub(1), x, (x + 1).min(w - 1)];
            let sum: u32 = rows.iter().flat_map(|row| columns.map(|x| u32::from(row[x]))).sum();
            pixels.push((sum / 9) as u8);
        }
    }
    Luma::new(w, h, pixels).expect("one value was pushed for every pixel")
}

/// How far each pixel lies over the depth from which it is ink, levels.
fn over_threshold(map: &InkMap, floor: f32) -> Vec<i16> {
    let mut over = Vec::with_capacity(map.depth.len());
    let (mut threshold, mut paper) = (vec![0.0_f32; map.width], vec![0.0_f32; map.width]);
    for (y, row) in map.depth.chunks_exact(map.width).enumerate() {
        map.threshold.interpolate_row(y, &mut threshold);
        map.paper.interpolate_row(y, &mut paper);
        let limits = threshold.iter().zip(&paper).map(|(&t, &p)| t.max(floor * p));
        over.extend(row.iter().zip(limits).map(|(&d, limit)| i16::from(d) * 8 - (limit * 8.0) as i16));
    }
    over
}

/// The ink at the wanted size and without tilt, and the squares that lie on the sheet.
fn normalise(look: &Look<'_>, over: &[i16], shrink: f32) -> (Frame, Ink, Ink) {
    let (sin, cos) = look.tilt_deg.to_radians().sin_cos();
    let Marks { map, sheet: lies, .. } = look.marks;
    let bounds = lies.bounds;
    let (bw, bh) = (bounds.width as f32, bounds.height as f32);
    // The tilted sheet's box in upright axes.
    let (w, h) = (bw * cos + bh * sin.abs(), bh * cos + bw * sin.abs());
    let (width, height) = (((w / shrink) as usize).max(1), ((h / shrink) as usize).max(1));
    let middle = (bounds.x as f32 + bw / 2.0, bounds.y as f32 + bh / 2.0);
    let origin = (middle.0 - (cos * w - sin * h) / 2.0, middle.1 - (sin * w + cos * h) / 2.0);
    let place = |x: f32, y: f32| {
        let (x, y) = (x * shrink, y * shrink);
        (origin.0 + cos * x - sin * y, origin.1 + sin * x + cos * y)
    };
    let inside = |u: f32, v: f32| {
        u >= 1.0 && v >= 1.0 && u < map.width as f32 - 1.0 && v < map.height as f32 - 1.0 && lies.holds(u, v)
    };
    let mut sheet = Ink::blank(width.div_ceil(SQUARE_PX), height.div_ceil(SQUARE_PX));
    let mut ink = Ink::blank(width, height);
    let source = Sampled { over, inked: inked(over, map.width), width: map.width, wide: shrink > 1.25 };
    for row in 0..sheet.height() {
        for column in 0..sheet.width() {
            let (x0, y0) = (column * SQUARE_PX, row * SQUARE_PX);
            // a square at the far edges is only in part on the page
            let halfway = |from: usize, end: usize| (from + end.min(from + SQUARE_PX)) as f32 / 2.0;
            let (u, v) = place(halfway(x0, width), halfway(y0, height));
            if inside(u, v) {
                sheet.set(column, row);
                source.fill(&mut ink, (x0, y0), &place, (map.width, map.height));
            }
        }
    }
    let step = look.step as f32;
    let frame = Frame {
        width: width as u16,
        height: height as u16,
        scale: shrink * step,
        tilt_deg: look.tilt_deg,
        origin: (origin.0 * step, origin.1 * step),
    };
    (frame, sheet, ink)
}

/// Where the map is over the depth of ink.
fn inked(over: &[i16], width: usize) -> Ink {
    let mut ink = Ink::blank(width, over.len() / width);
    for (y, row) in over.chunks_exact(width).enumerate() {
        for (word, values) in ink.row_mut(y).iter_mut().zip(row.chunks(u64::BITS as usize)) {
            *word = values.iter().rev().fold(0, |word, &value| word << 1 | u64::from(value > 0));
        }
    }
    ink
}

/// The map under interpolation.
struct Sampled<'o> {
    over: &'o [i16],
    /// Where it is ink.
    inked: Ink,
    width: usize,
    /// Pixels are so far apart that each is the mean of four.
    wide: bool,
}

impl Sampled<'_> {
    fn fill(
        &self,
        ink: &mut Ink,
        (x0, y0): (usize, usize),
        place: &impl Fn(f32, f32) -> (f32, f32),
        (map_w, map_h): (usize, usize),
    ) {
        let (right, bottom) = ((map_w - 2) as f32, (map_h - 2) as f32);
        if !self.any_under((x0, y0), place) {
            return;
        }
        for y in y0..(y0 + SQUARE_PX).min(ink.height()) {
            for x in x0..(x0 + SQUARE_PX).min(ink.width()) {
                let at = |dx: f32, dy: f32| {
                    let (u, v) = place(x as f32 + dx, y as f32 + dy);
                    self.at((u - 0.5).clamp(0.0, right), (v - 0.5).clamp(0.0, bottom))
                };
                let value = if self.wide {
                    at(0.25, 0.25) + at(0.75, 0.25) + at(0.25, 0.75) + at(0.75, 0.75)
                } else {
                    at(0.5, 0.5)
                };
                if value > 0.0 {
                    ink.set(x, y);
                }
            }
        }
    }

    /// Whether there is ink anywhere near a square: of paper alone no ink is made.
    fn any_under(&self, (x0, y0): (usize, usize), place: &impl Fn(f32, f32) -> (f32, f32)) -> bool {
        const ROOM: i32 = 3;
        let (left, top) = (x0 as f32, y0 as f32);
        let side = SQUARE_PX as f32;
        let corners = [(left, top), (left + side, top), (left, top + side), (left + side, top + side)];
        let [mut low, mut high] = [(f32::INFINITY, f32::INFINITY), (f32::NEG_INFINITY, f32::NEG_INFINITY)];
        for (u, v) in corners.map(|(x, y)| place(x, y)) {
            (low, high) = ((low.0.min(u), low.1.min(v)), (high.0.max(u), high.1.max(v)));
        }
        let [left, top] = [low.0, low.1].map(|v| v as i32 - ROOM);
        let [right, bottom] = [high.0, high.1].map(|v| v as i32 + ROOM);
        // what lies beyond the map is taken from its edge
        let (w, h) = (self.inked.width() as i32, self.inked.height() as i32);
        self.inked.any(left.clamp(0, w - ROOM), top.clamp(0, h - ROOM), right.clamp(ROOM, w), bottom.clamp(ROOM, h))
    }

    fn at(&self, u: f32, v: f32) -> f32 {
        let (x, y) = (u as usize, v as usize);
        let (fx, fy) = (u - x as f32, v - y as f32);
        let here = y * self.width + x;
        let get = |place: usize| f32::from(self.over[place]);
        let upper = get(here) + (get(here + 1) - get(here)) * fx;
        let lower = get(here + self.width) + (get(here + self.width + 1) - get(here + self.width)) * fx;
        upper + (lower - upper) * fy
    }
}

/// Bytes that are no fingerprint, or one of another method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these bytes are no fingerprint of this version")]
pub struct Foreign;

impl Fingerprint {
    /// The ink, decoded.
    #[must_use]
    pub fn ink(&self) -> Ink {
        code::decode(&self.coded, usize::from(self.frame.width), usize::from(self.frame.height))
    }

    /// As stored: a few dozen bytes, the sheet, the ink.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let f = &self.frame;
        let mut out = vec![VERSION];
        out.extend(f.width.to_le_bytes());
        out.extend(f.height.to_le_bytes());
        for value in [f.scale, f.tilt_deg, f.origin.0, f.origin.1] {
            out.extend(value.to_le_bytes());
        }
        let sheet = code::encode(&self.sheet);
        out.extend((sheet.len() as u16).to_le_bytes());
        out.extend(sheet);
        out.extend(&self.coded);
        out
    }

    /// Reads what [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`Foreign`] for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Foreign> {
        let mut rest = bytes;
        let mut take = |count: usize| {
            let (head, tail) = rest.split_at_checked(count).ok_or(Foreign)?;
            rest = tail;
            Ok::<&[u8], Foreign>(head)
        };
        if take(1)? != [VERSION] {
            return Err(Foreign);
        }
        let short = |b: &[u8]| u16::from_le_bytes([b[0], b[1]]);
        let long = |b: &[u8]| [b[0], b[1], b[2], b[3]];
        let (width, height) = (short(take(2)?), short(take(2)?));
        let mut values = [0.0; 4];
        for value in &mut values {
            *value = f32::from_le_bytes(long(take(4)?));
        }
        let sane = values.iter().all(|v| v.is_finite()) && values[0] > 0.0;
        if !sane || f32::from(width) * f32::from(height) > 2.0 * MOST_PIXELS {
            return Err(Foreign);
        }
        let length = usize::from(short(take(2)?));
        let squares = |side: u16| usize::from(side).div_ceil(SQUARE_PX);
        let sheet = code::decode(take(length)?, squares(width), squares(height));
        let frame = Frame { width, height, scale: values[0], tilt_deg: values[1], origin: (values[2], values[3]) };
        Ok(Self { frame, sheet, coded: rest.to_vec() })
    }
}
