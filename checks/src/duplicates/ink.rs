//! Ink of a page in black and white, one bit a pixel, packed in words.

mod growth;

/// Pixels of a word.
const WORD: usize = 64;

/// A bilevel picture; a set bit is ink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ink {
    width: usize,
    height: usize,
    stride: usize,
    words: Vec<u64>,
}

impl Ink {
    /// A sheet without ink, pixels.
    #[must_use]
    pub fn blank(width: usize, height: usize) -> Self {
        let stride = width.div_ceil(WORD);
        Self { width, height, stride, words: vec![0; stride * height] }
    }

    /// Width in pixels.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    #[must_use]
    pub const fn height(&self) -> usize {
        self.height
    }

    /// The words of a row, lowest bit leftmost; bits beyond the width are never set.
    #[must_use]
    pub fn row(&self, y: usize) -> &[u64] {
        &self.words[y * self.stride..(y + 1) * self.stride]
    }

    /// The words of a row, to be written; bits beyond the width must stay unset.
    pub fn row_mut(&mut self, y: usize) -> &mut [u64] {
        &mut self.words[y * self.stride..(y + 1) * self.stride]
    }

    /// Whether there is ink at a pixel; none beyond the edges.
    #[must_use]
    pub fn at(&self, x: i32, y: i32) -> bool {
        let inside = x >= 0 && y >= 0 && (x as usize) < self.width && (y as usize) < self.height;
        inside && self.words[y as usize * self.stride + x as usize / WORD] >> (x as usize % WORD) & 1 == 1
    }

    /// Puts ink on a pixel of the sheet.
    pub fn set(&mut self, x: usize, y: usize) {
        self.words[y * self.stride + x / WORD] |= 1 << (x % WORD);
    }

    /// The pixels of a row from a place on, one or nothing each; whether there is any ink in the words that hold them.
    pub(super) fn pixels(&self, x: i32, y: i32, out: &mut [u8]) -> bool {
        let mut any = 0;
        for (pixels, x) in out.chunks_mut(u64::BITS as usize).zip((x..).step_by(u64::BITS as usize)) {
            let bits = self.bits(x, y);
            any |= bits;
            pixels.iter_mut().enumerate().for_each(|(i, pixel)| *pixel = (bits >> i & 1) as u8);
        }
        any != 0
    }

    /// Sixty-four pixels of a row from a place on, lowest bit leftmost; none beyond the edges.
    #[must_use]
    pub fn bits(&self, x: i32, y: i32) -> u64 {
        let mut row = [0];
        self.bits_of_rows(x, y, &mut row);
        row[0]
    }

    /// The same of the rows from `y` on, one below the other.
    pub(super) fn bits_of_rows(&self, x: i32, y: i32, rows: &mut [u64]) {
        let (place, shift) = (x.div_euclid(WORD as i32), x.rem_euclid(WORD as i32));
        let within = |place: i32| usize::try_from(place).ok().filter(|place| *place < self.stride);
        let places = (within(place), within(place + 1).filter(|_| shift > 0));
        rows.fill(0);
        let (above, first) = ((-y).max(0) as usize, y.max(0) as usize);
        let sheet = self.words.chunks_exact(self.stride.max(1)).skip(first);
        let shown = rows.iter_mut().skip(above).zip(sheet);
        match places {
            (Some(left), Some(right)) => {
                shown.for_each(|(bits, row)| *bits = row[left] >> shift | row[right] << (WORD as i32 - shift));
            }
            (Some(left), None) => shown.for_each(|(bits, row)| *bits = row[left] >> shift),
            (None, Some(right)) => shown.for_each(|(bits, row)| *bits = row[right] << (WORD as i32 - shift)),
            (None, None) => {}
        }
    }

