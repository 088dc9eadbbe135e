//! Messages of the company: the inbox of everybody, and the desk of those who write them.

use askama::Template;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Shell;
use super::terms;
use crate::accounts::Role;
use crate::http::{FieldFault, ProblemField, refusal_text};
use crate::messages::Message;
use crate::store::ids::OfficeId;

/// A message as it is typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct TypedMessage {
    /// What it is about.
    pub title: String,
    /// Its words.
    pub body: String,
    /// Only for this role; empty: for all.
    pub role: String,
    /// Only for the office with this code; empty: for all.
    pub office: String,
    /// The last day on which it is shown, Jalali or Gregorian; empty: until it is taken back.
    pub expires_on: String,
    /// `on` makes it the welcome on the front page.
    pub welcome: Option<String>,
}

/// A role to choose.
#[derive(Clone, Copy, Debug)]
pub struct RoleChoice {
    pub(crate) value: &'static str,
    pub(crate) key: &'static str,
}

/// The messages that the asker may see.
#[derive(Clone, Debug, Serialize)]
pub struct Messages {
    /// Latest first.
    pub rows: Vec<Message>,
    /// The asker writes messages.
    pub writer: bool,
    #[serde(skip)]
    pub(crate) typed: TypedMessage,
    #[serde(skip)]
    pub(crate) errors: Vec<ProblemField>,
    #[serde(skip)]
    pub(crate) roles: Vec<RoleChoice>,
    #[serde(skip)]
    pub(crate) offices: Vec<(OfficeId, String, String)>,
}

#[derive(Template)]
#[template(path = "messages/list.html")]
struct MessagesPage<'a> {
    shell: &'a Shell,
    view: &'a Messages,
}

impl Messages {
    /// The messages; for a writer with the offices to write to.
    #[must_use]
    pub fn new(rows: Vec<Message>, writer: bool, offices: Vec<(OfficeId, String, String)>) -> Self {
        let role = |role: &Role| RoleChoice { value: role.as_str(), key: terms::role_key(*role) };
        let roles = Role::ALL.iter().map(role).collect();
        Self { rows, writer, typed: TypedMessage::default(), errors: Vec::new(), roles, offices }
    }

    /// The same, with a form that was refused.
    #[must_use]
    pub fn refused(mut self, shell: &Shell, typed: TypedMessage, faults: &[FieldFault]) -> Self {
        let error = |fault: &FieldFault| ProblemField {
            field: fault.field.to_owned(),
            key: fault.key.to_owned(),
            message: refusal_text(shell.lang, fault.key),
        };
        self.errors = faults.iter().map(error).collect();
        self.typed = typed;
        self
    }

    /// Whether the field was refused.
    #[must_use]
    pub fn wrong(&self, field: &str) -> bool {
        self.errors.iter().any(|error| error.field == field)
    }

    /// The page.
    ///
    /// # Errors
    /// When the template fails.
    pub fn draw(&self, shell: &Shell) -> Result<String, askama::Error> {
        MessagesPage { shell, view: self }.render()
    }
}
