//! The estimated share of the characters that a good reader still gets right.
//!
//! Each tile of text is readable as far as its sharpness, its size, its contrast against the noise and
//! its freedom from damage allow: a product of S-curves, each over the logarithm of one ratio that means
//! something (letter height per edge width, pixels per letter, ink depth per noise, …). The page is the
//! mean over its tiles, weighted by the text they hold, less what is no longer in the picture. The
//! product form keeps the estimate monotone in every measure and names its own causes: the factor that
//! costs most is the reason. The curves' positions and slopes are fitted by `make fit` against the
//! character errors of a reader on generated papers.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::sheet::{Sheet, Tile};
use super::swallowed::Swallowed;
use crate::registry::Factor;

/// An S-curve over the logarithm of a ratio.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Curve {
    /// The ratio at which half is lost.
    pub half: f32,
    /// How steep, per unit of the natural logarithm.
    pub slope: f32,
}

impl Curve {
    fn at(self, ratio: f32) -> f32 {
        let x = (ratio.max(1e-6) / self.half).ln() * self.slope;
        1.0 / (1.0 + (-x).exp())
    }
}

/// The fitted model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Body height over edge width.
    pub sharpness: Curve,
    /// Body height in pixels.
    pub size: Curve,
    /// Ink depth over noise, times the square root of the stroke's thickness.
    pub contrast: Curve,
    /// Ink depth, levels: a picture keeps whole levels only, and compression fewer.
    pub depth: Curve,
    /// Stroke thickness over dirt: specks per letter, turned round.
    pub cleanness: Curve,
    /// Ink depth over JPEG block steps.
    pub blocks: Curve,
    /// Body height over stroke thickness where pixels are only black or white: letters that ran full.
    pub openness: Curve,
    /// Noise that is always there (rounding to whole levels), levels.
    pub noise_floor: f32,
    /// Weight of the widest edge direction against the mean of all.
    pub widest_weight: f32,
    /// Share of a cut line that is lost with each cut letter.
    pub cut_loss: f32,
    /// Share of fading text under glare that is lost.
    pub fade_loss: f32,
}

static FITTED: LazyLock<Model> = LazyLock::new(|| {
    toml::from_str(include_str!("readability.toml")).expect("the fitted model in the binary is valid")
});

/// The model that is built in.
#[must_use]
pub fn fitted() -> &'static Model {
    &FITTED
}

/// A page's readability and what each factor costs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Readability {
    /// 0–1.
    pub value: f32,
    /// Weighted means over the tiles: sharpness, size, contrast, damage; then presence.
    pub factors: [f32; 5],
}

impl Readability {
    /// The factor's value, 1 where it costs nothing.
    #[must_use]
    pub const fn factor(&self, factor: Factor) -> f32 {
        match factor {
            Factor::Sharpness => self.factors[0],
            Factor::Size => self.factors[1],
            Factor::Contrast => self.factors[2],
            Factor::Damage => self.factors[3],
            Factor::Presence => self.factors[4],
            Factor::None => 1.0,
        }
    }

    /// Of a page with hardly a letter; `ghost` where writing is left that is too weak to be called ink.
    #[must_use]
    pub const fn blank(ghost: bool) -> Self {
        let [contrast, presence] = if ghost { [0.0, 1.0] } else { [1.0, 0.0] };
        Self { value: 0.0, factors: [1.0, 1.0, contrast, 1.0, presence] }
    }

    /// The same of a picture that was enlarged: what its soft edges cost it lost for want of pixels.
    #[must_use]
    pub const fn for_want_of_pixels(self) -> Self {
        let [sharpness, size, contrast, damage, presence] = self.factors;
        Self { factors: [1.0, sharpness * size, contrast, damage, presence], ..self }
    }

    /// The factor that costs most.
    #[must_use]
    pub fn worst(&self) -> Factor {
        [Factor::Presence, Factor::Sharpness, Factor::Size, Factor::Contrast, Factor::Damage]
            .into_iter()
            .min_by(|a, b| self.factor(*a).total_cmp(&self.factor(*b)))
            .unwrap_or(Factor::None)
    }
}

