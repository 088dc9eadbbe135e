//! The accounts that somebody keeps.

use askama::Template;
use serde::Serialize;

use super::Shell;
use super::form::Form;
use crate::accounts::people::{Account, HandedOut};
use crate::accounts::{Office, Role};

/// A list of accounts.
#[derive(Clone, Debug, Serialize)]
pub struct Users {
    /// The accounts.
    pub rows: Vec<Account>,
    #[serde(skip)]
    pub(crate) offices: Vec<Office>,
    /// Roles that may be given.
    #[serde(skip)]
    pub(crate) roles: Vec<Role>,
    #[serde(skip)]
    pub(crate) everywhere: bool,
    #[serde(skip)]
    pub(crate) form: Form,
    #[serde(skip)]
    pub(crate) handed: Option<HandedOut>,
}

#[derive(Template)]
#[template(path = "account/users.html")]
struct UsersPage<'a> {
    shell: &'a Shell,
    view: &'a Users,
}

impl Users {
    /// The page.
    ///
    /// # Errors
    /// When the template fails.
    pub fn draw(&self, shell: &Shell) -> Result<String, askama::Error> {
        UsersPage { shell, view: self }.render()
    }

    pub(crate) fn office(&self, account: &Account) -> Option<&Office> {
        self.offices.iter().find(|office| Some(&office.id) == account.office.as_ref())
    }

    pub(crate) fn own(&self, shell: &Shell, account: &Account) -> bool {
        shell.actor.as_ref().is_some_and(|actor| actor.user == account.id)
    }
}
