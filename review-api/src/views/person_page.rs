//! One insured person: the form to register or change, the household, and the claims.

use askama::Template;
use serde::Serialize;

use super::Shell;
use super::form::Form;
use crate::claim::insured::{Household, Insured, KINSHIPS, SEXES};

/// A form for a new person, perhaps a dependant of a head.
#[derive(Debug, Template)]
#[template(path = "insured/new.html")]
pub struct NewPersonPage<'a> {
    pub(crate) shell: &'a Shell,
    pub(crate) form: Form,
    pub(crate) head: Option<Insured>,
    pub(crate) sexes: [&'static str; 2],
    pub(crate) kinships: [&'static str; 5],
}

impl<'a> NewPersonPage<'a> {
    /// The form as it stands.
    #[must_use]
    pub fn new(shell: &'a Shell, form: Form, head: Option<Insured>) -> Self {
        Self { shell, form, head, sexes: SEXES, kinships: KINSHIPS }
    }
}

/// A person with the household.
#[derive(Clone, Debug, Serialize)]
pub struct Person {
    /// The person, the head or the dependants, the claims and what was written before.
    #[serde(flatten)]
    pub household: Household,
    #[serde(skip)]
    pub(crate) form: Form,
    #[serde(skip)]
    pub(crate) may_change: bool,
}

#[derive(Template)]
#[template(path = "insured/show.html")]
struct PersonPage<'a> {
    shell: &'a Shell,
    view: &'a Person,
    one: &'a Insured,
    head: Option<&'a Insured>,
    form: &'a Form,
    sexes: [&'static str; 2],
    kinships: [&'static str; 5],
}

impl Person {
    /// The page.
    ///
    /// # Errors
    /// When the template fails.
    pub fn draw(&self, shell: &Shell) -> Result<String, askama::Error> {
        let (one, head) = (&self.household.person, self.household.head.as_ref());
        PersonPage { shell, view: self, one, head, form: &self.form, sexes: SEXES, kinships: KINSHIPS }.render()
    }
}
