//! PNG: every depth, palette, alpha and interlace, as eight bits a sample.

use std::io::Cursor;

use png::{BitDepth, ColorType, Decoder, Limits, Reader, Transformations, Unit};
use sanad_checks::page::Provenance;

use super::samples::{Layout, planes};
use super::{Allowance, DecodedPage, Sink, guarded, single_page};
use crate::faults::Fault;
use crate::orient::Turn;
use crate::read::IntakeError;
use crate::{dpi, exif};

const INCHES_PER_METRE: f32 = 39.370_08;

/// Memory for chunks that are not pixels, bytes.
const CHUNK_BYTES: usize = 16 << 20;

const WHITE: u8 = 255;

pub(super) fn decode(
    bytes: &[u8],
    allowance: &mut Allowance<'_>,
    sink: &mut Sink<'_>,
) -> Result<Vec<Fault>, IntakeError> {
    if let Some((width, height)) = size(bytes)
        && let Err(fault) = allowance.page(0, width.into(), height.into())
    {
        return Ok(vec![fault]);
    }
    let decoded = guarded(|| read(bytes, allowance.page_pixels())).flatten();
    let damaged = decoded.as_ref().and_then(|(_, damaged)| *damaged);
    single_page(decoded.map(|(page, _)| page), damaged, sink)
}

/// Width and height as the first chunk gives them.
fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let side = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    Some((side(16)?, side(20)?))
}

fn read(bytes: &[u8], max_pixels: u64) -> Option<(DecodedPage<'static>, Option<bool>)> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: CHUNK_BYTES });
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = (reader.info().width as usize, reader.info().height as usize);
    if width as u64 * height as u64 > max_pixels {
        return None;
    }
    let (pixels, rows) = rows(&mut reader, height)?;
    let layout = match reader.output_color_type() {
        (ColorType::Grayscale, BitDepth::Eight) => Layout::Grey,
        (ColorType::GrayscaleAlpha, BitDepth::Eight) => Layout::GreyAlpha,
        (ColorType::Rgb, BitDepth::Eight) => Layout::Rgb,
        (ColorType::Rgba, BitDepth::Eight) => Layout::Rgba,
        _ => return None,
    };
    let (luma, colour) = planes(width, height, layout, pixels)?;
    let facts = reader.info().exif_metadata.as_ref().map(|block| exif::read(block)).unwrap_or_default();
    let provenance = Provenance {
        native_dpi: dpi::believable(physical_dpi(&reader).or(facts.dpi), width, height),
        jpeg_step: None,
        bilevel: reader.info().bit_depth == BitDepth::One,
        rendered: false,
    };
    let damaged = match rows {
        Rows::All => None,
        Rows::Some(0) => return None,
        Rows::Some(_) => Some(true),
    };
    let turn = if facts.turn.is_none() { Turn::default() } else { facts.turn };
    Some((DecodedPage { luma, colour, turn, provenance, layer: None }, damaged))
}

/// How much of the picture was read.
enum Rows {
    All,
    Some(usize),
}

/// All rows that can be read, the others white.
fn rows(reader: &mut Reader<Cursor<&[u8]>>, height: usize) -> Option<(Vec<u8>, Rows)> {
    let mut pixels = vec![WHITE; reader.output_buffer_size()?];
    if reader.info().interlaced {
        // Passes of an interlaced picture cover it all, so what was read is read everywhere a little.
        let rows = if reader.next_frame(&mut pixels).is_ok() { Rows::All } else { Rows::Some(height) };
        return Some((pixels, rows));
    }
    let row_bytes = pixels.len() / height.max(1);
    for (y, out) in pixels.chunks_exact_mut(row_bytes.max(1)).enumerate() {
        match reader.next_row() {
            Ok(Some(row)) => out.copy_from_slice(row.data()),
            _ => return Some((pixels, Rows::Some(y))),
        }
    }
    Some((pixels, Rows::All))
}

fn physical_dpi(reader: &Reader<Cursor<&[u8]>>) -> Option<(f32, f32)> {
    let pixels = reader.info().pixel_dims?;
    let inch = |per_metre: u32| per_metre as f32 / INCHES_PER_METRE;
    (pixels.unit == Unit::Meter).then(|| (inch(pixels.xppu), inch(pixels.yppu)))
}
