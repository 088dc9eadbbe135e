//! The papers that an accident asks for, before there is a claim: a form of plain questions and a sheet to print.

use askama::Template;
use sanad_checks::completeness::{Need, Requirement};
use sanad_checks::dossier::Form;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::Shell;
use super::insured_page::FormChoice;
use super::terms;
use crate::claim::{CIRCUMSTANCES, ClaimType};
use crate::i18n::msg;

/// What is asked for.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// `death`, `disability` or `injury`; empty: only the questions.
    pub claim_type: String,
    /// Circumstances, from the closed list.
    pub circumstances: Vec<String>,
}

/// The papers for a type of accident and its circumstances.
#[derive(Clone, Debug, Serialize)]
pub struct Checklist {
    /// What was asked.
    pub asked: Asked,
    /// Papers that are needed, in the order in which they are posted.
    pub needed: Vec<Requirement>,
    /// Papers that may be added.
    pub optional: Vec<Requirement>,
    #[serde(skip)]
    pub(crate) types: Vec<FormChoice>,
    #[serde(skip)]
    pub(crate) questions: Vec<FormChoice>,
}

#[derive(Template)]
#[template(path = "claims/checklist.html")]
struct ChecklistPage<'a> {
    shell: &'a Shell,
    view: &'a Checklist,
}

impl Checklist {
    /// The papers with the questions that were answered.
    #[must_use]
    pub fn new(asked: Asked, lines: Vec<Requirement>) -> Self {
        let types = [ClaimType::Injury, ClaimType::Disability, ClaimType::Death].map(|kind| FormChoice {
            value: kind.as_str(),
            key: terms::claim_type_key(kind).to_owned(),
            hint: "",
            chosen: asked.claim_type == kind.as_str(),
        });
        let questions = CIRCUMSTANCES.iter().map(|&word| FormChoice {
            value: word,
            key: terms::circumstance_key(word),
            hint: "",
            chosen: asked.circumstances.iter().any(|chosen| chosen == word),
        });
        let (optional, needed) = lines.into_iter().partition(|line| line.need == Need::Optional);
        Self { types: types.into(), questions: questions.collect(), needed, optional, asked }
    }

    /// Whether a type was chosen, so that there is a list to show.
    #[must_use]
    pub const fn answered(&self) -> bool {
        !self.asked.claim_type.is_empty()
    }

    /// Message keys of what the sender must see to on a paper.
    #[must_use]
    pub fn marks(&self, line: &Requirement) -> Vec<&'static str> {
        let form = match line.form {
            Some(Form::Original) => Some(msg("checklist-original")),
            Some(Form::CertifiedCopy) => Some(msg("checklist-certified")),
            Some(Form::PlainCopy) | None => None,
        };
        form.into_iter().chain(line.stamp.then(|| msg("checklist-stamp"))).collect()
    }

    /// The page.
    ///
    /// # Errors
    /// When the template fails.
    pub fn draw(&self, shell: &Shell) -> Result<String, askama::Error> {
        ChecklistPage { shell, view: self }.render()
    }
}
