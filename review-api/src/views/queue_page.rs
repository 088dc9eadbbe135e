//! The experts' queue, in its order, with what puts a claim ahead.

use askama::Template;
use serde::Serialize;

use super::Shell;
use super::lists::Pager;
use crate::claim::Listing;
use crate::queue::QueueEntry;

/// A page of the queue.
#[derive(Clone, Debug, Serialize)]
pub struct Queue {
    /// The claims, first in line first.
    pub rows: Vec<QueueEntry>,
    /// Claims in all.
    pub total: i64,
    /// Claims before the first row.
    pub offset: i64,
    #[serde(skip)]
    pub(crate) pager: Pager,
}

#[derive(Template)]
#[template(path = "desk/queue.html")]
struct QueuePage<'a> {
    shell: &'a Shell,
    view: &'a Queue,
}

impl Queue {
    /// The queue as it was asked for.
    #[must_use]
    pub fn new(listing: Listing<QueueEntry>) -> Self {
        let pager = Pager::new("/queue?", listing.offset, listing.rows.len(), listing.total);
        Self { pager, rows: listing.rows, total: listing.total, offset: listing.offset }
    }

    /// The page.
    ///
    /// # Errors
    /// When the template fails.
    pub fn draw(&self, shell: &Shell) -> Result<String, askama::Error> {
        QueuePage { shell, view: self }.render()
    }
}
