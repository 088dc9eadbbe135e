//! Learning the readability: a small monotone network over the shares of the signs, by gradient descent.
//!
//! A page's truth is known, its tiles' is not: each tile's answer counts by its text, and the error of the page is
//! handed down to all its tiles. Weights are kept from falling below nothing by learning them through a softplus.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sanad_checks::legibility::signs::SIGNS;

use super::rank::CLIP;

/// Units of the network.
pub const UNITS: usize = 8;
/// Steps of the descent.
const STEPS: usize = 900;
/// Length of the first step; it shrinks to nothing.
const STEP: f64 = 0.02;
/// Errors beyond this count in proportion, not squared: a page the reader lost for reasons of its own must not bend
/// the weights.
const MILD: f64 = 0.2;
/// Pull of the weights towards nothing.
const PULL: f64 = 1e-3;
/// Weights begin about this far below nothing, before the softplus: small.
const SMALL: f64 = 1.5;

/// Places of the parameters.
const WEIGHTS: usize = UNITS * SIGNS;
const BIASES: usize = WEIGHTS;
const COUNTS: usize = BIASES + UNITS;
const BIAS: usize = COUNTS + UNITS;
const FADE: usize = BIAS + 1;
const CUT: usize = BIAS + 2;
const PARAMETERS: usize = BIAS + 3;

/// One page to learn from.
#[derive(Debug)]
pub struct Example {
    /// Of each tile its share of the page's text and the shares of its signs.
    pub tiles: Vec<(f64, [f64; SIGNS])>,
    /// Text that is gone, fading, and lines that are cut; shares.
    pub lost: f64,
    /// Share of the text that fades.
    pub fading: f64,
    /// Share of the lines that are cut.
    pub cut_lines: f64,
    /// Share of its characters that the reader got.
    pub truth: f64,
}

/// What was learnt; the weights as they are used.
#[derive(Debug)]
pub struct Network {
    /// By unit: weights, bias, what it counts.
    pub units: Vec<([f64; SIGNS], f64, f64)>,
    /// Added to the answer.
    pub bias: f64,
    /// Share of the fading text that is lost.
    pub fade_loss: f64,
    /// Share of a cut line that is lost.
    pub cut_loss: f64,
}

fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// Learns from these pages; the same seed gives the same network.
///
/// Signs are brought to one mean and spread before learning, since the descent takes equal steps in all of them; the
/// network that comes back is for the shares as they were.
#[must_use]
pub fn learn(examples: &[Example], seed: u64) -> Network {
    let spread = Spread::of(examples);
    let even: Vec<Example> = examples.iter().map(|example| spread.evened(example)).collect();
    spread.undone(descend(&even, seed))
}

/// Mean and standard deviation of each sign over all tiles.
struct Spread {
    mean: [f64; SIGNS],
    deviation: [f64; SIGNS],
}

impl Spread {
    fn of(examples: &[Example]) -> Self {
        /// A sign that hardly varies is not blown up.
        const LEAST: f64 = 0.02;
        let count = examples.iter().map(|e| e.tiles.len()).sum::<usize>().max(1) as f64;
        let mean_of = |value: &dyn Fn(&[f64; SIGNS]) -> f64| {
            examples.iter().flat_map(|e| &e.tiles).map(|(_, shares)| value(shares)).sum::<f64>() / count
        };
        let mean: [f64; SIGNS] = std::array::from_fn(|i| mean_of(&|shares| shares[i]));
        let deviation = std::array::from_fn(|i| mean_of(&|shares| (shares[i] - mean[i]).powi(2)).sqrt().max(LEAST));
        Self { mean, deviation }
    }

    fn evened(&self, example: &Example) -> Example {
        let even = |shares: &[f64; SIGNS]| std::array::from_fn(|i| (shares[i] - self.mean[i]) / self.deviation[i]);
        Example { tiles: example.tiles.iter().map(|(weight, shares)| (*weight, even(shares))).collect(), ..*example }
    }

    /// The network for shares that were not evened.
    fn undone(&self, mut network: Network) -> Network {
        for (weights, bias, _) in &mut network.units {
            for (i, weight) in weights.iter_mut().enumerate() {
                *weight /= self.deviation[i];
                *bias -= *weight * self.mean[i];
            }
        }
        network
    }
}