    /// Puts the ink of a few pixels, lowest bit leftmost, on a row; they lie within one word, those beyond the width are
    /// left out.
    pub fn put_square(&mut self, x: usize, y: usize, bits: u64) {
        let room = self.width - x;
        let bits = if room < WORD { bits & ((1 << room) - 1) } else { bits };
        self.words[y * self.stride + x / WORD] |= bits << (x % WORD);
    }

    /// Takes the ink of a run of pixels `x0..x1` away.
    pub fn wipe(&mut self, y: usize, x0: usize, x1: usize) {
        for x in x0..x1 {
            self.words[y * self.stride + x / WORD] &= !(1 << (x % WORD));
        }
    }

    /// Pixels of ink.
    #[must_use]
    pub fn count(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Pixels of ink in the part of a box `x0..x1`, `y0..y1` that lies on the sheet.
    #[must_use]
    pub fn within(&self, x0: i32, y0: i32, x1: i32, y1: i32) -> u32 {
        self.rows_of([x0, y0, x1, y1]).map(Stretch::count).sum()
    }

    /// Whether a box holds any ink.
    #[must_use]
    pub fn any(&self, x0: i32, y0: i32, x1: i32, y1: i32) -> bool {
        self.rows_of([x0, y0, x1, y1]).any(Stretch::any)
    }

    /// The rows of the part of a box that lies on the sheet.
    fn rows_of(&self, [x0, y0, x1, y1]: [i32; 4]) -> impl Iterator<Item = Stretch<'_>> {
        let inside = |v: i32, side: usize| v.clamp(0, side as i32) as usize;
        let ([x0, x1], [y0, y1]) = ([x0, x1].map(|x| inside(x, self.width)), [y0, y1].map(|y| inside(y, self.height)));
        let rows = if x1 > x0 { y0..y1 } else { 0..0 };
        let last = x1.max(1) - 1;
        let (begin, end) = (u64::MAX << (x0 % WORD), u64::MAX >> (WORD - 1 - last % WORD));
        rows.map(move |y| Stretch { words: &self.row(y)[x0 / WORD..=last / WORD], begin, end })
    }

    /// The ink of both at once; both of one size.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        self.joined(other, |mine, theirs| mine & theirs)
    }

    /// Its ink where the other has none; both of one size.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        self.joined(other, |mine, theirs| mine & !theirs)
    }

    /// The ink of either; both of one size.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        self.joined(other, |mine, theirs| mine | theirs)
    }

    fn joined(&self, other: &Self, join: impl Fn(u64, u64) -> u64) -> Self {
        let words = self.words.iter().zip(&other.words).map(|(mine, theirs)| join(*mine, *theirs)).collect();
        Self { words, ..*self }
    }

    /// The sheet turned clockwise by quarters.
    #[must_use]
    pub fn turned(&self, quarters: u8) -> Self {
        let (w, h) = (self.width, self.height);
        let (out_w, out_h) = if quarters % 2 == 1 { (h, w) } else { (w, h) };
        let mut out = Self::blank(out_w, out_h);
        for y in 0..h {
            self.each_run(y, |x0, x1| {
                for x in x0..x1 {
                    match quarters % 4 {
                        1 => out.set(h - 1 - y, x),
                        2 => out.set(w - 1 - x, h - 1 - y),
                        3 => out.set(y, w - 1 - x),
                        _ => out.set(x, y),
                    }
                }
            });
        }
        out
    }

    /// Calls with the start and end of each run of ink in a row, from the left.
    pub fn each_run(&self, y: usize, mut call: impl FnMut(usize, usize)) {
        let mut open = None;
        for (place, &word) in self.row(y).iter().enumerate() {
            let base = place * WORD;
            if word == 0 {
                if let Some(start) = open.take() {
                    call(start, base);
                }
                continue;
            }
            let mut at = 0;
            while at < WORD {
                let rest = word >> at;
                if open.is_some() {
                    let ones = (!rest).trailing_zeros() as usize;
                    at += ones.min(WORD - at);
                    if at < WORD
                        && let Some(start) = open.take()
                    {
                        call(start, base + at);
                    }
                } else if rest == 0 {
                    break;
                } else {
                    at += rest.trailing_zeros() as usize;
                    open = Some(base + at);
                }
            }
        }
        if let Some(start) = open {
            call(start, self.width);
        }
    }

    /// Sums of ink over all pixels above and left of each corner: `(width + 1) * (height + 1)` values.
    #[must_use]
    pub fn integral(&self) -> Integral {
        let stride = self.width + 1;
        let mut sums = vec![0_u16; stride * (self.height + 1)];
        for y in 0..self.height {
            let (above, here) = sums.split_at_mut((y + 1) * stride);
            let (above, here) = (&above[y * stride + 1..], &mut here[1..stride]);
            let mut sum = 0_u16;
            let words = self.row(y).iter().zip(here.chunks_mut(WORD)).zip(above.chunks(WORD));
            for ((&word, here), above) in words {
                if word == 0 {
                    here.iter_mut().zip(above).for_each(|(here, above)| *here = above.wrapping_add(sum));
                    continue;
                }
                for (i, (here, above)) in here.iter_mut().zip(above).enumerate() {
                    sum = sum.wrapping_add((word >> i & 1) as u16);
                    *here = above.wrapping_add(sum);
                }
            }
        }
        Integral { stride, width: self.width as i32, height: self.height as i32, sums }
    }
}

