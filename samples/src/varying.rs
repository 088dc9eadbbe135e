//! What differs between the papers of one form, and how much of it a capture cut away.
//!
//! Of two captures of one paper nobody can say more than that they agree where both show it. Where one of them lacks
//! something that differs on other papers of the form, that is to be known when it is judged what was said of the pair.

use image::RgbImage;

use crate::again::{Capture, PaperCopy};
use crate::degrade::Map;
use crate::error::SampleError;
use crate::faces::Fonts;

/// Dots an inch that papers are compared at: a figure has a dozen pixels or more.
const DPI: u32 = 60;
/// Brightness of a pixel must differ by so much.
const APART: u8 = 48;

/// Places that are not the same on all papers of a form.
#[derive(Clone, Debug)]
pub struct Varying {
    /// Column and row at [`DPI`].
    places: Vec<(u32, u32)>,
}

impl Varying {
    /// Of papers on one form.
    ///
    /// # Errors
    /// As drawing a paper.
    pub fn of(fonts: &Fonts, papers: &[&PaperCopy]) -> Result<Self, SampleError> {
        let Some((first, others)) = papers.split_first() else { return Ok(Self { places: vec![] }) };
        let first = first.clean(fonts, DPI)?;
        let mut differs = vec![false; (first.width() * first.height()) as usize];
        for other in others {
            let other = other.clean(fonts, DPI)?;
            // papers of one form are of one size
            for (differs, (one, other)) in differs.iter_mut().zip(first.pixels().zip(other.pixels())) {
                *differs |= one.0[1].abs_diff(other.0[1]) >= APART;
            }
        }
        Ok(Self { places: set(&differs, &first) })
    }

    /// How many of the places, pixels at 60 dots an inch, lie beyond the edges of a capture.
    #[must_use]
    pub fn beyond(&self, capture: &Capture) -> usize {
        let scale = f64::from(capture.dpi) / f64::from(DPI);
        let there = Map::from_rows(capture.homography);
        let (w, h) = (f64::from(capture.size.0), f64::from(capture.size.1));
        let outside = |&&(x, y): &&(u32, u32)| {
            let (x, y) = there.apply((f64::from(x) + 0.5) * scale, (f64::from(y) + 0.5) * scale);
            x < 0.0 || y < 0.0 || x >= w || y >= h
        };
        self.places.iter().filter(outside).count()
    }
}

fn set(differs: &[bool], page: &RgbImage) -> Vec<(u32, u32)> {
    let at = (0..page.height()).flat_map(|y| (0..page.width()).map(move |x| (x, y)));
    at.zip(differs).filter(|(_, differs)| **differs).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::again::{Change, Recapture, recapture, template};
    use crate::holdout::Split;

    #[test]
    fn a_crop_cuts_away_what_lies_beyond_it_and_a_whole_scan_nothing() {
        let fonts = Fonts::load(&[]).expect("the faces are installed");
        let form = template(Split::Fit, 5, 7).expect("planned");
        let one = PaperCopy::of_person(&form, 0);
        let papers = [&one, &PaperCopy::of_person(&form, 1), &one.but_for(Change::Date, 3)];
        let varying = Varying::of(&fonts, &papers).expect("drawn");
        assert!(varying.places.len() > 100, "{}", varying.places.len());
        let whole = recapture(&fonts, &one, Recapture::Original, Split::Fit, 4).expect("drawn");
        assert_eq!(varying.beyond(&whole), 0);
        // the upper half alone, as if the lower one had been cut off
        let half = Capture { size: (whole.size.0, whole.size.1 / 2), ..whole };
        let lost = varying.beyond(&half);
        assert!(lost > 0 && lost < varying.places.len(), "{lost} of {}", varying.places.len());
        let crop = recapture(&fonts, &one, Recapture::Crop, Split::Fit, 4).expect("drawn");
        assert!(crop.size.0 < whole.size.0 * 3, "a crop has a size of its own");
    }
}
