//! The signs by which a tile of text is known to be readable: ratios that mean something, each the better the larger.
//!
//! Most are logarithms of ratios, so that one measure serves scans and photos of any size. What a sign is worth, and
//! from where on more of it adds nothing, is fitted (`readability.rs`); here it is only measured.

use super::sheet::{Sheet, Tile};
use super::swallowed::Swallowed;
use crate::registry::Factor;

/// Number of signs.
pub const SIGNS: usize = 24;

/// The signs' names in the fitted model, and the factor whose loss each of them tells. [`Factor::None`] marks the
/// symptoms: they fall whatever the cause.
pub const NAMES: [(&str, Factor); SIGNS] = [
    ("body_per_edge", Factor::Sharpness),
    ("body_per_widest_edge", Factor::Sharpness),
    ("body", Factor::Size),
    ("contrast_per_noise", Factor::Contrast),
    ("stroke_contrast_per_noise", Factor::Contrast),
    ("separation", Factor::None),
    ("contrast_per_floor", Factor::Contrast),
    ("contrast", Factor::Contrast),
    ("contrast_of_paper", Factor::Contrast),
    ("modulation", Factor::Sharpness),
    ("few_specks", Factor::Contrast),
    ("few_shreds", Factor::Contrast),
    ("contrast_per_jpeg_step", Factor::Damage),
    ("contrast_per_block_step", Factor::Damage),
    ("openness", Factor::Damage),
    ("stroke_per_edge", Factor::Sharpness),
    ("shades", Factor::Damage),
    ("letters_per_stray", Factor::None),
    ("dot_per_edge", Factor::Sharpness),
    ("palest_per_floor", Factor::Contrast),
    ("palest_of_paper", Factor::Contrast),
    ("stroke", Factor::Size),
    ("few_faded", Factor::Contrast),
    ("reader", Factor::None),
];

/// Edges are not measured narrower than this, pixels.
const NARROWEST_EDGE: f32 = 0.8;
/// Noise that whole levels of brightness have of themselves, levels: no page is freer of it.
const ROUNDING: f32 = 0.5;
/// Thinnest stroke, pixels.
const THINNEST_STROKE: f32 = 0.5;
/// Openness of a page with shades: letters cannot run full unseen there, logarithm.
const OPEN: f32 = 2.5;
/// The sign of dots where none were found, logarithm.
const NO_DOTS: f32 = -0.5;
/// Letters for each stray one, above which more say nothing, logarithm.
const FEW_STRAYS: f32 = 3.0;

/// One tile's signs.
#[derive(Clone, Copy, Debug)]
pub struct TileSigns {
    /// How much text it holds.
    pub weight: f32,
    /// In the order of [`NAMES`].
    pub signs: [f32; SIGNS],
}

/// What the estimate is asked about a page; measured once, so that fitting need not measure again.
#[derive(Clone, Debug, Default)]
pub struct PageSigns {
    /// Its tiles.
    pub tiles: Vec<TileSigns>,
    /// Share of the lines that are cut by an edge of the picture, 0–1.
    pub cut_lines: f32,
    /// Share of the text that is gone, 0–1.
    pub lost: f32,
    /// Share of the text that fades under a reflection, 0–1.
    pub fading: f32,
}

impl PageSigns {
    /// Takes the signs of a measured page; `reader` is how sure a reader of words was of a few lines.
    #[must_use]
    pub fn of(sheet: &Sheet, glare: &Swallowed, reader: Option<f32>) -> Self {
        let whole = WholePage::of(sheet, reader);
        Self {
            tiles: sheet.tiles.iter().map(|t| TileSigns { weight: t.weight, signs: whole.signs(sheet, t) }).collect(),
            cut_lines: super::crop::cut_lines(sheet),
            lost: glare.lost.max(super::crop::lost_share(sheet)),
            fading: (glare.share - glare.lost).max(0.0),
        }
    }
}

/// Signs that the tiles of a page share.
struct WholePage {
    jpeg_step: f32,
    letters_per_stray: f32,
    few_faded: f32,
    reader: f32,
}

impl WholePage {
    fn of(sheet: &Sheet, reader: Option<f32>) -> Self {
        let letters = sheet.text.letters.len() as f32;
        Self {
            jpeg_step: sheet.jpeg_step,
            few_faded: -(sheet.text.faded as f32 / letters.max(1.0) + 0.05).ln(),
            reader: reader.unwrap_or(1.0),
            letters_per_stray: ((letters + 1.0) / (sheet.text.strays as f32 + 1.0)).ln().min(FEW_STRAYS),
        }
    }

    fn signs(&self, sheet: &Sheet, tile: &Tile) -> [f32; SIGNS] {
        let (edge, widest) = (tile.edges.mean().max(NARROWEST_EDGE), tile.edges.widest().max(NARROWEST_EDGE));
        let (body, stroke) = (tile.body_px.max(1.0), tile.stroke_px.max(THINNEST_STROKE));
        let (contrast, noise) = (tile.contrast + 1.0, tile.noise);
        // an enlarged letter has as many pixels as its edges were wide before
        let true_body = body / if sheet.enlarged { edge.max(1.0) } else { 1.0 };
        let dot = sheet.dot_px();
        [
            (body / edge).ln(),
            (body / widest).ln(),
            true_body.ln(),
            (contrast / (noise + ROUNDING)).ln(),
            (contrast * stroke.sqrt() / (noise + ROUNDING)).ln(),
            tile.between.separation.max(0.1).ln(),
            (contrast / (tile.between.floor + ROUNDING)).ln(),
            contrast.ln(),
            (contrast / (tile.paper + 1.0)).ln(),
            tile.edges.modulation,
            -(tile.between.specks + 0.3).ln(),
            -(tile.between.shreds + 0.05).ln(),
            (contrast / (self.jpeg_step + 1.0)).ln(),
            (contrast / (sheet.blocking + ROUNDING)).ln(),
            if sheet.bilevel { (body / stroke).ln() } else { OPEN },
            (stroke / edge).ln(),
            if sheet.bilevel { 0.0 } else { 1.0 },
            self.letters_per_stray,
            if dot > 0.0 { (dot.max(1.0) / edge).ln() } else { NO_DOTS },
            ((tile.palest + 1.0) / (tile.between.floor + ROUNDING)).ln(),
            ((tile.palest + 1.0) / (tile.paper + 1.0)).ln(),
            (stroke / if sheet.enlarged { edge.max(1.0) } else { 1.0 }).ln(),
            self.few_faded,
            self.reader,
        ]
    }
}
