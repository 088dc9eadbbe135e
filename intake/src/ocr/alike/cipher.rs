//! Which shape is which digit.

use super::cutout::Figure;
use super::faces::Faces;

/// Figures less unlike than this on the average are one shape.
const ONE_SHAPE: f32 = 0.5;
/// Shapes more unlike than this are surely two figures, if of one face.
const TWO_SHAPES: f32 = 0.8;
/// What is heard as two digits is that much less likely one shape; what is surely heard so is two.
const HEARD_APART: f32 = 0.4;
const SURELY_APART: f32 = 0.9;
/// What it costs, as a logarithm of likelihood, that two shapes surely unlike are one digit. Pages have a second face now
/// and then.
const SAME_DIGIT: f32 = 7.0;
/// Shapes lower than this share of their numbers do not stand against one another: noughts are mere dots in many faces, as
/// points are.
const LOWEST: f32 = 0.55;
/// Figures that a shape must have to stand against another one: a single one may be torn or blotted.
const FEWEST: usize = 2;
/// A shape of which every figure is heard more surely than this keeps its digit ...
const SURE: f32 = 0.97;
/// ... unless it is worth this much more to change it.
const HELD: f32 = 6.0;
/// A shape counts as so many looks at most: all figures of a face are misheard alike.
const MOST_LOOKS: f32 = 2.0;
/// No share is taken for smaller.
const FAINT: f32 = 1e-4;
/// Rounds in which shapes change their digits one by one.
const ROUNDS: usize = 12;

/// A shape: the numbers of its figures, its weight, and how likely each digit is, as logarithms.
struct Shape {
    members: Vec<usize>,
    weight: f32,
    likely: [f32; 10],
    /// Mean height, in heights of its numbers.
    height: f32,
}

/// Share of each digit for each figure, by what is alike among all of them.
pub(super) fn shares(figures: &[Figure]) -> Vec<[f32; 10]> {
    let apart: Vec<Vec<f32>> = figures.iter().map(|a| figures.iter().map(|b| a.unlike(b)).collect()).collect();
    let shapes: Vec<Shape> = grouped(figures, &apart).into_iter().map(|members| shape(members, figures)).collect();
    let clash = clashes(&shapes, &apart, &Faces::of(figures, &apart));
    let digits = settled(&shapes, &clash);
    let mut out = vec![[0f32; 10]; figures.len()];
    for (at, shape) in shapes.iter().enumerate() {
        let costs = costs(at, &shapes, &clash, &digits);
        let least = costs.iter().copied().fold(f32::MAX, f32::min);
        let odds = costs.map(|cost| (least - cost).exp());
        let sum: f32 = odds.iter().sum();
        for member in &shape.members {
            out[*member] = odds.map(|odds| odds / sum);
        }
    }
    out
}

/// How far two figures are heard as different digits, 0 to 1 (one less their Bhattacharyya coefficient).
fn heard_apart(a: &Figure, b: &Figure) -> f32 {
    let whole = |figure: &Figure| figure.shares.iter().sum::<f32>().max(1e-6);
    let common: f32 = a.shares.iter().zip(&b.shares).map(|(a, b)| (a * b).sqrt()).sum();
    (1.0 - common / (whole(a) * whole(b)).sqrt()).clamp(0.0, 1.0)
}

/// Figures put together while the mean distance of two groups is small, the nearest two first.
fn grouped(figures: &[Figure], apart: &[Vec<f32>]) -> Vec<Vec<usize>> {
    let far = |a: usize, b: usize| {
        let heard = heard_apart(&figures[a], &figures[b]);
        apart[a][b] + HEARD_APART * heard + f32::from(u8::from(heard > SURELY_APART))
    };
    let mut groups: Vec<Vec<usize>> = (0..apart.len()).map(|at| vec![at]).collect();
    let mut mean: Vec<Vec<f32>> = (0..apart.len()).map(|a| (0..apart.len()).map(|b| far(a, b)).collect()).collect();
    while let Some((a, b)) = nearest(&mean) {
        let (na, nb) = (groups[a].len() as f32, groups[b].len() as f32);
        let joined: Vec<f32> = mean[a].iter().zip(&mean[b]).map(|(x, y)| (x * na + y * nb) / (na + nb)).collect();
        for (row, joined) in mean.iter_mut().zip(&joined) {
            row[a] = *joined;
        }
        mean[a] = joined;
        let moved = groups.swap_remove(b);
        groups[a].extend(moved);
        mean.swap_remove(b);
        for row in &mut mean {
            row.swap_remove(b);
        }
    }
    groups
}

/// The two groups that are least unlike, where they are one shape; the later of them second.
fn nearest(mean: &[Vec<f32>]) -> Option<(usize, usize)> {
    let pairs = mean
        .iter()
        .enumerate()
        .flat_map(|(a, row)| row.iter().enumerate().skip(a + 1).map(move |(b, far)| (*far, a, b)));
    let least = pairs.min_by(|one, other| one.0.total_cmp(&other.0))?;
    (least.0 < ONE_SHAPE).then_some((least.1, least.2))
}

