//! Ink without loss in few bytes: each pixel is coded by an adaptive binary arithmetic coder under the
//! context of the pixels before it, as bilevel standards do (JBIG, ITU-T T.82, and after it JBIG2).
//! Words without ink are coded as one decision, so that paper costs next to nothing.

use super::ink::Ink;

/// Contexts of a pixel: 4 before it, 5 above, 3 two rows above.
const PIXEL_CONTEXTS: usize = 1 << 12;
/// Contexts of an empty word: its neighbours left, above, above right and two above.
const WORD_CONTEXTS: usize = 1 << 4;
/// Pixels of a word.
const WORD: usize = 64;
/// Room at both ends of an unpacked row for the contexts.
const MARGIN: usize = 4;
/// The slowest step of adaptation, as a shift.
const SLOWEST: u8 = 6;

/// An adaptive probability that the next bit is set, in 1/65536, and how often it was asked.
#[derive(Clone, Copy)]
struct Chance {
    one: u16,
    asked: u8,
}

impl Chance {
    const EVEN: Self = Self { one: 1 << 15, asked: 0 };

    fn learn(&mut self, bit: bool) {
        let shift = (self.asked / 2 + 1).min(SLOWEST);
        self.asked = self.asked.saturating_add(1);
        let wanted = if bit { 65_535 - 32 } else { 32 };
        let one = i32::from(self.one);
        self.one = (one + ((wanted - one) >> shift)) as u16;
    }
}

/// The coder's interval; both ends run in step.
trait Coder {
    fn code(&mut self, chance: &mut Chance, bit: bool) -> bool;
}

fn middle(low: u32, high: u32, one: u16) -> u32 {
    low + ((u64::from(high - low) * u64::from(one)) >> 16) as u32
}

struct Writer {
    low: u32,
    high: u32,
    bytes: Vec<u8>,
}

impl Coder for Writer {
    fn code(&mut self, chance: &mut Chance, bit: bool) -> bool {
        let split = middle(self.low, self.high, chance.one);
        if bit {
            self.high = split;
        } else {
            self.low = split + 1;
        }
        chance.learn(bit);
        while (self.low ^ self.high) >> 24 == 0 {
            self.bytes.push((self.high >> 24) as u8);
            self.low <<= 8;
            self.high = self.high << 8 | 255;
        }
        bit
    }
}

struct Reader<'b> {
    low: u32,
    high: u32,
    value: u32,
    rest: std::slice::Iter<'b, u8>,
}

impl Coder for Reader<'_> {
    fn code(&mut self, chance: &mut Chance, _: bool) -> bool {
        let split = middle(self.low, self.high, chance.one);
        let bit = self.value <= split;
        if bit {
            self.high = split;
        } else {
            self.low = split + 1;
        }
        chance.learn(bit);
        while (self.low ^ self.high) >> 24 == 0 {
            self.low <<= 8;
            self.high = self.high << 8 | 255;
            self.value = self.value << 8 | u32::from(self.rest.next().copied().unwrap_or(0));
        }
        bit
    }
}

/// The ink as bytes; its size is not among them.
#[must_use]
pub fn encode(ink: &Ink) -> Vec<u8> {
    let mut writer = Writer { low: 0, high: u32::MAX, bytes: Vec::new() };
    let mut copy = ink.clone();
    walk(&mut writer, &mut copy);
    writer.bytes.extend(writer.low.to_be_bytes());
    writer.bytes
}

/// The ink of these bytes on a sheet of this size. Bytes that were never written give some ink, no error.
#[must_use]
pub fn decode(bytes: &[u8], width: usize, height: usize) -> Ink {
    let mut rest = bytes.iter();
    let mut value = 0;
    for _ in 0..4 {
        value = value << 8 | u32::from(rest.next().copied().unwrap_or(0));
    }
    let mut ink = Ink::blank(width, height);
    walk(&mut Reader { low: 0, high: u32::MAX, value, rest }, &mut ink);
    ink
}

