//! The strip that holds a machine-readable zone: found by what the Latin pass made of it, then read again by
//! itself with the zone's alphabet, at more than one size.

use sanad_checks::page::{Luma, Region};

use super::prepare::{Prepared, cut, resized};
use super::tesseract::{Engine, OcrError, PageMode};
use super::words::{Word, Zone};
use crate::read::{is_zone_line, page_rows, zone_is_valid};

/// The zone's alphabet.
const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<";
/// Heights of letters that the strip is brought to, pixels; the reader is of two minds about the best.
const HEIGHTS: [f32; 3] = [30.0, 22.0, 40.0];
/// White around the strip, in heights of its lines.
const MARGIN: f32 = 0.9;
const STRIP_DPI: i32 = 300;

/// Reads the zones of a page. `seen` is the prepared picture, `latin` the Latin words on it; places of the answer
/// are in the page's own pixels.
pub(super) fn read(
    engine: &mut Engine,
    seen: &Luma,
    _page: &Luma,
    latin: &[Word],
    prepared: &Prepared,
) -> Result<Vec<Zone>, OcrError> {
    let mut zones = Vec::new();
    for strip in strips(latin, seen) {
        let lines: Vec<String> = strip.lines;
        let mut known = vec![Zone { lines, region: prepared.back(strip.region) }];
        if !known.iter().any(|zone| zone_is_valid(&zone.lines)) {
            let crop = cut(seen, strip.region);
            for height in HEIGHTS {
                let scaled = resized(&crop, height / strip.height.max(4) as f32);
                let words = engine.words(&scaled, STRIP_DPI, PageMode::Block, ALPHABET)?;
                let zone = Zone { lines: texts(&words), region: prepared.back(strip.region) };
                let proved = zone_is_valid(&zone.lines);
                known.push(zone);
                if proved {
                    break;
                }
            }
        }
        zones.extend(known);
    }
    Ok(zones)
}

/// A strip of lines that look like a zone's.
struct Strip {
    lines: Vec<String>,
    region: Region,
    height: u32,
}

/// Text of the rows, each from the left to the right without spaces.
fn texts(words: &[Word]) -> Vec<String> {
    page_rows(words).iter().map(|row| row.items.iter().rev().map(|i| i.text.as_str()).collect()).collect()
}

fn strips(latin: &[Word], seen: &Luma) -> Vec<Strip> {
    let mut strips: Vec<Strip> = Vec::new();
    for row in page_rows(latin) {
        let text: String = row.items.iter().rev().map(|item| item.text.as_str()).collect();
        if !is_zone_line(&text) {
            continue;
        }
        let (region, height) = (row.region(), row.height);
        match strips.last_mut().filter(|strip| strip.region.near(region, 3 * height)) {
            Some(strip) => {
                strip.region = strip.region.union(region);
                strip.lines.push(text);
            }
            None => strips.push(Strip { lines: vec![text], region, height }),
        }
    }
    for strip in &mut strips {
        // A line above or below may have been read as nothing like a zone's.
        let up = if strip.lines.len() == 1 { 3.0 } else { MARGIN };
        let pad = (strip.height as f32 * up) as u32;
        let side = strip.height;
        let (x, y) = (strip.region.x.saturating_sub(side), strip.region.y.saturating_sub(pad));
        let right = (strip.region.x + strip.region.width + side).min(seen.width() as u32);
        let bottom = (strip.region.y + strip.region.height + pad).min(seen.height() as u32);
        strip.region = Region::new(x, y, right.saturating_sub(x).max(1), bottom.saturating_sub(y).max(1));
    }
    strips
}