fn shape(members: Vec<usize>, figures: &[Figure]) -> Shape {
    let count = members.len() as f32;
    let likely = |digit: usize| {
        let logs = members.iter().map(|at| figures[*at].shares[digit].max(FAINT).ln());
        logs.sum::<f32>() / count
    };
    let mut likely: [f32; 10] = std::array::from_fn(likely);
    let best = (0..10).max_by(|a, b| likely[*a].total_cmp(&likely[*b])).unwrap_or(0);
    if members.iter().all(|at| figures[*at].shares[best] > SURE) {
        (0..10).filter(|digit| *digit != best).for_each(|digit| likely[digit] -= HELD);
    }
    let height = members.iter().map(|at| figures[*at].shape[0]).sum::<f32>() / count;
    Shape { weight: count.min(MOST_LOOKS), likely, height, members }
}

/// What it costs that two shapes are one digit, by their figures that may stand in one face.
fn clashes(shapes: &[Shape], apart: &[Vec<f32>], faces: &Faces) -> Vec<Vec<f32>> {
    let between = |a: &Shape, b: &Shape| {
        if a.members.len().min(b.members.len()) < FEWEST || a.height.max(b.height) < LOWEST {
            return 0.0;
        }
        let all = a.members.iter().flat_map(|x| b.members.iter().map(|y| (*x, *y)));
        let (sum, count) = all
            .filter(|(x, y)| faces.may_be_one(*x, *y))
            .fold((0.0, 0usize), |(sum, count), (x, y)| (sum + apart[x][y], count + 1));
        if count == 0 {
            return 0.0;
        }
        let surely = ((sum / count as f32 - ONE_SHAPE) / (TWO_SHAPES - ONE_SHAPE)).clamp(0.0, 1.0);
        let share = count as f32 / (a.members.len() * b.members.len()) as f32;
        SAME_DIGIT * surely * share * a.weight.min(b.weight)
    };
    shapes.iter().map(|a| shapes.iter().map(|b| between(a, b)).collect()).collect()
}

/// What a digit would cost a shape while the others keep theirs.
fn cost(at: usize, digit: usize, shapes: &[Shape], clash: &[Vec<f32>], digits: &[usize]) -> f32 {
    let alike = (0..shapes.len()).filter(|other| *other != at && digits[*other] == digit);
    alike.map(|other| clash[at][other]).sum::<f32>() - shapes[at].weight * shapes[at].likely[digit]
}

/// The same of every digit.
fn costs(at: usize, shapes: &[Shape], clash: &[Vec<f32>], digits: &[usize]) -> [f32; 10] {
    std::array::from_fn(|digit| cost(at, digit, shapes, clash, digits))
}

/// The digit of each shape: the likeliest at first; then one shape after another, and two at once, change theirs while it
/// costs less.
fn settled(shapes: &[Shape], clash: &[Vec<f32>]) -> Vec<usize> {
    let least = |costs: &[f32; 10]| (0..10).min_by(|a, b| costs[*a].total_cmp(&costs[*b])).unwrap_or(0);
    let alone = vec![usize::MAX; shapes.len()];
    let mut digits: Vec<usize> = (0..shapes.len()).map(|at| least(&costs(at, shapes, clash, &alone))).collect();
    for _ in 0..ROUNDS {
        let before = digits.clone();
        let mut order: Vec<usize> = (0..shapes.len()).collect();
        // The lightest and least sure give way first.
        let held = |at: usize| shapes[at].weight * shapes[at].likely[digits[at]];
        order.sort_by(|a, b| shapes[*a].weight.total_cmp(&shapes[*b].weight).then(held(*a).total_cmp(&held(*b))));
        for at in order {
            digits[at] = least(&costs(at, shapes, clash, &digits));
        }
        swapped(shapes, clash, &mut digits);
        if digits == before {
            break;
        }
    }
    digits
}

/// Two shapes change their digits with each other while that costs less: the one that gave way may have been the wrong one.
fn swapped(shapes: &[Shape], clash: &[Vec<f32>], digits: &mut [usize]) {
    let heavy: Vec<usize> = (0..shapes.len()).filter(|at| shapes[*at].weight > 1.0).collect();
    for (from, &a) in heavy.iter().enumerate() {
        for &b in &heavy[from + 1..] {
            if digits[a] == digits[b] {
                continue;
            }
            let both =
                |digits: &[usize]| [a, b].map(|at| cost(at, digits[at], shapes, clash, digits)).iter().sum::<f32>();
            let before = both(digits);
            digits.swap(a, b);
            if both(digits) >= before {
                digits.swap(a, b);
            }
        }
    }
}
