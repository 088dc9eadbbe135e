//! Connected dark strokes that are larger than letters: signatures, and the rings and frames of stamps without colour.

use super::patches::is_coloured;
use super::scene::Scene;
use super::signs::{Source, Spot};
use crate::pieces::{Piece, Run, pieces};

/// Ink without colour, and strong ink of any colour: a pen is darker than a pad. Levels below the paper.
const INK: u8 = 50;
const STRONG: u8 = 150;
/// Runs along rows or columns that are longer, letter heights, and at most so thick, are rules of a form.
const RULE: (f32, f32) = (4.5, 0.45);
/// Sides of a piece, letter heights: its longer and its shorter one at least, and the longer at most.
const SIDES: (f32, f32, f32) = (3.0, 1.25, 46.0);
/// Strokes of one signature lie no further apart, letter heights.
const APART: f32 = 0.9;
/// Pieces looked at of each sort, the largest first.
const MOST: usize = 26;

/// The strokes of a page that have a mark's size.
pub(super) fn strokes(scene: &Scene) -> Vec<Spot> {
    let [left, top, right, low] = scene.sheet;
    let inside = |at: usize| {
        let (x, y) = (at % scene.width, at / scene.width);
        x >= left && x < right && y >= top && y < low
    };
    let ink: Vec<bool> =
        (0..scene.dark.len()).map(|at| scene.dark[at] >= INK && inside(at) && !is_coloured(scene, at)).collect();
    let strong: Vec<bool> = (0..scene.dark.len()).map(|at| scene.dark[at] >= STRONG && inside(at)).collect();
    let mut spots = of_mask(scene, &ink, Source::Ink);
    let mut more = |mask: &[bool], source: Source| {
        for spot in of_mask(scene, mask, source) {
            if !spots.iter().any(|known| known.alike(&spot)) {
                spots.push(spot);
            }
        }
    };
    more(&without_rules(scene, &ink), Source::Ink);
    more(&without_rules(scene, &strong), Source::Strong);
    spots
}

fn of_mask(scene: &Scene, mask: &[bool], source: Source) -> Vec<Spot> {
    let (found, runs) = pieces(scene.width, scene.height, |at| mask[at]);
    let fits = |piece: &Piece| {
        let (long, short) = (piece.width().max(piece.height()) as f32, piece.width().min(piece.height()) as f32);
        long >= SIDES.0 * scene.unit && short >= SIDES.1 * scene.unit && long <= SIDES.2 * scene.unit
    };
    let mut large: Vec<usize> = (0..found.len()).filter(|at| fits(&found[*at])).collect();
    large.sort_by_key(|at| std::cmp::Reverse(found[*at].width() * found[*at].height()));
    large.truncate(MOST);
    let mut groups: Vec<Vec<usize>> = large.iter().map(|at| vec![*at]).collect();
    // Strokes of one hand that do not touch: the larger ones with whatever is long and near.
    for at in &large {
        let near = (0..found.len()).filter(|other| {
            let stroke = found[*other].width().max(found[*other].height()) as f32 >= 1.6 * scene.unit;
            *other != *at
                && stroke
                && (found[*at].apart(&found[*other]) as f32) < APART * scene.unit
                && found[*other].area < 2 * found[*at].area
        });
        let mut group: Vec<usize> = near.collect();
        if !group.is_empty() && group.len() <= 4 {
            group.push(*at);
            group.sort_unstable();
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
    }
    let mut of_piece: Vec<Vec<Run>> = vec![Vec::new(); found.len()];
    let wanted: Vec<bool> = {
        let mut wanted = vec![false; found.len()];
        groups.iter().flatten().for_each(|at| wanted[*at] = true);
        wanted
    };
    runs.into_iter().filter(|run| wanted[run.piece]).for_each(|run| of_piece[run.piece].push(run));
    groups
        .into_iter()
        .filter_map(|group| {
            let all = group.iter().map(|at| found[*at]).reduce(|a, b| Piece {
                x0: a.x0.min(b.x0),
                y0: a.y0.min(b.y0),
                x1: a.x1.max(b.x1),
                y1: a.y1.max(b.y1),
                area: a.area + b.area,
            })?;
            if !fits(&all) {
                return None;
            }
            let mut points = Vec::with_capacity(all.area);
            for run in group.iter().flat_map(|at| &of_piece[*at]) {
                points.extend((run.x0..run.x1).map(|x| (x, run.y)));
            }
            Some(Spot::of(source, (all.x0, all.y0, all.width(), all.height()), points))
        })
        .collect()
}

/// The mask without the rules of forms: long thin runs along rows and columns. Where a stroke crosses a rule it is cut
/// by no more than the rule's thickness, and joined again over it.
fn without_rules(scene: &Scene, mask: &[bool]) -> Vec<bool> {
    let (width, height) = (scene.width, scene.height);
    let long = (RULE.0 * scene.unit) as usize;
    let thick = ((RULE.1 * scene.unit) as usize).max(2);
    let mut out = mask.to_vec();
    for y in 0..height {
        let mut x = 0;
        while x < width {
            let x0 = x;
            while x < width && mask[y * width + x] {
                x += 1;
            }
            if x - x0 >= long {
                for column in x0..x {
                    if across(mask, column, y, width, height, thick) {
                        out[y * width + column] = false;
                    }
                }
            }
            x += 1;
        }
    }
    for x in 0..width {
        let mut y = 0;
        while y < height {
            let y0 = y;
            while y < height && mask[y * width + x] {
                y += 1;
            }
            if y - y0 >= long {
                for row in y0..y {
                    if along(mask, x, row, width, thick) {
                        out[row * width + x] = false;
                    }
                }
            }
            y += 1;
        }
    }
    out
}

/// Whether the ink through a pixel is at most `thick` high.
fn across(mask: &[bool], x: usize, y: usize, width: usize, height: usize, thick: usize) -> bool {
    let up = (1..=thick).take_while(|step| y >= *step && mask[(y - step) * width + x]).count();
    let down = (1..=thick).take_while(|step| y + step < height && mask[(y + step) * width + x]).count();
    up + down < thick
}

/// Whether it is at most `thick` wide.
fn along(mask: &[bool], x: usize, y: usize, width: usize, thick: usize) -> bool {
    let left = (1..=thick).take_while(|step| x >= *step && mask[y * width + x - step]).count();
    let right = (1..=thick).take_while(|step| x + step < width && mask[y * width + x + step]).count();
    left + right < thick
}
