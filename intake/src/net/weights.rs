//! Weights of our networks: named arrays of half-precision numbers, written by the `export.py` of `training/`.
//!
//! ```text
//! "SNR1" | arrays: u32 | for each: name length: u8, name, values: u32, 2 bytes a value (IEEE 754 binary16)
//! ```
//! All little-endian. The files are part of the program and read once; a fault in one is a fault of the build, which the
//! cases find.

use std::collections::BTreeMap;

const MARK: &[u8] = b"SNR1";

/// Named arrays.
pub(crate) struct Weights(BTreeMap<String, Vec<f32>>);

impl Weights {
    /// Those of a file; none where it is broken.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self(parse(bytes).unwrap_or_default())
    }

    /// The array of that name; empty where there is none.
    pub(crate) fn get(&self, name: &str) -> Vec<f32> {
        self.0.get(name).cloned().unwrap_or_default()
    }
}

/// The value of a half-precision number.
fn half(bits: u16) -> f32 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = ((bits >> 10) & 0x1f, f32::from(bits & 0x3ff));
    let size = match exponent {
        0 => fraction * f32::powi(2.0, -24),
        // Infinities and what is no number are never written.
        _ => (1.0 + fraction / 1024.0) * f32::powi(2.0, i32::from(exponent) - 15),
    };
    sign * size
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (head, tail) = rest.split_at_checked(count)?;
    *rest = tail;
    Some(head)
}

fn whole(rest: &mut &[u8]) -> Option<usize> {
    let bytes = take(rest, 4)?;
    Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize)
}

fn parse(bytes: &[u8]) -> Option<BTreeMap<String, Vec<f32>>> {
    let mut rest = bytes.strip_prefix(MARK)?;
    let count = whole(&mut rest)?;
    let mut arrays = BTreeMap::new();
    for _ in 0..count {
        let length = usize::from(*take(&mut rest, 1)?.first()?);
        let name = String::from_utf8(take(&mut rest, length)?.to_vec()).ok()?;
        let values = whole(&mut rest)?;
        let values = take(&mut rest, values.checked_mul(2)?)?;
        let values = values.chunks_exact(2).map(|pair| half(u16::from_le_bytes([pair[0], pair[1]]))).collect();
        arrays.insert(name, values);
    }
    rest.is_empty().then_some(arrays)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_read_as_they_are_meant() {
        for (bits, value) in [(0x3c00, 1.0), (0xc000, -2.0), (0x3555, 0.333_251_95), (0x0001, 5.960_464_5e-8), (0, 0.0)]
        {
            assert_eq!(half(bits), value);
        }
    }

    #[test]
    fn the_weights_in_the_program_are_whole() {
        let files = [
            (include_bytes!("../ocr/number/weights.bin").as_slice(), 90_000),
            (include_bytes!("../ocr/number/weights-other.bin"), 90_000),
            (include_bytes!("../ocr/number/weights-zone.bin"), 90_000),
            (include_bytes!("../read/marks/weights.bin"), 90_000),
            (include_bytes!("../ocr/signs/weights.bin"), 44_000),
        ];
        for (bytes, least) in files {
            let arrays = parse(bytes).expect("whole");
            assert!(arrays.values().flatten().all(|value| value.is_finite() && value.abs() < 1e4));
            assert!(arrays.values().map(Vec::len).sum::<usize>() > least);
            assert!(parse(&bytes[..bytes.len() - 1]).is_none());
        }
    }
}
