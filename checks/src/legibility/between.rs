//! What lies between the letters, and how far the letters stand out of it: show-through, ringing, grain, dirt.
//!
//! The noise of the paper (`ink.rs`) is taken from the brighter half of each block, where ink cannot disturb it;
//! what shines through from the back, what compression rings around each stroke and what a copier strews lies on
//! the *dark* side and among the letters, so it is measured there: in the letters' own boxes and a little around.

use super::blobs::Blob;
use super::ink::InkMap;
use super::text::Text;

/// The boxes are grown by this share of the body height.
const MARGIN: f32 = 0.25;
/// Runs of ink shorter than this share of the stroke are shreds.
const SHRED_SHARE: f32 = 0.5;

/// What was found between the letters of a tile.
#[derive(Clone, Copy, Debug, Default)]
pub struct Between {
    /// Depth of ink over depth of what is not ink, in standard deviations of both (Fisher's criterion).
    pub separation: f32,
    /// Root mean square depth of what is not ink, levels.
    pub floor: f32,
    /// Share of the runs of ink that are shorter than a stroke, 0–1.
    pub shreds: f32,
    /// Dots and dirt per letter's width of one body height.
    pub specks: f32,
}

/// Sums over the pixels of a tile's letters.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    count: f32,
    depth: f32,
    square: f32,
}

impl Sums {
    fn add(&mut self, depth: u8) {
        let depth = f32::from(depth);
        self.count += 1.0;
        self.depth += depth;
        self.square += depth * depth;
    }

    fn mean(self) -> f32 {
        self.depth / self.count.max(1.0)
    }

    fn variance(self) -> f32 {
        (self.square / self.count.max(1.0) - self.mean().powi(2)).max(0.0)
    }
}

/// Measures around these letters of the text.
#[must_use]
pub fn between<'a>(map: &InkMap, text: &Text, letters: impl Iterator<Item = &'a Blob>) -> Between {
    let margin = (text.body * MARGIN).max(1.0) as usize;
    let shred = text.stroke * SHRED_SHARE;
    let (mut ink, mut gap) = (Sums::default(), Sums::default());
    let (mut runs, mut short) = (0_u32, 0_u32);
    for letter in letters {
        let limit = map.threshold.at_pixel(letter.x0 as usize, letter.y0 as usize) as u8;
        let (x0, x1) = ((letter.x0 as usize).saturating_sub(margin), (letter.x1 as usize + margin).min(map.width));
        let (y0, y1) = ((letter.y0 as usize).saturating_sub(margin), (letter.y1 as usize + margin).min(map.height));
        for y in y0..y1 {
            let mut run = 0_usize;
            for &depth in &map.depth[y * map.width + x0..y * map.width + x1] {
                if depth > limit {
                    ink.add(depth);
                    run += 1;
                } else {
                    gap.add(depth);
                    if run > 0 {
                        runs += 1;
                        short += u32::from((run as f32) < shred);
                        run = 0;
                    }
                }
            }
        }
    }
    Between {
        separation: (ink.mean() - gap.mean()) / (ink.variance() + gap.variance()).sqrt().max(1.0),
        floor: (gap.square / gap.count.max(1.0)).sqrt(),
        shreds: short as f32 / runs.max(1) as f32,
        specks: 0.0,
    }
}
