//! The two languages of the house: messages, digits and dates for people.

mod catalogue;
mod dates;
#[cfg(test)]
mod tests;

pub use catalogue::{Arg, text};
pub(crate) use dates::{GREGORIAN_YEARS, JALALI_YEARS};
pub use dates::{day, jalali_numbers, moment, month_name, parse_day};

use sanad_checks::finding::Bilingual;
use sanad_checks::reasons::persian_digits;

/// A language of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Persian, the default.
    #[default]
    Fa,
    /// English.
    En,
}

impl Lang {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Fa, Self::En];

    /// The language with this tag, `fa` or `en`.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// `fa` or `en`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fa => "fa",
            Self::En => "en",
        }
    }

    /// `rtl` or `ltr`.
    #[must_use]
    pub const fn dir(self) -> &'static str {
        match self {
            Self::Fa => "rtl",
            Self::En => "ltr",
        }
    }

    /// The other one, to switch to.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Fa => Self::En,
            Self::En => Self::Fa,
        }
    }

    /// The text in this language.
    #[must_use]
    pub fn pick(self, text: &Bilingual) -> &str {
        match self {
            Self::Fa => &text.fa,
            Self::En => &text.en,
        }
    }

    /// Digits as people write them in this language; other characters stay.
    #[must_use]
    pub fn digits(self, text: &str) -> String {
        match self {
            Self::Fa => persian_digits(text),
            Self::En => text.to_owned(),
        }
    }

    /// A whole number, grouped in thousands.
    #[must_use]
    pub fn number(self, value: i64) -> String {
        let plain = value.unsigned_abs().to_string();
        let mut grouped = String::new();
        for (i, digit) in plain.chars().enumerate() {
            if i > 0 && (plain.len() - i).is_multiple_of(3) {
                grouped.push(if self == Self::Fa { '٬' } else { ',' });
            }
            grouped.push(digit);
        }
        let sign = if value < 0 { "-" } else { "" };
        self.digits(&format!("{sign}{grouped}"))
    }
}

/// Names a message in the source, so that the test of the catalogues sees its use.
#[must_use]
pub const fn msg(key: &'static str) -> &'static str {
    key
}
