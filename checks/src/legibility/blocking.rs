//! The block pattern that strong JPEG compression leaves: steps every eight pixels.

use crate::page::Luma;

/// Side of a JPEG block, pixels.
const BLOCK: usize = 8;
/// Every so many rows are looked at.
const ROW_STEP: usize = 5;
/// Differences above this are edges of the content, not of blocks; levels.
const CONTENT_STEP: i32 = 40;

/// Mean step at the strongest of the eight phases over the mean of the others, levels; 0 without a pattern.
///
/// A page that was a JPEG in its present size has its blocks at phase 7 or, after a turn, at one other;
/// any phase is accepted, so the strongest must stand out.
#[must_use]
pub fn blocking(luma: &Luma, jpeg: bool) -> f32 {
    if luma.width() < 4 * BLOCK || luma.height() < 4 * BLOCK {
        return 0.0;
    }
    let (mut sums, mut counts) = ([0_u64; BLOCK], [0_u64; BLOCK]);
    for y in (1..luma.height()).step_by(ROW_STEP) {
        let row = luma.row(y);
        for group in row.windows(BLOCK + 1).step_by(BLOCK) {
            for phase in 0..BLOCK {
                let step = (i32::from(group[phase + 1]) - i32::from(group[phase])).abs();
                if step < CONTENT_STEP {
                    sums[phase] += step as u64;
                    counts[phase] += 1;
                }
            }
        }
    }
    let mut means: Vec<f32> = sums.iter().zip(counts).map(|(&s, c)| s as f32 / c.max(1) as f32).collect();
    let at_border = means[BLOCK - 1];
    means.sort_unstable_by(f32::total_cmp);
    let strongest = if jpeg { at_border.max(means[BLOCK - 1]) } else { means[BLOCK - 1] };
    (strongest - means[BLOCK / 2]).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_every_eight_pixels_are_found_at_any_phase() {
        for phase in [0, 3, 7] {
            let mut luma = Luma::filled(256, 64, 0);
            for y in 0..64 {
                for x in 0..256 {
                    luma.pixels_mut()[y * 256 + x] = if ((x + phase) / 8) % 2 == 0 { 200 } else { 190 };
                }
            }
            assert!(blocking(&luma, true) > 5.0, "phase {phase}");
        }
        assert!(blocking(&Luma::filled(256, 64, 200), true).abs() < f32::EPSILON);
    }
}
