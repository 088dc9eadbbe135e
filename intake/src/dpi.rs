//! Which resolution tags to believe.
//!
//! Cameras and screen tools write 72 or 96 into every file and scanners write the truth, so a tag
//! is believed only when the page it implies has the size of a paper that offices really scan.

/// Resolutions that scanners offer lie in this range.
const BELIEVABLE_DPI: std::ops::RangeInclusive<f32> = 100.0..=1200.0;

/// Sizes of papers in inches (short side, long side): A3, A4, A5, A6, letter, legal, passport spread,
/// passport page, identity card, bank card as the scan area.
const PAPERS_IN: [(f32, f32); 9] = [
    (11.69, 16.54),
    (8.27, 11.69),
    (5.83, 8.27),
    (4.13, 5.83),
    (8.5, 11.0),
    (8.5, 14.0),
    (4.92, 6.93),
    (3.46, 4.92),
    (2.13, 3.37),
];

/// Share by which a side may differ from the paper: scanners trim or add a few millimetres.
const SIDE_TOLERANCE: f32 = 0.06;

/// The resolution, where the tag and the size of the page in pixels make sense together.
pub(crate) fn believable(dpi: Option<(f32, f32)>, width_px: usize, height_px: usize) -> Option<f32> {
    let (x, y) = dpi?;
    if !BELIEVABLE_DPI.contains(&x) || !BELIEVABLE_DPI.contains(&y) {
        return None;
    }
    let (width, height) = (width_px as f32 / x, height_px as f32 / y);
    let (short, long) = if width < height { (width, height) } else { (height, width) };
    let fits = |side: f32, paper: f32| (side / paper - 1.0).abs() <= SIDE_TOLERANCE;
    PAPERS_IN.iter().any(|&(s, l)| fits(short, s) && fits(long, l)).then_some((x * y).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scanner_is_believed_and_a_camera_is_not() {
        assert_eq!(believable(Some((300.0, 300.0)), 2480, 3508), Some(300.0));
        assert_eq!(believable(Some((300.0, 300.0)), 3508, 2480), Some(300.0));
        assert_eq!(believable(Some((72.0, 72.0)), 3000, 4000), None);
        assert_eq!(believable(Some((300.0, 300.0)), 3000, 4000), None);
        assert_eq!(believable(None, 2480, 3508), None);
    }
}