/// A part of a row: its words, and the pixels of the first and of the last that belong to it.
struct Stretch<'i> {
    words: &'i [u64],
    begin: u64,
    end: u64,
}

impl Stretch<'_> {
    fn count(self) -> u32 {
        match self.words {
            [one] => (one & self.begin & self.end).count_ones(),
            [one, between @ .., other] => {
                let whole: u32 = between.iter().map(|word| word.count_ones()).sum();
                (one & self.begin).count_ones() + whole + (other & self.end).count_ones()
            }
            [] => 0,
        }
    }

    fn any(self) -> bool {
        match self.words {
            [one] => one & self.begin & self.end != 0,
            [one, between @ .., other] => {
                one & self.begin != 0 || other & self.end != 0 || between.iter().any(|word| *word != 0)
            }
            [] => false,
        }
    }
}

/// Sums of ink over rectangles of less than 65,536 pixels, in four look-ups. They are kept but for multiples of that
/// number, which differences do not show.
#[derive(Clone, Debug)]
pub struct Integral {
    stride: usize,
    width: i32,
    height: i32,
    sums: Vec<u16>,
}

impl Integral {
    /// Pixels of ink in the part of the rectangle that lies on the sheet.
    #[must_use]
    pub fn sum(&self, x0: i32, y0: i32, x1: i32, y1: i32) -> u32 {
        let (x0, x1) = (x0.clamp(0, self.width) as usize, x1.clamp(0, self.width) as usize);
        let (y0, y1) = (y0.clamp(0, self.height) as usize, y1.clamp(0, self.height) as usize);
        if x1 <= x0 || y1 <= y0 {
            return 0;
        }
        let at = |x: usize, y: usize| self.sums[y * self.stride + x];
        let both = at(x1, y1).wrapping_add(at(x0, y0));
        u32::from(both.wrapping_sub(at(x0, y1)).wrapping_sub(at(x1, y0)))
    }
}

impl Integral {
    /// The sums of the sheet once it is turned clockwise by quarters.
    #[must_use]
    pub const fn turned(&self, quarters: u8) -> TurnedSums<'_> {
        TurnedSums { of: self, quarters: quarters % 4 }
    }
}

/// Sums over a sheet as it is once turned clockwise by quarters.
#[derive(Clone, Copy, Debug)]
pub struct TurnedSums<'i> {
    of: &'i Integral,
    quarters: u8,
}

