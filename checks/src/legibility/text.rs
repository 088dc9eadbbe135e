//! Which blobs are writing: letters, their size, the lines they stand in, and the dots between them.
//!
//! Persian has no x-height and joins its letters, so the size of the text is the height of the middle
//! of the joined parts once dots are left out; meaning hangs on the dots, so they are measured apart.

use super::blobs::Blob;

/// Smallest height of a letter worth looking at, analysis pixels.
const MIN_LETTER_HEIGHT: u32 = 4;
/// Letters are at most this share of the page's height.
const MAX_LETTER_SHARE: f32 = 1.0 / 9.0;
/// Fewest ink pixels of a letter.
const MIN_LETTER_AREA: u32 = 8;
/// A joined part of a word is at most this many times as wide as it is high.
const MAX_ASPECT: f32 = 16.0;
/// A letter fills at most this share of its box; a full box is a rule, a bar or a picture.
const MAX_FILL: f32 = 0.92;
/// ... and at least this share.
const MIN_FILL: f32 = 0.06;
/// Letters are between these multiples of the body height.
const LETTER_HEIGHTS: (f32, f32) = (0.5, 3.2);
/// Two letters are neighbours in a line when the gap between them is at most this many body heights.
const MAX_GAP: f32 = 1.6;
/// A line has at least this many letters.
const MIN_LINE: usize = 3;
/// A dot is at most this share of the body height on its longer side.
const MAX_DOT: f32 = 0.42;

/// The depth that this share of the ink does not reach stands for the writing ...
const STRONG_PERCENTILE: f32 = 0.7;
/// ... and blobs of less than this share of it are no letters.
const WEAK_SHARE: f32 = 0.3;

/// Rows of fewer letters on the average are no lines of a text ...
const RAGGED: f32 = 6.0;
/// ... where there are at least so many letters.
const GRAIN_LETTERS: usize = 300;
/// The depth that stands for the writing where grain holds most of the ink.
const DARKEST_PERCENTILE: f32 = 0.93;
/// Fewest letters of the darkest ink, and how much longer its lines must be.
const ENOUGH_LETTERS: usize = 30;
const BETTER: f32 = 1.3;

/// A speck is smaller than this share of the body height on its longer side.
const SPECK_SHARE: f32 = 0.5;

/// The writing on a page; lengths in analysis pixels.
#[derive(Debug, Default)]
pub struct Text {
    /// Median height of the letters, weighted by the square root of their ink: neither the many specks of a
    /// noisy page nor a few large shapes decide.
    pub body: f32,
    /// Median thickness of their strokes.
    pub stroke: f32,
    /// Median side of the dots; 0 when there are fewer than a handful.
    pub dot: f32,
    /// Letters that stand in lines.
    pub letters: Vec<Blob>,
    /// For each letter, the line it stands in.
    pub line_of: Vec<u32>,
    /// Number of lines.
    pub lines: u32,
    /// Blobs of letter size that stand in no line.
    pub strays: usize,
    /// Blobs of letter size in lines of their own, but much paler than the writing: print that has faded, or what
    /// shines through from the back.
    pub faded: usize,
    /// Dots and dirt: blobs too small for a letter and as dark as the writing.
    pub specks: usize,
    /// Depth of the weakest letter, levels; a speck is at least as deep.
    pub speck_depth: f32,
}

impl Text {
    /// The letters of each line, in no order.
    #[must_use]
    pub fn by_line(&self) -> Vec<Vec<Blob>> {
        let mut lines = vec![Vec::new(); self.lines as usize];
        for (letter, &line) in self.letters.iter().zip(&self.line_of) {
            lines[line as usize].push(*letter);
        }
        lines
    }

    /// Letters of an average line.
    #[must_use]
    pub fn letters_per_line(&self) -> f32 {
        self.letters.len() as f32 / self.lines.max(1) as f32
    }

    /// Whether a blob is a dot or dirt: too small for a letter and as dark as the writing.
    #[must_use]
    pub fn is_speck(&self, blob: &Blob) -> bool {
        (blob.height().max(blob.width()) as f32) < SPECK_SHARE * self.body && blob.depth >= self.speck_depth
    }
}

fn letter_like(blob: &Blob, max_height: f32, max_width: f32) -> bool {
    let (w, h) = (blob.width() as f32, blob.height() as f32);
    let fill = blob.area as f32 / (w * h);
    blob.height() >= MIN_LETTER_HEIGHT
        && blob.area >= MIN_LETTER_AREA
        && h <= max_height
        && w <= max_width
        && w <= MAX_ASPECT * h
        && h <= 8.0 * w
        && (MIN_FILL..=MAX_FILL).contains(&fill)
}

/// The median of values that carry weights.
fn weighted_median(values: &mut [(f32, f32)]) -> f32 {
    values.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let half = values.iter().map(|v| v.1).sum::<f32>() / 2.0;
    let mut sum = 0.0;
    for &(value, weight) in values.iter() {
        sum += weight;
        if sum >= half {
            return value;
        }
    }
    0.0
}

