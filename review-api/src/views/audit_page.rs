//! The record of acts.

use askama::Template;
use serde::Serialize;

use super::Shell;
use super::lists::Pager;
use crate::audit::Act;

/// A stretch of the record, newest first.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// The acts.
    pub rows: Vec<Act>,
    /// Acts in all.
    pub total: i64,
    /// Hash of the newest act.
    pub head: String,
    #[serde(skip)]
    pub(crate) pager: Pager,
}

#[derive(Template)]
#[template(path = "audit.html")]
struct RecordPage<'a> {
    shell: &'a Shell,
    view: &'a Record,
}

impl Record {
    /// The page.
    ///
    /// # Errors
    /// When the template fails.
    pub fn draw(&self, shell: &Shell) -> Result<String, askama::Error> {
        RecordPage { shell, view: self }.render()
    }
}
