//! Learning the network of marks: one hidden layer, by Adam (Kingma and Ba 2015) over shuffled batches.

use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sanad_intake::{MODEL_UNITS, Model, SIGNS, Unit};

/// One candidate and what it is: 0 a stamp, 1 a signature, 2 neither.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its signs.
    pub signs: [f32; SIGNS],
    /// What it is.
    pub answer: usize,
}

const ANSWERS: usize = 3;
const BATCH: usize = 64;
const ROUNDS: usize = 40;
/// Length of the first step; it falls to a hundredth.
const STEP: f32 = 4e-3;
const MOMENTS: (f32, f32) = (0.9, 0.999);
/// Pull of the weights towards nothing.
const PULL: f32 = 2e-5;
/// What fitting sees of a sign is shaken by this much of its spread, so that no sign is trusted to the last digit.
const SHAKE: f32 = 0.08;

const WEIGHTS: usize = MODEL_UNITS * SIGNS;
const BIASES: usize = WEIGHTS;
const SAYS: usize = BIASES + MODEL_UNITS;
const LAST: usize = SAYS + MODEL_UNITS * ANSWERS;
const PARAMETERS: usize = LAST + ANSWERS;

/// Fits a network to examples; the same seed gives the same network.
#[must_use]
pub fn learn(examples: &[Example], seed: u64) -> Model {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut model = levels(examples);
    let signs: Vec<[f32; SIGNS]> = examples.iter().map(|example| model.levelled(&example.signs)).collect();
    let mut values: Vec<f32> = (0..PARAMETERS)
        .map(|at| {
            let wide = if at < BIASES {
                (1.0 / SIGNS as f32).sqrt()
            } else if at < SAYS {
                0.0
            } else {
                0.3
            };
            (rng.random_range(0..2001) as f32 / 1000.0 - 1.0) * wide
        })
        .collect();
    let mut moments = vec![(0.0_f32, 0.0_f32); PARAMETERS];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let batches = examples.len().div_ceil(BATCH) * ROUNDS;
    let mut done = 0;
    for _ in 0..ROUNDS {
        order.shuffle(&mut rng);
        for batch in order.chunks(BATCH) {
            let mut slope = vec![0.0_f32; PARAMETERS];
            for at in batch {
                let shaken: [f32; SIGNS] = std::array::from_fn(|s| {
                    signs[*at][s] + SHAKE * (rng.random_range(0..2001) as f32 / 1000.0 - 1.0) * 1.7
                });
                descend(&values, &shaken, examples[*at].answer, 1.0 / batch.len() as f32, &mut slope);
            }
            done += 1;
            let left = 1.0 - done as f32 / batches as f32;
            let step = STEP * (0.01 + 0.99 * left);
            let (one, two) = (1.0 - MOMENTS.0.powi(done), 1.0 - MOMENTS.1.powi(done));
            for ((value, moment), slope) in values.iter_mut().zip(&mut moments).zip(slope) {
                let slope = slope + PULL * *value;
                moment.0 = MOMENTS.0 * moment.0 + (1.0 - MOMENTS.0) * slope;
                moment.1 = MOMENTS.1 * moment.1 + (1.0 - MOMENTS.1) * slope * slope;
                *value -= step * (moment.0 / one) / ((moment.1 / two).sqrt() + 1e-8);
            }
        }
    }
    model.bias = std::array::from_fn(|answer| values[LAST + answer]);
    model.units = (0..MODEL_UNITS)
        .map(|unit| Unit {
            weights: values[unit * SIGNS..(unit + 1) * SIGNS].to_vec(),
            bias: values[BIASES + unit],
            says: std::array::from_fn(|answer| values[SAYS + unit * ANSWERS + answer]),
        })
        .collect();
    model
}

/// A model that only knows the mean and spread of each sign.
fn levels(examples: &[Example]) -> Model {
    let count = examples.len().max(1) as f64;
    let mean: Vec<f64> =
        (0..SIGNS).map(|s| examples.iter().map(|e| f64::from(e.signs[s])).sum::<f64>() / count).collect();
    let spread = (0..SIGNS)
        .map(|s| (examples.iter().map(|e| (f64::from(e.signs[s]) - mean[s]).powi(2)).sum::<f64>() / count).sqrt())
        .map(|spread| spread.max(1e-3) as f32)
        .collect();
    Model { mean: mean.into_iter().map(|mean| mean as f32).collect(), spread, ..Model::default() }
}

/// Adds the slope of one example's surprise.
fn descend(values: &[f32], signs: &[f32; SIGNS], answer: usize, share: f32, slope: &mut [f32]) {
    let active: [f32; MODEL_UNITS] = std::array::from_fn(|unit| {
        let weights = &values[unit * SIGNS..(unit + 1) * SIGNS];
        (weights.iter().zip(signs).map(|(weight, sign)| weight * sign).sum::<f32>() + values[BIASES + unit]).tanh()
    });
    let sums: [f32; ANSWERS] = std::array::from_fn(|answer| {
        let said = active.iter().enumerate().map(|(unit, active)| active * values[SAYS + unit * ANSWERS + answer]);
        said.sum::<f32>() + values[LAST + answer]
    });
    let most = sums.iter().copied().fold(f32::MIN, f32::max);
    let odds = sums.map(|sum| (sum - most).exp());
    let all: f32 = odds.iter().sum();
    let error: [f32; ANSWERS] = std::array::from_fn(|at| (odds[at] / all - f32::from(u8::from(at == answer))) * share);
    for (at, error) in error.iter().enumerate() {
        slope[LAST + at] += error;
    }
    for (unit, active) in active.iter().enumerate() {
        let mut back = 0.0;
        for (at, error) in error.iter().enumerate() {
            slope[SAYS + unit * ANSWERS + at] += error * active;
            back += error * values[SAYS + unit * ANSWERS + at];
        }
        back *= 1.0 - active * active;
        slope[BIASES + unit] += back;
        for (slope, sign) in slope[unit * SIGNS..(unit + 1) * SIGNS].iter_mut().zip(signs) {
            *slope += back * sign;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_told_apart_is_learnt() {
        let example = |at: usize| {
            let mut signs = [0.0; SIGNS];
            signs[0] = (at % 7) as f32;
            signs[3] = (at % 11) as f32;
            let answer = if at % 7 > 3 {
                0
            } else if at % 11 > 5 {
                1
            } else {
                2
            };
            Example { signs, answer }
        };
        let examples: Vec<Example> = (0..700).map(example).collect();
        let model = learn(&examples, 3);
        let right = examples.iter().filter(|example| {
            let [stamp, signature] = model.judge(&example.signs);
            let told = if stamp > 0.5 {
                0
            } else if signature > 0.5 {
                1
            } else {
                2
            };
            told == example.answer
        });
        assert!(right.count() > 600);
        assert_eq!(learn(&examples[..90], 3), learn(&examples[..90], 3));
    }
}
