//! What EXIF tells: the turn of the camera and a resolution. Everything else is left behind.

use exif::{In, Reader, Tag, Value};

use crate::orient::Turn;

/// The two facts that are taken from EXIF.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct ExifFacts {
    /// How the stored picture must be turned to stand upright.
    pub(crate) turn: Turn,
    /// Horizontal and vertical resolution, dots an inch.
    pub(crate) dpi: Option<(f32, f32)>,
}

/// Reads a raw EXIF block (a TIFF structure without the `Exif\0\0` lead). Damaged blocks tell nothing.
pub(crate) fn read(block: &[u8]) -> ExifFacts {
    let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
    let Ok(exif) = Reader::new().read_raw(block.to_vec()) else {
        return ExifFacts::default();
    };
    let number = |tag| exif.get_field(tag, In::PRIMARY).and_then(|field| field.value.get_uint(0));
    let ratio = |tag| match exif.get_field(tag, In::PRIMARY).map(|field| &field.value) {
        Some(Value::Rational(values)) => values.first().map(|value| value.to_f32()),
        _ => None,
    };
    // Unit 3 is the centimetre; unit 2, or none, the inch.
    let scale = if number(Tag::ResolutionUnit) == Some(3) { 2.54 } else { 1.0 };
    let dpi = ratio(Tag::XResolution).zip(ratio(Tag::YResolution)).map(|(x, y)| (x * scale, y * scale));
    ExifFacts { turn: Turn::from_exif(number(Tag::Orientation).unwrap_or(1)), dpi }
}
