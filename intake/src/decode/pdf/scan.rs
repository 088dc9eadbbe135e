//! Is this page one full picture? Then it is a scan, and the picture is the page.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::content::{self, Matrix};
use crate::orient::Turn;

const POINTS_PER_INCH: f32 = 72.0;

/// Share of a page's side that a full-page picture may leave out or hang over.
const EDGE_TOLERANCE: f32 = 0.02;

/// Share of the longer axis that the other may lean before a picture counts as tilted.
const LEAN_TOLERANCE: f32 = 0.01;

/// Parents that are asked for an inherited value.
const MAX_PARENTS: usize = 32;

/// What is known of a page before it is decoded or drawn.
#[derive(Debug, Default)]
pub(super) struct Plan<'d> {
    /// Set where the page is one full picture.
    pub(super) scan: Option<Scan<'d>>,
    /// Pictures are among what is painted.
    pub(super) has_pictures: bool,
    /// The finest resolution among the pictures, dots an inch.
    pub(super) picture_dpi: f32,
    /// Pixels of the largest picture on it.
    pub(super) picture_pixels: u64,
    /// The page names something that is not in the file.
    pub(super) lost: bool,
    /// Bytes that the content unpacks to, where that is too much to draw.
    pub(super) unpacked: Option<u64>,
}

/// A page that is one picture.
#[derive(Debug)]
pub(super) struct Scan<'d> {
    /// The JPEG itself, where the picture is one that can be decoded without the PDF around it.
    pub(super) jpeg: Option<&'d [u8]>,
    /// Size of the picture in pixels, as stored.
    pub(super) size: (u32, u32),
    /// Resolution across and down the stored picture.
    pub(super) dpi: (f32, f32),
    /// How the stored picture must be turned to stand as on the page.
    pub(super) turn: Turn,
    /// One bit a pixel.
    pub(super) bilevel: bool,
}

/// Looks at one page.
pub(super) fn plan(document: &Document, page: ObjectId) -> Plan<'_> {
    let nothing = Dictionary::new();
    let Ok(dictionary) = document.get_dictionary(page) else { return Plan { lost: true, ..Plan::default() } };
    let resources = inherited(document, dictionary, b"Resources").and_then(|found| found.as_dict().ok());
    let painted = content::follow(document, page, resources.unwrap_or(&nothing));
    let content_lost = dictionary.get(b"Contents").is_ok_and(|content| document.dereference(content).is_err());
    let mut plan = Plan {
        has_pictures: !painted.pictures.is_empty(),
        lost: painted.missing || content_lost,
        unpacked: painted.unpacked,
        ..Plan::default()
    };
    for &(id, place) in &painted.pictures {
        let Some(picture) = Picture::of(document, id) else { continue };
        plan.picture_pixels = plan.picture_pixels.max(u64::from(picture.size.0) * u64::from(picture.size.1));
        let (x, y) = picture.dpi(place);
        plan.picture_dpi = plan.picture_dpi.max(x.min(y));
    }
    let alone = !painted.other && !painted.missing && !has_notes(document, dictionary);
    if let (true, &[(id, place)]) = (alone, painted.pictures.as_slice()) {
        plan.scan = scan(document, dictionary, id, place);
    }
    plan
}

fn scan<'d>(document: &'d Document, page: &'d Dictionary, id: ObjectId, place: Matrix) -> Option<Scan<'d>> {
    let picture = Picture::of(document, id)?;
    let [left, bottom, right, top] = visible(document, page)?;
    let quarters = quarters(place)?;
    let [a, b, c, d, e, f] = place.0;
    let (x0, x1) = (e + a.min(0.0) + c.min(0.0), e + a.max(0.0) + c.max(0.0));
    let (y0, y1) = (f + b.min(0.0) + d.min(0.0), f + b.max(0.0) + d.max(0.0));
    let (width, height) = (right - left, top - bottom);
    let fits = |found: f32, wanted: f32, side: f32| (found - wanted).abs() <= side * EDGE_TOLERANCE;
    let full = fits(x0, left, width) && fits(x1, right, width) && fits(y0, bottom, height) && fits(y1, top, height);
    if !full {
        return None;
    }
    let rotate = inherited(document, page, b"Rotate").and_then(|turn| turn.as_i64().ok()).unwrap_or(0);
    let clockwise = (rotate.rem_euclid(360) + i64::from(quarters) * 90) % 360;
    Some(Scan {
        jpeg: picture.plain_jpeg(document),
        size: picture.size,
        dpi: picture.dpi(place),
        turn: Turn::clockwise(clockwise as u16),
        bilevel: picture.bilevel(),
    })
}

/// Clockwise quarter turns by which a picture lies on the page; `None` when it is tilted or mirrored.
fn quarters(place: Matrix) -> Option<u8> {
    let [a, b, c, d, _, _] = place.0;
    let longest = [a, b, c, d].into_iter().fold(0.0f32, |longest, v| longest.max(v.abs()));
    let zero = |v: f32| v.abs() <= longest * LEAN_TOLERANCE;
    if a * d - b * c <= 0.0 {
        return None;
    }
    match (zero(b) && zero(c), zero(a) && zero(d)) {
        (true, _) => Some(if a > 0.0 { 0 } else { 2 }),
        // The picture's own right side points up the page: it lies a quarter counter-clockwise.
        (_, true) => Some(if b > 0.0 { 3 } else { 1 }),
        _ => None,
    }
}

