//! Findings drawn on the page: a tint over the spot and a frame around it, by severity.

use sanad_checks::finding::{Finding, Severity};
use sanad_checks::page::Region;

use crate::raster::Rgb;

/// Share of the tint in the colour under it, in 1/256.
const TINT: u32 = 56;

const FRAME_PX: usize = 3;

/// A spot over more of the page than this share (in percent) is framed only: a tint over everything
/// would mark nothing and hide much.
const TINTED_PERCENT: usize = 60;

const fn colour(severity: Severity) -> [u8; 3] {
    match severity {
        Severity::Info => [30, 100, 200],
        Severity::Warn => [230, 150, 0],
        Severity::Reject => [205, 30, 30],
    }
}

/// Draws the regions of the findings; `page_width` is the width that the regions refer to. Worse
/// findings are drawn later and so lie on top.
pub(super) fn draw(mut picture: Rgb, page_width: usize, findings: &[Finding]) -> Rgb {
    let scale = picture.width as f64 / page_width.max(1) as f64;
    let mut findings: Vec<&Finding> = findings.iter().collect();
    findings.sort_by_key(|finding| finding.severity);
    for finding in findings {
        for &region in &finding.regions {
            spot(&mut picture, region, scale, colour(finding.severity));
        }
    }
    picture
}

fn spot(picture: &mut Rgb, region: Region, scale: f64, colour: [u8; 3]) {
    let near = |length: u32| (f64::from(length) * scale).floor() as usize;
    let far = |start: u32, length: u32| ((f64::from(start) + f64::from(length)) * scale).ceil() as usize;
    let (left, right) = (near(region.x), far(region.x, region.width).min(picture.width));
    let (top, bottom) = (near(region.y), far(region.y, region.height).min(picture.height));
    let area = right.saturating_sub(left) * bottom.saturating_sub(top);
    let inside = if area * 100 > picture.width * picture.height * TINTED_PERCENT { 0 } else { TINT };
    for y in top..bottom {
        for x in left..right {
            let inner = x >= left + FRAME_PX && x + FRAME_PX < right && y >= top + FRAME_PX && y + FRAME_PX < bottom;
            let share = if inner { inside } else { 256 };
            let at = (y * picture.width + x) * 3;
            for (under, over) in picture.pixels[at..at + 3].iter_mut().zip(colour) {
                *under = ((u32::from(*under) * (256 - share) + u32::from(over) * share) >> 8) as u8;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use sanad_checks::finding::FindingBuilder;
    use sanad_checks::page::Luma;

    use super::*;

    #[test]
    fn a_region_is_framed_and_tinted_and_the_rest_untouched() {
        let white = Rgb::from_luma(&Luma::filled(100, 100, 255));
        let finding = FindingBuilder::new("LEG-BLUR", Severity::Reject)
            .regions(vec![Region::new(40, 40, 40, 40), Region::new(190, 190, 500, 500)])
            .build()
            .unwrap();
        let drawn = draw(white, 200, &[finding]);
        let at = |x: usize, y: usize| [0, 1, 2].map(|c| drawn.pixels[(y * 100 + x) * 3 + c]);
        assert_eq!(at(10, 10), [255; 3]);
        assert_eq!(at(20, 20), [205, 30, 30]);
        assert!(at(30, 30)[0] > 230 && at(30, 30)[1] < 230, "{:?}", at(30, 30));
    }
}
