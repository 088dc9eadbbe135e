//! What an eye for signs is taught with: places of two captures side by side, and whether the papers are alike there.
//!
//! The truth comes of the drawn papers: every image is laid on the paper it shows, as that was drawn before any capture,
//! and the drawn papers of both images are compared there, pixel by pixel. What differs only a little, or beside the
//! middle of the place, is left out.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use sanad_checks::duplicates::align::{Alignment, Prepared, SEED, align};
use sanad_checks::duplicates::relation::Looked;
use sanad_checks::duplicates::twins::{Cause, MIDDLE, SIDE, Twin};
use sanad_checks::page::Luma;

use super::again::{Image, Pairs, Shown, Wish, master_of, read, spread};

/// Places of a pair at most.
const MOST: usize = 48;
/// Brightness of a drawn pixel differs from so much on, and is the same up to so much.
const APART: (u8, u8) = (96, 40);
/// Pixels in the middle of a place that differ on the drawn papers where another sign stands, at least.
const OTHER: usize = 8;

/// A drawn paper.
struct Master {
    page: Prepared,
    drawn: Luma,
}

/// One image, and how it lies on its drawn paper.
struct Placed<'i> {
    shown: &'i Shown,
    there: Option<Alignment>,
}

/// Writes every place of every pair of one form into two files: `looks.bin`, for each place [`SIDE`]² bytes of the first
/// image and as many of the second, and `places.csv`, a line for each.
///
/// # Errors
/// When the folder has no drawn papers (`--masters`) or is not of the form.
pub fn write(folder: &Path, out: &Path, wish: &Wish, strangers: usize) -> Result<usize> {
    let Pairs { images, .. } = Pairs::of(folder)?;
    let (shown, _) = read(folder, &images, wish)?;
    let mut masters = BTreeMap::new();
    for image in &images {
        if !masters.contains_key(image.original.as_str()) {
            masters.insert(image.original.as_str(), master(folder, &image.original)?);
        }
    }
    let placed: Vec<Placed<'_>> = spread(&shown.iter().collect::<Vec<_>>(), wish.jobs, |shown| {
        let there = masters.get(shown.image.original.as_str()).and_then(|m| laid(&shown.page, &m.page));
        Placed { shown, there }
    })?;
    let pairs = pairs(&placed, strangers);
    std::fs::create_dir_all(out)?;
    let mut looks = std::io::BufWriter::new(std::fs::File::create(out.join("looks.bin"))?);
    let mut lines = std::io::BufWriter::new(std::fs::File::create(out.join("places.csv"))?);
    writeln!(lines, "first,second,form,one_paper,cause,unlike,usual,other,x,y")?;
    let mut count = 0;
    for part in pairs.chunks(256) {
        let found = spread(part, wish.jobs, |(a, b)| of_pair(a, b, &masters))?;
        for ((a, b), (usual, twins)) in part.iter().zip(found) {
            let (a, b) = (&a.shown.image, &b.shown.image);
            for (twin, other) in twins {
                twin.looks.iter().try_for_each(|look| looks.write_all(look.pixels()))?;
                let cause = if twin.cause == Cause::Figure { "figure" } else { "parted" };
                let (one, form) = (u8::from(a.original == b.original), &a.group);
                let (unlike, other, (x, y)) = (twin.unlike, u8::from(other), twin.at);
                writeln!(lines, "{},{},{form},{one},{cause},{unlike:.3},{usual:.3},{other},{x},{y}", a.id, b.id)?;
                count += 1;
            }
        }
    }
    Ok(count)
}

fn master(folder: &Path, original: &str) -> Result<Master> {
    let path = folder.join("masters").join(format!("{original}.png"));
    let bytes = std::fs::read(&path).with_context(|| format!("no drawn paper {original}; --masters writes it"))?;
    master_of(&bytes).map(|(page, drawn)| Master { page, drawn })
}

/// How a page lies on a drawn one, turned if need be; only pages that lie on it as they stand are taken.
fn laid(page: &Prepared, drawn: &Prepared) -> Option<Alignment> {
    align(page, drawn, SEED)
}

/// All pairs of one form of which both lie on their drawn papers; of different people's one in so many.
fn pairs<'p, 'i>(placed: &'p [Placed<'i>], strangers: usize) -> Vec<(&'p Placed<'i>, &'p Placed<'i>)> {
    let person =
        |image: &Image| !["date", "amount", "name", "digit", "m0"].iter().any(|word| image.original.ends_with(word));
    let mut out = Vec::new();
    let mut met = 0;
    for (at, a) in placed.iter().enumerate().filter(|(_, a)| a.there.is_some()) {
        for b in placed[at + 1..].iter().filter(|b| b.there.is_some() && b.shown.image.group == a.shown.image.group) {
            let (mine, theirs) = (&a.shown.image, &b.shown.image);
            let others = mine.original != theirs.original && (person(mine) || person(theirs));
            met += usize::from(others);
            if !others || met % strangers.max(1) == 0 {
                out.push((a, b));
            }
        }
    }
    out
}

