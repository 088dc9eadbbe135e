//! Numbers with check digits: the machine-readable zone and the account number.

/// Check digit of the machine-readable zone: weights 7, 3, 1, modulo 10 (ICAO Doc 9303-3 §4.9).
#[must_use]
pub(crate) fn mrz_check(text: &str) -> char {
    let sum: u32 = text
        .bytes()
        .zip([7u32, 3, 1].into_iter().cycle())
        .map(|(byte, weight)| {
            let value = match byte {
                b'0'..=b'9' => u32::from(byte - b'0'),
                b'A'..=b'Z' => u32::from(byte - b'A') + 10,
                _ => 0,
            };
            value * weight
        })
        .sum();
    char::from(b'0' + (sum % 10) as u8)
}

/// What stands in the zone of a passport.
pub(crate) struct Passport<'a> {
    /// Issuing state, three letters.
    pub(crate) state: &'a str,
    /// Surname, Latin capitals.
    pub(crate) surname: &'a str,
    /// Given names, Latin capitals.
    pub(crate) given: &'a str,
    /// At most nine characters.
    pub(crate) number: &'a str,
    /// YYMMDD.
    pub(crate) birth: &'a str,
    /// `M` or `F`.
    pub(crate) sex: char,
    /// YYMMDD.
    pub(crate) expiry: &'a str,
}

/// The two lines of 44 characters of a passport's zone (ICAO Doc 9303-4, TD3).
#[must_use]
pub(crate) fn mrz_lines(passport: &Passport<'_>) -> [String; 2] {
    let filler = |text: String, length: usize| format!("{text:<<length$}");
    let name =
        format!("P<{}{}<<{}", passport.state, passport.surname.replace(' ', "<"), passport.given.replace(' ', "<"));
    let number = filler(passport.number.to_owned(), 9);
    let optional = "<".repeat(14);
    let (n, b, e, o) =
        (mrz_check(&number), mrz_check(passport.birth), mrz_check(passport.expiry), mrz_check(&optional));
    let tail = format!("{}{e}{optional}{o}", passport.expiry);
    let composite = mrz_check(&format!("{number}{n}{}{b}{tail}", passport.birth));
    let second = format!("{number}{n}{}{}{b}{}{tail}{composite}", passport.state, passport.birth, passport.sex);
    [filler(name, 44), second]
}

/// An Iranian account number of `bank` (three digits) and `account` (nineteen digits): `IR`, two check digits
/// (ISO 13616, modulo 97), 22 digits.
#[must_use]
pub(crate) fn iban(bank: &str, account: &str) -> String {
    let body = format!("{bank}{account}");
    let check = 98 - remainder_97(&format!("{body}182700"));
    format!("IR{check:02}{body}")
}

/// Remainder of a decimal string by 97.
fn remainder_97(digits: &str) -> u32 {
    digits.bytes().fold(0, |rest, byte| (rest * 10 + u32::from(byte - b'0')) % 97)
}

/// The account number in groups of four.
#[must_use]
pub(crate) fn grouped(iban: &str) -> String {
    iban.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into_owned()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specimen_zone_of_the_standard() {
        let lines = mrz_lines(&Passport {
            state: "UTO",
            surname: "ERIKSSON",
            given: "ANNA MARIA",
            number: "L898902C3",
            birth: "740812",
            sex: 'F',
            expiry: "120415",
        });
        assert_eq!(lines[0], "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<");
        assert!(lines[1].starts_with("L898902C36UTO7408122F1204159"));
        assert_eq!(lines[1].len(), 44);
        assert_eq!((mrz_check("L898902C3"), mrz_check("740812"), mrz_check("120415")), ('6', '2', '9'));
    }

    #[test]
    fn account_numbers_leave_remainder_one() {
        for (bank, account) in [("015", "1868543121890079440"), ("054", "0000010020817909002")] {
            let text = iban(bank, account);
            assert_eq!(text.len(), 26);
            let turned = format!("{}1827{}", &text[4..], &text[2..4]);
            assert_eq!(remainder_97(&turned), 1, "{text}");
        }
        assert_eq!(iban("015", "1868543121890079440"), "IR100151868543121890079440");
        assert_eq!(grouped("IR1001"), "IR10 01");
    }
}
