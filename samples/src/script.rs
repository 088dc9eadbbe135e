//! Digits and dates as papers print them.

use crate::calendar::{Calendar, Day, JALALI_MONTHS, LATIN_MONTHS};

/// Which digits a paper is printed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digits {
    /// ۰۱۲۳ (most papers).
    Persian,
    /// ٠١٢٣ (old word processors).
    ArabicIndic,
    /// 0123.
    Latin,
}

impl Digits {
    /// `text` with its ASCII digits in this form.
    #[must_use]
    pub fn show(self, text: &str) -> String {
        let zero = match self {
            Self::Persian => '\u{06F0}',
            Self::ArabicIndic => '\u{0660}',
            Self::Latin => return text.to_owned(),
        };
        text.chars()
            .map(|c| match c.to_digit(10) {
                Some(d) => char::from_u32(zero as u32 + d).unwrap_or(c),
                None => c,
            })
            .collect()
    }

    /// A sum of money with its thousands parted, `۱٬۲۳۴٬۰۰۰`.
    #[must_use]
    pub fn money(self, rials: u64) -> String {
        let plain = rials.to_string();
        let mark = if self == Self::Latin { ',' } else { '\u{066C}' };
        let mut out = String::new();
        for (at, digit) in plain.chars().enumerate() {
            if at > 0 && (plain.len() - at).is_multiple_of(3) {
                out.push(mark);
            }
            out.push(digit);
        }
        self.show(&out)
    }
}

/// How a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateForm {
    /// ۱۴۰۲/۰۱/۲۵
    Slash,
    /// ۱۴۰۲-۰۱-۲۵
    Dash,
    /// ۱۴۰۲.۰۱.۲۵
    Dot,
    /// ۲۵ فروردین ۱۴۰۲
    Named,
    /// ۰۲/۱/۲۵: two-digit year, no leading zeros.
    Short,
}

/// `day` as printed in `calendar`, form and digits. Gregorian days know no named Persian form and fall back to slashes.
#[must_use]
pub(crate) fn date(day: Day, calendar: Calendar, form: DateForm, digits: Digits) -> String {
    let p = day.parts(calendar);
    let text = match form {
        DateForm::Dash => format!("{:04}-{:02}-{:02}", p.year, p.month, p.day),
        DateForm::Dot => format!("{:04}.{:02}.{:02}", p.year, p.month, p.day),
        DateForm::Named if calendar == Calendar::Jalali => {
            format!("{} {} {}", p.day, JALALI_MONTHS[p.month as usize - 1], p.year)
        }
        DateForm::Short if calendar == Calendar::Jalali => {
            format!("{:02}/{}/{}", p.year % 100, p.month, p.day)
        }
        _ => format!("{:04}/{:02}/{:02}", p.year, p.month, p.day),
    };
    digits.show(&text)
}

/// `25 SEP 1976`.
#[must_use]
pub(crate) fn passport_date(day: Day) -> String {
    let p = day.parts(Calendar::Gregorian);
    format!("{:02} {} {:04}", p.day, LATIN_MONTHS[p.month as usize - 1], p.year)
}

/// True where the text holds a letter of the Arabic script, and so runs from right to left.
#[must_use]
pub(crate) fn runs_right_to_left(text: &str) -> bool {
    text.chars().any(|c| matches!(c as u32, 0x0620..=0x064A | 0x066E..=0x06D3 | 0x06FA..=0x06FF))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_and_dates() {
        assert_eq!(Digits::Persian.money(1_234_000), "۱٬۲۳۴٬۰۰۰");
        assert_eq!(Digits::Latin.money(999), "999");
        let day = Day::jalali(1402, 1, 25);
        assert_eq!(date(day, Calendar::Jalali, DateForm::Slash, Digits::Persian), "۱۴۰۲/۰۱/۲۵");
        assert_eq!(date(day, Calendar::Jalali, DateForm::Named, Digits::ArabicIndic), "٢٥ فروردین ١٤٠٢");
        assert_eq!(passport_date(Day::gregorian(1976, 9, 25)), "25 SEP 1976");
        assert!(runs_right_to_left("آ 12") && !runs_right_to_left("۱۲/۳"));
    }
}
