//! The estimated share of the characters that a good reader still gets right.
//!
//! Each tile of text gives some twenty signs (`signs.rs`). Between the value below which a sign is as bad as can be
//! and the one from which more of it adds nothing, it counts as a share of 0–1; a small network of weights that are
//! never negative puts the shares together, so the estimate rises with every sign and no sign can make up for much
//! of another by being better than good. The page is the mean over its tiles, weighted by the text they hold, less
//! what is no longer in the picture. What a factor costs is asked by supposing its signs good. The weights are
//! fitted by `make fit` against the character errors of a reader on generated papers. Monotone networks after Sill,
//! "Monotonic networks" (1998); learning tiles from the truth of whole pages is multiple-instance regression.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::signs::{NAMES, PageSigns, SIGNS};
use crate::registry::Factor;

/// Where a sign begins to count and where it is good enough.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The sign, of [`NAMES`].
    pub sign: String,
    /// As bad as can be from here down.
    pub bad: f32,
    /// Good enough from here up.
    pub good: f32,
}

/// A unit that puts the signs together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Weight of each sign, not negative.
    pub weights: Vec<f32>,
    /// Added to their sum.
    pub bias: f32,
    /// What the unit counts in the answer, not negative.
    pub counts: f32,
}

/// The fitted model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Added to the answer.
    pub bias: f32,
    /// Share of a cut line that is lost with each cut letter.
    pub cut_loss: f32,
    /// Share of fading text under glare that is lost.
    pub fade_loss: f32,
    /// One for each sign, in their order.
    pub spans: Vec<Span>,
    /// The units.
    pub units: Vec<Unit>,
}

