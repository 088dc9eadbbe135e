//! Stamp, signature or neither: a network of one hidden layer over a spot's signs.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::signs::SIGNS;

/// Units of the hidden layer.
pub const MODEL_UNITS: usize = 20;
/// Stamp, signature, neither.
const ANSWERS: usize = 3;

/// A unit of the hidden layer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Weight of each sign, after it was brought to mean 0 and spread 1.
    pub weights: Vec<f32>,
    /// Added to their sum.
    pub bias: f32,
    /// What the unit says for a stamp, for a signature, and for neither.
    pub says: [f32; ANSWERS],
}

/// The fitted network.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Mean of each sign.
    pub mean: Vec<f32>,
    /// Its spread.
    pub spread: Vec<f32>,
    /// Added to the answers.
    pub bias: [f32; ANSWERS],
    /// The units.
    pub units: Vec<Unit>,
}

static FITTED: LazyLock<Model> =
    LazyLock::new(|| toml::from_str(include_str!("marks.toml")).expect("the fitted model in the binary is valid"));

/// Signs further than this from their mean count as so far: what was never seen in fitting must not run away.
const FARTHEST: f32 = 4.0;

impl Model {
    /// The model of this program.
    #[must_use]
    pub fn fitted() -> &'static Self {
        &FITTED
    }

    /// Signs as the units take them.
    #[must_use]
    pub fn levelled(&self, signs: &[f32; SIGNS]) -> [f32; SIGNS] {
        std::array::from_fn(|at| {
            let (mean, spread) =
                (self.mean.get(at).copied().unwrap_or(0.0), self.spread.get(at).copied().unwrap_or(1.0));
            ((signs[at] - mean) / spread.max(1e-6)).clamp(-FARTHEST, FARTHEST)
        })
    }

    /// Probabilities of a stamp and of a signature.
    #[must_use]
    pub fn judge(&self, signs: &[f32; SIGNS]) -> [f32; 2] {
        let signs = self.levelled(signs);
        let mut sums = self.bias;
        for unit in &self.units {
            let sum: f32 = unit.weights.iter().zip(&signs).map(|(weight, sign)| weight * sign).sum();
            let active = (sum + unit.bias).tanh();
            sums.iter_mut().zip(unit.says).for_each(|(sum, says)| *sum += active * says);
        }
        let most = sums.iter().copied().fold(f32::MIN, f32::max);
        let odds = sums.map(|sum| (sum - most).exp());
        let all: f32 = odds.iter().sum();
        [odds[0] / all, odds[1] / all]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fitted_model_has_every_sign_and_unit() {
        let model = Model::fitted();
        assert_eq!((model.mean.len(), model.spread.len(), model.units.len()), (SIGNS, SIGNS, MODEL_UNITS));
        assert!(model.units.iter().all(|unit| unit.weights.len() == SIGNS));
        let [stamp, signature] = model.judge(&[0.0; SIGNS]);
        assert!((0.0..=1.0).contains(&stamp) && (0.0..=1.0).contains(&signature) && stamp + signature <= 1.001);
    }
}
