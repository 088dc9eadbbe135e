//! The insured persons of an office, and the form that opens a claim for one of them.

use askama::Template;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Shell;
use super::lists::Pager;
use super::terms;
use crate::claim::insured::Insured;
use crate::claim::{CIRCUMSTANCES, ClaimDetail, ClaimType, Listing};
use crate::http::{FieldFault, ProblemField, refusal_text, urlencode};
use crate::i18n::msg;

/// A page of the list of insured persons.
#[derive(Clone, Debug, Serialize)]
pub struct InsuredList {
    /// The persons.
    pub rows: Vec<Insured>,
    /// Persons in all.
    pub total: i64,
    /// Persons before the first row.
    pub offset: i64,
    /// Words that were searched.
    #[serde(skip)]
    pub q: String,
    #[serde(skip)]
    pub(crate) pager: Pager,
}

#[derive(Template)]
#[template(path = "insured/list.html")]
struct InsuredPage<'a> {
    shell: &'a Shell,
    view: &'a InsuredList,
}

impl InsuredList {
    /// The list as it was asked for.
    #[must_use]
    pub fn new(listing: Listing<Insured>, q: String) -> Self {
        let base = format!("/insured?q={}&", urlencode(&q));
        let pager = Pager::new(&base, listing.offset, listing.rows.len(), listing.total);
        Self { pager, rows: listing.rows, total: listing.total, offset: listing.offset, q }
    }

    /// The page.
    ///
    /// # Errors
    /// When the template fails.
    pub fn draw(&self, shell: &Shell) -> Result<String, askama::Error> {
        InsuredPage { shell, view: self }.render()
    }
}

/// What is typed to open a claim: the insured person (registered already, or their particulars)
/// and the accident.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct TypedClaim {
    /// Id of a registered person; the five fields after it are then not read.
    pub insured: String,
    /// Full name.
    pub name: String,
    /// Passport or document number.
    pub document_number: String,
    /// Policy number, as printed.
    pub policy_number: String,
    /// Three-letter code of the country.
    pub nationality: String,
    /// Day of birth, Jalali or Gregorian, year first.
    pub birth: String,
    /// `death`, `disability` or `injury`.
    pub claim_type: String,
    /// Day of the accident, Jalali or Gregorian, year first.
    pub accident_date: String,
    /// Where it happened.
    pub place: String,
    /// What happened.
    pub description: String,
    /// Circumstances, from the closed list.
    pub circumstances: Vec<String>,
    /// Number of another claim of the same accident.
    pub shared_with: String,
    /// Revision of the claim that was seen, when one is changed.
    pub revision: i64,
}

/// A choice of the form.
#[derive(Clone, Debug)]
pub struct FormChoice {
    pub(crate) value: &'static str,
    pub(crate) key: String,
    pub(crate) hint: &'static str,
    pub(crate) chosen: bool,
}

/// The form with what was typed and what was refused.
#[derive(Clone, Debug)]
pub struct ClaimForm {
    pub(crate) typed: TypedClaim,
    pub(crate) insured: Option<Insured>,
    pub(crate) errors: Vec<ProblemField>,
    pub(crate) types: Vec<FormChoice>,
    pub(crate) questions: Vec<FormChoice>,
    /// The claim that is changed; `None` opens one.
    pub(crate) changes: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "claims/new.html")]
struct ClaimFormPage<'a> {
    shell: &'a Shell,
    view: &'a ClaimForm,
}

impl ClaimForm {
    /// The form, with everything that was typed kept.
    #[must_use]
    pub fn new(shell: &Shell, typed: TypedClaim, insured: Option<Insured>, faults: &[FieldFault]) -> Self {
        let types = [
            (ClaimType::Injury, msg("type-injury-hint")),
            (ClaimType::Disability, msg("type-disability-hint")),
            (ClaimType::Death, msg("type-death-hint")),
        ];
        let types = types.map(|(kind, hint)| FormChoice {
            value: kind.as_str(),
            key: terms::claim_type_key(kind).to_owned(),
            hint,
            chosen: typed.claim_type == kind.as_str(),
        });
        let questions = CIRCUMSTANCES.iter().map(|&word| FormChoice {
            value: word,
            key: terms::circumstance_key(word),
            hint: "",
            chosen: typed.circumstances.iter().any(|chosen| chosen == word),
        });
        let errors = faults.iter().map(|fault| ProblemField {
            field: fault.field.to_owned(),
            key: fault.key.to_owned(),
            message: refusal_text(shell.lang, fault.key),
        });
        Self {
            errors: errors.collect(),
            types: types.into(),
            questions: questions.collect(),
            changes: None,
            typed,
            insured,
        }
    }

    /// The same form, to change this claim.
    #[must_use]
    pub fn of(mut self, claim: &ClaimDetail) -> Self {
        self.changes = Some((claim.summary.id.to_string(), claim.summary.number.clone()));
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
        ClaimFormPage { shell, view: self }.render()
    }
}
