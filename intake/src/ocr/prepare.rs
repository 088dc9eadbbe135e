//! A page as the reader likes it: the desk around it painted over, light evened, straight, letters of the height it reads best.
//!
//! Tesseract's Persian model reads ten-point print at 200 dpi best and is worse both below and at 300 dpi, so
//! the height of the letters decides, not the nominal resolution.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use sanad_checks::legibility::Marks;
use sanad_checks::legibility::ink::reduce;
use sanad_checks::legibility::tilt::{Tilt, fan};
use sanad_checks::page::{Luma, Region};

use super::level::Lie;
use super::light::even;
use super::rules::unruled;

/// Height of small letters that the reader likes best, pixels: ten points at 200 dpi.
pub(super) const BODY_PX: f32 = 19.0;
/// The page is never made larger or smaller than this for the reader.
pub(super) const SCALES: (f32, f32) = (0.4, 3.0);
/// Most pixels handed to the reader.
const MOST_PIXELS: f32 = 9_000_000.0;
/// A scale this near to one is left alone.
const NEAR_ONE: f32 = 0.06;
/// A tilt under this does no harm, degrees.
const LEVEL_DEG: f32 = 0.25;
/// A tilt over this is not believed: the page has no clear lines.
const STEEP_DEG: f32 = 20.0;

/// The page as the reader of words is given it: light evened, straight, without rules and desk, letters of the height that it
/// reads best.
#[must_use]
pub fn for_words(page: &Luma) -> Luma {
    Prepared::of(page, &Layout::of(&Marks::of(page))).luma
}

/// How a page's writing lies on it: all that making it ready takes from its marks.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    /// Full-size pixels a side of an analysis pixel; what follows is in those.
    step: usize,
    /// Height of small letters.
    body: f32,
    /// How the lines lie.
    lie: Lie,
    /// The desk around the sheet.
    around: Vec<Region>,
}

impl Layout {
    /// The layout of the page with these marks.
    pub(crate) fn of(marks: &Marks) -> Self {
        let Marks { map, sheet, text, tilt, .. } = marks;
        let tilt = tilt.unwrap_or_default();
        let tilt_deg = if (LEVEL_DEG..STEEP_DEG).contains(&tilt.deg.abs()) { tilt.deg } else { 0.0 };
        let known = Tilt { deg: tilt_deg, ..tilt };
        let (tilt_deg, fan_deg) = fan(text, &known, (map.width, map.height)).unwrap_or((tilt_deg, 0.0));
        let around = sheet.around(map.width, map.height);
        Self { step: map.scale, body: text.body, lie: Lie { tilt_deg, fan_deg }, around }
    }
}

/// A page made ready, and the way back to its own pixels.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    /// What the reader sees.
    pub(crate) luma: Luma,
    scale: f32,
    /// How the lines lay.
    lie: Lie,
    width: usize,
    height: usize,
}

impl Prepared {
    /// Makes a page ready that lies so.
    pub(crate) fn of(page: &Luma, layout: &Layout) -> Self {
        let Layout { step, body, lie, .. } = *layout;
        let reduced = reduce(page, step);
        let mut scale = if body > 1.0 { (BODY_PX / body).clamp(SCALES.0, SCALES.1) } else { 1.0 };
        if (scale - 1.0).abs() < NEAR_ONE {
            scale = 1.0;
        }
        scale = scale.min((MOST_PIXELS / (reduced.width() * reduced.height()) as f32).sqrt());
        let mut lit = even(&reduced, body);
        // evened like paper, the grain of a table is a page full of letters
        layout.around.iter().for_each(|place| whiten(&mut lit, *place));
        let scaled = resized(&lit, scale);
        let mut luma = lie.levelled(&scaled);
        unruled(&mut luma, BODY_PX);
        Self { luma, scale: scale / step as f32, lie, width: page.width(), height: page.height() }
    }

    /// The region of the page's own pixels that a region of the prepared picture shows.
    pub(crate) fn back(&self, region: Region) -> Region {
        let (x, y) = (region.x as f32, region.y as f32);
        let (w, h) = (region.width as f32, region.height as f32);
        let (cx, cy) = self.point_back(x + w / 2.0, y + h / 2.0);
        let (w, h) = (w / self.scale, h / self.scale);
        let clamp = |v: f32, most: usize| v.round().clamp(0.0, most as f32) as u32;
        let (left, top) = (clamp(cx - w / 2.0, self.width), clamp(cy - h / 2.0, self.height));
        let (right, bottom) = (clamp(cx + w / 2.0, self.width), clamp(cy + h / 2.0, self.height));
        Region::new(left, top, (right - left).max(1), (bottom - top).max(1))
    }

    fn point_back(&self, x: f32, y: f32) -> (f32, f32) {
        let (x, y) = self.lie.back((x, y), &self.luma);
        (x / self.scale, y / self.scale)
    }
}

/// Makes a place white.
fn whiten(luma: &mut Luma, place: Region) {
    let (width, x) = (luma.width(), place.x as usize);
    for y in place.y as usize..(place.y + place.height) as usize {
        luma.pixels_mut()[y * width + x..y * width + x + place.width as usize].fill(255);
    }
}

