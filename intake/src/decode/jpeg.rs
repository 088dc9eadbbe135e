//! JPEG: straight to brightness, because colour is a third of the file and two thirds of the time.

use std::borrow::Cow;

use sanad_checks::page::{Luma, Provenance};
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::jpeg_markers::{self, Markers};
use super::{Allowance, Colour, DecodedPage, Sink, guarded, single_page};
use crate::dpi;
use crate::faults::Fault;
use crate::raster::Rgb;
use crate::read::IntakeError;

/// The format's own bound on a side.
const MAX_SIDE: usize = 65_535;

/// What the decoder puts where the data ended, as middle grey.
const UNREAD: u8 = 128;

const WHITE: u8 = 255;

pub(super) fn decode(
    bytes: &[u8],
    allowance: &mut Allowance<'_>,
    sink: &mut Sink<'_>,
) -> Result<Vec<Fault>, IntakeError> {
    let markers = jpeg_markers::read(bytes);
    if let Some((width, height)) = markers.size
        && let Err(fault) = allowance.page(0, width.into(), height.into())
    {
        return Ok(vec![fault]);
    }
    let decoded = decode_luma(bytes, &markers, allowance.page_pixels());
    let damaged = decoded.as_ref().and_then(|decoded| decoded.damaged);
    let page = decoded.map(|decoded| page(decoded, bytes, &markers));
    single_page(page, damaged, sink)
}

fn page<'a>(decoded: DecodedLuma, bytes: &'a [u8], markers: &Markers) -> DecodedPage<'a> {
    let native_dpi = dpi::believable(markers.dpi(), decoded.luma.width(), decoded.luma.height());
    DecodedPage {
        luma: decoded.luma,
        colour: if decoded.grey { Colour::Grey } else { Colour::Jpeg(Cow::Borrowed(bytes)) },
        turn: markers.exif.turn,
        provenance: Provenance { native_dpi, jpeg_step: markers.luma_step, bilevel: false, rendered: false },
        layer: None,
    }
}

/// Brightness of a JPEG and what was lost on the way.
pub(super) struct DecodedLuma {
    pub(super) luma: Luma,
    /// The file has no colour.
    pub(super) grey: bool,
    /// Set where the file is damaged; `true` when pixels were lost.
    pub(super) damaged: Option<bool>,
}

/// Decodes brightness. A damaged file gives the rows that could be read, the others white, so that
/// nothing is judged that was not there. `None` when not one row could be read.
pub(super) fn decode_luma(bytes: &[u8], markers: &Markers, max_pixels: u64) -> Option<DecodedLuma> {
    // The library stretches brightness alone of tall progressive files to double height.
    let bright = !(markers.progressive && markers.tall);
    if let Some(Some(plane)) = guarded(|| plane(bytes, true, bright, max_pixels)) {
        let grey = plane.grey;
        return Some(DecodedLuma { luma: plane.luma()?, grey, damaged: None });
    }
    let mut plane = guarded(|| plane(bytes, false, bright, max_pixels))??;
    let rows = plane.rows_read();
    if rows == 0 {
        return None;
    }
    // Half the passes of a progressive file give a whole page of mush: pixels are lost all over.
    let lost = rows < plane.height || markers.progressive;
    // With all rows and the end in place, only the strict reading found fault: cameras write such files.
    let damaged = (lost || !has_end(bytes)).then_some(lost);
    let row_bytes = plane.width * plane.samples;
    plane.bytes[rows * row_bytes..].fill(WHITE);
    let grey = plane.grey;
    Some(DecodedLuma { luma: plane.luma()?, grey, damaged })
}

/// Whether the end marker stands in the last bytes; some devices pad behind it.
fn has_end(bytes: &[u8]) -> bool {
    const TAIL: usize = 4096;
    bytes[bytes.len().saturating_sub(TAIL)..].windows(2).any(|pair| pair == [0xff, 0xd9])
}

/// Colour pixels of a JPEG, however much of it can be read.
pub(super) fn colour(bytes: &[u8]) -> Option<Rgb> {
    // The size was held against the limit when brightness was decoded.
    let plane = guarded(|| samples(bytes, false, ColorSpace::RGB, u64::MAX))??;
    Rgb::new(plane.width, plane.height, plane.bytes)
}

/// Samples as they came from the decoder.
struct Plane {
    width: usize,
    height: usize,
    /// Bytes a pixel: 1 brightness, 3 colour.
    samples: usize,
    grey: bool,
    bytes: Vec<u8>,
}

impl Plane {
    fn luma(self) -> Option<Luma> {
        if self.samples == 1 {
            return Luma::new(self.width, self.height, self.bytes);
        }
        Some(Rgb::new(self.width, self.height, self.bytes)?.luma())
    }

    /// Rows before the grey that stands for missing data.
    fn rows_read(&self) -> usize {
        let mut rows = self.bytes.chunks_exact(self.width * self.samples);
        self.height - rows.by_ref().rev().take_while(|row| row.iter().all(|&v| v == UNREAD)).count()
    }
}

/// Brightness alone where `bright` allows and the file stores it so, else colour.
fn plane(bytes: &[u8], strict: bool, bright: bool, max_pixels: u64) -> Option<Plane> {
    let mut decoder = decoder(bytes, strict, ColorSpace::Luma);
    decoder.decode_headers().ok()?;
    match decoder.input_colorspace()? {
        ColorSpace::YCbCr | ColorSpace::Luma if bright => samples(bytes, strict, ColorSpace::Luma, max_pixels),
        _ => samples(bytes, strict, ColorSpace::RGB, max_pixels),
    }
}

/// Decodes into one of the two layouts. A strict reading gives nothing at the first fault, a lenient
/// one whatever was decoded before it.
fn samples(bytes: &[u8], strict: bool, layout: ColorSpace, max_pixels: u64) -> Option<Plane> {
    let mut decoder = decoder(bytes, strict, layout);
    decoder.decode_headers().ok()?;
    let (width, height) = decoder.dimensions()?;
    let grey = decoder.input_colorspace()? == ColorSpace::Luma;
    let samples = layout.num_components();
    if (width as u64).saturating_mul(height as u64) > max_pixels {
        return None;
    }
    let mut pixels = vec![UNREAD; width.checked_mul(height)?.checked_mul(samples)?];
    match decoder.decode_into(&mut pixels) {
        Err(_) if strict => None,
        _ => Some(Plane { width, height, samples, grey, bytes: pixels }),
    }
}

fn decoder(bytes: &[u8], strict: bool, layout: ColorSpace) -> JpegDecoder<ZCursor<&[u8]>> {
    let options = DecoderOptions::new_fast()
        .set_strict_mode(strict)
        .set_max_width(MAX_SIDE)
        .set_max_height(MAX_SIDE)
        .jpeg_set_out_colorspace(layout);
    JpegDecoder::new_with_options(ZCursor::new(bytes), options)
}
