//! Frames on the pipe between parent and child: a kind, a length, that many bytes.

use std::io::{self, Read, Write};

/// Largest frame either side accepts; the largest upload and some words about it fit.
const MAX_FRAME_BYTES: u32 = 256 << 20;

const HEADER_BYTES: usize = 5;

/// What a frame carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    /// To the child: how to read, and the bytes to read.
    Request = 1,
    /// To the child: try what must not work. Only answered by a child that was started for it.
    Probe = 2,
    /// To the child: a place of a grey page to be cut out.
    Cut = 3,
    /// To the child: pages of a file to be made a file of their own.
    Pages = 4,
    /// From the child: locked and waiting.
    Ready = 16,
    /// From the child: a page of so many pixels is about to be decoded.
    Begins = 20,
    /// From the child: a judged page.
    Page = 17,
    /// From the child: the file is done.
    Done = 18,
    /// From the child: what the probe found.
    Probed = 19,
    /// From the child: what was cut out, a place as JPEG or pages as PDF; empty where it could not be.
    Part = 21,
}

impl Kind {
    const fn from_byte(byte: u8) -> Option<Self> {
        Some(match byte {
            1 => Self::Request,
            2 => Self::Probe,
            3 => Self::Cut,
            4 => Self::Pages,
            16 => Self::Ready,
            17 => Self::Page,
            18 => Self::Done,
            19 => Self::Probed,
            20 => Self::Begins,
            21 => Self::Part,
            _ => return None,
        })
    }
}

/// One frame, read.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) kind: Kind,
    pub(super) body: Vec<u8>,
}

/// Writes one frame whose body is the parts one after another.
///
/// # Errors
/// When the pipe is closed, or the parts are too long together.
pub(super) fn write(pipe: &mut impl Write, kind: Kind, parts: &[&[u8]]) -> io::Result<()> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let length = u32::try_from(length).ok().filter(|&length| length <= MAX_FRAME_BYTES);
    let length = length.ok_or(io::ErrorKind::FileTooLarge)?;
    pipe.write_all(&[kind as u8])?;
    pipe.write_all(&length.to_le_bytes())?;
    for part in parts {
        pipe.write_all(part)?;
    }
    pipe.flush()
}

/// Reads one frame; `None` at the end of the pipe.
///
/// # Errors
/// When the pipe breaks off inside a frame, or the header makes no sense.
pub(super) fn read(pipe: &mut impl Read) -> io::Result<Option<Frame>> {
    let mut header = [0; HEADER_BYTES];
    let mut filled = 0;
    while filled < HEADER_BYTES {
        match pipe.read(&mut header[filled..]) {
            Ok(0) if filled == 0 => return Ok(None),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let [kind, length @ ..] = header;
    let kind = Kind::from_byte(kind).ok_or(io::ErrorKind::InvalidData)?;
    let length = u32::from_le_bytes(length);
    if length > MAX_FRAME_BYTES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    // Grown as bytes arrive: a length alone takes no memory.
    let mut body = Vec::new();
    pipe.take(u64::from(length)).read_to_end(&mut body)?;
    if body.len() < length as usize {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(Frame { kind, body }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_comes_out_as_it_went_in() {
        let mut pipe = Vec::new();
        write(&mut pipe, Kind::Page, &[b"ab", b"", b"c"]).unwrap();
        let mut pipe = pipe.as_slice();
        let frame = read(&mut pipe).unwrap().unwrap();
        assert_eq!((frame.kind, frame.body.as_slice()), (Kind::Page, b"abc".as_slice()));
        assert!(read(&mut pipe).unwrap().is_none());
    }

    #[test]
    fn lies_are_refused() {
        assert!(read(&mut [1, 255, 255, 255, 255].as_slice()).is_err());
        assert!(read(&mut [99, 0, 0, 0, 0].as_slice()).is_err());
        assert!(read(&mut [1, 9, 0, 0, 0, 1].as_slice()).is_err());
        assert!(read(&mut [1, 9].as_slice()).is_err());
    }
}
