//! A second look at places of which the finder is unsure: the same place, drawn a little larger and by itself. What two
//! looks agree on is more often so than what one saw; the mean of both is how sure the finder is then.

use sanad_checks::page::{Luma, Region};

use super::finder::Finder;
use super::guesses::{Guess, guesses, nearness, of_union};
use crate::ocr::cut;
use crate::picture::{self, PictureError};
use crate::raster::Rgb;

/// A guess between these is looked at again: on held-out pages about one a page.
const UNSURE: (f32, f32) = (0.4, 0.8);
/// Guesses of a kind that are looked at again at most, the surest ones.
const MOST: usize = 5;
/// What comes less near to being a mark than this is not looked at again for its lack to be told.
const LEAST_NEAR: f64 = 0.1;
/// How much larger the place is drawn, and how far around its middle, pixels of the small page: a cell sees 240 on each side.
const LARGER: f32 = 1.15;
const AROUND: f32 = 224.0;
/// What is seen at the second look is the same mark if it shares so much of the union.
const SAME: f32 = 0.4;

/// A guess, and how sure the finder was at the second look where there was one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Looked {
    pub(super) guess: Guess,
    pub(super) again: Option<f32>,
}

/// Guesses by both looks, the surest first.
pub(super) fn by_both(looked: &[Looked]) -> Vec<Guess> {
    let both = |one: &Looked| match one.again {
        Some(again) => Guess { sure: (one.guess.sure + again) / 2.0, ..one.guess },
        None => one.guess,
    };
    let mut guesses: Vec<Guess> = looked.iter().map(both).collect();
    guesses.sort_by(|a, b| b.sure.total_cmp(&a.sure));
    guesses
}

/// A page that may be looked at again.
pub(super) struct Eye<'p> {
    pub(super) finder: &'p Finder,
    pub(super) luma: &'p Luma,
    pub(super) colour: Option<&'p Rgb>,
    /// How bright its paper is.
    pub(super) paper: [f32; 3],
    /// Its pixels along one of the small page.
    pub(super) scale: f32,
}

impl Eye<'_> {
    /// Guesses of one kind in their order, the unsure ones looked at again.
    ///
    /// # Errors
    /// When a smaller copy cannot be made.
    pub(super) fn looked(&self, seen: Vec<Guess>, kind: usize) -> Result<Vec<Looked>, PictureError> {
        let mut looked: Vec<Looked> = seen.into_iter().map(|guess| Looked { guess, again: None }).collect();
        let unsure = |one: &&mut Looked| (UNSURE.0..UNSURE.1).contains(&one.guess.sure);
        for one in looked.iter_mut().filter(unsure).take(MOST) {
            one.again = Some(self.again(&one.guess, kind)?);
        }
        Ok(looked)
    }

    /// How near a page on which no mark was found comes to bearing one, by its surest guess: a mark is not denied by one
    /// look where a second may see it. Stamps under signatures are seen so.
    ///
    /// # Errors
    /// When a smaller copy cannot be made.
    pub(super) fn nearness(&self, surest: &Looked, kind: usize) -> Result<f64, PictureError> {
        let first = nearness(surest.guess.sure);
        if first < LEAST_NEAR {
            return Ok(first);
        }
        let again = surest.again.map_or_else(|| self.again(&surest.guess, kind), Ok)?;
        Ok((first + nearness(again)) / 2.0)
    }

    /// How sure the finder is at the second look.
    fn again(&self, guess: &Guess, kind: usize) -> Result<f32, PictureError> {
        let place = self.around(guess);
        let (small, scale) = self.drawn(place)?;
        let said = self.finder.look(&small, self.paper);
        // The first look's box as the second look's pixels.
        let corner = [place.x, place.y, place.x, place.y].map(|v| v as f32);
        let area = std::array::from_fn(|at| (guess.area[at] * self.scale - corner[at]) / scale);
        let same = guesses(&said, kind).into_iter().filter(|other| of_union(other.area, area) > SAME);
        Ok(same.map(|other| other.sure).fold(0.0, f32::max))
    }

    /// The part of the page around a guess's middle, page pixels.
    fn around(&self, guess: &Guess) -> Region {
        let side = |low: usize, most: usize| {
            let middle = (guess.area[low] + guess.area[low + 2]) / 2.0;
            let inside = |v: f32| ((v * self.scale).max(0.0) as usize).min(most) as u32;
            let (from, to) = (inside(middle - AROUND), inside(middle + AROUND));
            (from, to.saturating_sub(from).max(1))
        };
        let ((x, width), (y, height)) = (side(0, self.luma.width() - 1), side(1, self.luma.height() - 1));
        Region::new(x, y, width, height)
    }

    /// A part of the page as the finder likes it, and its page pixels along one of the drawing.
    fn drawn(&self, place: Region) -> Result<(Rgb, f32), PictureError> {
        let long = place.width.max(place.height) as f32;
        let side = (long * LARGER / self.scale).round().max(1.0) as usize;
        let small = match self.colour {
            Some(rgb) => picture::coloured(&rgb.cut(place), side)?,
            None => Rgb::from_luma(&picture::small(&cut(self.luma, place), side)?),
        };
        let scale = place.width as f32 / small.width as f32;
        Ok((small, scale))
    }
}
