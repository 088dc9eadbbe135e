//! The register of policies and how it was brought.

use askama::Template;
use serde::Serialize;

use super::Shell;
use crate::policies::import::{BadRow, Import};

/// The register at a glance.
#[derive(Clone, Debug, Serialize)]
pub struct RegisterView {
    /// Policies in it.
    pub policies: i64,
    /// The latest imports, newest first.
    pub imports: Vec<Import>,
    /// Rows for which the last file was refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bad_rows: Vec<BadRow>,
}

#[derive(Template)]
#[template(path = "policies.html")]
struct RegisterPage<'a> {
    shell: &'a Shell,
    view: &'a RegisterView,
}

impl RegisterView {
    /// The page.
    ///
    /// # Errors
    /// When the template fails.
    pub fn draw(&self, shell: &Shell) -> Result<String, askama::Error> {
        RegisterPage { shell, view: self }.render()
    }
}
