//! TIFF pictures with a palette. The library decodes no palettes, but it decodes the same samples as
//! grey; so the directory is told to be grey in a copy, and the palette is applied here.

use tiff::ColorType;
use tiff::tags::Tag;

use super::Allowance;
use super::samples::{Layout, planes, unpack};
use super::tiff::{Picture, Tiff, buffer, open};

/// The photometric tag, and its value for grey.
const BLACK_IS_ZERO: u8 = 1;
const PHOTOMETRIC: u16 = 262;

/// The picture and whether all of it was read.
pub(super) fn read(
    bytes: &[u8],
    directory: usize,
    tiff: &mut Tiff<'_>,
    allowance: &Allowance<'_>,
) -> Option<(Picture, bool)> {
    let (width, height) = tiff.dimensions().ok()?;
    let (width, height) = (width as usize, height as usize);
    let palette = tiff.find_tag_unsigned_vec::<u16>(Tag::ColorMap).ok()??;
    let at = usize::try_from(tiff.ifd_pointer()?.0).ok()?;
    let grey = as_grey(bytes, at)?;
    let mut tiff = open(&grey, directory, allowance)?;
    let (packed, whole) = buffer(&mut tiff)?;
    let ColorType::Gray(depth) = tiff.colortype().ok()? else { return None };
    let indices = if depth == 8 { packed } else { unpack(&packed, usize::from(depth), width, height)? };
    // The palette holds all reds, then all greens, then all blues, in sixteen bits.
    let size = palette.len() / 3;
    let channel = |channel: usize, index: u8| {
        let index = usize::from(index).min(size.checked_sub(1)?);
        Some((palette[channel * size + index] >> 8) as u8)
    };
    let mut rgb = Vec::with_capacity(indices.len().checked_mul(3)?);
    for index in indices {
        rgb.extend([channel(0, index)?, channel(1, index)?, channel(2, index)?]);
    }
    Some((planes(width, height, Layout::Rgb, rgb)?, whole))
}

/// A copy whose directory at `at` calls its samples grey. Classic files only; big ones have no palettes
/// in practice.
fn as_grey(bytes: &[u8], at: usize) -> Option<Vec<u8>> {
    const ENTRY: usize = 12;
    let little = bytes.first() == Some(&b'I');
    let number = |pair: &[u8]| {
        let pair = [pair[0], pair[1]];
        if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    };
    let count = usize::from(number(bytes.get(at..at + 2)?));
    let mut copy = bytes.to_vec();
    for entry in copy.get_mut(at + 2..at + 2 + count * ENTRY)?.chunks_exact_mut(ENTRY) {
        if number(&entry[..2]) == PHOTOMETRIC {
            let value = if little { [BLACK_IS_ZERO, 0] } else { [0, BLACK_IS_ZERO] };
            entry[8..10].copy_from_slice(&value);
            return Some(copy);
        }
    }
    None
}
