//! Lines that fade away before their end: a reflection or burnt-out light on white paper leaves no other trace.
//!
//! On grey paper a reflection is seen by its brightness (`swallowed.rs`). On paper that is white all over only the
//! writing tells: towards the reflection the letters of a line grow paler one after another until none is left,
//! while other lines of the page go on.

use super::blobs::Blob;
use super::grid::{Grid, percentile};
use super::text::Text;
use crate::page::Region;

/// Letters of a line at least: fewer say nothing about how they fade.
const MIN_LINE: usize = 6;
/// The last letters of a line that must grow paler ...
const FADING: usize = 4;
/// ... down to this share of the line's own strong letters.
const PALE: f32 = 0.5;
const STRONG_PERCENTILE: f32 = 0.8;
/// A line ends early when this much is left to where other lines end, body heights.
const EARLY_BODIES: f32 = 4.0;
/// Share of the lines that end before the usual end of lines.
const USUAL_END: f32 = 0.9;
/// Paper this bright hides a reflection; where it is darker, a shadow or a stain fades the writing, and it is still there.
const WHITE: f32 = 250.0;
/// Lines that must fade at one side: one may end in a word of thinner print.
const MIN_LINES: usize = 2;

/// What faded away at the ends of lines.
#[derive(Clone, Debug, Default)]
pub struct Faded {
    /// Share of the text that is gone, 0–1.
    pub lost: f32,
    /// Where it stood, analysis pixels.
    pub regions: Vec<Region>,
}

/// Finds the lines that fade away; `paper` is its brightness.
#[must_use]
pub fn faded(text: &Text, paper: &Grid) -> Faded {
    let mut lines = text.by_line();
    lines.retain(|line| line.len() >= MIN_LINE);
    lines.iter_mut().for_each(|line| line.sort_unstable_by_key(|b| b.x0 + b.x1));
    let written: f32 = lines.iter().map(|line| width(line)).sum();
    let mut found = Faded::default();
    let mut gone = 0.0;
    for left in [true, false] {
        let mut ends: Vec<f32> = lines.iter().map(|line| end(line, left) as f32).collect();
        let usual = percentile(&mut ends, if left { 1.0 - USUAL_END } else { USUAL_END });
        let early = |line: &&Vec<Blob>| {
            (end(line, left) as f32 - usual).abs() > EARLY_BODIES * text.body && fades(line, left, paper)
        };
        let early: Vec<&Vec<Blob>> = lines.iter().filter(early).collect();
        if early.len() < MIN_LINES {
            continue;
        }
        for line in early {
            let (from, to) = (usual.min(end(line, left) as f32), usual.max(end(line, left) as f32));
            gone += to - from;
            let last = if left { line[0] } else { line[line.len() - 1] };
            found.regions.push(Region::new(from as u32, last.y0, (to - from) as u32, last.height()));
        }
    }
    found.lost = gone / (written + gone).max(1.0);
    found
}

fn width(line: &[Blob]) -> f32 {
    (end(line, false) - end(line, true)) as f32
}

fn end(line: &[Blob], left: bool) -> u32 {
    if left { line[0].x0 } else { line[line.len() - 1].x1 }
}

/// Whether the letters grow paler towards this end.
fn fades(line: &[Blob], left: bool, paper: &Grid) -> bool {
    let brightness = |b: &Blob| paper.at_pixel(b.centre().0 as usize, b.centre().1 as usize);
    let last = if left { line[0] } else { line[line.len() - 1] };
    if brightness(&last) < WHITE {
        return false;
    }
    let mut depths: Vec<f32> = line.iter().map(|b| b.depth / brightness(b).max(1.0)).collect();
    let strong = percentile(&mut depths.clone(), STRONG_PERCENTILE);
    if left {
        depths.reverse();
    }
    let last = &depths[depths.len() - FADING..];
    let falling = last.windows(2).filter(|pair| pair[1] < pair[0]).count();
    last[FADING - 1] < PALE * strong && falling + 1 >= FADING - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Luma;

    /// Ten lines of twenty letters on white paper; `gone(line, letter)` is the share of its depth that a letter lost.
    fn lines(gone: impl Fn(u32, u32) -> f32) -> Text {
        let mut text = Text { body: 12.0, lines: 10, ..Text::default() };
        for (line, place) in (0..10).flat_map(|line| (0..20).map(move |place| (line, place))) {
            let depth = 200.0 * (1.0 - gone(line, place));
            if depth > 20.0 {
                let (x, y) = (40 + place * 18, 40 + line * 30);
                text.letters.push(Blob { x0: x, y0: y, x1: x + 14, y1: y + 12, area: 80, perimeter: 60, depth });
                text.line_of.push(line);
            }
        }
        text
    }

    fn white() -> Grid {
        crate::legibility::ink::InkMap::of(&Luma::filled(440, 360, 254)).paper
    }

    #[test]
    fn lines_that_fade_into_white_are_lost_from_there() {
        // a spot at the left of the lower half: its middle is white, its rim pale
        let spot = |line: u32, place: u32| if line < 5 { 0.0 } else { (1.6 - place as f32 / 8.0).clamp(0.0, 1.0) };
        let found = faded(&lines(spot), &white());
        assert!((0.05..0.25).contains(&found.lost) && found.regions.len() >= 2, "{found:?}");
        assert!(found.regions.iter().all(|r| r.y > 180 && r.x < 120), "{found:?}");
    }

    #[test]
    fn short_lines_and_even_pages_are_whole() {
        assert!(faded(&lines(|_, _| 0.0), &white()).regions.is_empty());
        let short = |line: u32, place: u32| if line.is_multiple_of(3) && place < 9 { 1.0 } else { 0.0 };
        assert!(faded(&lines(short), &white()).regions.is_empty());
        assert!(faded(&Text::default(), &white()).lost.abs() < f32::EPSILON);
    }

    #[test]
    fn a_shadow_takes_nothing() {
        let grey = crate::legibility::ink::InkMap::of(&Luma::filled(440, 360, 200)).paper;
        let spot = |_: u32, place: u32| (1.6 - place as f32 / 8.0).clamp(0.0, 1.0);
        assert!(faded(&lines(spot), &grey).regions.is_empty());
    }
}
