//! PDF: the structure is judged first (locked, active, how many pages, how big), then each page is
//! taken as the one picture it consists of, else drawn.

mod active;
mod content;
mod layer;
mod render;
mod scan;
mod split;

use std::borrow::Cow;

use lopdf::{Document, LoadOptions, Object, ObjectId};
use sanad_checks::page::Provenance;

use super::{Allowance, Colour, DecodedPage, Sink, guarded, jpeg, jpeg_markers};
use crate::dpi;
use crate::faults::Fault;
use crate::read::IntakeError;
pub(crate) use layer::Layer;
use layer::Text;
use render::{Drawing, Renderer};
use scan::{Plan, Scan};
pub(crate) use split::pages;

/// Bytes that any stream of the structure may unpack to.
const MAX_STRUCTURE_BYTES: usize = 32 << 20;

/// Pages that are counted; what lies beyond makes no difference to any limit.
const MAX_COUNTED_PAGES: usize = 100_000;

/// Where the end marker of a whole file is looked for.
const TAIL_BYTES: usize = 2048;

pub(super) fn decode(
    bytes: &[u8],
    allowance: &mut Allowance<'_>,
    sink: &mut Sink<'_>,
) -> Result<Vec<Fault>, IntakeError> {
    let document = match structure(bytes) {
        Structure::Read(document) => Some(document),
        Structure::Locked => return Ok(vec![Fault::Locked]),
        Structure::Unread => None,
    };
    let mut faults = Vec::new();
    let mut pages: Vec<ObjectId> = Vec::new();
    if let Some(document) = &document {
        faults.extend(active::find(document));
        pages = document.page_iter().take(MAX_COUNTED_PAGES).collect();
        if let Err(fault) = allowance.pages(pages.len() as u64) {
            faults.push(fault);
            return Ok(faults);
        }
    }
    let cut = !has_end(bytes);
    let mut lost = document.as_ref().is_none_or(|document| declared_pages(document) > pages.len() as i64);
    let renderer = match guarded(|| Renderer::open(bytes)).flatten() {
        Some(renderer) => renderer,
        None if pages.is_empty() => {
            faults.push(Fault::Damaged { pages_read: 0, pages: 1, lost: true });
            return Ok(faults);
        }
        None => Renderer::none(),
    };
    let drawable = guarded(|| renderer.pages()).unwrap_or(0);
    if let Err(fault) = allowance.pages(drawable as u64) {
        faults.push(fault);
        return Ok(faults);
    }
    let total = pages.len().max(drawable);
    if total == 0 {
        let nothing = if lost || cut {
            Fault::Damaged { pages_read: 0, pages: 1, lost: true }
        } else {
            Fault::Empty { bytes: 0 }
        };
        faults.push(nothing);
        return Ok(faults);
    }
    // Where the two readers disagree on the pages, one has lost some, and places no longer match.
    let agree = pages.len() == drawable;
    lost |= !agree && !pages.is_empty() && drawable > 0;
    let mut pages_read = 0;
    let text = Text::of(bytes);
    for index in 0..total {
        let plan = match (&document, pages.get(index)) {
            (Some(document), Some(&page)) if agree || drawable == 0 => {
                guarded(|| scan::plan(document, page)).unwrap_or_default()
            }
            _ => Plan::default(),
        };
        lost |= plan.lost;
        match page(index, &plan, &renderer, allowance) {
            Ok(Some((mut decoded, whole))) => {
                // a page that both readers of the structure have in the same place
                if decoded.provenance.rendered && agree && document.is_some() {
                    decoded.layer = Some(Layer::new(&text, index));
                }
                lost |= !whole;
                pages_read += u32::from(whole);
                sink(decoded)?;
            }
            Ok(None) => lost = true,
            Err(fault) => {
                let stop = matches!(fault, Fault::TotalPixels { .. });
                faults.push(fault);
                if stop {
                    return Ok(faults);
                }
            }
        }
    }
    if lost || cut {
        faults.push(Fault::Damaged { pages_read, pages: total as u32, lost });
    }
    Ok(faults)
}

/// What the structure is.
enum Structure {
    Read(Box<Document>),
    Locked,
    Unread,
}

