//! The figures of a crop, each cut out by itself.

use sanad_checks::page::{Luma, Region};

use super::Look;
use super::ring::{borne_out, closed};
use crate::ocr::number::{NumberReading, ReadSign};
use crate::pieces::{Piece, pieces};

/// Cells across and down in which a figure's ink is compared.
const GRID: (usize, usize) = (10, 14);
/// A piece wider than this many heights of its number is no figure.
const WIDEST: f32 = 1.4;
/// A digit's ink may lie this far from where it was heard, in heights of the crop.
const REACH: f32 = 0.15;

/// A figure of a crop.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    /// Number of the look.
    pub(super) look: usize,
    /// Number of the digit in the look's text.
    pub(super) place: usize,
    /// Ink, cell by cell, of the figure's own box.
    pub(super) ink: Vec<f32>,
    /// Height and width of its box, and its middle under the top of the number, in heights of the number.
    pub(super) shape: [f32; 3],
    /// Share of each digit, as the reader heard it and its ring bears out.
    pub(super) shares: [f32; 10],
}

impl Figure {
    /// How unlike two figures are: 0 for the same print, about 1 for another figure.
    pub(super) fn unlike(&self, other: &Self) -> f32 {
        let pairs = || self.ink.iter().zip(&other.ink);
        let (apart, all) = pairs().fold((0.0, 1.0f32), |(apart, all), (a, b)| (apart + (a - b).abs(), all + a.max(*b)));
        let shape: f32 = self.shape.iter().zip(&other.shape).map(|(a, b)| (a - b).abs()).sum();
        apart / all + shape
    }
}

/// The digits of a reading's text in their order, as signs with their places.
fn digits_of(reading: &NumberReading) -> Option<Vec<&ReadSign>> {
    let mut words: Vec<Vec<&ReadSign>> = Vec::new();
    for sign in &reading.chars {
        if sign.word >= words.len() {
            words.resize(sign.word + 1, Vec::new());
        }
        words[sign.word].push(sign);
    }
    // A Persian date is said from the right.
    if reading.chars.iter().any(|sign| sign.sign.is_ascii_uppercase()) {
        words.reverse();
    }
    let digits: Vec<&ReadSign> = words.into_iter().flatten().filter(|sign| sign.sign.is_ascii_digit()).collect();
    let said = reading.text.chars().filter(char::is_ascii_digit);
    said.eq(digits.iter().map(|sign| sign.sign)).then_some(digits)
}

/// The joined pieces of ink of a crop, and for each pixel the number of its piece from 1 on, 0 for paper.
struct Pieces {
    all: Vec<Piece>,
    labels: Vec<usize>,
    width: usize,
}

impl Pieces {
    fn of(crop: &Luma) -> Self {
        /// Ink is darker than this share of the way from its darkest to the paper.
        const LIMIT: f32 = 0.55;
        /// Least difference of ink and paper, levels.
        const LEAST: f32 = 30.0;
        let (width, height) = (crop.width(), crop.height());
        let mut sorted = crop.pixels().to_vec();
        sorted.sort_unstable();
        let at =
            |percent: usize| sorted.get(sorted.len().saturating_sub(1) * percent / 100).map_or(0.0, |v| f32::from(*v));
        let (dark, paper) = (at(3), at(80));
        let limit = if paper - dark > LEAST { dark + LIMIT * (paper - dark) } else { -1.0 };
        let (all, runs) = pieces(width, height, |i| f32::from(crop.pixels()[i]) < limit);
        let mut labels = vec![0usize; width * height];
        for run in runs {
            labels[run.y * width + run.x0..run.y * width + run.x1].fill(run.piece + 1);
        }
        Self { all, labels, width }
    }

    /// The piece in which, or nearest to which, a sign was heard.
    fn nearest(&self, sign: &ReadSign, reach: f32) -> Option<usize> {
        let heard = (sign.span.0 + sign.span.1) / 2.0;
        let off = |at: usize| {
            let (x0, x1) = (self.all[at].x0 as f32, self.all[at].x1 as f32);
            (x0 - heard).max(heard - x1).max(0.0)
        };
        let aside = |at: usize| (heard - (self.all[at].x0 + self.all[at].x1) as f32 / 2.0).abs();
        let near = (0..self.all.len()).filter(|at| off(*at) <= reach);
        near.min_by(|a, b| off(*a).total_cmp(&off(*b)).then(aside(*a).total_cmp(&aside(*b))))
    }

    /// Ink of a piece over its box, cell by cell.
    fn cells(&self, at: usize) -> Vec<f32> {
        let piece = self.all[at];
        let (w, h) = (piece.width() as f32, piece.height() as f32);
        let mut out = Vec::with_capacity(GRID.0 * GRID.1);
        for row in 0..GRID.1 {
            let rows = (h * row as f32 / GRID.1 as f32, h * (row + 1) as f32 / GRID.1 as f32);
            for column in 0..GRID.0 {
                let columns = (w * column as f32 / GRID.0 as f32, w * (column + 1) as f32 / GRID.0 as f32);
                let (mut ink, mut all) = (0.0, 1e-6);
                for y in rows.0 as usize..(rows.1.ceil() as usize).min(piece.height()) {
                    for x in columns.0 as usize..(columns.1.ceil() as usize).min(piece.width()) {
                        let part = shared(rows, y) * shared(columns, x);
                        let label = self.labels[(piece.y0 + y) * self.width + piece.x0 + x];
                        all += part;
                        ink += if label == at + 1 { part } else { 0.0 };
                    }
                }
                out.push(ink / all);
            }
        }
        out
    }
}

/// Length that a stretch shares with the pixel that begins at `at`.
fn shared((from, to): (f32, f32), at: usize) -> f32 {
    (to.min((at + 1) as f32) - from.max(at as f32)).max(0.0)
}

/// The figures of a look whose digits have a piece of ink each.
pub(super) fn figures(number: usize, look: &Look) -> Vec<Figure> {
    let Some(digits) = digits_of(&look.reading) else { return Vec::new() };
    let ink = Pieces::of(&look.crop);
    let reach = REACH * look.crop.height() as f32;
    let owners: Vec<Option<usize>> = digits.iter().map(|sign| ink.nearest(sign, reach)).collect();
    let alone = |at: &usize| owners.iter().flatten().filter(|other| *other == at).count() == 1;
    let boxes = || owners.iter().flatten().map(|at| ink.all[*at]);
    let high = boxes().map(|piece| piece.height()).max().unwrap_or(1).max(1) as f32;
    let tall = |piece: &Piece| piece.height() as f32 > 0.7 * high;
    let top = boxes().filter(tall).map(|piece| piece.y0).min().unwrap_or(0) as f32;
    let mut out = Vec::new();
    for (place, (owner, sign)) in owners.iter().zip(&digits).enumerate() {
        let (Some(at), Some(shares)) = (owner.filter(alone), sign.digits) else { continue };
        let piece = ink.all[at];
        let (w, h) = (piece.width() as f32, piece.height() as f32);
        if w <= WIDEST * high {
            let middle = (piece.y0 + piece.y1) as f32 / 2.0;
            let shape = [h / high, w / high, (middle - top) / high];
            let area = Region::new(piece.x0 as u32, piece.y0 as u32, piece.width() as u32, piece.height() as u32);
            let shares = borne_out(shares, closed(&look.crop, area));
            out.push(Figure { look: number, place, ink: ink.cells(at), shape, shares });
        }
    }
    out
}
