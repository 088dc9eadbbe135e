//! A plain sheet with lines of any text: for trying readers on what the papers never say.

use std::fmt::Write as _;

use image::{ImageBuffer, RgbImage};
use resvg::tiny_skia::{Pixmap, Transform};

use crate::error::SampleError;
use crate::faces::{Fonts, Setting, face_named};
use crate::script::runs_right_to_left;

/// Width and height of the sheet, pixels: a half sheet at 200 dpi.
const SIZE: (u32, u32) = (1165, 1650);
const MARGIN: f32 = 90.0;
/// Type size and leading, pixels: eleven points at 200 dpi.
const TYPE: f32 = 30.0;
const LEADING: f32 = 62.0;

/// Sets lines in a face of the papers, or in the typewriter's where `face` is empty: Persian from the right margin,
/// others from the left. The last line stands wherever it comes to; the sheet does not grow.
///
/// # Errors
/// [`SampleError::Unknown`] for another face; and when the drawing fails.
pub fn note(fonts: &Fonts, face: &str, lines: &[&str]) -> Result<RgbImage, SampleError> {
    let setting = if face.is_empty() { Setting::typewriter(false) } else { Setting::of(face_named(face)?, false) };
    let (width, height) = SIZE;
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><rect width="{width}" height="{height}" fill="#fdfdfb"/>"##
    );
    for (at, line) in lines.iter().enumerate() {
        let wide = fonts.width(setting, line)? * TYPE;
        let x = if runs_right_to_left(line) { width as f32 - MARGIN - wide } else { MARGIN };
        let y = MARGIN + LEADING * (at as f32 + 1.0);
        let (family, inner) = (setting.family(), fonts.marked_up(setting, line)?);
        let _ = write!(
            svg,
            r##"<text x="{x:.1}" y="{y:.1}" font-family="{family}" font-size="{TYPE}" fill="#1c1c1c" xml:space="preserve">{inner}</text>"##
        );
    }
    svg.push_str("</svg>");
    let tree = fonts.compose(&svg)?;
    let refused = || SampleError::Picture { width, height };
    let mut pixmap = Pixmap::new(width, height).ok_or_else(refused)?;
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    let rgb: Vec<u8> = pixmap.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    ImageBuffer::from_raw(width, height, rgb).ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persian_stands_at_the_right_and_other_text_at_the_left() {
        let fonts = Fonts::load(&[]).expect("the faces are installed");
        let of = |face: &str, text: &str| note(&fonts, face, &[text]).expect("drawn");
        let dark = |image: &RgbImage, right: bool| {
            let half = SIZE.0 / 2;
            image.enumerate_pixels().any(|(x, _, pixel)| pixel[0] < 90 && (x >= half) == right)
        };
        let (persian, latin) = (of("Vazirmatn", "تاریخ"), of("", "P<UTO"));
        assert!(dark(&persian, true) && !dark(&persian, false));
        assert!(dark(&latin, false) && !dark(&latin, true));
        assert!(note(&fonts, "No such face", &["a"]).is_err());
    }
}
