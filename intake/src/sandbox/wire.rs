//! Requests and answers inside the frames: words as JSON, pictures as they are.

use std::io::{self, Read, Write};

use sanad_checks::report::PageReport;

use super::frame::{self, Kind};
use crate::identity::PageIdentity;
use crate::limits::ReadRequest;
use crate::picture::{Cut, PageImages};
use crate::read::FileSummary;

/// A frame whose body is not what its kind promises.
#[derive(Debug, thiserror::Error)]
pub(super) enum WireError {
    /// Not the words that belong there.
    #[error("the words of a frame are not understood")]
    Words(#[from] serde_json::Error),
    /// Shorter than it says.
    #[error("a frame is shorter than it says")]
    Short,
}

/// Sends a request: its words, then the file.
pub(super) fn send_request(pipe: &mut impl Write, request: &ReadRequest, bytes: &[u8]) -> io::Result<()> {
    let words = serde_json::to_vec(request)?;
    frame::write(pipe, Kind::Request, &[&length(&words), &words, bytes])
}

/// Takes a request apart.
pub(super) fn open_request(body: &[u8]) -> Result<(ReadRequest, &[u8]), WireError> {
    let mut rest = body;
    let words = part(&mut rest)?;
    Ok((serde_json::from_slice(words)?, rest))
}

/// Sends a place to be cut out: where, then the grey page.
pub(super) fn send_cut(pipe: &mut impl Write, cut: Cut, grey_png: &[u8]) -> io::Result<()> {
    let words = serde_json::to_vec(&cut)?;
    frame::write(pipe, Kind::Cut, &[&length(&words), &words, grey_png])
}

/// Takes the wish for a place apart.
pub(super) fn open_cut(body: &[u8]) -> Result<(Cut, &[u8]), WireError> {
    let mut rest = body;
    let words = part(&mut rest)?;
    Ok((serde_json::from_slice(words)?, rest))
}

/// Sends a wish for pages of a file: from which to which, then the file.
pub(super) fn send_pages(pipe: &mut impl Write, pages: (u32, u32), file: &[u8]) -> io::Result<()> {
    let words = serde_json::to_vec(&pages)?;
    frame::write(pipe, Kind::Pages, &[&length(&words), &words, file])
}

/// Takes the wish for pages apart.
pub(super) fn open_pages(body: &[u8]) -> Result<((u32, u32), &[u8]), WireError> {
    let mut rest = body;
    let words = part(&mut rest)?;
    Ok((serde_json::from_slice(words)?, rest))
}

/// Sends a judged page: its words, then its pictures, if any.
pub(super) fn send_page(pipe: &mut impl Write, page: &PageReport, images: Option<&PageImages>) -> io::Result<()> {
    let words = serde_json::to_vec(page)?;
    let Some(images) = images else {
        return frame::write(pipe, Kind::Page, &[&length(&words), &words]);
    };
    let annotated = images.annotated_png.as_deref().unwrap_or_default();
    let identity = images.identity.as_ref().map(PageIdentity::to_bytes).unwrap_or_default();
    let pictures = [&images.preview_jpeg, &images.thumb_jpeg, &images.grey_png];
    let lengths = pictures.map(|picture| length(picture));
    frame::write(
        pipe,
        Kind::Page,
        &[
            &length(&words),
            &words,
            &lengths[0],
            pictures[0],
            &lengths[1],
            pictures[1],
            &lengths[2],
            pictures[2],
            &length(annotated),
            annotated,
            &length(&identity),
            &identity,
        ],
    )
}

/// Takes a judged page apart.
pub(super) fn open_page(body: &[u8]) -> Result<(PageReport, Option<PageImages>), WireError> {
    let mut rest = body;
    let page = serde_json::from_slice(part(&mut rest)?)?;
    if rest.is_empty() {
        return Ok((page, None));
    }
    let mut picture = || part(&mut rest).map(<[u8]>::to_vec);
    let images = PageImages {
        preview_jpeg: picture()?,
        thumb_jpeg: picture()?,
        grey_png: picture()?,
        annotated_png: Some(picture()?).filter(|png| !png.is_empty()),
        identity: PageIdentity::from_bytes(&picture()?),
    };
    Ok((page, Some(images)))
}

/// Sends the end of a file.
pub(super) fn send_done(pipe: &mut impl Write, summary: &FileSummary) -> io::Result<()> {
    frame::write(pipe, Kind::Done, &[&serde_json::to_vec(summary)?])
}

/// Reads a small value from a frame's body.
pub(super) fn open<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, WireError> {
    Ok(serde_json::from_slice(body)?)
}

fn length(part: &[u8]) -> [u8; 4] {
    u32::try_from(part.len()).unwrap_or(u32::MAX).to_le_bytes()
}

fn part<'b>(rest: &mut &'b [u8]) -> Result<&'b [u8], WireError> {
    let mut length = [0; 4];
    rest.read_exact(&mut length).map_err(|_| WireError::Short)?;
    let (part, after) = rest.split_at_checked(u32::from_le_bytes(length) as usize).ok_or(WireError::Short)?;
    *rest = after;
    Ok(part)
}
