//! Where numbers may stand, by their ink alone: the reader of words often makes nothing at all of a number that stands
//! by itself in a cell, so its words cannot say where to look.
//!
//! Letters of words that were read for sure are put aside; what is left of each line falls into stretches at its
//! wider gaps.

use sanad_checks::legibility::Marks;
use sanad_checks::legibility::blobs::Blob;
use sanad_checks::page::Region;

use super::words::Word;
use crate::read::names_month;

/// A gap of so many body heights ends a stretch: a narrow one, and one that faces with far-set figures and signs stay
/// within. The reader of numbers says which stretch is one number.
const GAPS: [f32; 2] = [0.7, 1.5];
/// Width of a stretch that may hold a date or a sum, in body heights.
const WIDTHS: (f32, f32) = (2.5, 18.0);
/// Fewest joined pieces of ink in it: figures do not join.
const FEWEST_PIECES: usize = 4;
/// Ink of the smallest sign, analysis pixels.
const LEAST_SIGN: u32 = 3;
/// How sure the reader of words is of a word whose ink needs no second look.
const SURE_WORD: f32 = 0.75;
/// Width of the longest number, in heights of its field.
const LONGEST: u32 = 14;
/// Stretches told at most; a page full of numbers is a register.
const MOST: usize = 120;

/// Stretches of ink that may be numbers, in the pixels of the picture, from the top.
pub(super) fn stretches(marks: &Marks, words: &[Word]) -> Vec<Region> {
    let (text, scale) = (&marks.text, marks.map.scale as u32);
    let said: Vec<Region> = words.iter().filter(|word| surely_letters(word)).map(|word| word.region).collect();
    let unsaid = |letter: &Blob| {
        let (x, y) = letter.centre();
        !said.iter().any(|word| word.holds(x as u32 * scale, y as u32 * scale))
    };
    let mut lines = text.by_line();
    for line in &mut lines {
        with_small_signs(line, marks);
        line.retain(unsaid);
        line.sort_unstable_by_key(|blob| blob.x0);
    }
    let parted = |gap: f32| lines.iter().flat_map(move |line| of_line(line, gap * text.body, text.body));
    let mut found: Vec<Region> = GAPS.iter().flat_map(|gap| parted(*gap)).collect();
    found.sort_by_key(|region| (region.y, region.x, region.width));
    found.dedup();
    found.truncate(MOST);
    found.into_iter().map(|region| region.times(scale)).collect()
}

/// Fields that are parts of one number, taken together: where the reader of words, or a wide gap in the ink, cut a number
/// in two, each half is another number. A field grows over the words, fields and signs that overlap it in its line, or lie
/// next to it.
pub(super) fn unparted(fields: &[Region], marks: &Marks, words: &[Word]) -> Vec<Region> {
    let scale = marks.map.scale as u32;
    let said: Vec<Region> = words.iter().filter(|word| surely_letters(word)).map(|word| word.region).collect();
    let sign = |blob: &&Blob| {
        let (x, y) = blob.centre();
        let size = blob.width().max(blob.height()) as f32;
        let fits = blob.area >= LEAST_SIGN && size < 2.0 * marks.text.body;
        fits && !said.iter().any(|word| word.holds(x as u32 * scale, y as u32 * scale))
    };
    let unsaid = words.iter().filter(|word| !surely_letters(word)).map(|word| word.region);
    let signs = marks.blobs.iter().filter(sign).map(|blob| box_of(blob).times(scale));
    let pieces: Vec<Region> = unsaid.chain(fields.iter().copied()).chain(signs).collect();
    let mut found: Vec<Region> = fields.iter().filter_map(|field| grown_over(*field, &pieces)).collect();
    found.sort_by_key(|region| (region.y, region.x, region.width));
    found.dedup_by_key(|region| (region.y / 8, region.x, region.width));
    found.retain(|region| !fields.iter().any(|field| (field.x, field.width) == (region.x, region.width)));
    found.truncate(MOST);
    found
}