/// The picture at another size; as it is where the resizer refuses.
pub(crate) fn resized(luma: &Luma, scale: f32) -> Luma {
    let side = |v: usize| ((v as f32 * scale).round() as u32).max(1);
    let (width, height) = (side(luma.width()), side(luma.height()));
    if (width as usize, height as usize) == (luma.width(), luma.height()) {
        return luma.clone();
    }
    let filter = if scale < 1.0 { FilterType::Bilinear } else { FilterType::CatmullRom };
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filter));
    let mut out = Image::new(width, height, PixelType::U8);
    let source = ImageRef::new(luma.width() as u32, luma.height() as u32, luma.pixels(), PixelType::U8);
    let done = source.is_ok_and(|source| Resizer::new().resize(&source, &mut out, &options).is_ok());
    let made = done.then(|| Luma::new(width as usize, height as usize, out.into_vec())).flatten();
    made.unwrap_or_else(|| luma.clone())
}

/// A part of a picture, with white where the region reaches over the edge.
pub(crate) fn cut(luma: &Luma, region: Region) -> Luma {
    let mut out = Luma::filled(region.width as usize, region.height as usize, 255);
    let width = out.width();
    for y in 0..region.height as usize {
        let from_y = region.y as usize + y;
        if from_y >= luma.height() {
            break;
        }
        let x1 = (region.x as usize + width).min(luma.width());
        let row = &luma.row(from_y)[(region.x as usize).min(x1)..x1];
        out.pixels_mut()[y * width..y * width + row.len()].copy_from_slice(row);
    }
    out
}

/// A region with so much more at its sides, and above and below, inside the picture.
pub(crate) fn grown(region: Region, beside: u32, above: u32, picture: &Luma) -> Region {
    region.grown(beside, above, (picture.width() as u32, picture.height() as u32))
}

/// A picture with so many pixels of white around it.
pub(crate) fn framed(luma: &Luma, pad: usize) -> Luma {
    let mut out = Luma::filled(luma.width() + 2 * pad, luma.height() + 2 * pad, 255);
    let width = out.width();
    for y in 0..luma.height() {
        let to = (y + pad) * width + pad;
        out.pixels_mut()[to..to + luma.width()].copy_from_slice(luma.row(y));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_find_their_way_back() {
        let prepared =
            Prepared { luma: Luma::filled(800, 600, 255), scale: 2.0, lie: Lie::default(), width: 400, height: 300 };
        assert_eq!(prepared.back(Region::new(100, 60, 40, 20)), Region::new(50, 30, 20, 10));
        let tilted = Prepared { lie: Lie { tilt_deg: 10.0, fan_deg: 0.0 }, ..prepared };
        let middle = tilted.back(Region::new(390, 290, 20, 20));
        assert_eq!(middle, Region::new(195, 145, 10, 10));
        // a point right of the middle lay lower on a page tilted clockwise
        assert!(tilted.back(Region::new(690, 290, 20, 20)).y > 160);
    }

    /// A bright sheet with rows of angles like letters on a dark grained desk.
    fn photo() -> Luma {
        let (width, height) = (640, 960);
        let mut page = Luma::filled(width, height, 0);
        for y in 0..height {
            for x in 0..width {
                let sheet = (64..576).contains(&x) && (64..896).contains(&y);
                let angle = x % 16 < 7 && y % 40 < 14 && (x % 16 < 3 || y % 40 > 10);
                let letter = (112..528).contains(&x) && (120..840).contains(&y) && angle;
                let grain = ((x * 7 + y * 13) % 23) as u8;
                page.pixels_mut()[y * width + x] = match (sheet, letter) {
                    (false, _) => 40 + grain,
                    (true, true) => 30,
                    (true, false) => 220,
                };
            }
        }
        page
    }

    #[test]
    fn the_desk_becomes_paper_and_what_is_on_the_sheet_stays() {
        let prepared = Prepared::of(&photo(), &Layout::of(&Marks::of(&photo())));
        let seen = |x: f32, y: f32| prepared.luma.at((x * prepared.scale) as usize, (y * prepared.scale) as usize);
        for (x, y) in [(20.0, 20.0), (620.0, 500.0), (300.0, 940.0), (60.0, 300.0)] {
            assert_eq!(seen(x, y), 255, "desk at {x}, {y}");
        }
        assert!(seen(113.0, 127.0) < 100 && seen(513.0, 807.0) < 100, "the letters");
    }

    #[test]
    fn a_frame_is_white_all_round() {
        let framed = framed(&Luma::filled(3, 2, 7), 2);
        assert_eq!((framed.width(), framed.height()), (7, 6));
        assert_eq!((framed.at(1, 1), framed.at(2, 2), framed.at(4, 3), framed.at(5, 3)), (255, 7, 7, 255));
    }

    #[test]
    fn a_cut_over_the_edge_is_filled_with_white() {
        let cut = cut(&Luma::filled(10, 10, 7), Region::new(8, 8, 4, 4));
        assert_eq!((cut.at(0, 0), cut.at(3, 3)), (7, 255));
    }
}
