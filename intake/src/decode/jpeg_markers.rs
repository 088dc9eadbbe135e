//! The segments of a JPEG before its first scan: frame, tables, resolution, EXIF.
//!
//! Source of the layout: ITU-T T.81, annex B, and the JFIF 1.02 note.

use crate::exif::{self, ExifFacts};

const SOS: u8 = 0xda;
const DQT: u8 = 0xdb;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;

/// What stands in front of the pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Markers {
    /// Width and height from the frame header.
    pub(crate) size: Option<(u16, u16)>,
    /// Pixels come in several passes over the whole picture.
    pub(crate) progressive: bool,
    /// Brightness is sampled more finely down than across.
    pub(crate) tall: bool,
    /// Mean step of the luma quantisation table, 1 = finest.
    pub(crate) luma_step: Option<f32>,
    /// Resolution of the JFIF header, dots an inch.
    pub(crate) jfif_dpi: Option<(f32, f32)>,
    /// Turn and resolution of EXIF.
    pub(crate) exif: ExifFacts,
}

impl Markers {
    /// Resolution by EXIF, else by JFIF.
    pub(crate) fn dpi(&self) -> Option<(f32, f32)> {
        self.exif.dpi.or(self.jfif_dpi)
    }
}

/// Walks the segments up to the first scan; what is damaged is left out.
pub(crate) fn read(bytes: &[u8]) -> Markers {
    let mut markers = Markers::default();
    let mut steps = [None; 4];
    let mut luma_table = 0;
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let Some((marker, body, after)) = segment(rest) {
        match marker {
            SOS => break,
            DQT => read_tables(body, &mut steps),
            APP0 => markers.jfif_dpi = markers.jfif_dpi.or_else(|| jfif_dpi(body)),
            APP1 if body.starts_with(b"Exif\0\0") => markers.exif = exif::read(body),
            _ if is_frame(marker) => {
                if let [_, h1, h0, w1, w0, count, frame @ ..] = body {
                    markers.size = Some((u16::from_be_bytes([*w1, *w0]), u16::from_be_bytes([*h1, *h0])));
                    markers.progressive = matches!(marker, 0xc2 | 0xc6 | 0xca | 0xce);
                    if let (1.., [_, sampling, table, ..]) = (count, frame) {
                        markers.tall = sampling & 0x0f > sampling >> 4;
                        luma_table = usize::from(table & 3);
                    }
                }
            }
            _ => {}
        }
        rest = after;
    }
    markers.luma_step = steps[luma_table];
    markers
}

/// Frame headers are 0xc0–0xcf but for the Huffman, reserved and arithmetic table markers.
const fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

/// The next segment: marker, body, the bytes after it.
fn segment(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let start = bytes.iter().position(|&byte| byte == 0xff)?;
    let bytes = &bytes[start..];
    let marker_at = bytes.iter().position(|&byte| byte != 0xff)?;
    let marker = bytes[marker_at];
    let after = &bytes[marker_at + 1..];
    // Markers without a body; a stuffed zero is no marker.
    if matches!(marker, 0x00 | 0x01 | 0xd0..=0xd8) {
        return Some((marker, &[], after));
    }
    let length = usize::from(u16::from_be_bytes([*after.first()?, *after.get(1)?]));
    let body = after.get(2..length)?;
    Some((marker, body, &after[length..]))
}

fn read_tables(mut body: &[u8], steps: &mut [Option<f32>; 4]) {
    const ENTRIES: usize = 64;
    while let [head, rest @ ..] = body {
        let bytes_each = if head >> 4 == 0 { 1 } else { 2 };
        let Some((table, after)) = rest.split_at_checked(ENTRIES * bytes_each) else { return };
        let sum: u32 = if bytes_each == 1 {
            table.iter().map(|&step| u32::from(step)).sum()
        } else {
            table.chunks_exact(2).map(|step| u32::from(u16::from_be_bytes([step[0], step[1]]))).sum()
        };
        steps[usize::from(head & 3)] = Some(sum as f32 / ENTRIES as f32);
        body = after;
    }
}

fn jfif_dpi(body: &[u8]) -> Option<(f32, f32)> {
    let body = body.strip_prefix(b"JFIF\0")?;
    let &[_, _, unit, x1, x0, y1, y0, ..] = body else { return None };
    let (x, y) = (f32::from(u16::from_be_bytes([x1, x0])), f32::from(u16::from_be_bytes([y1, y0])));
    match unit {
        1 => Some((x, y)),
        2 => Some((x * 2.54, y * 2.54)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_size_step_and_resolution() {
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0, 0, 16];
        bytes.extend(b"JFIF\0\x01\x02\x01\x01\x2c\x01\x2c\0\0");
        bytes.extend([0xff, 0xdb, 0, 67, 0]);
        bytes.extend([4; 64]);
        bytes.extend([0xff, 0xc2, 0, 11, 8, 0, 20, 0, 30, 1, 1, 0x11, 0]);
        bytes.extend([0xff, 0xda]);
        let markers = read(&bytes);
        assert_eq!(markers.size, Some((30, 20)));
        assert!(markers.progressive);
        assert_eq!(markers.luma_step, Some(4.0));
        assert_eq!(markers.dpi(), Some((300.0, 300.0)));
    }

    #[test]
    fn any_cut_is_survived() {
        let bytes = [0xff, 0xd8, 0xff, 0xe0, 0, 16, b'J', b'F', 0xff, 0xc0, 0, 3, 8, 0xff, 0xdb, 0, 5, 0, 1, 2];
        for end in 0..bytes.len() {
            read(&bytes[..end]);
        }
    }
}