impl TurnedSums<'_> {
    /// Pixels of ink in the part of the rectangle of the turned sheet that lies on it.
    #[must_use]
    pub fn sum(&self, x0: i32, y0: i32, x1: i32, y1: i32) -> u32 {
        let (w, h) = (self.of.width, self.of.height);
        match self.quarters {
            1 => self.of.sum(y0, h - x1, y1, h - x0),
            2 => self.of.sum(w - x1, h - y1, w - x0, h - y0),
            3 => self.of.sum(w - y1, x0, w - y0, x1),
            _ => self.of.sum(x0, y0, x1, y1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_found_over_the_ends_of_words() {
        let mut ink = Ink::blank(200, 1);
        for x in [0, 1, 5, 62, 63, 64, 65, 127, 198, 199] {
            ink.set(x, 0);
        }
        let mut runs = Vec::new();
        ink.each_run(0, |a, b| runs.push((a, b)));
        assert_eq!(runs, [(0, 2), (5, 6), (62, 66), (127, 128), (198, 200)]);
    }

    #[test]
    fn four_quarters_are_none_and_one_moves_the_corner() {
        let mut ink = Ink::blank(70, 30);
        ink.set(3, 2);
        ink.set(69, 29);
        let once = ink.turned(1);
        assert!(once.at(27, 3) && once.at(0, 69));
        assert_eq!(once.turned(3), ink);
        assert_eq!(ink.turned(2).turned(2), ink);
    }

    /// Some ink all over a sheet that ends within a word.
    pub(super) fn scattered() -> Ink {
        let mut ink = Ink::blank(150, 40);
        (0..150 * 40).filter(|i| i * 7919 % 61 == 0).for_each(|i| ink.set(i % 150, i / 150));
        ink
    }

    #[test]
    fn boxes_and_bits_see_the_pixels_that_lie_in_them() {
        let ink = scattered();
        for (x0, y0, x1, y1) in
            [(-9, -9, 3, 3), (60, 2, 70, 5), (0, 0, 150, 1), (63, 7, 64, 8), (149, 30, 200, 90), (5, 5, 5, 9)]
        {
            let count = (y0..y1).flat_map(|y| (x0..x1).map(move |x| (x, y))).filter(|&(x, y)| ink.at(x, y)).count();
            assert_eq!((ink.any(x0, y0, x1, y1), ink.within(x0, y0, x1, y1)), (count > 0, count as u32));
        }
        for (x, y) in [(-70, 3), (-5, 3), (0, 0), (61, 12), (140, 39), (200, 3), (3, 40), (3, -1)] {
            let bits = (0..64).fold(0, |bits, i| bits | u64::from(ink.at(x + i, y)) << i);
            assert_eq!(ink.bits(x, y), bits, "{x} {y}");
        }
        let mut rows = [7; 50];
        ink.bits_of_rows(61, -4, &mut rows);
        assert!(rows.iter().zip(-4..).all(|(row, y)| *row == ink.bits(61, y)));
    }

    #[test]
    fn sums_of_a_turned_sheet_are_those_of_the_sheet_turned() {
        let ink = scattered();
        let sums = ink.integral();
        for quarters in 0..4 {
            let turned = ink.turned(quarters).integral();
            for [x0, y0, x1, y1] in [[-5, 3, 20, 30], [10, 10, 39, 140], [0, 0, 500, 500], [33, 7, 34, 8]] {
                assert_eq!(sums.turned(quarters).sum(x0, y0, x1, y1), turned.sum(x0, y0, x1, y1), "{quarters}");
            }
        }
    }

    #[test]
    fn sums_count_what_lies_within() {
        let mut ink = Ink::blank(10, 10);
        ink.set(2, 3);
        ink.set(9, 9);
        let sums = ink.integral();
        assert_eq!((sums.sum(-5, -5, 50, 50), sums.sum(2, 3, 3, 4), sums.sum(3, 3, 9, 9)), (2, 1, 0));
    }
}
