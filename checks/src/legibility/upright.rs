//! Which way up the page stands.
//!
//! Whether it lies on its side is told by the lines: letters pile up on lines along the way they are
//! written and not across it. Whether it is upside down is told by what is not symmetrical in Persian
//! and Latin print: the tall strokes stand above the baseline, where most of the ink of a line lies;
//! more dots stand above it than below; lines begin at one margin and end anywhere. Each cue is weak;
//! together, weighted by a fit on generated pages, they are sure on a page of text. A page that is not
//! sure stays as it is: turning an upright page would be the worse mistake.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::blobs::Blob;
use super::ink::InkMap;
use super::marks::Marks;
use super::text::{Text, candidates, text};
use super::tilt::{Tilt, tilt};

/// Fewest letters for an answer.
const MIN_LETTERS: usize = 30;

/// The fitted weights.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Of the cues of [`Cues::values`], for upside down.
    pub cues: [f32; CUES],
    /// Lines must stand out this much better across than along before a page is laid on its side.
    pub side_ratio: f32,
    /// The weighted cues must be this far below zero before a page is turned upside down ...
    pub margin: f32,
    /// ... and the reach of the ink alone must say so by this much, and the dots must not gainsay it.
    pub min_ascent: f32,
    /// Print that joins its letters less than this is mostly Latin and is left as it stands.
    pub min_joined: f32,
}

/// Number of cues.
pub const CUES: usize = 4;

static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| toml::from_str(include_str!("upright.toml")).expect("the weights in the binary are valid"));

/// What tells up from down; each is positive on an upright page and changes its sign when the page is turned.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cues {
    /// Reach of the ink above the baseline against below, −1 to 1.
    pub ascent: f32,
    /// Dots above the baseline against below, −1 to 1.
    pub dots: f32,
    /// Right margin straighter than the left, −1 to 1.
    pub margin: f32,
    /// Bottoms of the letters aligned better than their tops, −1 to 1.
    pub feet: f32,
    /// Mean width over height of the joined parts: Persian joins its letters, Latin print does not. No
    /// cue of its own; where print is mostly Latin the others do not hold.
    pub joined: f32,
}

impl Cues {
    /// All cues in the order of the weights.
    #[must_use]
    pub const fn values(&self) -> [f32; CUES] {
        [self.ascent, self.dots, self.margin, self.feet]
    }
}

/// Clockwise degrees (0, 90, 180, 270) that the content stands turned; 0 where that is not sure.
#[must_use]
pub fn find_turn(marks: &Marks) -> u16 {
    let (lies, upright_cues) = look(marks, WEIGHTS.side_ratio);
    let Some((cues, letters)) = upright_cues else { return 0 };
    let upside_down =
        letters >= MIN_LETTERS && if lies { score(&cues, &WEIGHTS) < 0.0 } else { sure_upside_down(&cues, &WEIGHTS) };
    match (lies, upside_down) {
        (false, false) => 0,
        (false, true) => 180,
        // looked at after a quarter turn to the right: content that then stands upright was turned to the left
        (true, false) => 270,
        (true, true) => 90,
    }
}

/// All cues agree: the price of turning an upright page is higher than that of leaving a turned one.
#[must_use]
pub fn sure_upside_down(cues: &Cues, weights: &Weights) -> bool {
    score(cues, weights) < -weights.margin
        && cues.ascent < -weights.min_ascent
        && cues.dots < 0.0
        && cues.joined >= weights.min_joined
}

/// The weighted cues: positive for upright.
#[must_use]
pub fn score(cues: &Cues, weights: &Weights) -> f32 {
    cues.values().iter().zip(weights.cues).map(|(c, w)| c * w).sum()
}

/// Whether the page lies on its side, and its cues once it is laid level; none without enough letters.
#[must_use]
pub fn look(marks: &Marks, side_ratio: f32) -> (bool, Option<(Cues, usize)>) {
    let map = &marks.map;
    let (turned_shaped, turned_found) = (turn_right(&marks.shaped, map.height), turn_right(&marks.blobs, map.height));
    let turned_shaped = candidates(&turned_shaped, map.height, map.width);
    let across = text(&turned_shaped, &turned_found);
    let across_tilt = tilt(&across);
    let lies = lines_stand_out(&across, across_tilt) > side_ratio * lines_stand_out(&marks.text, marks.tilt);
    let (text, tilt, blobs) =
        if lies { (&across, across_tilt, &turned_found) } else { (&marks.text, marks.tilt, &marks.blobs) };
    if text.letters.len() < MIN_LETTERS {
        return (lies, None);
    }
    (lies, Some((cues(text, tilt, blobs, map, lies), text.letters.len())))
}