static FITTED: LazyLock<Model> = LazyLock::new(|| {
    let model: Model =
        toml::from_str(include_str!("readability.toml")).expect("the fitted model in the binary is valid");
    assert!(model.fits(), "the fitted model in the binary has every sign in its place");
    model
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
    /// What is left of the text beside what would be left if this were good: sharpness, size, contrast, damage;
    /// then presence.
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

    /// The same of a picture in which nothing is in focus: what little is left of it is not worth a reader's try.
    #[must_use]
    pub const fn out_of_focus(self) -> Self {
        const MOST: f32 = 0.1;
        Self { value: self.value.min(MOST), factors: [0.0, 1.0, 1.0, 1.0, 1.0] }
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

impl Model {
    /// Whether every sign has its span, in the signs' order, and every unit its weights.
    fn fits(&self) -> bool {
        self.spans.len() == SIGNS
            && self.spans.iter().zip(NAMES).all(|(span, (name, _))| span.sign == name && span.good > span.bad)
            && self.units.iter().all(|unit| unit.weights.len() == SIGNS)
    }

    /// Readability of a page; 0 where it has no text.
    #[must_use]
    pub fn judge(&self, page: &PageSigns) -> Readability {
        let all: f32 = page.tiles.iter().map(|t| t.weight).sum();
        if all <= 0.0 {
            return Readability { value: 0.0, factors: [1.0, 1.0, 1.0, 1.0, 0.0] };
        }
        let mut readable = 0.0;
        let (mut without_symptoms, mut supposed) = (0.0, [0.0_f32; 4]);
        for tile in &page.tiles {
            let shares = self.shares(&tile.signs);
            readable += tile.weight * self.tile(&shares);
            let shares = suppose_good(&shares, Factor::None);
            without_symptoms += tile.weight * self.tile(&shares);
            for (sum, factor) in supposed.iter_mut().zip(FACTORS) {
                *sum += tile.weight * self.tile(&suppose_good(&shares, factor));
            }
        }
        let presence =
            (1.0 - page.lost) * (1.0 - self.fade_loss * page.fading) * (1.0 - self.cut_loss * page.cut_lines);
        let [sharpness, size, contrast, damage] = supposed.map(|s| without_symptoms / s.max(f32::EPSILON));
        Readability {
            value: (readable / all * presence).clamp(0.0, 1.0),
            factors: [sharpness, size, contrast, damage, presence],
        }
    }

    /// For each tile, whether most of its characters are lost.
    #[must_use]
    pub fn lost_tiles(&self, page: &PageSigns) -> Vec<bool> {
        const LOST: f32 = 0.5;
        page.tiles.iter().map(|tile| self.tile(&self.shares(&tile.signs)) < LOST).collect()
    }

    /// Each sign between bad and good enough, 0–1.
    #[must_use]
    pub fn shares(&self, signs: &[f32; SIGNS]) -> [f32; SIGNS] {
        std::array::from_fn(|i| {
            let Span { bad, good, .. } = &self.spans[i];
            ((signs[i] - bad) / (good - bad)).clamp(0.0, 1.0)
        })
    }

    /// Share of a tile's characters that can be read.
    fn tile(&self, shares: &[f32; SIGNS]) -> f32 {
        let unit = |unit: &Unit| {
            let sum: f32 = unit.weights.iter().zip(shares).map(|(w, s)| w * s).sum();
            unit.counts * (sum + unit.bias).tanh()
        };
        let answer = self.bias + self.units.iter().map(unit).sum::<f32>();
        1.0 / (1.0 + (-answer).exp())
    }
}

/// The factors that single signs tell, in the order of [`Readability::factors`].
const FACTORS: [Factor; 4] = [Factor::Sharpness, Factor::Size, Factor::Contrast, Factor::Damage];

/// The shares as they were if this factor cost nothing.
fn suppose_good(shares: &[f32; SIGNS], factor: Factor) -> [f32; SIGNS] {
    std::array::from_fn(|i| if NAMES[i].1 == factor { 1.0 } else { shares[i] })
}

#[cfg(test)]
mod tests {
    use super::super::signs::TileSigns;
    use super::*;

    /// A page of one tile whose signs all lie this far between bad and good.
    fn page(share: f32) -> PageSigns {
        let signs = std::array::from_fn(|i| {
            let Span { bad, good, .. } = &fitted().spans[i];
            bad + (good - bad) * share
        });
        PageSigns { tiles: vec![TileSigns { weight: 1.0, signs }], ..PageSigns::default() }
    }

    #[test]
    fn a_good_page_is_read_and_a_bad_one_is_not() {
        assert!(fitted().judge(&page(1.0)).value > 0.9, "{:?}", fitted().judge(&page(1.0)));
        assert!(fitted().judge(&page(0.0)).value < 0.3, "{:?}", fitted().judge(&page(0.0)));
    }

    #[test]
    fn no_sign_lowers_the_estimate_by_getting_better() {
        for (i, (name, _)) in NAMES.iter().enumerate() {
            let mut last = 0.0;
            for step in 0_u8..=10 {
                let mut asked = page(0.6);
                let Span { bad, good, .. } = &fitted().spans[i];
                asked.tiles[0].signs[i] = bad + (good - bad) * f32::from(step) / 10.0;
                let value = fitted().judge(&asked).value;
                assert!(value >= last - 1e-6, "{name}: {last} then {value}");
                last = value;
            }
        }
    }

    #[test]
    fn the_factor_whose_signs_are_bad_costs_most() {
        for factor in [Factor::Sharpness, Factor::Size, Factor::Contrast] {
            let mut asked = page(1.0);
            for (i, (_, of)) in NAMES.iter().enumerate() {
                if *of == factor {
                    asked.tiles[0].signs[i] = fitted().spans[i].bad;
                }
            }
            let found = fitted().judge(&asked);
            assert_eq!(found.worst(), factor, "{found:?}");
            assert!(found.value < fitted().judge(&page(1.0)).value, "{found:?}");
        }
    }

    #[test]
    fn what_is_gone_lowers_the_presence() {
        let found = fitted().judge(&PageSigns { lost: 0.5, ..page(1.0) });
        assert!(found.value <= 0.5 && found.worst() == Factor::Presence, "{found:?}");
    }
}
