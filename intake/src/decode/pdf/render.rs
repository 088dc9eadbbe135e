//! Drawing pages, within a budget of pixels that is checked before anything is drawn.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::hayro_interpret::{InterpreterSettings, InterpreterWarning};
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use super::scan::Plan;
use crate::raster::Rgb;

const POINTS_PER_INCH: f32 = 72.0;

/// Resolution for pages of words and lines, and the highest that a picture on them can ask for.
const DRAWN_DPI: f32 = 200.0;
const MAX_DRAWN_DPI: f32 = 300.0;

/// Lowest resolution at which a page too large for the budget is still drawn; under it small print is lost.
const MIN_DRAWN_DPI: f32 = 72.0;

/// Pixels of a drawn page that is not a scan: A4 at 300 dpi four times over.
const DRAWN_PIXELS: f32 = 36_000_000.0;

/// Longest side that the drawing library takes.
const MAX_SIDE: f32 = 32_000.0;

/// The size at which a page is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Drawing {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) dpi: f32,
}

/// Draws the pages of one file.
pub(super) struct Renderer {
    pdf: Option<Pdf>,
}

impl Renderer {
    /// `None` when the file cannot be opened for drawing.
    pub(super) fn open(bytes: &[u8]) -> Option<Self> {
        Some(Self { pdf: Some(Pdf::new(bytes.to_vec()).ok()?) })
    }

    /// Draws nothing; for files of which only embedded pictures can be had.
    pub(super) const fn none() -> Self {
        Self { pdf: None }
    }

    /// Pages that can be drawn.
    pub(super) fn pages(&self) -> usize {
        self.pdf.as_ref().map_or(0, |pdf| pdf.pages().len())
    }

    /// The size at which to draw a page: a scan at its own pixels, others at a resolution that fits.
    /// A page far too large comes out over `max_pixels`, for the caller to refuse.
    pub(super) fn plan(&self, index: usize, plan: &Plan<'_>, max_pixels: u64) -> Option<Drawing> {
        let page = self.pdf.as_ref()?.pages().get(index)?;
        let (width, height) = page.render_dimensions();
        if !(width > 0.0 && height > 0.0 && width.is_finite() && height.is_finite()) {
            return None;
        }
        if let Some(scan) = &plan.scan {
            let (across, down) = if scan.turn.quarters % 2 == 1 { (scan.size.1, scan.size.0) } else { scan.size };
            let dpi = (across as f32 / width * down as f32 / height).sqrt() * POINTS_PER_INCH;
            if (across.max(down) as f32) < MAX_SIDE || u64::from(across) * u64::from(down) > max_pixels {
                return Some(Drawing { width: across, height: down, dpi });
            }
        }
        let wanted = plan.picture_dpi.clamp(DRAWN_DPI, MAX_DRAWN_DPI);
        let budget = (max_pixels as f32).min(DRAWN_PIXELS);
        let by_area = (budget / (width * height)).sqrt() * POINTS_PER_INCH;
        let by_side = MAX_SIDE / width.max(height) * POINTS_PER_INCH;
        let dpi = wanted.min(by_area).min(by_side).max(MIN_DRAWN_DPI);
        let scale = dpi / POINTS_PER_INCH;
        let side = |points: f32| ((points * scale).round() as u32).max(1);
        Some(Drawing { width: side(width), height: side(height), dpi })
    }

    /// The page in colour, and whether all its pictures could be drawn.
    pub(super) fn draw(&self, index: usize, drawing: Drawing) -> Option<(Rgb, bool)> {
        if drawing.width.max(drawing.height) as f32 > MAX_SIDE {
            return None;
        }
        let page = self.pdf.as_ref()?.pages().get(index)?;
        let missed = Arc::new(AtomicBool::new(false));
        let heard = Arc::clone(&missed);
        let settings = InterpreterSettings {
            warning_sink: Arc::new(move |warning| {
                if matches!(warning, InterpreterWarning::ImageDecodeFailure) {
                    heard.store(true, Ordering::Relaxed);
                }
            }),
            ..InterpreterSettings::default()
        };
        // A hair more than the whole number, which the library then cuts down to.
        let (page_width, page_height) = page.render_dimensions();
        let exact = |pixels: u32, points: f32| (pixels as f32 + 0.01) / points;
        let pixels = PixmapSettings {
            x_scale: exact(drawing.width, page_width),
            y_scale: exact(drawing.height, page_height),
            bg_color: WHITE,
        };
        let drawn = render(page, &RenderCache::new(), &settings, &RenderSettings::default(), &pixels);
        let (width, height) = (usize::from(drawn.width()), usize::from(drawn.height()));
        let rgb = drawn.data_as_u8_slice().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
        Some((Rgb::new(width, height, rgb)?, !missed.load(Ordering::Relaxed)))
    }
}

/// Whether the file opens only with a password, by the drawing library's reading of it.
pub(super) fn is_locked(bytes: &[u8]) -> bool {
    matches!(Pdf::new(bytes.to_vec()), Err(LoadPdfError::Decryption(_)))
}