/// How well letters pile up on lines, weighted by how much of the writing stands in lines.
fn lines_stand_out(text: &Text, tilt: Option<Tilt>) -> f32 {
    let clarity = tilt.map_or(1.0, |t| t.clarity);
    let wide = text.letters.iter().map(|b| b.width() as f32 / (b.width() + b.height()) as f32).sum::<f32>();
    clarity * clarity * wide
}

/// Boxes after a quarter turn of the page to the right (clockwise).
fn turn_right(blobs: &[Blob], height: usize) -> Vec<Blob> {
    let h = height as u32;
    blobs.iter().map(|b| Blob { x0: h - b.y1, x1: h - b.y0, y0: b.x0, y1: b.x1, ..*b }).collect()
}

fn cues(text: &Text, tilt: Option<Tilt>, all: &[Blob], map: &InkMap, turned: bool) -> Cues {
    let lines = lines(text);
    let tilt = tilt.map_or(0.0, |t| t.deg).to_radians();
    let mut sums = [(0.0_f32, 0.0_f32); 3];
    let mut by_row: Vec<Vec<&Blob>> = vec![Vec::new(); map.width.max(map.height) / BAND + 1];
    for blob in all {
        by_row[blob.centre().1 as usize / BAND].push(blob);
    }
    for line in &lines {
        let band = Band::of(line, text.body, tilt, map, turned);
        let Some(peak) = band.peak() else { continue };
        let (up, down) = band.reach(peak);
        sums[0] = (sums[0].0 + up - down, sums[0].1 + up + down);
        let (above, below) = band.dots(peak, text.body, &by_row);
        sums[1] = (sums[1].0 + above - below, sums[1].1 + above + below);
        let (feet, heads) = band.aligned(line, text.body);
        sums[2] = (sums[2].0 + feet - heads, sums[2].1 + feet + heads);
    }
    let share = |(difference, sum): (f32, f32)| if sum > 0.0 { difference / sum } else { 0.0 };
    Cues {
        ascent: share(sums[0]),
        dots: share(sums[1]),
        margin: margins(&lines, text.body),
        feet: share(sums[2]),
        joined: joined(&text.letters),
    }
}

fn joined(letters: &[Blob]) -> f32 {
    let aspect = |b: &Blob| (b.width() as f32 / b.height() as f32).min(4.0);
    letters.iter().map(aspect).sum::<f32>() / letters.len().max(1) as f32
}

/// Rows of the index of blobs, analysis pixels.
const BAND: usize = 32;

fn lines(text: &Text) -> Vec<Vec<Blob>> {
    let mut lines = text.by_line();
    lines.retain(|line| line.len() >= MIN_LINE_LETTERS);
    lines
}

/// Shorter lines say little.
const MIN_LINE_LETTERS: usize = 4;

/// Straightness of the right margin against the left: lines begin at one and end anywhere.
fn margins(lines: &[Vec<Blob>], body: f32) -> f32 {
    let ragged = |mut ends: Vec<f32>| {
        ends.sort_unstable_by(f32::total_cmp);
        let near = |v: &f32| ends.iter().filter(|o| (*o - v).abs() < body).count() as f32;
        ends.iter().map(near).sum::<f32>() / (ends.len().max(1) as f32).powi(2)
    };
    let right = ragged(lines.iter().map(|l| l.iter().map(|b| b.x1).max().unwrap_or(0) as f32).collect());
    let left = ragged(lines.iter().map(|l| l.iter().map(|b| b.x0).min().unwrap_or(0) as f32).collect());
    if right + left > 0.0 { (right - left) / (right + left) } else { 0.0 }
}

/// The ink of one line by rows, laid level.
struct Band {
    rows: Vec<f32>,
    top: f32,
    slope: f32,
    left: f32,
    right: f32,
}