/// A field with what belongs to it, as high as it is; none where nothing does, or where it would be too long for a number.
fn grown_over(field: Region, pieces: &[Region]) -> Option<Region> {
    const MOST_ROUNDS: usize = 8;
    let (reach, most) = (field.height * 2 / 5, field.height * LONGEST);
    let (mut left, mut right) = (field.x, field.x + field.width);
    for _ in 0..MOST_ROUNDS {
        let before = (left, right);
        for piece in pieces {
            let middle = piece.y + piece.height / 2;
            let in_line = (field.y..field.y + field.height).contains(&middle);
            if in_line && piece.x <= right + reach && piece.x + piece.width + reach >= left {
                (left, right) = (left.min(piece.x), right.max(piece.x + piece.width));
            }
        }
        if (left, right) == before {
            break;
        }
    }
    let width = right - left;
    (width > field.width + field.height / 2 && width <= most).then(|| Region::new(left, field.y, width, field.height))
}

/// A word of letters that was read for sure and takes no part in a date.
fn surely_letters(word: &Word) -> bool {
    let letters = word.text.chars().filter(|c| c.is_alphabetic()).count();
    let figures = word.text.chars().any(|c| c.is_numeric());
    word.confidence >= SURE_WORD && letters >= 2 && !figures && !names_month(&word.text)
}

/// Adds what stands in the line and is too small for a letter: noughts, points and the signs between groups are mere
/// dots in many faces, and a number without its last noughts is another number.
fn with_small_signs(line: &mut Vec<Blob>, marks: &Marks) {
    /// Signs beyond the letters are looked for so far, in reaches.
    const FURTHEST: u32 = 6;
    let Some(bounds) = line.iter().map(box_of).reduce(Region::union) else { return };
    let reach = (GAPS[1] * marks.text.body) as u32;
    let near = |letter: &Blob, (x, y): (f32, f32)| {
        let beside = x >= letter.x0.saturating_sub(reach) as f32 && x <= (letter.x1 + reach) as f32;
        beside && y >= letter.y0 as f32 && y <= letter.y1 as f32
    };
    let small = |blob: &&Blob| {
        let large = blob.width().max(blob.height()) as f32 > marks.text.body;
        !large && blob.area >= LEAST_SIGN && bounds.near(box_of(blob), FURTHEST * reach)
    };
    let letters = line.clone();
    // What is a letter of any line has its line already.
    let fresh = |blob: &&Blob| !marks.text.letters.iter().any(|letter| (letter.x0, letter.y0) == (blob.x0, blob.y0));
    let small: Vec<Blob> = marks.blobs.iter().filter(small).filter(fresh).copied().collect();
    let (beside, others): (Vec<Blob>, Vec<Blob>) =
        small.into_iter().partition(|blob| letters.iter().any(|letter| near(letter, blob.centre())));
    line.extend(trailing(&beside, others, reach as f32, marks.text.body));
    line.extend(beside);
}

/// The signs that follow signs of a line: of a hundred million eight noughts stand beyond the last figure that is no dot.
/// A longer row of them is a dotted line.
fn trailing(beside: &[Blob], mut others: Vec<Blob>, reach: f32, body: f32) -> Vec<Blob> {
    const MOST: usize = 12;
    let mut found: Vec<Blob> = Vec::new();
    let mut ends = beside.to_vec();
    while !ends.is_empty() && found.len() <= 2 * MOST {
        let follows = |blob: &Blob| {
            let (x, y) = blob.centre();
            ends.iter().map(Blob::centre).any(|(ex, ey)| (x - ex).abs() <= reach && (y - ey).abs() <= body / 2.0)
        };
        let (next, rest): (Vec<Blob>, Vec<Blob>) = others.into_iter().partition(follows);
        found.extend(&next);
        (ends, others) = (next, rest);
    }
    if found.len() > MOST { Vec::new() } else { found }
}

/// The rectangle a blob fills, analysis pixels.
pub(super) const fn box_of(blob: &Blob) -> Region {
    Region::new(blob.x0, blob.y0, blob.width(), blob.height())
}