/// A picture object.
struct Picture<'d> {
    stream: &'d Stream,
    size: (u32, u32),
}

impl<'d> Picture<'d> {
    fn of(document: &'d Document, id: ObjectId) -> Option<Self> {
        let stream = document.get_object(id).ok()?.as_stream().ok()?;
        let side = |key: &[u8]| u32::try_from(stream.dict.get_deref(key, document).ok()?.as_i64().ok()?).ok();
        let size = (side(b"Width")?, side(b"Height")?);
        (size.0 > 0 && size.1 > 0).then_some(Self { stream, size })
    }

    /// Dots an inch along the stored picture's own sides.
    fn dpi(&self, place: Matrix) -> (f32, f32) {
        let [a, b, c, d, _, _] = place.0;
        let along = |pixels: u32, points: f32| pixels as f32 * POINTS_PER_INCH / points.max(f32::MIN_POSITIVE);
        (along(self.size.0, a.hypot(b)), along(self.size.1, c.hypot(d)))
    }

    fn filters(&self) -> Vec<&[u8]> {
        self.stream.filters().unwrap_or_default()
    }

    fn bilevel(&self) -> bool {
        let dict = &self.stream.dict;
        let one_bit = dict.get(b"BitsPerComponent").and_then(Object::as_i64).is_ok_and(|bits| bits == 1);
        let mask = dict.get(b"ImageMask").and_then(Object::as_bool).unwrap_or(false);
        let fax = self.filters().iter().any(|filter| matches!(*filter, b"CCITTFaxDecode" | b"JBIG2Decode" | b"CCF"));
        one_bit || mask || fax
    }

    /// The JPEG, if nothing in the PDF changes how it looks.
    fn plain_jpeg(&self, document: &Document) -> Option<&'d [u8]> {
        let dict = &self.stream.dict;
        if !matches!(self.filters().as_slice(), [b"DCTDecode" | b"DCT"]) {
            return None;
        }
        if [b"SMask".as_slice(), b"Mask", b"Decode"].into_iter().any(|key| dict.has(key)) {
            return None;
        }
        let space = dict.get_deref(b"ColorSpace", document).ok()?;
        let name = match space {
            Object::Array(parts) => parts.first()?.as_name().ok()?,
            name => name.as_name().ok()?,
        };
        let plain = match name {
            b"DeviceGray" | b"DeviceRGB" | b"CalGray" | b"CalRGB" | b"G" | b"RGB" => true,
            b"ICCBased" => {
                let profile = space.as_array().ok()?.get(1)?;
                let profile = document.dereference(profile).ok()?.1.as_stream().ok()?;
                matches!(profile.dict.get(b"N").and_then(Object::as_i64), Ok(1 | 3))
            }
            _ => false,
        };
        plain.then_some(self.stream.content.as_slice())
    }
}

/// The part of the page that is shown: left, bottom, right, top in points.
fn visible(document: &Document, page: &Dictionary) -> Option<[f32; 4]> {
    let media = rectangle(document, inherited(document, page, b"MediaBox")?)?;
    let crop = inherited(document, page, b"CropBox").and_then(|object| rectangle(document, object)).unwrap_or(media);
    let shown = [media[0].max(crop[0]), media[1].max(crop[1]), media[2].min(crop[2]), media[3].min(crop[3])];
    (shown[2] > shown[0] && shown[3] > shown[1]).then_some(shown)
}

fn rectangle(document: &Document, object: &Object) -> Option<[f32; 4]> {
    let corners = object.as_array().ok()?;
    let side = |index: usize| document.dereference(corners.get(index)?).ok()?.1.as_float().ok();
    let (x0, y0, x1, y1) = (side(0)?, side(1)?, side(2)?, side(3)?);
    Some([x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)])
}

/// A value of the page or of the nearest node above it that has one.
fn inherited<'d>(document: &'d Document, page: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
    let mut node = page;
    for _ in 0..MAX_PARENTS {
        if let Ok(value) = node.get_deref(key, document) {
            return Some(value);
        }
        node = node.get_deref(b"Parent", document).ok()?.as_dict().ok()?;
    }
    None
}

/// Whether notes, stamps or fields with a look of their own lie on the page.
fn has_notes(document: &Document, page: &Dictionary) -> bool {
    let Ok(Object::Array(notes)) = page.get_deref(b"Annots", document) else { return false };
    notes.iter().any(|note| match document.dereference(note) {
        Ok((_, Object::Dictionary(note))) => note.has(b"AP"),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_told_from_the_place() {
        assert_eq!(quarters(Matrix([595.0, 0.0, 0.0, 842.0, 0.0, 0.0])), Some(0));
        assert_eq!(quarters(Matrix([-595.0, 0.0, 0.0, -842.0, 595.0, 842.0])), Some(2));
        assert_eq!(quarters(Matrix([0.0, 842.0, -595.0, 0.0, 595.0, 0.0])), Some(3));
        assert_eq!(quarters(Matrix([0.0, -842.0, 595.0, 0.0, 0.0, 842.0])), Some(1));
        assert_eq!(quarters(Matrix([595.0, 0.0, 0.0, -842.0, 0.0, 842.0])), None, "mirrored");
        assert_eq!(quarters(Matrix([500.0, 100.0, -100.0, 800.0, 0.0, 0.0])), None, "tilted");
    }
}