/// The places of a pair whose truth is plain, with whether another sign stands there.
fn of_pair(a: &Placed<'_>, b: &Placed<'_>, masters: &BTreeMap<&str, Master>) -> (f32, Vec<(Twin, bool)>) {
    let Some(looked) = Looked::at(&a.shown.page, &b.shown.page, MOST) else { return (0.0, vec![]) };
    let of = |image: &Image| masters.get(image.original.as_str());
    let (Some(mine), Some(theirs), Some(there)) = (of(&a.shown.image), of(&b.shown.image), a.there.as_ref()) else {
        return (0.0, vec![]);
    };
    let twins = looked.places.into_iter().map(|place| place.twin);
    (looked.usual, twins.filter_map(|twin| other_at(&twin, mine, theirs, there).map(|other| (twin, other))).collect())
}

/// Whether the drawn papers differ in the middle of a place; nothing where that is not plain. A sign that only stands a
/// little further, since another one before it is wider, is no other sign and is left out.
fn other_at(twin: &Twin, mine: &Master, theirs: &Master, there: &Alignment) -> Option<bool> {
    const HALF: i32 = SIDE as i32 / 2;
    let drawn_at = |dx: i32, dy: i32| {
        let (u, v) = there.there.apply((twin.at.0 + dx) as f32 + 0.5, (twin.at.1 + dy) as f32 + 0.5);
        let (x, y) = mine.page.to_page(u, v);
        (x >= 0.0 && y >= 0.0).then_some((x as usize, y as usize))
    };
    let places: Vec<(usize, usize)> =
        (-HALF..HALF).flat_map(|dy| (-HALF..HALF).map(move |dx| drawn_at(dx, dy))).collect::<Option<_>>()?;
    let inside = |page: &Luma, (x, y): (usize, usize)| x < page.width() && y < page.height();
    if !places.iter().all(|at| inside(&mine.drawn, *at) && inside(&theirs.drawn, *at)) {
        return None;
    }
    let look = |page: &Luma| -> Vec<u8> { places.iter().map(|(x, y)| page.at(*x, *y)).collect() };
    let (mine, theirs) = (look(&mine.drawn), look(&theirs.drawn));
    if mine.iter().zip(&theirs).all(|(m, t)| m.abs_diff(*t) <= APART.1) {
        return Some(false);
    }
    (strokes_apart(&mine, &theirs) >= OTHER).then_some(true)
}

/// Pixels in the middle of two looks of [`SIDE`] that have nothing like them near on the other, at the shift that leaves
/// fewest.
fn strokes_apart(mine: &[u8], theirs: &[u8]) -> usize {
    const SHIFT: usize = 3;
    const BEYOND: usize = SHIFT + 1;
    let lone = |here: &[u8], there: &[u8], x: usize, y: usize, (u, v): (usize, usize)| {
        let value = here[y * SIDE + x];
        let near = |k: usize| there[(v + k / 3 - 1) * SIDE + u + k % 3 - 1].abs_diff(value) < APART.0;
        !(0..9).any(near)
    };
    let (from, to) = ((SIDE - MIDDLE) / 2, SIDE.midpoint(MIDDLE));
    debug_assert!(from >= BEYOND);
    let middle = || (from..to).flat_map(|y| (from..to).map(move |x| (x, y)));
    let shifts = (0..=2 * SHIFT).flat_map(|dy| (0..=2 * SHIFT).map(move |dx| (dx, dy)));
    let apart = |(dx, dy): (usize, usize)| {
        let off = |(x, y): &(usize, usize)| {
            let (u, v) = (x + dx - SHIFT, y + dy - SHIFT);
            let (p, q) = (x + SHIFT - dx, y + SHIFT - dy);
            lone(mine, theirs, *x, *y, (u, v)) || lone(theirs, mine, *x, *y, (p, q))
        };
        middle().filter(off).count()
    };
    shifts.map(apart).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// White with a bar of ink, so many pixels right of the middle.
    fn bar(right: usize, tall: usize) -> Vec<u8> {
        let inked = |k: usize| (17 + right..21 + right).contains(&(k % SIDE)) && (12..12 + tall).contains(&(k / SIDE));
        (0..SIDE * SIDE).map(|k| if inked(k) { 10 } else { 250 }).collect()
    }

    #[test]
    fn a_sign_that_stands_further_is_itself_and_one_with_another_stroke_is_not() {
        assert_eq!(strokes_apart(&bar(0, 16), &bar(3, 16)), 0);
        assert!(strokes_apart(&bar(0, 16), &bar(0, 9)) >= OTHER);
        assert!(strokes_apart(&bar(0, 16), &vec![250; SIDE * SIDE]) >= OTHER);
    }
}
