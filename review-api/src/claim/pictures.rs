//! The pictures of a page, and the original bytes.

use std::sync::Arc;

use sanad_checks::page::Region;

use super::access;
use super::error::ClaimError;
use crate::accounts::{Action, Actor};
use crate::audit::{Entry, EventKind};
use crate::store::ids::VersionId;
use crate::store::tables::claims::ClaimRow;
use crate::store::tables::pages::{self, PageRow};
use crate::store::tables::versions::VersionRow;
use crate::store::{Store, StoreError};
use crate::work::{Cut, PaperReader};

/// The type of bytes nobody has judged.
const UNKNOWN_TYPE: &str = "application/octet-stream";

/// Which picture of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// In colour, to read on a screen.
    Preview,
    /// Small, for lists.
    Thumb,
    /// Grey and lossless, for later checks.
    Grey,
}

impl Picture {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Preview => "preview",
            Self::Thumb => "thumb",
            Self::Grey => "grey",
        }
    }
}

/// A picture's bytes.
#[derive(Clone, Debug)]
pub struct PictureBytes {
    /// Their type.
    pub media_type: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes: they never change under it.
    pub etag: String,
}

/// The original bytes with the name to offer them under.
#[derive(Clone, Debug)]
pub struct Original {
    /// The bytes.
    pub picture: PictureBytes,
    /// The file's name, made safe.
    pub file_name: String,
}

/// A picture of page `page`, counted from 0.
///
/// # Errors
/// [`ClaimError::NotFound`], or when database or disk fail.
pub async fn page(
    store: &Store,
    actor: &Actor,
    version: &VersionId,
    page: i64,
    which: Picture,
) -> Result<PictureBytes, ClaimError> {
    let (found, entry) = seen_page(store, actor, version, page).await?;
    let (address, media_type) = match which {
        Picture::Preview => (found.preview, "image/jpeg"),
        Picture::Thumb => (found.thumb, "image/jpeg"),
        Picture::Grey => (found.grey, "image/png"),
    };
    let etag = address.ok_or(ClaimError::NotFound)?;
    record(store, actor, entry.with("size", which.as_str()).with("page", page)).await?;
    let bytes = store.blobs().give(&etag).await?;
    Ok(PictureBytes { media_type: media_type.to_owned(), bytes, etag })
}

/// A place of page `page`, counted from 0, cut out with what stands around it.
///
/// # Errors
/// [`ClaimError::NotFound`] also for a place beside the page; [`ClaimError::Busy`] when no reader answers.
pub async fn place(
    store: &Store,
    reader: &Arc<dyn PaperReader>,
    actor: &Actor,
    version: &VersionId,
    page: i64,
    region: Region,
) -> Result<PictureBytes, ClaimError> {
    let (found, entry) = seen_page(store, actor, version, page).await?;
    let grey = found.grey.ok_or(ClaimError::NotFound)?;
    record(store, actor, entry.with("size", "place").with("page", page)).await?;
    let bytes = store.blobs().give(&grey).await?;
    let cut = Cut { region, page_width: u32::try_from(found.width_px).unwrap_or(u32::MAX) };
    let reader = Arc::clone(reader);
    let cutting = tokio::task::spawn_blocking(move || reader.cut(&bytes, cut));
    let jpeg = match cutting.await.map_err(|_| StoreError::Stopped)? {
        Ok(jpeg) => jpeg.ok_or(ClaimError::NotFound)?,
        Err(error) => {
            tracing::warn!(%error, "a place could not be cut out");
            return Err(ClaimError::Busy);
        }
    };
    let [x, y, width, height] = <[u32; 4]>::from(region);
    Ok(PictureBytes {
        media_type: "image/jpeg".to_owned(),
        bytes: jpeg,
        etag: format!("{grey}-{x}-{y}-{width}-{height}"),
    })
}

/// The page that the actor may see, and the entry to be made of it.
async fn seen_page(
    store: &Store,
    actor: &Actor,
    version: &VersionId,
    page: i64,
) -> Result<(PageRow, Entry), ClaimError> {
    access::allowed(actor, Action::SeePictures)?;
    let mut tx = store.read().await?;
    let (row, claim) = access::version(&mut tx, actor, version).await?;
    let pages = pages::of_version(&mut tx, version).await?;
    let found = pages.into_iter().find(|row| row.position == page).ok_or(ClaimError::NotFound)?;
    Ok((found, seen(&row, &claim)))
}

fn seen(version: &VersionRow, claim: &ClaimRow) -> Entry {
    let entry = Entry::new(EventKind::PictureSeen).claim(&claim.office, &claim.id);
    entry.document(&version.document).version(&version.id)
}

/// No medical picture is given without an entry that says who saw it.
async fn record(store: &Store, actor: &Actor, entry: Entry) -> Result<(), ClaimError> {
    let mut act = store.act(Some(&actor.user)).await?;
    act.record(entry).await?;
    Ok(act.commit().await?)
}

/// The bytes as they were sent.
///
/// # Errors
/// [`ClaimError::NotFound`], or when database or disk fail.
pub async fn original(store: &Store, actor: &Actor, version: &VersionId) -> Result<Original, ClaimError> {
    access::allowed(actor, Action::SeePictures)?;
    let mut tx = store.read().await?;
    let (row, claim) = access::version(&mut tx, actor, version).await?;
    drop(tx);
    record(store, actor, seen(&row, &claim).with("size", "original")).await?;
    let bytes = store.blobs().give(&row.sha256).await?;
    let media_type = row.media_type.unwrap_or_else(|| UNKNOWN_TYPE.to_owned());
    Ok(Original { picture: PictureBytes { media_type, bytes, etag: row.sha256 }, file_name: row.file_name })
}
