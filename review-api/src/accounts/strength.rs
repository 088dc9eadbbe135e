//! Passwords that are refused: what a stranger with the printed policy in hand would try first.
//!
//! The manual suggests 123456 (S-10). That is the one line of it that is deliberately not followed: the
//! user name stands on paper, so the password is all there is.

use super::Fault;
use crate::claim::text::ascii_digits;
use crate::i18n::msg;

/// Letters of a password at least and at most.
const SHORTEST: usize = 8;
const LONGEST: usize = 200;
/// A part of one's own data this long, or longer, gives a password away.
const TELLING_CHARS: usize = 4;
/// Different signs a password has at least.
const FEWEST_SIGNS: usize = 5;

/// What people choose most, besides runs and repetitions, which are found by rule.
const COMMON: &[&str] = &[
    "password",
    "passw0rd",
    "password1",
    "qwertyui",
    "qwerty123",
    "1q2w3e4r",
    "iloveyou",
    "welcome1",
    "admin123",
    "letmein1",
    "sunshine",
    "football",
    "princess",
    "superman",
    "trustno1",
    "afghanistan",
    "kabul123",
    "herat123",
    "tehran123",
    "iran1234",
    "mashhad1",
    "ali12345",
    "mohammad",
    "muhammad",
    "ahmad123",
    "reza1234",
    "hossein1",
    "zahra123",
    "fatemeh1",
    "maryam12",
    "salam123",
    "allah123",
    "khoda123",
    "azadi123",
    "watan123",
    "bimeh123",
    "hayatamn",
    "sanad123",
    "abc12345",
    "a1234567",
    "asdf1234",
    "zxcvbnm1",
    "test1234",
    "user1234",
    "guest123",
    "سلام۱۲۳۴",
    "افغانستان",
    "بیمه۱۲۳۴",
    "محمد۱۲۳۴",
    "ایران۱۲۳۴",
];

/// Rows of keys and runs of letters along which fingers slide.
const RUNS: &[&str] = &[
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "ضصثقفغعهخحجچ",
    "شسیبلاتنمکگ",
    "ظطزرذدئو",
    "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
];

/// Letters and digits only, digits as ASCII, small letters: how close passwords look to a guesser.
fn bare(text: &str) -> String {
    ascii_digits(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_run(text: &str) -> bool {
    let backwards: String = text.chars().rev().collect();
    RUNS.iter().any(|run| run.contains(text) || run.contains(&backwards))
}

/// Whether it is runs and repetitions of signs from end to end, each of three signs or more.
fn is_sequence(text: &str) -> bool {
    let signs: Vec<char> = text.chars().collect();
    let mut from = 0;
    while from < signs.len() {
        let fits = |to: usize| {
            let part: String = signs[from..to].iter().collect();
            is_run(&part) || signs[from..to].iter().all(|c| *c == signs[from])
        };
        let Some(to) = (from + 3..=signs.len()).rev().find(|to| fits(*to)) else { return false };
        from = to;
    }
    !signs.is_empty()
}

/// Whether it is one short piece said again and again, `abcabcabc`.
fn is_echo(text: &str) -> bool {
    let signs: Vec<char> = text.chars().collect();
    (1..=signs.len() / 2)
        .any(|size| signs.len().is_multiple_of(size) && signs.chunks(size).all(|part| part == &signs[..size]))
}

/// Whether the password is made from this own datum: the name, the number of the policy or passport.
fn is_own(bare_password: &str, own: &str) -> bool {
    let pieces = own.split(|c: char| !c.is_alphanumeric()).map(bare);
    let whole = bare(own);
    let reversed: String = own.split(|c: char| !c.is_alphanumeric()).rev().map(bare).collect();
    let telling = |text: &str| text.chars().count() >= TELLING_CHARS;
    let made_of = |part: &str| {
        // Little is left of the password once the datum is taken out.
        telling(part)
            && bare_password.contains(part)
            && bare_password.chars().count() < part.chars().count() + TELLING_CHARS + SHORTEST / 2
    };
    let within = telling(bare_password) && (whole.contains(bare_password) || reversed.contains(bare_password));
    within || made_of(&whole) || made_of(&reversed) || pieces.into_iter().any(|piece| made_of(&piece))
}

/// Why this password is refused, if it is; `own` are the person's names and numbers.
pub(crate) fn refused(field: &'static str, password: &str, own: &[&str]) -> Option<Fault> {
    let count = password.chars().count();
    let key = if count < SHORTEST {
        // Whoever follows the manual hears why not, not merely that it is short.
        if is_sequence(&bare(password)) { msg("refusal-password-sequence") } else { msg("refusal-password-short") }
    } else if count > LONGEST {
        msg("refusal-password-long")
    } else {
        let bare_password = bare(password);
        let mut signs: Vec<char> = bare_password.chars().collect();
        signs.sort_unstable();
        signs.dedup();
        if own.iter().any(|own| is_own(&bare_password, own)) {
            msg("refusal-password-own")
        } else if is_sequence(&bare_password) || is_echo(&bare_password) || signs.len() < FEWEST_SIGNS {
            msg("refusal-password-sequence")
        } else if COMMON.iter().any(|common| bare(common) == bare_password) {
            msg("refusal-password-common")
        } else {
            return None;
        }
    };
    Some(Fault { field, key })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: [&str; 3] = ["1395/11/28/9147/100569", "P79869411", "کریم احمدی"];

    fn key(password: &str) -> Option<&'static str> {
        refused("password", password, &OWN).map(|fault| fault.key)
    }

    #[test]
    fn what_a_guesser_tries_first_is_refused() {
        for (password, why) in [
            ("123456", "refusal-password-sequence"),
            ("۱۲۳۴۵۶", "refusal-password-sequence"),
            ("٦٥٤٣٢١٠٩٨", "refusal-password-sequence"),
            ("۱۲۳۴۵۶۷۸", "refusal-password-sequence"),
            ("aaaaaaaa", "refusal-password-sequence"),
            ("abcd1234", "refusal-password-sequence"),
            ("qwertyuiop", "refusal-password-sequence"),
            ("کریم۱۲کریم۱۲", "refusal-password-sequence"),
            ("kx9kx9kx9", "refusal-password-sequence"),
            ("سلام", "refusal-password-short"),
            ("1395/11/28/9147/100569", "refusal-password-own"),
            ("۱۳۹۵۱۱۲۸۹۱۴۷۱۰۰۵۶۹", "refusal-password-own"),
            ("9147100569", "refusal-password-own"),
            ("100569ab", "refusal-password-own"),
            ("p79869411", "refusal-password-own"),
            ("کریم‌احمدی", "refusal-password-own"),
            ("Passw0rd", "refusal-password-common"),
        ] {
            assert_eq!(key(password), Some(why), "{password}");
        }
    }

    #[test]
    fn a_sentence_or_a_mixture_is_taken() {
        for password in ["سه سیب در باغ", "darya-kuh-82-asb", "Zk7!mmpQ2x", "باران دیروز ۴۷"] {
            assert_eq!(key(password), None, "{password}");
        }
        assert_eq!(key(&"خ".repeat(201)), Some("refusal-password-long"));
    }
}
