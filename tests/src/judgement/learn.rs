//! Learning the readability: a small monotone network over the shares of the signs, by gradient descent.
//!
//! A page's truth is known, its tiles' is not: each tile's answer counts by its text, and the error of the page is
//! handed down to all its tiles. Weights are kept from falling below nothing by learning them through a softplus.
//!
//! What counts is the order of the pages more than the share of characters: most pages are nearly all read, so an error
//! of 0.1 up there passes by a third of all pages. So half of the error is taken between places in the order.

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
/// Share of the error that is taken between places in the order; the rest is taken between values.
const OF_ORDER: f64 = 0.5;
/// What an error of one whole order counts, beside an error of one in value.
const ORDER_COUNTS: f64 = 2.0;
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

/// Where a value stands among the truths of all pages, 0–1: straight between the knots.
struct Order {
    knots: Vec<(f64, f64)>,
}

impl Order {
    fn of(examples: &[Example]) -> Self {
        /// Values between two knots; the last steps before the clip are finer.
        const STEP: f64 = 0.05;
        const FINE: [f64; 3] = [0.92, 0.94, CLIP];
        let truths: Vec<f64> = examples.iter().map(|e| e.truth.min(CLIP)).collect();
        let share =
            |yes: &dyn Fn(f64) -> bool| truths.iter().filter(|&&t| yes(t)).count() as f64 / truths.len().max(1) as f64;
        let coarse = (0..19_u8).map(|i| f64::from(i) * STEP);
        let knot = |at: f64| (at, share(&|t| t < at) + share(&|t| t == at) / 2.0);
        Self { knots: coarse.chain(FINE).map(knot).collect() }
    }

    /// The place of a value, and how fast it rises there.
    fn place(&self, value: f64) -> (f64, f64) {
        let value = value.clamp(0.0, CLIP);
        let after = self.knots.iter().position(|&(at, _)| at >= value).unwrap_or(self.knots.len() - 1).max(1);
        let ((x0, y0), (x1, y1)) = (self.knots[after - 1], self.knots[after]);
        let rise = (y1 - y0) / (x1 - x0);
        (y0 + rise * (value - x0), rise)
    }

    /// Slope of the error of a page over what is said of it.
    fn pull(&self, said: f64, truth: f64) -> f64 {
        let ((said_at, rise), (true_at, _)) = (self.place(said), self.place(truth));
        let of_value = ((said - truth.min(CLIP)) / MILD).clamp(-1.0, 1.0);
        (1.0 - OF_ORDER) * of_value + OF_ORDER * 2.0 * ORDER_COUNTS * (said_at - true_at) * rise
    }
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
    let order = Order::of(examples);
    for step in 0..STEPS {
        let slope = slope(examples, &raw, &order);
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
fn slope(examples: &[Example], raw: &[f64], order: &Order) -> Vec<f64> {
    let used = network(raw);
    let mut slope = vec![0.0; PARAMETERS];
    for example in examples {
        one(example, &used, order, &mut slope);
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
fn one(example: &Example, used: &Network, order: &Order, slope: &mut [f64]) {
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
    if said >= CLIP {
        // above the clip there is no order; pulling pages down from there that do not belong gained nothing on others
        return;
    }
    let pull = order.pull(said, example.truth);
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
