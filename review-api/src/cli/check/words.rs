//! The few words around the findings; the findings bring their own.

use sanad_checks::finding::{Severity, Verdict};
use sanad_checks::reasons::persian_digits;

use super::Language;

impl Language {
    const fn pick(self, fa: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Fa => fa,
            Self::En => en,
        }
    }

    /// A number in the language's digits.
    pub(super) fn number(self, number: impl ToString) -> String {
        let text = number.to_string();
        if self == Self::Fa { persian_digits(&text) } else { text }
    }

    pub(super) const fn verdict(self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Accept => self.pick("پذیرفته", "accepted"),
            Verdict::Warn => self.pick("پذیرفته با تذکر", "accepted with remarks"),
            Verdict::Reject => self.pick("رد شد", "rejected"),
        }
    }

    pub(super) const fn failed(self) -> &'static str {
        self.pick("بررسی نشد", "not examined")
    }

    pub(super) const fn page(self) -> &'static str {
        self.pick("صفحهٔ", "page")
    }

    pub(super) const fn readability(self) -> &'static str {
        self.pick("خوانایی", "readability")
    }

    pub(super) const fn percent(self) -> &'static str {
        self.pick("٪", "%")
    }

    pub(super) const fn uncertain(self) -> &'static str {
        self.pick("متن برای داوری کم است", "too little text to judge")
    }

    pub(super) const fn not_run(self) -> &'static str {
        self.pick("هنوز بررسی نشده", "not examined yet")
    }
}

/// A mark that is told apart without colour too.
pub(super) const fn mark(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "i",
        Severity::Warn => "!",
        Severity::Reject => "✗",
    }
}
