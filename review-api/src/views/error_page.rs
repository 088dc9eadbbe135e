//! A refusal as a page.

use askama::Template;

use super::{Shell, mend_page};
use crate::http::Problem;

/// A refusal with the shell around it.
#[derive(Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage<'a> {
    shell: &'a Shell,
    problem: &'a Problem,
    typed: Vec<(String, String)>,
    back: Option<&'a str>,
}

impl<'a> ErrorPage<'a> {
    /// The page, with the words that were typed and the page to go back to.
    ///
    /// # Errors
    /// When the template fails.
    pub fn draw(
        shell: &'a Shell,
        problem: &'a Problem,
        typed: &[(String, String)],
        back: Option<&'a str>,
    ) -> Result<String, askama::Error> {
        Self { shell, problem, typed: mend_page::words_of(shell, typed), back }.render()
    }
}
