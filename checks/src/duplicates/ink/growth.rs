//! Ink that is grown, shrunk, and sifted by the length of its runs, a word of pixels at a time.

use super::{Ink, WORD};

/// Words of paper and of ink alone.
const PAPER: u64 = 0;
const INK: u64 = u64::MAX;

const fn or(one: u64, other: u64) -> u64 {
    one | other
}

impl Ink {
    /// Every pixel with ink within `reach` pixels of it, in a square.
    #[must_use]
    pub fn grown(&self, reach: usize) -> Self {
        self.joined_around(reach, PAPER, or)
    }

    /// Every pixel with nothing but ink within `reach` pixels of it, in a square, as far as the sheet goes.
    #[must_use]
    pub fn shrunk(&self, reach: usize) -> Self {
        self.joined_around(reach, INK, |one, other| one & other)
    }

    /// Every pixel with ink in it or beside it.
    #[must_use]
    pub fn grown_across(&self) -> Self {
        self.clone().across(1, PAPER, or)
    }

    /// Every pixel with ink in it, above it or below.
    #[must_use]
    pub fn grown_down(&self) -> Self {
        self.clone().down(1, or)
    }

    /// Every pixel joined with all within `reach` pixels of it, in a square; what is `beyond` the sheet changes nothing.
    fn joined_around(&self, reach: usize, beyond: u64, join: impl Fn(u64, u64) -> u64 + Copy) -> Self {
        if self.is_blank() {
            return self.clone();
        }
        let across = self.clone().across(reach, beyond, join);
        if across.is_blank() {
            return across;
        }
        // what was joined by a run of pixels, side by side, is so by one twice as long
        doubling(reach + 1).fold(across, |ink, step| ink.down(step, join))
    }

    /// Every pixel joined with those left and right of it, as far as `reach`.
    fn across(mut self, reach: usize, beyond: u64, join: impl Fn(u64, u64) -> u64) -> Self {
        let (stride, tail) = (self.stride, self.tail());
        let mut row = vec![beyond; stride + 2];
        for words in self.words.chunks_exact_mut(stride.max(1)) {
            if words.iter().all(|word| *word == 0) {
                continue;
            }
            words[stride - 1] |= beyond & !tail;
            for step in doubling(reach + 1) {
                row[1..=stride].copy_from_slice(words);
                for (word, near) in words.iter_mut().zip(row.windows(3)) {
                    let left = near[1] << step | near[0] >> (WORD - step);
                    let right = near[1] >> step | near[2] << (WORD - step);
                    *word = join(join(left, near[1]), right);
                }
            }
            words[stride - 1] &= tail;
        }
        self
    }

    /// Every pixel joined with those a step above and below; joined twice with one is as joined once.
    fn down(mut self, step: usize, join: impl Fn(u64, u64) -> u64) -> Self {
        let (stride, skip) = (self.stride.max(1), step * self.stride);
        // with those below, from the top on ...
        for at in (skip..self.words.len()).step_by(stride) {
            let (above, below) = self.words.split_at_mut(at);
            let pixels = above[at - skip..].iter_mut().take(stride).zip(below);
            pixels.for_each(|(pixel, below)| *pixel = join(*pixel, *below));
        }
        // ... and, from the bottom on, with those above, of which each is joined with the pixel itself by now
        for at in (skip..self.words.len()).step_by(stride).rev() {
            let (above, below) = self.words.split_at_mut(at);
            let pixels = below.iter_mut().take(stride).zip(&above[at - skip..]);
            pixels.for_each(|(pixel, above)| *pixel = join(*pixel, *above));
        }
        self
    }

    /// The pixels of the last word of a row.
    const fn tail(&self) -> u64 {
        if self.width.is_multiple_of(WORD) { u64::MAX } else { (1 << (self.width % WORD)) - 1 }
    }

    /// The runs of a row that are so long at least, `length` of 1 or more pixels.
    #[must_use]
    pub fn long_across(&self, length: usize) -> Self {
        let mut out = self.clone();
        for words in out.words.chunks_exact_mut(self.stride.max(1)) {
            if words.iter().all(|word| *word == 0) {
                continue;
            }
            // where so many pixels begin ...
            let begin = doubling(length).all(|step| {
                let mut any = 0;
                for at in 0..words.len() {
                    let next = words.get(at + 1).map_or(0, |next| next << (WORD - step));
                    words[at] &= words[at] >> step | next;
                    any |= words[at];
                }
                any != 0
            });
            if !begin {
                continue;
            }
            // ... and those pixels
            for step in doubling(length) {
                for at in (0..words.len()).rev() {
                    let before = if at > 0 { words[at - 1] >> (WORD - step) } else { 0 };
                    words[at] |= words[at] << step | before;
                }
            }
        }
        out
    }

