//! TIFF: every page, every compression that scanners and fax machines use.

use std::io::Cursor;

use hayro_ccitt::EncodingMode;
use sanad_checks::page::Provenance;
use tiff::ColorType;
use tiff::decoder::ifd::Value;
use tiff::decoder::{ChunkType, Decoder, Limits};
use tiff::tags::Tag;

use super::fax::{self, FaxLayout};
use super::samples::{Layout, high_bytes, planes, unpack};
use super::{Allowance, Colour, DecodedPage, Sink, guarded, tiff_chain, tiff_palette};
use crate::dpi;
use crate::faults::Fault;
use crate::orient::Turn;
use crate::read::IntakeError;

/// Bytes a pixel that one picture may take while it is decoded: four channels of sixteen bits.
const BYTES_PER_PIXEL: u64 = 8;

const T4_OPTIONS: Tag = Tag::Unknown(292);
const WHITE: u8 = 255;

pub(super) type Tiff<'b> = Decoder<Cursor<&'b [u8]>>;

pub(super) fn decode(
    bytes: &[u8],
    allowance: &mut Allowance<'_>,
    sink: &mut Sink<'_>,
) -> Result<Vec<Fault>, IntakeError> {
    let chain = tiff_chain::walk(bytes);
    let pages = chain.pages();
    if let Err(fault) = allowance.pages(pages) {
        return Ok(vec![fault]);
    }
    let pages = u32::try_from(pages).unwrap_or(u32::MAX);
    let mut faults = Vec::new();
    let (mut pages_read, mut lost, mut page) = (0, chain.broken, 0);
    for (directory, _) in chain.is_page.iter().enumerate().filter(|(_, is_page)| **is_page) {
        match guarded(|| read_page(bytes, directory, page, allowance)) {
            Some(Ok(Some((decoded, whole)))) => {
                lost |= !whole;
                pages_read += u32::from(whole);
                sink(decoded)?;
            }
            Some(Err(fault)) => {
                let stop = matches!(fault, Fault::TotalPixels { .. });
                faults.push(fault);
                if stop {
                    return Ok(faults);
                }
            }
            Some(Ok(None)) | None => lost = true,
        }
        page += 1;
    }
    if lost || (pages == 0 && faults.is_empty()) {
        faults.push(Fault::Damaged { pages_read, pages: pages.max(1), lost: true });
    }
    Ok(faults)
}

/// A page and whether all of it was read; `None` when nothing of it was.
fn read_page(
    bytes: &[u8],
    directory: usize,
    page: u32,
    allowance: &mut Allowance<'_>,
) -> Result<Option<(DecodedPage<'static>, bool)>, Fault> {
    let Some(mut tiff) = open(bytes, directory, allowance) else { return Ok(None) };
    let Ok((width, height)) = tiff.dimensions() else { return Ok(None) };
    allowance.page(page, width.into(), height.into())?;
    Ok(read_picture(bytes, &mut tiff, directory, width, height, allowance))
}

/// The decoder, standing at one directory.
pub(super) fn open<'b>(bytes: &'b [u8], directory: usize, allowance: &Allowance<'_>) -> Option<Tiff<'b>> {
    let mut limits = Limits::default();
    limits.decoding_buffer_size = usize::try_from(allowance.page_pixels() * BYTES_PER_PIXEL).ok()?;
    limits.intermediate_buffer_size = limits.decoding_buffer_size;
    let mut tiff = Decoder::new(Cursor::new(bytes)).ok()?.with_limits(limits);
    tiff.seek_to_image(directory).ok()?;
    Some(tiff)
}

fn read_picture(
    bytes: &[u8],
    tiff: &mut Tiff<'_>,
    directory: usize,
    width: u32,
    height: u32,
    allowance: &Allowance<'_>,
) -> Option<(DecodedPage<'static>, bool)> {
    let turn = Turn::from_exif(unsigned(tiff, Tag::Orientation).unwrap_or(1));
    let bits = tiff.find_tag_unsigned_vec::<u16>(Tag::BitsPerSample).ok().flatten();
    let samples = unsigned(tiff, Tag::SamplesPerPixel).unwrap_or(1);
    let native_dpi = dpi::believable(resolution(tiff), width as usize, height as usize);
    let bilevel = samples == 1 && bits.is_none_or(|bits| bits == [1]);
    let (picture, whole) = if is_fax(tiff) {
        read_fax(bytes, tiff, width, height)?
    } else if unsigned(tiff, Tag::PhotometricInterpretation) == Some(3) {
        tiff_palette::read(bytes, directory, tiff, allowance)?
    } else {
        read_plain(tiff, width as usize, height as usize)?
    };
    let (luma, colour) = picture;
    let provenance = Provenance { native_dpi, jpeg_step: None, bilevel, rendered: false };
    Some((DecodedPage { luma, colour, turn, provenance, layer: None }, whole))
}

