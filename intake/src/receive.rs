//! The first look at a file: its type by content, and its hash. Names and extensions are not asked.

use std::io;

use sha2::{Digest, Sha256};

/// Bytes in front of `%PDF-` that readers in the field tolerate.
const PDF_HEADER_SEARCH: usize = 1024;

/// Type of a file by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// TIFF, classic or big.
    Tiff,
    /// WebP.
    WebP,
    /// PDF.
    Pdf,
    /// HEIF picture with HEVC inside, as phones make it.
    Heic,
    /// A type that is recognised but not read, by its name for people.
    Foreign(&'static str),
    /// Nothing that is known here.
    Unknown,
}

impl MediaType {
    /// The type of these bytes.
    #[must_use]
    pub fn sniff(bytes: &[u8]) -> Self {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Self::Jpeg,
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Self::Png,
            [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Self::Tiff,
            [b'R', b'I', b'F', b'F', _, _, _, _, rest @ ..] => match rest {
                [b'W', b'E', b'B', b'P', ..] => Self::WebP,
                [b'A', b'V', b'I', b' ', ..] => Self::Foreign("video (AVI)"),
                [b'W', b'A', b'V', b'E', ..] => Self::Foreign("audio (WAV)"),
                _ => Self::Unknown,
            },
            [_, _, _, _, b'f', b't', b'y', b'p', rest @ ..] => Self::iso_media(rest),
            _ if has_pdf_header(bytes) => Self::Pdf,
            _ => foreign(bytes).map_or(Self::Unknown, Self::Foreign),
        }
    }

    /// Files of the ISO base format tell their kind by a brand.
    fn iso_media(brand: &[u8]) -> Self {
        match brand.get(..4) {
            Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1") => Self::Heic,
            Some(b"avif" | b"avis") => Self::Foreign("AVIF"),
            Some(b"crx ") => Self::Foreign("camera raw (CR3)"),
            Some(_) => Self::Foreign("video (MP4)"),
            None => Self::Unknown,
        }
    }

    /// The media type's registered name; `application/octet-stream` for what is not read here.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Tiff => "image/tiff",
            Self::WebP => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Heic => "image/heic",
            Self::Foreign(_) | Self::Unknown => "application/octet-stream",
        }
    }
}

fn has_pdf_header(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(PDF_HEADER_SEARCH)];
    head.windows(5).any(|window| window == b"%PDF-")
}

/// Names of types that offices send by mistake.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: &[(&[u8], &str)] = &[
        (b"GIF8", "GIF"),
        (b"BM", "BMP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word/Excel (old)"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x1f\x8b", "gzip"),
        (b"MZ", "Windows program (EXE)"),
        (b"\x7fELF", "Linux program"),
        (b"\x1aE\xdf\xa3", "video (MKV/WebM)"),
        (b"ID3", "audio (MP3)"),
        (b"OggS", "audio (OGG)"),
        (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
        (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
        (b"\xff\x0a", "JPEG XL"),
        (b"{\\rtf", "RTF"),
        (b"AT&TFORM", "DjVu"),
        (b"8BPS", "Photoshop (PSD)"),
        (b"<!DOCTYPE html", "HTML"),
        (b"<html", "HTML"),
        (b"<svg", "SVG"),
        (b"<?xml", "XML"),
    ];
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(zip_kind(bytes));
    }
    let known = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature));
    known.map(|&(_, name)| name).or_else(|| is_plain_text(bytes).then_some("text"))
}

/// Office files are zip archives whose first members carry telling names.
fn zip_kind(bytes: &[u8]) -> &'static str {
    const HEAD: usize = 4096;
    let head = &bytes[..bytes.len().min(HEAD)];
    let holds = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
    if holds(b"word/") {
        "Word (DOCX)"
    } else if holds(b"xl/") {
        "Excel (XLSX)"
    } else if holds(b"ppt/") {
        "PowerPoint (PPTX)"
    } else if holds(b"opendocument") {
        "OpenDocument"
    } else if holds(b"[Content_Types].xml") {
        "Office (Word/Excel)"
    } else {
        "ZIP"
    }
}

fn is_plain_text(bytes: &[u8]) -> bool {
    const HEAD: usize = 512;
    // A cut inside a character is no sign of binary content, so up to three bytes are spared.
    let head = &bytes[..bytes.len().min(HEAD)];
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if bytes.len() > HEAD && error.valid_up_to() + 4 > head.len() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.is_empty() && text.chars().all(|c| !c.is_control() || c.is_whitespace())
}

/// SHA-256 of the bytes, lower-case hexadecimal.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256 of all that a stream gives, its first bytes, and how many there were.
pub(crate) fn sha256_of_stream(stream: &mut impl io::Read) -> io::Result<(String, Vec<u8>, u64)> {
    const PIECE: usize = 1 << 16;
    let mut hash = Sha256::new();
    let (mut head, mut total) = (Vec::new(), 0);
    let mut piece = vec![0; PIECE];
    loop {
        match stream.read(&mut piece) {
            Ok(0) => return Ok((hex(&hash.finalize()), head, total)),
            Ok(count) => {
                if total == 0 {
                    head = piece[..count].to_vec();
                }
                total += count as u64;
                hash.update(&piece[..count]);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_go_by_content() {
        assert_eq!(MediaType::sniff(b"\xff\xd8\xff\xe0"), MediaType::Jpeg);
        assert_eq!(MediaType::sniff(b"junk\n%PDF-1.7\n"), MediaType::Pdf);
        assert_eq!(MediaType::sniff(b"\0\0\0\x18ftypheic\0\0"), MediaType::Heic);
        assert_eq!(MediaType::sniff(b"\0\0\0\x18ftypisom\0\0"), MediaType::Foreign("video (MP4)"));
        assert_eq!(MediaType::sniff(b"PK\x03\x04....word/document.xml"), MediaType::Foreign("Word (DOCX)"));
        assert_eq!(MediaType::sniff("سلام".as_bytes()), MediaType::Foreign("text"));
        assert_eq!(MediaType::sniff(&[7, 0, 3, 200]), MediaType::Unknown);
        assert_eq!(MediaType::sniff(&[]), MediaType::Unknown);
    }

    #[test]
    fn hash_is_the_standard_one() {
        assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