/// The stretches of one line, its letters from the left, parted by gaps wider than `gap`; analysis pixels.
fn of_line(line: &[Blob], gap: f32, body: f32) -> Vec<Region> {
    let mut found = Vec::new();
    let mut from = 0;
    for at in 1..=line.len() {
        let reach = line[from..at].iter().map(|blob| blob.x1).max().unwrap_or(0);
        if at < line.len() && line[at].x0 as f32 <= reach as f32 + gap {
            continue;
        }
        let piece = &line[from..at];
        let region = piece.iter().map(box_of).reduce(Region::union);
        let fits = |r: &Region| (WIDTHS.0 * body..=WIDTHS.1 * body).contains(&(r.width as f32));
        found.extend(region.filter(|r| piece.len() >= FEWEST_PIECES && fits(r)));
        from = at;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use sanad_checks::page::Luma;

    /// A picture with bars like figures at these places of one line.
    fn picture(xs: &[usize]) -> Luma {
        let (width, height) = (600, 120);
        let mut luma = Luma::filled(width, height, 240);
        for &x in xs {
            for y in 40..60 {
                for column in x..x + if y < 44 { 8 } else { 3 } {
                    luma.pixels_mut()[y * width + column] = 20;
                }
            }
        }
        luma
    }

    fn run(from: usize, count: usize) -> impl Iterator<Item = usize> {
        (0..count).map(move |i| from + 12 * i)
    }

    #[test]
    fn two_numbers_of_a_line_are_two_stretches() {
        let xs: Vec<usize> = run(60, 8).chain(run(300, 8)).collect();
        let found = stretches(&Marks::of(&picture(&xs)), &[]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.iter().any(|r| r.near(Region::new(60, 40, 90, 20), 2)), "{found:?}");
    }

    #[test]
    fn ink_of_a_word_that_was_read_is_left_out() {
        let xs: Vec<usize> = run(60, 8).chain(run(300, 8)).collect();
        let word = |text: &str| Word { text: text.to_owned(), region: Region::new(50, 30, 120, 40), confidence: 0.9 };
        assert_eq!(stretches(&Marks::of(&picture(&xs)), &[word("بیمارستان")]).len(), 1);
        assert_eq!(stretches(&Marks::of(&picture(&xs)), &[word("۱۴۰۲")]).len(), 2);
    }

    #[test]
    fn halves_of_a_number_are_taken_together_and_neighbours_left_alone() {
        let empty = Marks::of(&Luma::filled(600, 120, 240));
        let halves = [Region::new(100, 40, 60, 20), Region::new(150, 42, 70, 18)];
        let found = unparted(&halves, &empty, &[]);
        assert!(found.contains(&Region::new(100, 40, 120, 20)), "{found:?}");
        let apart = [Region::new(100, 40, 60, 20), Region::new(190, 40, 70, 20), Region::new(100, 80, 60, 20)];
        assert!(unparted(&apart, &empty, &[]).is_empty());
        let word = |text: &str| Word { text: text.to_owned(), region: Region::new(60, 40, 100, 20), confidence: 0.9 };
        assert_eq!(unparted(&halves[..1], &empty, &[word("۱۴")]), [Region::new(60, 40, 100, 20)]);
        assert!(unparted(&halves[..1], &empty, &[word("تاریخ")]).is_empty());
    }

    #[test]
    fn noughts_beyond_the_last_figure_belong_to_the_number_and_a_dotted_line_does_not() {
        let with_dots = |count: usize| {
            let mut luma = picture(&run(60, 5).collect::<Vec<_>>());
            for dot in 0..count {
                let x = 122 + 12 * dot;
                (48..52).for_each(|y| luma.pixels_mut()[y * 600 + x..y * 600 + x + 4].fill(20));
            }
            stretches(&Marks::of(&luma), &[]).into_iter().map(|r| r.x + r.width).max().unwrap_or(0)
        };
        assert!(with_dots(8) >= 208, "{}", with_dots(8));
        assert!(with_dots(36) < 190, "{}", with_dots(36));
    }

    #[test]
    fn an_empty_page_has_none() {
        assert!(stretches(&Marks::of(&Luma::filled(400, 300, 230)), &[]).is_empty());
    }
}