/// The blobs of a page of this size that have the shape of letters.
#[must_use]
pub fn candidates(blobs: &[Blob], width: usize, height: usize) -> Vec<Blob> {
    let max_height = (height as f32 * MAX_LETTER_SHARE).max(24.0);
    let max_width = width as f32 / 2.0;
    blobs.iter().filter(|b| letter_like(b, max_height, max_width)).copied().collect()
}

/// Finds the writing among the blobs: those of letter shape, and all of them for the dots.
///
/// Coarse grain can hold more ink than the writing, and chance makes rows of it: where what was found is many short
/// rows, the darkest ink alone is tried, and kept when its letters stand in better lines.
#[must_use]
pub fn text(candidates: &[Blob], blobs: &[Blob]) -> Text {
    let (kept, pale) = strong(candidates, STRONG_PERCENTILE);
    let mut first = writing(kept, blobs);
    first.faded = faded(&pale, first.body);
    if first.letters.len() < GRAIN_LETTERS || first.letters_per_line() >= RAGGED {
        return first;
    }
    let darkest = writing(strong(candidates, DARKEST_PERCENTILE).0, blobs);
    if darkest.letters.len() < ENOUGH_LETTERS || darkest.letters_per_line() < BETTER * first.letters_per_line() {
        return first;
    }
    // what was left out is dirt, and still counts as such
    let found = Text { speck_depth: first.speck_depth, ..darkest };
    Text { specks: blobs.iter().filter(|blob| found.is_speck(blob)).count(), ..found }
}

fn writing(candidates: Vec<&Blob>, blobs: &[Blob]) -> Text {
    let body = body_height(&candidates);
    if body <= 0.0 {
        return Text { specks: blobs.len(), ..Text::default() };
    }
    let sized: Vec<Blob> = candidates
        .iter()
        .filter(|b| (LETTER_HEIGHTS.0 * body..=LETTER_HEIGHTS.1 * body).contains(&(b.height() as f32)))
        .map(|b| **b)
        .collect();
    let groups = lines(&sized, body);
    let limit = candidates.iter().map(|b| b.depth).fold(f32::INFINITY, f32::min);
    let specks =
        blobs.iter().filter(|b| (b.height().max(b.width()) as f32) < SPECK_SHARE * body && b.depth >= limit).count();
    let mut text = Text { body, specks, speck_depth: limit, ..Text::default() };
    for (blob, group) in sized.iter().zip(groups) {
        match group {
            Some(line) => {
                text.letters.push(*blob);
                text.line_of.push(line);
                text.lines = text.lines.max(line + 1);
            }
            None => text.strays += 1,
        }
    }
    let mut strokes: Vec<(f32, f32)> = text.letters.iter().map(|b| (b.stroke(), b.area as f32)).collect();
    text.stroke = weighted_median(&mut strokes);
    text.body = body_height(&text.letters.iter().collect::<Vec<_>>());
    text.dot = dot_side(blobs, body);
    text
}

/// How many of the pale blobs have the size of letters and stand in lines.
fn faded(pale: &[&Blob], body: f32) -> usize {
    if body <= 0.0 {
        return 0;
    }
    let sized: Vec<Blob> = pale
        .iter()
        .filter(|b| (LETTER_HEIGHTS.0 * body..=LETTER_HEIGHTS.1 * body).contains(&(b.height() as f32)))
        .map(|b| **b)
        .collect();
    lines(&sized, body).iter().flatten().count()
}

/// Parts what stands for the writing from what is much weaker: guilloche, texture, show-through, faded print.
fn strong(candidates: &[Blob], percentile: f32) -> (Vec<&Blob>, Vec<&Blob>) {
    let mut depths: Vec<(f32, f32)> = candidates.iter().map(|b| (b.depth, b.area as f32)).collect();
    depths.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let weight: f32 = depths.iter().map(|d| d.1).sum();
    let mut sum = 0.0;
    let upper = depths.iter().find(|d| {
        sum += d.1;
        sum >= percentile * weight
    });
    let limit = upper.map_or(0.0, |d| d.0 * WEAK_SHARE);
    candidates.iter().partition(|b| b.depth >= limit)
}

fn body_height(letters: &[&Blob]) -> f32 {
    let mut heights: Vec<(f32, f32)> = letters.iter().map(|b| (b.height() as f32, (b.area as f32).sqrt())).collect();
    weighted_median(&mut heights)
}

fn dot_side(blobs: &[Blob], body: f32) -> f32 {
    let largest = (MAX_DOT * body).max(2.0);
    let mut sides: Vec<(f32, f32)> = blobs
        .iter()
        .filter(|b| b.width().max(b.height()) as f32 <= largest && b.area >= 2)
        .map(|b| ((b.area as f32).sqrt(), 1.0))
        .collect();
    if sides.len() < 8 { 0.0 } else { weighted_median(&mut sides) }
}

