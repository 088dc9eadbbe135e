//! Bytes to pages, one file per format. Pages are handed on one at a time, so that a file of two
//! hundred pages needs the memory of one.

mod fax;
mod heic;
mod jpeg;
mod jpeg_markers;
mod pdf;
mod png;
mod samples;
mod tiff;
mod tiff_chain;
mod tiff_palette;
mod webp;

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use sanad_checks::page::{Luma, Provenance};

use crate::faults::Fault;
use crate::limits::Limits;
use crate::orient::Turn;
use crate::raster::Rgb;
use crate::read::IntakeError;
use crate::receive::MediaType;

pub(crate) use heic::CONVERTED_STEM;
pub(crate) use pdf::{Layer, pages as pdf_pages};

/// A page as it is stored, before it is turned upright.
pub(crate) struct DecodedPage<'a> {
    /// Brightness.
    pub(crate) luma: Luma,
    /// Where the colour comes from, should a picture for people be wanted.
    pub(crate) colour: Colour<'a>,
    /// The turn that the file asks for.
    pub(crate) turn: Turn,
    /// How the page was made.
    pub(crate) provenance: Provenance,
    /// Where the words that the file itself has for the page are found; only for pages drawn from words.
    pub(crate) layer: Option<Layer<'a>>,
}

/// The colour of a page. Judging needs none, so it is not decoded before a preview is made.
pub(crate) enum Colour<'a> {
    /// There is none beyond the brightness.
    Grey,
    /// Already at hand.
    Rgb(Rgb),
    /// In this JPEG, to be decoded again.
    Jpeg(Cow<'a, [u8]>),
}

impl Colour<'_> {
    /// The colour pixels; `None` where brightness is all there is.
    pub(crate) fn take(self) -> Option<Rgb> {
        match self {
            Self::Grey => None,
            Self::Rgb(rgb) => Some(rgb),
            Self::Jpeg(bytes) => jpeg::colour(&bytes),
        }
    }
}

/// Takes each page as it is decoded.
pub(crate) type Sink<'s> = dyn FnMut(DecodedPage<'_>) -> Result<(), IntakeError> + 's;

/// Counts pages and pixels against the limits.
pub(crate) struct Allowance<'l> {
    limits: &'l Limits,
    /// Told the pixels of each page before it is decoded.
    announce: &'l dyn Fn(u64),
    total: u64,
}

impl<'l> Allowance<'l> {
    const fn new(limits: &'l Limits, announce: &'l dyn Fn(u64)) -> Self {
        Self { limits, announce, total: 0 }
    }

    /// Pixels that one page may have.
    pub(crate) const fn page_pixels(&self) -> u64 {
        self.limits.max_page_pixels
    }

    /// Whether a file may have this many pages.
    pub(crate) fn pages(&self, pages: u64) -> Result<(), Fault> {
        if pages > u64::from(self.limits.max_pages) { Err(Fault::Pages { pages }) } else { Ok(()) }
    }

    /// Books a page of this size before memory for it is taken.
    pub(crate) fn page(&mut self, page: u32, width: u64, height: u64) -> Result<(), Fault> {
        let pixels = width.saturating_mul(height);
        if pixels > self.limits.max_page_pixels {
            return Err(Fault::PagePixels { page, pixels });
        }
        self.total = self.total.saturating_add(pixels);
        if self.total > self.limits.max_total_pixels {
            return Err(Fault::TotalPixels { pixels: self.total });
        }
        (self.announce)(pixels);
        Ok(())
    }
}

/// Decodes a file of a known type into `sink`; gives what is wrong with the file.
pub(crate) fn decode(
    kind: MediaType,
    bytes: &[u8],
    limits: &Limits,
    announce: &dyn Fn(u64),
    sink: &mut Sink<'_>,
) -> Result<Vec<Fault>, IntakeError> {
    let mut allowance = Allowance::new(limits, announce);
    match kind {
        MediaType::Jpeg => jpeg::decode(bytes, &mut allowance, sink),
        MediaType::Png => png::decode(bytes, &mut allowance, sink),
        MediaType::WebP => webp::decode(bytes, &mut allowance, sink),
        MediaType::Tiff => tiff::decode(bytes, &mut allowance, sink),
        MediaType::Pdf => pdf::decode(bytes, &mut allowance, sink),
        // The children cannot start the converter; its pictures come to them as JPEG.
        MediaType::Heic => Ok(vec![Fault::Type { seen: Some(heic::NO_CONVERTER) }]),
        MediaType::Foreign(name) => Ok(vec![Fault::Type { seen: Some(name) }]),
        MediaType::Unknown => Ok(vec![Fault::Type { seen: None }]),
    }
}

/// Runs a third-party parser. A panic in one is a damaged file to us: the parser met something
/// that its author had not thought of. Our own code is not run under this, its panics are ours.
pub(crate) fn guarded<T>(parse: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(parse)).ok()
}

/// Sends a single-page file's only page on, or tells that nothing of it could be read.
fn single_page(
    page: Option<DecodedPage<'_>>,
    damaged: Option<bool>,
    sink: &mut Sink<'_>,
) -> Result<Vec<Fault>, IntakeError> {
    let Some(page) = page else {
        return Ok(vec![Fault::Damaged { pages_read: 0, pages: 1, lost: true }]);
    };
    sink(page)?;
    Ok(damaged.map(|lost| Fault::Damaged { pages_read: u32::from(!lost), pages: 1, lost }).into_iter().collect())
}
