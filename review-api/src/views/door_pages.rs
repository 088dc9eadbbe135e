//! Pages before the door: the second factor, and the self-registration of insured persons.

use askama::Template;

use super::Shell;
use super::form::Form;
use crate::accounts::second_factor::Enrolment;

/// Asks for a code of the second factor, or sets it up first.
#[derive(Debug, Template)]
#[template(path = "account/code.html")]
pub struct CodePage<'a> {
    pub(crate) shell: &'a Shell,
    pub(crate) form: Form,
    pub(crate) then: String,
    pub(crate) enrolment: Option<Enrolment>,
}

/// Shows the codes on paper once.
#[derive(Debug, Template)]
#[template(path = "account/recovery.html")]
pub struct RecoveryPage<'a> {
    pub(crate) shell: &'a Shell,
    pub(crate) codes: &'a [String],
    pub(crate) then: String,
}

/// How far the self-registration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Both numbers are asked for.
    Numbers,
    /// They fit; a password is chosen.
    Password,
    /// The person has an account already.
    Registered,
}

/// The self-registration, step by step.
#[derive(Debug, Template)]
#[template(path = "account/register.html")]
pub struct RegisterPage<'a> {
    pub(crate) shell: &'a Shell,
    pub(crate) form: Form,
    pub(crate) step: Step,
    /// The user name to be: the policy's number.
    pub(crate) user_name: String,
}
