//! The one catalogue of reasons for refusing a paper, of the machine and of people.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::completeness::required::slot;
use crate::finding::{Bilingual, Measure};

/// Who may raise a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RaisedBy {
    /// Checks only.
    Machine,
    /// People only.
    People,
    /// Checks and people.
    Both,
}

/// One reason, with its words for people.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Permanent name, e.g. `LEG-BLUR`.
    pub code: String,
    /// Who may raise it.
    pub raised_by: RaisedBy,
    /// Whether the sender can mend it (a new scan, another paper).
    pub fixable: bool,
    /// Hidden from the office: shown to experts only.
    #[serde(default)]
    pub internal: bool,
    /// Short label.
    pub label: Bilingual,
    /// What was found; `{value}`, `{limit}` and named facts are filled in.
    message: Bilingual,
    /// Other ways to say it, by name, where another sign led to the same reason.
    #[serde(default)]
    otherwise: BTreeMap<String, Bilingual>,
    /// What the office can do.
    pub advice: Bilingual,
}

impl Reason {
    /// Whether an expert may choose it when refusing a paper.
    #[must_use]
    pub fn by_people(&self) -> bool {
        !matches!(self.raised_by, RaisedBy::Machine)
    }

    /// The message with its numbers; Persian digits in the Persian text.
    #[must_use]
    pub fn message(&self, measured: Option<&Measure>, facts: &[(String, String)]) -> Bilingual {
        Self::said(&self.message, measured, facts)
    }

    /// The message in another way of the catalogue; as ever where it has no such way.
    #[must_use]
    pub fn message_otherwise(&self, way: &str, facts: &[(String, String)]) -> Bilingual {
        Self::said(self.otherwise.get(way).unwrap_or(&self.message), None, facts)
    }

    fn said(message: &Bilingual, measured: Option<&Measure>, facts: &[(String, String)]) -> Bilingual {
        let mut values: Vec<(&str, Bilingual)> =
            facts.iter().map(|(name, value)| (name.as_str(), in_words(name, value))).collect();
        if let Some(measure) = measured {
            values.push(("value", in_words("value", &plain_number(measure.value))));
            values.push(("limit", in_words("limit", &plain_number(measure.limit))));
        }
        let fill = |text: &str, said: fn(&Bilingual) -> &str| {
            values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), said(value)))
        };
        Bilingual { fa: fill(&message.fa, |value| &value.fa), en: fill(&message.en, |value| &value.en) }
    }
}

/// Facts that may name a slot.
const OF_SLOTS: [&str; 2] = ["slot", "seen"];

/// A fact as a sentence says it: a slot by the name of its paper, anything else as it is.
fn in_words(name: &str, value: &str) -> Bilingual {
    let as_it_is = || Bilingual { fa: persian_number(value), en: value.to_owned() };
    let paper = OF_SLOTS.contains(&name).then(|| slot(value)).flatten();
    paper.map_or_else(as_it_is, |slot| slot.label.clone())
}

/// A number as people write it: at most two decimals, none where it is whole.
fn plain_number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A fact for a Persian sentence: numbers and dates in Persian digits, names such as `MP4` as they are.
fn persian_number(fact: &str) -> String {
    if fact.chars().any(|c| c.is_ascii_alphabetic()) { fact.to_owned() } else { persian_digits(fact) }
}

/// ASCII digits as Persian ones, with the Persian decimal sign between digits.
#[must_use]
pub fn persian_digits(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let digit_at = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    chars
        .iter()
        .enumerate()
        .map(|(i, &c)| match c {
            '0'..='9' => char::from_u32('۰' as u32 + (c as u32 - '0' as u32)).unwrap_or(c),
            '.' if i > 0 && digit_at(i - 1) && digit_at(i + 1) => '٫',
            other => other,
        })
        .collect()
}

#[derive(Deserialize)]
struct Catalogue {
    reason: Vec<Reason>,
}

static CATALOGUE: LazyLock<Vec<Reason>> = LazyLock::new(|| {
    let catalogue: Catalogue =
        toml::from_str(include_str!("reasons.toml")).expect("the catalogue in the binary is valid");
    catalogue.reason
});

/// Every reason, in the catalogue's order.
#[must_use]
pub fn all() -> &'static [Reason] {
    &CATALOGUE
}

/// The reason with this code.
#[must_use]
pub fn find(code: &str) -> Option<&'static Reason> {
    all().iter().find(|reason| reason.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_speaks_both_languages() {
        for reason in all() {
            let said = [&reason.label, &reason.message, &reason.advice];
            for text in said.into_iter().chain(reason.otherwise.values()) {
                assert!(!text.fa.trim().is_empty(), "{} lacks Persian", reason.code);
                assert!(!text.en.trim().is_empty(), "{} lacks English", reason.code);
                assert!(text.fa.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c)), "{}", reason.code);
                assert!(text.en.is_ascii(), "{} has non-ASCII English", reason.code);
            }
        }
    }

    #[test]
    fn codes_stand_once() {
        let mut codes: Vec<&str> = all().iter().map(|r| r.code.as_str()).collect();
        codes.sort_unstable();
        let count = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }

    #[test]
    fn messages_carry_numbers_in_their_own_digits() {
        let measure = Measure::new("edge_width", 3.1, 1.8, "stroke");
        let message = find("LEG-BLUR").unwrap().message(Some(&measure), &[]);
        assert!(message.fa.contains("۳٫۱"), "{}", message.fa);
        assert!(message.en.contains("3.1"), "{}", message.en);
        assert_eq!([persian_number("1402/05/17"), persian_number("MP4")], ["۱۴۰۲/۰۵/۱۷", "MP4"]);
    }

    #[test]
    fn a_slot_is_said_by_the_name_of_its_paper() {
        let message = find("DUP-SLOT").unwrap().message(None, &[("slot".to_owned(), "imaging-report".to_owned())]);
        assert!(message.fa.contains("«گزارش تصویربرداری»"), "{}", message.fa);
        assert!(message.en.contains("\"Imaging report\""), "{}", message.en);
    }
}
