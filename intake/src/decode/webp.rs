//! WebP, lossy and lossless; of an animation the first picture.

use std::io::Cursor;

use image::codecs::webp::WebPDecoder;
use image::{ColorType, ImageDecoder, Limits};
use sanad_checks::page::Provenance;

use super::samples::{Layout, planes};
use super::{Allowance, DecodedPage, Sink, guarded, single_page};
use crate::exif;
use crate::faults::Fault;
use crate::read::IntakeError;

/// Bytes a pixel that the decoder may hold at once: its own planes and ours.
const BYTES_PER_PIXEL: u64 = 12;

pub(super) fn decode(
    bytes: &[u8],
    allowance: &mut Allowance<'_>,
    sink: &mut Sink<'_>,
) -> Result<Vec<Fault>, IntakeError> {
    let Some(Ok(mut decoder)) = guarded(|| WebPDecoder::new(Cursor::new(bytes))) else {
        return single_page(None, None, sink);
    };
    let (width, height) = decoder.dimensions();
    if let Err(fault) = allowance.page(0, width.into(), height.into()) {
        return Ok(vec![fault]);
    }
    let page = guarded(|| {
        let mut limits = Limits::no_limits();
        limits.max_alloc = Some(allowance.page_pixels().saturating_mul(BYTES_PER_PIXEL));
        decoder.set_limits(limits).ok()?;
        let facts = decoder.exif_metadata().ok().flatten().map(|block| exif::read(&block)).unwrap_or_default();
        let layout = match decoder.color_type() {
            ColorType::Rgb8 => Layout::Rgb,
            ColorType::Rgba8 => Layout::Rgba,
            _ => return None,
        };
        let mut pixels = vec![0; usize::try_from(decoder.total_bytes()).ok()?];
        decoder.read_image(&mut pixels).ok()?;
        let (luma, colour) = planes(width as usize, height as usize, layout, pixels)?;
        Some(DecodedPage { luma, colour, turn: facts.turn, provenance: Provenance::default(), layer: None })
    });
    single_page(page.flatten(), None, sink)
}
