//! Table `pages`: the pictures made of each page of a version.

use crate::store::ids::VersionId;
use crate::store::sql::{SqlError, Tx, statements, values};

statements! { "pages";
    INSERT = "INSERT INTO pages (version_id, position, width_px, height_px, preview_sha256, thumb_sha256, grey_sha256) \
              VALUES ($1, $2, $3, $4, $5, $6, $7)";
    OF_VERSION = "SELECT position, width_px, height_px, preview_sha256, thumb_sha256, grey_sha256 FROM pages \
                  WHERE version_id = $1 ORDER BY position";
}

/// A page and the addresses of its pictures.
#[derive(Clone, Debug)]
pub(crate) struct PageRow {
    pub(crate) position: i64,
    pub(crate) width_px: i64,
    pub(crate) height_px: i64,
    pub(crate) preview: Option<String>,
    pub(crate) thumb: Option<String>,
    pub(crate) grey: Option<String>,
}

pub(crate) async fn insert(tx: &mut Tx, version: &VersionId, page: &PageRow) -> Result<(), SqlError> {
    let values = values![
        version,
        page.position,
        page.width_px,
        page.height_px,
        page.preview.as_deref(),
        page.thumb.as_deref(),
        page.grey.as_deref()
    ];
    tx.run(&INSERT, values).await.map(|_| ())
}

pub(crate) async fn of_version(tx: &mut Tx, version: &VersionId) -> Result<Vec<PageRow>, SqlError> {
    let rows = tx.rows(&OF_VERSION, values![version]).await?;
    rows.iter()
        .map(|row| {
            Ok(PageRow {
                position: row.whole("position")?,
                width_px: row.whole("width_px")?,
                height_px: row.whole("height_px")?,
                preview: row.maybe_text("preview_sha256")?,
                thumb: row.maybe_text("thumb_sha256")?,
                grey: row.maybe_text("grey_sha256")?,
            })
        })
        .collect()
}