fn descend(examples: &[Example], seed: u64) -> Network {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut raw: Vec<f64> = (0..PARAMETERS).map(|_| rng.random_range(-0.9..0.9)).collect();
    raw[..WEIGHTS].iter_mut().for_each(|w| *w -= SMALL);
    (raw[BIAS], raw[FADE], raw[CUT]) = (0.5, -2.0, 0.0);
    let (mut mean, mut square) = (vec![0.0; PARAMETERS], vec![0.0; PARAMETERS]);
    for step in 0..STEPS {
        let slope = slope(examples, &raw);
        let length = STEP * (1.0 - step as f64 / STEPS as f64);
        let warm = |decay: f64| 1.0 - decay.powi(i32::try_from(step + 1).unwrap_or(i32::MAX));
        for i in 0..PARAMETERS {
            mean[i] = 0.9 * mean[i] + 0.1 * slope[i];
            square[i] = 0.999 * square[i] + 0.001 * slope[i] * slope[i];
            raw[i] -= length * (mean[i] / warm(0.9)) / ((square[i] / warm(0.999)).sqrt() + 1e-8);
        }
    }
    network(&raw)
}

fn network(raw: &[f64]) -> Network {
    let unit = |j: usize| {
        let weights = std::array::from_fn(|i| softplus(raw[j * SIGNS + i]));
        (weights, raw[BIASES + j], softplus(raw[COUNTS + j]))
    };
    Network {
        units: (0..UNITS).map(unit).collect(),
        bias: raw[BIAS],
        fade_loss: sigmoid(raw[FADE]),
        cut_loss: sigmoid(raw[CUT]),
    }
}

/// Slope of the mean error over all parameters.
fn slope(examples: &[Example], raw: &[f64]) -> Vec<f64> {
    let used = network(raw);
    let mut slope = vec![0.0; PARAMETERS];
    for example in examples {
        one(example, &used, &mut slope);
    }
    let count = examples.len() as f64;
    slope.iter_mut().for_each(|s| *s /= count);
    for (i, s) in slope.iter_mut().enumerate() {
        // through the softplus and the sigmoid that keep the parameters where they may be
        let through = sigmoid(raw[i]);
        match i {
            _ if i < WEIGHTS => *s = (*s + PULL * 2.0 * softplus(raw[i]) / WEIGHTS as f64) * through,
            _ if (COUNTS..BIAS).contains(&i) => *s *= through,
            FADE | CUT => *s *= through * (1.0 - through),
            _ => {}
        }
    }
    slope
}

/// Adds the slope of one page's error.
fn one(example: &Example, used: &Network, slope: &mut [f64]) {
    let mut units = Vec::with_capacity(example.tiles.len());
    let mut readable = 0.0;
    for (weight, shares) in &example.tiles {
        let turned: Vec<f64> = used
            .units
            .iter()
            .map(|(weights, bias, _)| (weights.iter().zip(shares).map(|(w, s)| w * s).sum::<f64>() + bias).tanh())
            .collect();
        let answer = used.bias + used.units.iter().zip(&turned).map(|((_, _, counts), t)| counts * t).sum::<f64>();
        let read = sigmoid(answer);
        readable += weight * read;
        units.push((turned, read));
    }
    let (fade, cut) = (1.0 - used.fade_loss * example.fading, 1.0 - used.cut_loss * example.cut_lines);
    let present = 1.0 - example.lost;
    let said = readable * present * fade * cut;
    let error = said.min(CLIP) - example.truth.min(CLIP);
    if said >= CLIP && error >= 0.0 {
        return;
    }
    let pull = (error / MILD).clamp(-1.0, 1.0);
    slope[FADE] -= pull * readable * present * cut * example.fading;
    slope[CUT] -= pull * readable * present * fade * example.cut_lines;
    for ((weight, shares), (turned, read)) in example.tiles.iter().zip(&units) {
        let of_answer = pull * present * fade * cut * weight * read * (1.0 - read);
        slope[BIAS] += of_answer;
        for (j, (_, _, counts)) in used.units.iter().enumerate() {
            slope[COUNTS + j] += of_answer * turned[j];
            let of_sum = of_answer * counts * (1.0 - turned[j] * turned[j]);
            slope[BIASES + j] += of_sum;
            for (i, share) in shares.iter().enumerate() {
                slope[j * SIGNS + i] += of_sum * share;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_decides_is_learnt_and_what_does_not_is_left() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        let examples: Vec<Example> = (0..120)
            .map(|_| {
                let shares: [f64; SIGNS] = std::array::from_fn(|_| rng.random_range(0.0..1.0));
                let truth = if shares[4] > 0.5 { 0.95 } else { 0.1 };
                Example { tiles: vec![(1.0, shares)], lost: 0.0, fading: 0.0, cut_lines: 0.0, truth }
            })
            .collect();
        let network = learn(&examples, 1);
        let pull = |i: usize| network.units.iter().map(|(w, _, counts)| w[i] * counts).sum::<f64>();
        assert!((0..SIGNS).filter(|&i| i != 4).all(|i| pull(4) > 2.0 * pull(i)), "{network:?}");
    }
}
