//! `IBN-BAD` — not an Iranian account number.
//!
//! Sees a declared IBAN that is not `IR` and 24 digits or fails its check digits (ISO 13616: first four
//! characters to the end, letters as two digits, the whole modulo 97 is 1). Check digits 00, 01 and 99
//! cannot come from the rule and are refused as well.

use crate::dates::not_run;
use crate::dossier::{ClaimFinding, Declared, Evidence};
use crate::finding::{NotRun, Severity};

/// Whether the text, spaces aside, is a valid Iranian IBAN in ASCII or Persian digits.
#[must_use]
pub fn is_valid(text: &str) -> bool {
    let folded: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c {
            '۰'..='۹' => char::from_digit(c as u32 - '۰' as u32, 10).unwrap_or(c),
            '٠'..='٩' => char::from_digit(c as u32 - '٠' as u32, 10).unwrap_or(c),
            other => other.to_ascii_uppercase(),
        })
        .collect();
    let Some(digits) = folded.strip_prefix("IR") else { return false };
    if digits.len() != 24 || !digits.bytes().all(|b| b.is_ascii_digit()) || ["00", "01", "99"].contains(&&digits[..2]) {
        return false;
    }
    // account part, then "IR" as 18 27, then the check digits
    let turned = format!("{}1827{}", &digits[2..], &digits[..2]);
    turned.bytes().fold(0_u32, |rest, b| (rest * 10 + u32::from(b - b'0')) % 97) == 1
}

/// Judges the declared account number.
///
/// # Errors
/// When none is declared.
pub fn check(declared: &Declared, _today: &str) -> Result<Option<ClaimFinding>, NotRun> {
    let iban = declared.iban.as_deref().ok_or_else(|| not_run("IBN-BAD", "no account number is declared"))?;
    Ok((!is_valid(iban)).then(|| {
        let evidence = vec![Evidence { text: Some(iban.to_owned()), ..Evidence::default() }];
        ClaimFinding::new("IBN-BAD", Severity::Reject, &[("iban", iban)], evidence)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_decide() {
        assert!(is_valid("IR062960000000100324200001"));
        assert!(is_valid("ir06 2960 0000 0010 0324 2000 01"));
        assert!(is_valid("IR۰۶۲۹۶۰۰۰۰۰۰۰۱۰۰۳۲۴۲۰۰۰۰۱"));
        assert!(!is_valid("IR062960000000100324200002"));
        assert!(!is_valid("IR0629600000001003242000"));
        assert!(!is_valid("DE062960000000100324200001"));
    }
}
