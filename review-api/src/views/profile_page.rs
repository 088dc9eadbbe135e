//! Who is signed in: the own name and password, the open sessions, and tokens of programs.

use askama::Template;
use serde::Serialize;

use super::Shell;
use super::form::Form;
use crate::accounts::{SessionKind, SessionView};

/// The signed-in person.
#[derive(Clone, Debug, Serialize)]
pub struct Profile {
    /// Name shown to others.
    pub display_name: String,
    /// Name to log in with.
    pub user_name: String,
    /// Word of the role.
    pub role: &'static str,
    /// The office's name, for people of an office.
    pub office_name_fa: Option<String>,
    /// Whether the password was handed out and must be changed first.
    pub must_change: bool,
    /// Codes on paper that still count; none without a second factor.
    pub recovery_codes: Option<i64>,
    /// Open sessions and tokens, newest first.
    pub sessions: Vec<SessionView>,
    #[serde(skip)]
    pub(crate) form: Form,
    /// A fresh token, told once.
    #[serde(skip)]
    pub(crate) token: Option<String>,
}

#[derive(Template)]
#[template(path = "account/profile.html")]
struct ProfilePage<'a> {
    shell: &'a Shell,
    view: &'a Profile,
}

impl Profile {
    /// The page.
    ///
    /// # Errors
    /// When the template fails.
    pub fn draw(&self, shell: &Shell) -> Result<String, askama::Error> {
        ProfilePage { shell, view: self }.render()
    }

    /// Sessions of people, or tokens of programs.
    pub(crate) fn of_kind(&self, token: bool) -> impl Iterator<Item = &SessionView> {
        self.sessions.iter().filter(move |session| (session.kind == SessionKind::Token) == token)
    }
}
