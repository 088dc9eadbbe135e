//! Lines whose letters stand at even steps, as those of a machine-readable zone do: found by their ink alone, so that a
//! zone is looked at whatever the reader of words made of it.

use sanad_checks::legibility::Marks;
use sanad_checks::legibility::blobs::Blob;
use sanad_checks::page::Region;

/// Fewest pieces of ink on a line; some letters of thirty may be joined or lost.
const FEWEST: usize = 16;
/// Fewest steps from the first letter to the last: the shortest zone has thirty.
const STEPS: (f32, f32) = (24.0, 50.0);
/// Two letters are at most this many steps apart.
const MOST_SKIPPED: f32 = 4.0;
/// A letter may stand off its place by this share of a step ...
const OFF: f32 = 0.2;
/// ... and this share of the letters must not.
const EVEN: f32 = 0.72;
/// Steps of a zone are between these shares of its letters' height.
const PITCH: (f32, f32) = (0.55, 1.6);
/// Lines of one zone follow each other within this many heights.
const LEADING: f32 = 4.0;

/// A zone's lines from the top, and the height of its letters, in the pixels of the picture.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pitched {
    pub(super) lines: Vec<Region>,
    pub(super) height: u32,
}

/// What may be zones, from the top.
pub(super) fn pitched(marks: &Marks) -> Vec<Pitched> {
    let (text, scale) = (&marks.text, marks.map.scale as u32);
    let mut found: Vec<(Region, u32)> = text.by_line().iter_mut().filter_map(|line| even(line)).collect();
    found.sort_by_key(|(region, _)| (region.y, region.x));
    let mut zones: Vec<Pitched> = Vec::new();
    for (region, height) in found {
        let (region, height) = (region.times(scale), height * scale);
        let follows = |zone: &&mut Pitched| {
            zone.lines.last().is_some_and(|last| {
                let near = region.y < last.y + last.height + (LEADING * height as f32) as u32;
                near && region.x.abs_diff(last.x) < 4 * height && region.width.abs_diff(last.width) < region.width / 3
            })
        };
        match zones.iter_mut().rev().find(follows) {
            Some(zone) => zone.lines.push(region),
            None => zones.push(Pitched { lines: vec![region], height }),
        }
    }
    zones
}

/// The line and the height of its letters, analysis pixels, where its letters stand at even steps.
fn even(line: &mut [Blob]) -> Option<(Region, u32)> {
    if line.len() < FEWEST {
        return None;
    }
    line.sort_unstable_by_key(|blob| blob.x0);
    // Pieces of one letter lie over each other.
    let mut letters: Vec<Region> = Vec::with_capacity(line.len());
    for blob in line.iter() {
        let here = Region::new(blob.x0, blob.y0, blob.width(), blob.height());
        match letters.last_mut().filter(|last| here.x + here.width / 2 < last.x + last.width) {
            Some(last) => *last = last.union(here),
            None => letters.push(here),
        }
    }
    let middle = |r: &Region| r.x as f32 + r.width as f32 / 2.0;
    let mut gaps: Vec<f32> = letters.windows(2).map(|two| middle(&two[1]) - middle(&two[0])).collect();
    if gaps.len() + 1 < FEWEST {
        return None;
    }
    let between = gaps.clone();
    gaps.sort_unstable_by(f32::total_cmp);
    let rough = gaps[gaps.len() / 2].max(1.0);
    // The step that the whole steps between letters make on the average.
    let (mut sum, mut count) = (0.0, 0.0);
    for gap in between.iter().filter(|gap| **gap < MOST_SKIPPED * rough) {
        let steps = (gap / rough).round();
        if steps >= 1.0 && (gap / rough - steps).abs() <= OFF {
            (sum, count) = (sum + gap, count + steps);
        }
    }
    let step = if count > 0.0 { sum / count } else { return None };
    let fits = |gap: &&f32| {
        let steps = **gap / step;
        steps < MOST_SKIPPED && steps.round() >= 1.0 && (steps - steps.round()).abs() <= OFF
    };
    let share = between.iter().filter(fits).count() as f32 / between.len() as f32;
    let mut heights: Vec<u32> = letters.iter().map(|r| r.height).collect();
    heights.sort_unstable();
    let height = heights[heights.len() * 3 / 4].max(1);
    let all = letters.iter().copied().reduce(Region::union)?;
    let steps = all.width as f32 / step;
    let shaped = (PITCH.0..=PITCH.1).contains(&(step / height as f32));
    (share >= EVEN && shaped && (STEPS.0..=STEPS.1).contains(&steps)).then_some((all, height))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sanad_checks::page::Luma;

    /// Lines of letters like an `E`, at these places.
    fn page(lines: &[(usize, Vec<usize>)]) -> Marks {
        let mut luma = Luma::filled(900, 300, 240);
        for (top, xs) in lines {
            for x in xs {
                for y in 0..16 {
                    let wide = if y % 7 < 2 { 9 } else { 3 };
                    luma.pixels_mut()[(top + y) * 900 + x..(top + y) * 900 + x + wide].fill(20);
                }
            }
        }
        Marks::of(&luma)
    }

    #[test]
    fn two_even_lines_are_one_zone() {
        let even: Vec<usize> = (0..36).map(|i| 40 + 18 * i).collect();
        let zones = pitched(&page(&[(100, even.clone()), (140, even)]));
        assert_eq!(zones.len(), 1, "{zones:?}");
        assert_eq!(zones[0].lines.len(), 2);
        assert!(zones[0].lines[0].near(Region::new(40, 100, 640, 16), 2), "{zones:?}");
    }

    #[test]
    fn letters_at_uneven_steps_are_none() {
        let mut x = 40;
        let uneven: Vec<usize> = (0..36)
            .map(|i| {
                x += [13, 22, 16, 31, 18, 14, 27][i % 7];
                x
            })
            .collect();
        assert!(pitched(&page(&[(100, uneven)])).is_empty());
    }
}
