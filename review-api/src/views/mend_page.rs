//! A form that was refused and has no page of its own to come back to: every field as it was typed, with the fault
//! beside it, to be sent again.

use askama::Template;

use super::Shell;
use crate::http::{Problem, ProblemField};
use crate::i18n::msg;

/// How a field is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// Several lines of words.
    Words,
    /// One line of words.
    Line,
    /// A number, a date or a code, read from the left.
    Number,
}

/// Fields that people type, with their names for people. Every other field is a choice or a mark of the page.
const TYPED: &[(&str, &str, Look)] = &[
    ("reason", msg("mend-reason"), Look::Words),
    ("text", msg("mend-text"), Look::Words),
    ("note", msg("mend-note"), Look::Words),
    ("body", msg("mend-text"), Look::Words),
    ("description", msg("field-description"), Look::Words),
    ("title", msg("mend-title-field"), Look::Line),
    ("label", msg("mend-label"), Look::Line),
    ("label_fa", msg("mend-label"), Look::Line),
    ("label_en", msg("mend-label-en"), Look::Line),
    ("place", msg("mend-place"), Look::Number),
    ("order", msg("mend-place"), Look::Number),
    ("min_pages", msg("mend-pages"), Look::Number),
    ("valid_from", msg("mend-day"), Look::Number),
    ("date", msg("mend-day"), Look::Number),
    ("paid_on", msg("mend-day"), Look::Number),
    ("expires_on", msg("mend-day"), Look::Number),
    ("tracking", msg("post-tracking"), Look::Number),
    ("amount", msg("pay-amount"), Look::Number),
    ("reference", msg("pay-reference"), Look::Number),
    ("iban", msg("field-iban"), Look::Number),
];

/// Signs of a field that are shown again: the longest text that any field takes.
const KEPT_CHARS: usize = 4000;

/// A field of the refused form.
#[derive(Clone, Debug)]
struct Field {
    name: String,
    value: String,
    label: Option<String>,
    look: Look,
    faults: Vec<String>,
}

impl Field {
    fn long(&self) -> bool {
        self.look == Look::Words
    }

    fn number(&self) -> bool {
        self.look == Look::Number
    }
}

#[derive(Template)]
#[template(path = "mend.html")]
struct MendPage<'a> {
    shell: &'a Shell,
    fields: Vec<Field>,
    others: Vec<&'a ProblemField>,
    back: &'a str,
}

impl MendPage<'_> {
    /// Whether there is anything to be typed again.
    fn mendable(&self) -> bool {
        self.fields.iter().any(|field| field.label.is_some())
    }
}

fn known(name: &str) -> Option<&'static (&'static str, &'static str, Look)> {
    TYPED.iter().find(|(known, ..)| *known == name)
}

/// What people typed into a form, with its names: for a page that tells why it was not taken.
#[must_use]
pub fn words_of(shell: &Shell, typed: &[(String, String)]) -> Vec<(String, String)> {
    let kept = |text: &str| text.chars().take(KEPT_CHARS).collect::<String>();
    let typed = typed.iter().filter(|(_, value)| !value.trim().is_empty());
    typed.filter_map(|(name, value)| known(name).map(|(_, key, _)| (shell.t(key), kept(value)))).collect()
}

/// The page.
///
/// # Errors
/// When the template fails.
pub fn draw(
    shell: &Shell,
    problem: &Problem,
    typed: &[(String, String)],
    back: Option<&str>,
) -> Result<String, askama::Error> {
    let faults = |name: &str| -> Vec<String> {
        problem.errors.iter().filter(|error| error.field == name).map(|error| error.message.clone()).collect()
    };
    let mut fields = Vec::new();
    for (name, value) in typed {
        // A password is never sent back.
        if name.contains("password") {
            continue;
        }
        let (label, look) = known(name).map_or((None, Look::Line), |(_, key, look)| (Some(shell.t(key)), *look));
        let value = value.chars().take(KEPT_CHARS).collect();
        fields.push(Field { faults: faults(name), name: name.clone(), value, label, look });
    }
    let beside = |error: &&ProblemField| fields.iter().any(|field| field.label.is_some() && field.name == error.field);
    let others = problem.errors.iter().filter(|error| !beside(error)).collect();
    MendPage { shell, fields, others, back: back.unwrap_or("/") }.render()
}
