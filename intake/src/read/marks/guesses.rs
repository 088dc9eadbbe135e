//! From what cells say to marks: every cell that is not quite unsure speaks of a box, and boxes of one mark become one.

use super::finder::{CELL, KINDS, SAID, Said};

/// A mark that may be there: how sure, 0–1, and its left, top, right and bottom in pixels of the small page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Guess {
    pub(super) sure: f32,
    pub(super) area: [f32; 4],
}

/// Pixels a reach of nothing stands for, and the logarithms it may lie between, as the network was trained.
const REACH: f32 = 16.0;
const REACHES: (f32, f32) = (-4.0, 4.5);
/// A cell less sure than this is not listened to.
const LEAST: f32 = 0.02;
/// Boxes that share so much of their union speak of the same mark and are averaged.
const MATES: f32 = 0.5;
/// Two guesses that share more than this of their union, or of the smaller one, are one mark; of stamps, which are set over
/// each other, more than signatures.
pub(super) const SAME: [(f32, f32); KINDS] = [(0.3, 0.65), (0.25, 0.6)];

/// What the cells say of one kind, the surest first.
pub(super) fn guesses(said: &Said, kind: usize) -> Vec<Guess> {
    let mut guesses: Vec<Guess> = said
        .values
        .chunks_exact(KINDS * SAID)
        .enumerate()
        .filter_map(|(at, cell)| {
            let cell = &cell[kind * SAID..(kind + 1) * SAID];
            let sure = 1.0 / (1.0 + (-cell[0]).exp());
            let (x, y) = (at % said.columns, at / said.columns);
            let middle = [x, y].map(|v| (v as f32 + 0.5) * CELL as f32);
            let reach = |at: usize| REACH * cell[1 + at].clamp(REACHES.0, REACHES.1).exp();
            let area = [middle[0] - reach(0), middle[1] - reach(1), middle[0] + reach(2), middle[1] + reach(3)];
            (sure >= LEAST && y < said.rows).then_some(Guess { sure, area })
        })
        .collect();
    guesses.sort_by(|a, b| b.sure.total_cmp(&a.sure));
    guesses
}

/// One guess for each mark, the surest first; its box is the mean of those that speak of it. `limits` as in [`SAME`].
pub(super) fn best(mut rest: Vec<Guess>, limits: (f32, f32)) -> Vec<Guess> {
    let mut kept = Vec::new();
    while let Some(first) = rest.first().copied() {
        let mates = rest.iter().filter(|guess| of_union(guess.area, first.area) > MATES);
        let (sum, area) = mates.fold((0.0, [0.0; 4]), |(sum, area), guess| {
            (sum + guess.sure, std::array::from_fn(|at| area[at] + guess.sure * guess.area[at]))
        });
        let guess = Guess { sure: first.sure, area: area.map(|v: f32| v / sum) };
        rest.remove(0);
        rest.retain(|other| !same(other.area, guess.area, limits));
        kept.push(guess);
    }
    kept
}

/// How near a page comes to bearing a mark. What is nearly known counted for less while the finder learnt, so that it stays
/// unsure of what is surely no mark; a temperature undoes that (Guo et al. 2017).
pub(super) fn nearness(sure: f32) -> f64 {
    const TEMPERATURE: f64 = 0.525;
    let sure = f64::from(sure).clamp(1e-6, 1.0 - 1e-6);
    1.0 / (1.0 + ((1.0 / sure - 1.0).ln() / TEMPERATURE).exp())
}

fn size(area: [f32; 4]) -> f32 {
    (area[2] - area[0]).max(0.0) * (area[3] - area[1]).max(0.0)
}

fn shared(one: [f32; 4], other: [f32; 4]) -> f32 {
    let side = |low: usize| (one[low + 2].min(other[low + 2]) - one[low].max(other[low])).max(0.0);
    side(0) * side(1)
}

/// Share of two boxes' union that both cover.
pub(super) fn of_union(one: [f32; 4], other: [f32; 4]) -> f32 {
    let both = shared(one, other);
    both / (size(one) + size(other) - both).max(1e-6)
}

fn same(one: [f32; 4], other: [f32; 4], (union, smaller): (f32, f32)) -> bool {
    of_union(one, other) > union || shared(one, other) > smaller * size(one).min(size(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_one_mark_are_one_guess_and_others_stay() {
        let guess = |sure, x: f32| Guess { sure, area: [x, 0.0, x + 100.0, 50.0] };
        let kept = best(vec![guess(0.9, 0.0), guess(0.6, 10.0), guess(0.5, 300.0), guess(0.2, 40.0)], SAME[1]);
        assert_eq!(kept.len(), 2);
        assert!(kept[0].sure == 0.9 && kept[0].area[0] > 0.0 && kept[0].area[0] < 40.0);
        assert_eq!(kept[1], guess(0.5, 300.0));
    }

    #[test]
    fn stamps_over_each_other_are_two() {
        // half of each lies under the other: a third of the union is too much, 0.28 is not
        let guess = |sure, x: f32| Guess { sure, area: [x, 0.0, x + 100.0, 50.0] };
        assert_eq!(best(vec![guess(0.9, 0.0), guess(0.8, 50.0)], SAME[0]).len(), 1);
        assert_eq!(best(vec![guess(0.9, 0.0), guess(0.8, 56.0)], SAME[0]).len(), 2);
        assert_eq!(best(vec![guess(0.9, 0.0), guess(0.8, 56.0)], SAME[1]).len(), 1);
    }

    #[test]
    fn a_cell_speaks_of_the_box_it_reaches() {
        let mut values = vec![0.0; 2 * KINDS * SAID];
        // Second cell, second kind; everything else is surely nothing.
        values.chunks_exact_mut(SAID).for_each(|part| part[0] = -20.0);
        values[3 * SAID..].copy_from_slice(&[2.0, 0.0, 0.0, 1.0, 0.0]);
        let said = Said { rows: 1, columns: 2, values };
        assert!(guesses(&said, 0).is_empty());
        let found = guesses(&said, 1);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].area, [12.0 - 16.0, 4.0 - 16.0, 12.0 + 16.0 * 1f32.exp(), 4.0 + 16.0]);
    }
}