pub(super) type Picture = (sanad_checks::page::Luma, Colour<'static>);

/// What the library decodes by itself.
fn read_plain(tiff: &mut Tiff<'_>, width: usize, height: usize) -> Option<(Picture, bool)> {
    let (buffer, whole) = buffer(tiff)?;
    let (layout, depth) = match tiff.colortype().ok()? {
        ColorType::Gray(depth) => (Layout::Grey, depth),
        ColorType::GrayA(depth) => (Layout::GreyAlpha, depth),
        ColorType::RGB(depth) => (Layout::Rgb, depth),
        ColorType::RGBA(depth) => (Layout::Rgba, depth),
        ColorType::CMYK(depth) => (Layout::Cmyk, depth),
        ColorType::YCbCr(depth) => (Layout::YCbCr, depth),
        ColorType::Multiband { bit_depth, num_samples: 1 } => (Layout::Grey, bit_depth),
        ColorType::Multiband { bit_depth, num_samples: 2 } => (Layout::GreyAlpha, bit_depth),
        _ => return None,
    };
    let samples = match depth {
        8 => buffer,
        16 => {
            let wide: Vec<u16> = buffer.chunks_exact(2).map(|pair| u16::from_ne_bytes([pair[0], pair[1]])).collect();
            high_bytes(&wide)
        }
        1 | 2 | 4 if layout == Layout::Grey => {
            let full = (1u16 << depth) - 1;
            let mut values = unpack(&buffer, usize::from(depth), width, height)?;
            values.iter_mut().for_each(|value| *value = (u16::from(*value) * 255 / full) as u8);
            values
        }
        _ => return None,
    };
    Some((planes(width, height, layout, samples)?, whole))
}

/// The decoded bytes of the picture, and whether all strips or tiles could be decoded. Those that
/// could not are white.
pub(super) fn buffer(tiff: &mut Tiff<'_>) -> Option<(Vec<u8>, bool)> {
    let layout = tiff.image_buffer_layout().ok()?;
    let mut buffer = vec![WHITE; layout.complete_len];
    if tiff.read_image_bytes(&mut buffer).is_ok() {
        return Some((buffer, true));
    }
    // Strips lie one after another in the buffer, so the good ones can be placed by themselves.
    if tiff.get_chunk_type() != ChunkType::Strip {
        return None;
    }
    buffer.fill(WHITE);
    let (mut at, mut good) = (0, 0);
    for strip in 0..tiff.strip_count().ok()? {
        let length = tiff.image_chunk_buffer_layout(strip).ok()?.complete_len;
        let place = buffer.get_mut(at..at + length)?;
        if tiff.read_chunk_bytes(strip, place).is_ok() {
            good += 1;
        } else {
            place.fill(WHITE);
        }
        at += length;
    }
    (good > 0).then_some((buffer, false))
}

fn is_fax(tiff: &mut Tiff<'_>) -> bool {
    matches!(unsigned(tiff, Tag::Compression), Some(2..=4))
}

/// Fax strips, which the library reads in group 4 alone and without a turned order of bits.
fn read_fax(bytes: &[u8], tiff: &mut Tiff<'_>, width: u32, height: u32) -> Option<(Picture, bool)> {
    let t4 = unsigned(tiff, T4_OPTIONS).unwrap_or(0);
    let (mode, byte_aligned) = match unsigned(tiff, Tag::Compression)? {
        2 => (EncodingMode::Group3_1D, true),
        3 if t4 & 1 == 1 => (EncodingMode::Group3_2D, false),
        3 => (EncodingMode::Group3_1D, false),
        _ => (EncodingMode::Group4, false),
    };
    let layout = FaxLayout {
        width,
        mode,
        byte_aligned,
        low_bit_first: unsigned(tiff, Tag::FillOrder) == Some(2),
        inverted: unsigned(tiff, Tag::PhotometricInterpretation) == Some(1),
    };
    let offsets = tiff.find_tag_unsigned_vec::<u64>(Tag::StripOffsets).ok()??;
    let lengths = tiff.find_tag_unsigned_vec::<u64>(Tag::StripByteCounts).ok()??;
    let rows_each = unsigned(tiff, Tag::RowsPerStrip).unwrap_or(height).clamp(1, height);
    let mut pixels = Vec::with_capacity(width as usize * height as usize);
    let mut whole = true;
    for (strip, (&offset, &length)) in offsets.iter().zip(&lengths).enumerate() {
        let Some(left) = height.checked_sub(strip as u32 * rows_each).filter(|&left| left > 0) else { break };
        let rows = left.min(rows_each);
        let begin = usize::try_from(offset).ok()?.min(bytes.len());
        let end = begin.saturating_add(usize::try_from(length).ok()?).min(bytes.len());
        let read = fax::decode_strip(&bytes[begin..end], layout, rows, &mut pixels);
        whole &= read == rows;
        pixels.resize(pixels.len() + ((rows - read) * width) as usize, WHITE);
    }
    let full = width as usize * height as usize;
    whole &= pixels.len() == full;
    if pixels.is_empty() {
        return None;
    }
    pixels.resize(full, WHITE);
    Some((planes(width as usize, height as usize, Layout::Grey, pixels)?, whole))
}

fn unsigned(tiff: &mut Tiff<'_>, tag: Tag) -> Option<u32> {
    tiff.find_tag_unsigned(tag).ok().flatten()
}

/// Dots an inch across and down.
fn resolution(tiff: &mut Tiff<'_>) -> Option<(f32, f32)> {
    let mut ratio = |tag| match tiff.find_tag(tag).ok()?? {
        Value::Rational(above, below) if below > 0 => Some(above as f32 / below as f32),
        Value::Short(whole) => Some(f32::from(whole)),
        _ => None,
    };
    let (x, y) = (ratio(Tag::XResolution)?, ratio(Tag::YResolution)?);
    match unsigned(tiff, Tag::ResolutionUnit) {
        Some(1) => None,
        Some(3) => Some((x * 2.54, y * 2.54)),
        _ => Some((x, y)),
    }
}
