//! Numbers of policies, however they are written. They begin like dates and are none.

use crate::claim::text::ascii_digit;

/// Digits a number has at least: shorter ones are typing mistakes.
const FEWEST_DIGITS: usize = 6;
/// Digits and parts a number has at most.
const MOST_SIGNS: usize = 60;

/// What stands between the parts of a number: slashes of several scripts, dashes, dots, spaces, tatweel.
const fn separates(c: char) -> bool {
    matches!(
        c,
        '/' | '\\' | '-' | '_' | '.' | ' ' | '\t' | '\u{a0}' | '\u{2010}'
            ..='\u{2015}' | '\u{2044}' | '\u{2215}' | '\u{ff0f}' | '\u{60d}' | '\u{66b}' | '\u{640}'
    )
}

/// Marks without a width that come along when a number is copied.
const fn silent(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{feff}')
}

/// The number in its one spelling: ASCII digits with `/` between the parts. `None` when it cannot be one.
#[must_use]
pub fn number_key(typed: &str) -> Option<String> {
    let mut parts = vec![String::new()];
    for sign in typed.trim().chars().filter(|c| !silent(*c)) {
        match ascii_digit(sign) {
            digit if digit.is_ascii_digit() => parts.last_mut()?.push(digit),
            other if separates(other) => parts.push(String::new()),
            _ => return None,
        }
    }
    parts.retain(|part| !part.is_empty());
    let key = parts.join("/");
    let digits = key.chars().filter(char::is_ascii_digit).count();
    (digits >= FEWEST_DIGITS && key.len() <= MOST_SIGNS).then_some(key)
}

/// The spellings under which a typed number may be known: as typed, and with its parts the other way round,
/// as a right-to-left page shows them.
#[must_use]
pub fn number_keys(typed: &str) -> Vec<String> {
    let Some(key) = number_key(typed) else { return Vec::new() };
    let turned: Vec<&str> = key.split('/').rev().collect();
    let turned = turned.join("/");
    if turned == key { vec![key] } else { vec![key, turned] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_meets_and_none_is_a_date() {
        for typed in [
            "1395/11/28/9147/100569",
            "۱۳۹۵/۱۱/۲۸/۹۱۴۷/۱۰۰۵۶۹",
            " ١٣٩٥-١١-٢٨-٩١٤٧-١٠٠٥٦٩ ",
            "\u{202a}1395\u{2044}11\u{2044}28\u{2044}9147\u{2044}100569\u{202c}",
            "1395 / 11 / 28 / 9147 / 100569",
        ] {
            assert_eq!(number_key(typed).as_deref(), Some("1395/11/28/9147/100569"), "{typed}");
        }
        assert!(number_keys("100569/9147/28/11/1395").contains(&"1395/11/28/9147/100569".to_owned()));
        for typed in ["", "daftar1", "P79869411", "12/34", "1395/11/28; DROP TABLE", "😀123456", &"1/".repeat(40)] {
            assert_eq!(number_key(typed), None, "{typed}");
        }
    }
}
