//! Who is signed in.

use askama::Template;
use serde::Serialize;
use utoipa::ToSchema;

use super::Shell;

/// The signed-in person.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Profile {
    /// Name shown to others.
    pub display_name: String,
    /// Name to log in with.
    pub user_name: String,
    /// `office`, `expert` or `manager`.
    pub role: &'static str,
    /// The office's name, for people of an office.
    pub office_name_fa: Option<String>,
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
}