/// The line of each letter: chains of neighbours that overlap in height; `None` for loners.
fn lines(letters: &[Blob], body: f32) -> Vec<Option<u32>> {
    let cell = (body * 2.0).max(4.0);
    let mut order: Vec<usize> = (0..letters.len()).collect();
    order.sort_unstable_by_key(|&i| {
        let (x, y) = letters[i].centre();
        ((y / cell) as u32, x as u32, i)
    });
    let mut parent: Vec<usize> = (0..letters.len()).collect();
    let rows = row_starts(&order, letters, cell);
    for (place, &i) in order.iter().enumerate() {
        let row = (letters[i].centre().1 / cell) as usize;
        for r in [row, row + 1] {
            let Some(&(start, end)) = rows.get(r) else { continue };
            join_neighbours(i, place, &order[start..end], start, letters, body, &mut parent);
        }
    }
    number_groups(&mut parent)
}

fn row_starts(order: &[usize], letters: &[Blob], cell: f32) -> Vec<(usize, usize)> {
    let row = |i: usize| (letters[i].centre().1 / cell) as usize;
    let count = order.last().map_or(0, |&i| row(i) + 1);
    let mut rows = vec![(0, 0); count];
    for (place, &i) in order.iter().enumerate() {
        let slot = &mut rows[row(i)];
        if slot.1 == 0 {
            slot.0 = place;
        }
        slot.1 = place + 1;
    }
    rows
}

fn join_neighbours(
    i: usize,
    place: usize,
    row: &[usize],
    start: usize,
    letters: &[Blob],
    body: f32,
    parent: &mut [usize],
) {
    let me = &letters[i];
    let reach = MAX_GAP * body;
    // letters of a row are sorted by their centre: begin where a neighbour could still touch
    let widest = me.width() as f32 + reach + 16.0 * body;
    let from = row.partition_point(|&j| letters[j].centre().0 < me.centre().0 - widest);
    for (offset, &j) in row[from..].iter().enumerate() {
        if start + from + offset == place {
            continue;
        }
        let other = &letters[j];
        if other.centre().0 > me.centre().0 + widest {
            break;
        }
        let gap = (other.x0.max(me.x0) as f32) - (other.x1.min(me.x1) as f32);
        let overlap = other.y1.min(me.y1) as f32 - other.y0.max(me.y0) as f32;
        let shorter = me.height().min(other.height()) as f32;
        if gap <= reach && overlap >= 0.35 * shorter && shorter * 2.6 >= me.height().max(other.height()) as f32 {
            let (a, b) = (root(parent, i), root(parent, j));
            parent[a.max(b)] = a.min(b);
        }
    }
}

fn root(parent: &mut [usize], mut i: usize) -> usize {
    while parent[i] != i {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    i
}

fn number_groups(parent: &mut [usize]) -> Vec<Option<u32>> {
    let count = parent.len();
    let roots: Vec<usize> = (0..count).map(|i| root(parent, i)).collect();
    let mut sizes = vec![0_usize; count];
    for &r in &roots {
        sizes[r] += 1;
    }
    let mut numbers = vec![None; count];
    let mut next = 0;
    for r in 0..count {
        if roots[r] == r && sizes[r] >= MIN_LINE {
            numbers[r] = Some(next);
            next += 1;
        }
    }
    roots.iter().map(|&r| numbers[r]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(x: u32, y: u32, w: u32, h: u32) -> Blob {
        Blob { x0: x, y0: y, x1: x + w, y1: y + h, area: w * h / 2, perimeter: w * h / 3, depth: 100.0 }
    }

    #[test]
    fn letters_in_a_row_make_a_line_and_a_loner_does_not() {
        let mut blobs: Vec<Blob> = (0..6).map(|i| letter(20 + i * 18, 100, 14, 12)).collect();
        blobs.push(letter(400, 300, 14, 12));
        let text = text(&candidates(&blobs, 800, 600), &blobs);
        assert_eq!((text.letters.len(), text.lines, text.strays), (6, 1, 1));
        assert!((text.body - 12.0).abs() < f32::EPSILON);
    }

    #[test]
    fn two_rows_stay_apart() {
        let blobs: Vec<Blob> = (0..12).map(|i| letter(20 + (i % 6) * 18, 100 + (i / 6) * 30, 14, 12)).collect();
        assert_eq!(text(&candidates(&blobs, 800, 600), &blobs).lines, 2);
    }

    #[test]
    fn writing_is_found_among_grain_that_holds_more_ink() {
        let mut blobs: Vec<Blob> = (0..120).map(|i| letter(20 + (i % 20) * 18, 100 + (i / 20) * 40, 14, 12)).collect();
        // rows of four, apart from one another
        let grain = |i: u32| {
            let (x, y) = (9 + 45 * (i / 4 % 17) + 6 * (i % 4), 6 + 14 * (i / 68));
            Blob { depth: 20.0, ..letter(x, y, 4, 5) }
        };
        blobs.extend((0..4000).map(grain));
        let found = text(&candidates(&blobs, 800, 600), &blobs);
        assert_eq!((found.letters.len(), found.lines), (120, 6), "body {}", found.body);
        assert!(found.specks > 1000, "the grain still counts as dirt: {}", found.specks);
    }

    #[test]
    fn no_blobs_no_text() {
        assert_eq!(text(&[], &[]).letters.len(), 0);
    }
}
