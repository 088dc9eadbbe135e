//! A form with what was typed and what was refused.

use std::collections::BTreeMap;

use crate::http::{FieldFault, ProblemField, refusal_text};
use crate::i18n::Lang;

/// Signs of a typed value that are shown again.
const KEPT_CHARS: usize = 4000;

/// A form with what was typed and what was refused.
#[derive(Clone, Debug, Default)]
pub struct Form {
    values: BTreeMap<&'static str, String>,
    errors: Vec<ProblemField>,
}

impl Form {
    /// The form with one more typed value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl AsRef<str>) -> Self {
        self.values.insert(name, value.as_ref().chars().take(KEPT_CHARS).collect());
        self
    }

    /// The form with these faults, in the asker's language.
    #[must_use]
    pub fn refused(mut self, lang: Lang, faults: &[FieldFault]) -> Self {
        let words = |fault: &FieldFault| ProblemField {
            field: fault.field.to_owned(),
            key: fault.key.to_owned(),
            message: refusal_text(lang, fault.key),
        };
        self.errors = faults.iter().map(words).collect();
        self
    }

    /// What was typed.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map(String::as_str).unwrap_or_default()
    }

    /// Whether this is the chosen value of a field.
    #[must_use]
    pub fn chosen(&self, name: &str, value: &str) -> bool {
        self.value(name) == value
    }

    /// Whether the field was refused.
    #[must_use]
    pub fn wrong(&self, name: &str) -> bool {
        self.errors.iter().any(|error| error.field == name)
    }

    /// All faults.
    #[must_use]
    pub fn errors(&self) -> &[ProblemField] {
        &self.errors
    }
}