impl Band {
    fn of(line: &[Blob], body: f32, tilt: f32, map: &InkMap, turned: bool) -> Self {
        let left = line.iter().map(|b| b.x0).min().unwrap_or(0) as f32;
        let right = line.iter().map(|b| b.x1).max().unwrap_or(0) as f32;
        let slope = tilt.tan();
        let level = |x: f32, y: f32| y - (x - left) * slope;
        let top = line.iter().map(|b| level(b.centre().0, b.y0 as f32)).fold(f32::INFINITY, f32::min);
        let bottom = line.iter().map(|b| level(b.centre().0, b.y1 as f32)).fold(0.0, f32::max);
        let mut rows = vec![0.0; ((bottom - top).max(0.0) as usize + 2).min((body * 6.0) as usize + 2)];
        for blob in line {
            for y in blob.y0..blob.y1 {
                for x in blob.x0..blob.x1 {
                    let (px, py) =
                        if turned { (y as usize, map.height - 1 - x as usize) } else { (x as usize, y as usize) };
                    let depth = f32::from(map.depth[py * map.width + px]);
                    let row = (level(x as f32, y as f32) - top) as usize;
                    if depth > map.threshold.at_pixel(px, py) && row < rows.len() {
                        rows[row] += 1.0;
                    }
                }
            }
        }
        Self { rows, top, slope, left, right }
    }

    /// The row with most ink, between rows.
    fn peak(&self) -> Option<f32> {
        let smooth = |i: usize| self.rows[i] * 2.0 + self.rows[i - 1] + self.rows[i + 1];
        let best = (1..self.rows.len().checked_sub(1)?).max_by(|&a, &b| smooth(a).total_cmp(&smooth(b)))?;
        Some(best as f32 + 0.5)
    }

    /// Squared reach of the ink above and below the row, summed.
    fn reach(&self, peak: f32) -> (f32, f32) {
        let mut reach = (0.0, 0.0);
        for (i, &ink) in self.rows.iter().enumerate() {
            let distance = i as f32 + 0.5 - peak;
            if distance < 0.0 {
                reach.0 += ink * distance * distance;
            } else {
                reach.1 += ink * distance * distance;
            }
        }
        reach
    }

    fn dots(&self, peak: f32, body: f32, by_row: &[Vec<&Blob>]) -> (f32, f32) {
        let mut counts = (0.0, 0.0);
        let height = self.rows.len() as f32;
        let first = (self.top.max(0.0) as usize / BAND).saturating_sub(1);
        let last = ((self.top + height + (self.right - self.left) * self.slope.abs()).max(0.0) as usize / BAND + 1)
            .min(by_row.len() - 1);
        for blob in by_row[first.min(last)..=last].iter().flatten() {
            let (x, y) = blob.centre();
            let row = y - (x - self.left) * self.slope - self.top;
            let small = blob.width().max(blob.height()) as f32 <= 0.45 * body && blob.area >= 3;
            if small && (self.left..=self.right).contains(&x) && row > -0.4 * body && row < height + 0.4 * body {
                if row < peak { counts.0 += 1.0 } else { counts.1 += 1.0 }
            }
        }
        counts
    }

    /// How many letters share the commonest foot and the commonest head of the line.
    fn aligned(&self, line: &[Blob], body: f32) -> (f32, f32) {
        let level = |x: f32, y: f32| y - (x - self.left) * self.slope;
        let commonest = |ends: Vec<f32>| {
            ends.iter().map(|v| ends.iter().filter(|o| (*o - v).abs() < 0.12 * body).count()).max().unwrap_or(0) as f32
        };
        let feet = commonest(line.iter().map(|b| level(b.centre().0, b.y1 as f32)).collect());
        let heads = commonest(line.iter().map(|b| level(b.centre().0, b.y0 as f32)).collect());
        (feet, heads)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Luma;

    #[test]
    fn weak_or_contrary_cues_leave_the_page_as_it_is() {
        let weights = *WEIGHTS;
        let down = Cues { ascent: -0.6, dots: -0.3, margin: -0.3, feet: -0.1, joined: 1.3 };
        assert!(sure_upside_down(&down, &weights));
        assert!(!sure_upside_down(&Cues { dots: 0.2, ..down }, &weights));
        assert!(!sure_upside_down(&Cues { joined: 0.7, ..down }, &weights));
        assert!(!sure_upside_down(&Cues::default(), &weights));
    }

    #[test]
    fn an_empty_page_is_not_turned() {
        assert_eq!(find_turn(&Marks::of(&Luma::filled(300, 200, 250))), 0);
    }
}
