//! A refusal as a page.

use askama::Template;

use super::Shell;
use crate::http::Problem;

/// A refusal with the shell around it.
#[derive(Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage<'a> {
    shell: &'a Shell,
    problem: &'a Problem,
}

impl<'a> ErrorPage<'a> {
    /// The page.
    ///
    /// # Errors
    /// When the template fails.
    pub fn draw(shell: &'a Shell, problem: &'a Problem) -> Result<axum::response::Html<String>, askama::Error> {
        Self { shell, problem }.render().map(axum::response::Html)
    }
}