    /// The runs of a column that are so long at least, `length` of 1 or more pixels.
    #[must_use]
    pub fn long_down(&self, length: usize) -> Self {
        let mut out = Self::blank(self.width, self.height);
        // columns of words one by one: in most of them nothing is so long
        let mut column = vec![0; self.height];
        for at in 0..self.stride {
            let words = self.words.iter().skip(at).step_by(self.stride);
            column.iter_mut().zip(words).for_each(|(word, from)| *word = *from);
            if keep_long(&mut column, length) {
                let words = out.words.iter_mut().skip(at).step_by(self.stride);
                words.zip(&column).for_each(|(word, kept)| *word = *kept);
            }
        }
        out
    }
}

/// Keeps of each bit of the words the runs that are so long at least; whether any may be. Where not, what is left is of no meaning.
fn keep_long(words: &mut [u64], length: usize) -> bool {
    let count = words.len();
    let begin = doubling(length).all(|step| {
        let mut any = 0;
        for at in 0..count.saturating_sub(step) {
            words[at] &= words[at + step];
            any |= words[at];
        }
        words[count.saturating_sub(step)..].fill(0);
        any != 0
    });
    if begin {
        for step in doubling(length) {
            for at in (step..count).rev() {
                words[at] |= words[at - step];
            }
        }
    }
    begin
}

/// Steps, each less than a word and no longer than what was reached before it, that reach from one pixel to so many.
fn doubling(length: usize) -> impl Iterator<Item = usize> {
    let mut reached = 1;
    std::iter::from_fn(move || {
        let step = reached.min(length - reached).min(WORD - 1);
        reached += step;
        (step > 0).then_some(step)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::scattered;
    use super::*;

    #[test]
    fn ink_grows_by_so_many_pixels_each_way() {
        let ink = scattered();
        for reach in [1, 2, 4, 6, 16] {
            let grown = ink.grown(reach);
            let reach = reach as i32;
            for (x, y) in (0..40).flat_map(|y| (0..150).map(move |x| (x, y))) {
                let near = ink.any(x - reach, y - reach, x + reach + 1, y + reach + 1);
                assert_eq!(grown.at(x, y), near, "{x} {y} {reach}");
            }
            assert_eq!(grown.row(0)[2] >> 22, 0);
        }
    }

    #[test]
    fn ink_shrinks_by_so_many_pixels_each_way_but_not_from_the_edge_of_the_sheet() {
        let ink = scattered().grown(5);
        for reach in [1, 2, 4, 6] {
            let shrunk = ink.shrunk(reach);
            let reach = reach as i32;
            for (x, y) in (0..40).flat_map(|y| (0..150).map(move |x| (x, y))) {
                let (x0, y0) = ((x - reach).max(0), (y - reach).max(0));
                let (x1, y1) = ((x + reach + 1).min(150), (y + reach + 1).min(40));
                let all = ink.within(x0, y0, x1, y1) as i32 == (x1 - x0) * (y1 - y0);
                assert_eq!(shrunk.at(x, y), all, "{x} {y} {reach}");
            }
            assert!(!shrunk.is_blank());
            assert_eq!(shrunk.row(0)[2] >> 22, 0);
        }
    }

    #[test]
    fn runs_of_a_length_are_kept_whole_and_shorter_ones_go() {
        let mut ink = Ink::blank(300, 200);
        let mut across = |y: usize, x0: usize, long: usize| (x0..x0 + long).for_each(|x| ink.set(x, y));
        across(0, 0, 69);
        across(3, 5, 70);
        across(5, 60, 71);
        across(7, 100, 200);
        let down = ink.turned(1);
        for length in [1, 2, 52, 70, 71, 130, 200, 201] {
            let rows = [(0, 69), (3, 70), (5, 71), (7, 200)];
            let kept: usize = rows.iter().map(|(_, long)| *long).filter(|long| *long >= length).sum();
            assert_eq!(ink.long_across(length).count(), kept, "{length}");
            assert_eq!(down.long_down(length), ink.long_across(length).turned(1), "{length}");
        }
        let mixed = scattered();
        assert_eq!(mixed.long_across(1), mixed);
        assert_eq!(mixed.long_down(1), mixed);
    }
}
