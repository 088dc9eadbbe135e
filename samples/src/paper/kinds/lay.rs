//! Papers that are a heading, a few blocks and a foot: what most offices issue.

use super::{foot, maybe_certified, small_print};
use crate::paper::Sheet;
use crate::paper::blocks::Heading;
use crate::paper::sheet::Field;

/// A block of a paper.
pub(super) enum Part {
    /// A heading within the page.
    Section(&'static str),
    /// Labelled values.
    Fields(Vec<Field>),
    /// Running text.
    Words(String),
    /// A table: columns with their shares, and rows.
    Table(&'static [(&'static str, f32)], Vec<Vec<Field>>),
}

/// A paper before it is set.
pub(super) struct Form {
    /// Who issues it.
    pub(super) issuer: Vec<String>,
    /// What it is called, in each layout: offices do not agree on names.
    pub(super) titles: [&'static str; 3],
    /// Number and date.
    pub(super) refs: Vec<Field>,
    /// What it says.
    pub(super) parts: Vec<Part>,
    /// Who signs.
    pub(super) signer: &'static str,
    /// What the stamp says.
    pub(super) stamp: Vec<String>,
    /// Odds that it is a certified copy.
    pub(super) certified: f64,
    /// Small print.
    pub(super) print: &'static str,
}

/// Sets a form on the sheet.
pub(super) fn lay(sheet: &mut Sheet<'_>, form: Form) {
    let title = form.titles[usize::from(sheet.variant) % form.titles.len()];
    sheet.heading(Heading { issuer: &form.issuer, title, refs: form.refs });
    for part in form.parts {
        match part {
            Part::Section(title) => sheet.section(title),
            Part::Fields(fields) => sheet.fields(fields),
            Part::Words(text) => sheet.paragraph(&text),
            Part::Table(columns, rows) => sheet.table(columns, &rows),
        }
    }
    foot(sheet, form.signer, &form.stamp);
    if form.certified > 0.0 {
        maybe_certified(sheet, form.certified);
    }
    if !form.print.is_empty() {
        small_print(sheet, form.print);
    }
}

/// A labelled number of so many digits, in the sheet's digits.
pub(super) fn numbered(sheet: &mut Sheet<'_>, label: &'static str, digits: usize) -> Field {
    use crate::chance::Draw;
    let number = sheet.rng.digits(digits);
    Field::new(label, sheet.digits.show(&number))
}