fn structure(bytes: &[u8]) -> Structure {
    let options = LoadOptions::with_max_decompressed_size(MAX_STRUCTURE_BYTES);
    match guarded(|| Document::load_mem_with_options(bytes, options)) {
        // An owner password alone leaves a file that anyone may read: it is decrypted while loading.
        Some(Ok(document)) if document.is_encrypted() => Structure::Locked,
        Some(Ok(document)) => Structure::Read(Box::new(document)),
        Some(Err(
            lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) | lopdf::Error::UnsupportedSecurityHandler(_),
        )) => Structure::Locked,
        _ if guarded(|| render::is_locked(bytes)).unwrap_or(false) => Structure::Locked,
        _ => Structure::Unread,
    }
}

/// Pages that the root of the page tree says there are.
fn declared_pages(document: &Document) -> i64 {
    let root = document.catalog().and_then(|catalogue| catalogue.get_deref(b"Pages", document));
    let count = root.and_then(Object::as_dict).and_then(|root| root.get_deref(b"Count", document));
    count.and_then(Object::as_i64).unwrap_or(0)
}

fn has_end(bytes: &[u8]) -> bool {
    bytes[bytes.len().saturating_sub(TAIL_BYTES)..].windows(5).any(|window| window == b"%%EOF")
}

/// One page and whether all of it was read; `None` when nothing of it was.
fn page<'p>(
    index: usize,
    plan: &Plan<'p>,
    renderer: &Renderer,
    allowance: &mut Allowance<'_>,
) -> Result<Option<(DecodedPage<'p>, bool)>, Fault> {
    if let Some(bytes) = plan.unpacked {
        return Err(Fault::PageBytes { page: index as u32, bytes, limit: content::MAX_UNPACKED_BYTES });
    }
    if plan.picture_pixels > allowance.page_pixels() {
        return Err(Fault::PagePixels { page: index as u32, pixels: plan.picture_pixels });
    }
    if let Some(Scan { jpeg: Some(jpeg), .. }) = &plan.scan {
        return scanned(index, plan, jpeg, allowance);
    }
    let Some(drawing) = guarded(|| renderer.plan(index, plan, allowance.page_pixels())).flatten() else {
        return Ok(None);
    };
    drawn(index, plan, renderer, drawing, allowance)
}

/// A page that is one JPEG, decoded as it was scanned: nothing is sampled twice.
fn scanned<'p>(
    index: usize,
    plan: &Plan<'p>,
    jpeg: &'p [u8],
    allowance: &mut Allowance<'_>,
) -> Result<Option<(DecodedPage<'p>, bool)>, Fault> {
    let Some(scan) = &plan.scan else { return Ok(None) };
    let markers = jpeg_markers::read(jpeg);
    let (width, height) = markers.size.unwrap_or_default();
    allowance.page(index as u32, width.into(), height.into())?;
    let Some(decoded) = jpeg::decode_luma(jpeg, &markers, allowance.page_pixels()) else { return Ok(None) };
    let native_dpi = dpi::believable(Some(scan.dpi), decoded.luma.width(), decoded.luma.height());
    let provenance = Provenance { native_dpi, jpeg_step: markers.luma_step, bilevel: false, rendered: false };
    let colour = if decoded.grey { Colour::Grey } else { Colour::Jpeg(Cow::Borrowed(jpeg)) };
    let page = DecodedPage { luma: decoded.luma, colour, turn: scan.turn, provenance, layer: None };
    Ok(Some((page, decoded.damaged != Some(true))))
}

/// A page that is drawn: from words and lines, or a picture in another compression at its own size.
fn drawn(
    index: usize,
    plan: &Plan<'_>,
    renderer: &Renderer,
    drawing: Drawing,
    allowance: &mut Allowance<'_>,
) -> Result<Option<(DecodedPage<'static>, bool)>, Fault> {
    allowance.page(index as u32, drawing.width.into(), drawing.height.into())?;
    let Some(Some((rgb, whole))) = guarded(|| renderer.draw(index, drawing)) else { return Ok(None) };
    let luma = rgb.luma();
    let native_dpi = match &plan.scan {
        Some(scan) => dpi::believable(Some(scan.dpi), luma.width(), luma.height()),
        None => Some(drawing.dpi),
    };
    let provenance = Provenance {
        native_dpi,
        jpeg_step: None,
        bilevel: plan.scan.as_ref().is_some_and(|scan| scan.bilevel),
        rendered: plan.scan.is_none() && !plan.has_pictures,
    };
    let colour = if rgb.is_grey() { Colour::Grey } else { Colour::Rgb(rgb) };
    Ok(Some((DecodedPage { luma, colour, turn: Default::default(), provenance, layer: None }, whole)))
}