/// Goes over the sheet word by word; a writer reads the ink, a reader fills it in.
fn walk(coder: &mut impl Coder, ink: &mut Ink) {
    let (width, height) = (ink.width(), ink.height());
    let words = width.div_ceil(WORD);
    let mut pixels = [Chance::EVEN; PIXEL_CONTEXTS];
    let mut empties = [Chance::EVEN; WORD_CONTEXTS];
    // Unpacked rows: two above, one above, this one.
    let mut rows = [(); 3].map(|()| vec![0_u8; words * WORD + 2 * MARGIN]);
    let mut full = [(); 3].map(|()| vec![false; words + 2]);
    for y in 0..height {
        rows.rotate_left(1);
        full.rotate_left(1);
        rows[2].fill(0);
        full[2].fill(false);
        for place in 0..words {
            let word = ink.row(y)[place];
            let near = [full[2][place], full[1][place + 1], full[1][place + 2], full[0][place + 1]];
            let context = near.iter().fold(0, |c, &f| c << 1 | usize::from(f));
            if !coder.code(&mut empties[context], word != 0) {
                continue;
            }
            full[2][place + 1] = true;
            let count = WORD.min(width - place * WORD);
            ink.row_mut(y)[place] = code_word(coder, &mut pixels, &mut rows, place * WORD + MARGIN, count, word);
        }
    }
}

/// Codes the pixels of one word and gives the word.
fn code_word(
    coder: &mut impl Coder,
    pixels: &mut [Chance; PIXEL_CONTEXTS],
    rows: &mut [Vec<u8>; 3],
    start: usize,
    count: usize,
    word: u64,
) -> u64 {
    let [second, first, here] = rows;
    let run = |row: &[u8], from: usize, to: usize| row[from..to].iter().fold(0, |c, &b| c << 1 | usize::from(b));
    // what lies around the pixel before; each pixel moves all three on by one
    let mut before = run(here, start - 4, start);
    let mut above = run(first, start - 3, start + 2);
    let mut two_above = run(second, start - 2, start + 1);
    let mut out = 0;
    let coming = first[start + 2..].iter().zip(&second[start + 1..]);
    for (i, (pixel, (first, second))) in here[start..start + count].iter_mut().zip(coming).enumerate() {
        above = (above << 1 | usize::from(*first)) & 0b1_1111;
        two_above = (two_above << 1 | usize::from(*second)) & 0b111;
        let bit = coder.code(&mut pixels[before << 8 | above << 3 | two_above], word >> i & 1 == 1);
        before = (before << 1 | usize::from(bit)) & 0b1111;
        *pixel = u8::from(bit);
        out |= u64::from(bit) << i;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texture(width: usize, height: usize, seed: u64) -> Ink {
        let mut ink = Ink::blank(width, height);
        let mut state = seed;
        for y in 0..height {
            for x in 0..width {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                if (x / 7 + y / 5) % 3 == 0 && state >> 61 != 0 {
                    ink.set(x, y);
                }
            }
        }
        ink
    }

    #[test]
    fn what_is_written_is_read_back() {
        for (w, h) in [(1, 1), (63, 5), (64, 40), (65, 3), (300, 200), (1000, 1)] {
            let ink = texture(w, h, 7);
            assert_eq!(decode(&encode(&ink), w, h), ink, "{w}x{h}");
        }
        let blank = Ink::blank(1000, 1400);
        let bytes = encode(&blank);
        assert!(bytes.len() < 64, "{}", bytes.len());
        assert_eq!(decode(&bytes, 1000, 1400), blank);
    }

    #[test]
    fn foreign_bytes_give_some_ink_and_no_panic() {
        let noise: Vec<u8> = (0..4000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(&noise, 333, 222).width(), 333);
        assert_eq!(decode(&[], 20, 20).height(), 20);
    }
}