/// What the model is asked about one tile; made once, so that fitting need not measure again.
#[derive(Clone, Copy, Debug)]
pub struct TileRatios {
    weight: f32,
    body: f32,
    mean_edge: f32,
    widest_edge: f32,
    contrast: f32,
    noise: f32,
    stroke: f32,
    /// Height of the letters in the pixels they were taken with.
    true_body: f32,
}

/// What the model is asked about a page.
#[derive(Clone, Debug)]
pub struct PageRatios {
    tiles: Vec<TileRatios>,
    specks: f32,
    blocking: f32,
    bilevel: bool,
    cut_lines: f32,
    lost: f32,
    fading: f32,
}

impl PageRatios {
    /// Takes the model's questions from the measured page.
    #[must_use]
    pub fn of(sheet: &Sheet, glare: &Swallowed) -> Self {
        let cut = super::crop::cut_letters(sheet).len() as f32;
        let ratios = |t: &Tile| TileRatios {
            weight: t.weight,
            body: t.body_px.max(1.0),
            mean_edge: t.edges.mean().max(0.8),
            widest_edge: t.edges.widest().max(0.8),
            contrast: t.contrast,
            noise: t.noise,
            stroke: (t.stroke_px / sheet.map.scale as f32).max(0.5),
            // an enlarged letter has as many pixels as its edges were wide before
            true_body: t.body_px / if sheet.enlarged { t.edges.mean().max(1.0) } else { 1.0 },
        };
        Self {
            tiles: sheet.tiles.iter().map(ratios).collect(),
            specks: sheet.specks_per_letter(),
            blocking: sheet.blocking,
            bilevel: sheet.bilevel,
            cut_lines: (cut / (sheet.text.lines.max(1)) as f32).min(1.0),
            lost: glare.lost.max(super::crop::lost_share(sheet)),
            fading: (glare.share - glare.lost).max(0.0),
        }
    }
}

impl Model {
    /// Readability of a page; 0 where it has no text.
    #[must_use]
    pub fn judge(&self, page: &PageRatios) -> Readability {
        let all: f32 = page.tiles.iter().map(|t| t.weight).sum();
        if all <= 0.0 {
            return Readability { value: 0.0, factors: [1.0, 1.0, 1.0, 1.0, 0.0] };
        }
        let mut sums = [0.0_f32; 4];
        let mut readable = 0.0;
        for tile in &page.tiles {
            let factors = self.tile(tile, page);
            for (sum, factor) in sums.iter_mut().zip(factors) {
                *sum += tile.weight * factor;
            }
            readable += tile.weight * factors.iter().product::<f32>();
        }
        let presence =
            (1.0 - page.lost) * (1.0 - self.fade_loss * page.fading) * (1.0 - self.cut_loss * page.cut_lines);
        let [sharpness, size, contrast, damage] = sums.map(|s| s / all);
        Readability {
            value: (readable / all * presence).clamp(0.0, 1.0),
            factors: [sharpness, size, contrast, damage, presence],
        }
    }

    /// For each tile, whether most of its characters are lost.
    #[must_use]
    pub fn lost_tiles(&self, page: &PageRatios) -> Vec<bool> {
        const LOST: f32 = 0.5;
        page.tiles.iter().map(|tile| self.tile(tile, page).iter().product::<f32>() < LOST).collect()
    }

    fn tile(&self, tile: &TileRatios, page: &PageRatios) -> [f32; 4] {
        let edge = tile.mean_edge + (tile.widest_edge - tile.mean_edge) * self.widest_weight;
        let snr = tile.contrast * tile.stroke.sqrt() / (tile.noise + self.noise_floor);
        let blocks = if page.blocking > 0.0 { self.blocks.at(tile.contrast / page.blocking) } else { 1.0 };
        let open = if page.bilevel { self.openness.at(tile.body / (tile.stroke.max(0.5))) } else { 1.0 };
        let clean = self.cleanness.at(1.0 / page.specks.max(0.01));
        [
            self.sharpness.at(tile.body / edge),
            self.size.at(tile.true_body),
            self.contrast.at(snr) * clean * self.depth.at(tile.contrast),
            blocks * open,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_rise_and_pass_a_half_where_they_say() {
        let curve = Curve { half: 4.0, slope: 3.0 };
        assert!((curve.at(4.0) - 0.5).abs() < 1e-6);
        assert!(curve.at(8.0) > 0.85 && curve.at(2.0) < 0.15);
    }
}
