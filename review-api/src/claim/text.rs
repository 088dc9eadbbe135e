//! What people type, made fit to keep: trimmed, bounded, without signs that reorder a line.

use super::error::Refusal;

/// Characters of a single line.
const LINE_CHARS: usize = 300;

/// Characters of a description, a note or a reason.
const PARAGRAPH_CHARS: usize = 4000;

/// Characters of a file's name that are kept.
const FILE_NAME_CHARS: usize = 120;

/// Signs that turn the direction of the text after them; they can make a name lie.
const fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

fn clean(text: &str, keep_breaks: bool) -> String {
    let kept = text.chars().filter(|c| !turns_direction(*c) && (!c.is_control() || (keep_breaks && *c == '\n')));
    kept.collect::<String>().trim().to_owned()
}

fn bounded(field: &'static str, text: String, limit: usize) -> Result<Option<String>, Refusal> {
    if text.chars().count() > limit {
        return Err(Refusal::TextTooLong(field));
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// A single line; `None` when nothing is left of it.
pub(crate) fn line(field: &'static str, text: &str) -> Result<Option<String>, Refusal> {
    bounded(field, clean(&text.replace(['\n', '\r', '\t'], " "), false), LINE_CHARS)
}

/// Several lines; `None` when nothing is left of them.
pub(crate) fn paragraph(field: &'static str, text: &str) -> Result<Option<String>, Refusal> {
    bounded(field, clean(&text.replace("\r\n", "\n"), true), PARAGRAPH_CHARS)
}

/// A file's name as it may be shown and offered again: no folders, no breaks, no turned
/// direction; never refused, because the bytes are what counts.
pub(crate) fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let clean = clean(last, false);
    let safe: String = clean.chars().filter(|c| !matches!(c, '"' | '<' | '>' | '|' | ':' | '*' | '?')).collect();
    let safe = safe.trim_start_matches('.').trim();
    // A long name keeps its end: that is where its type stands.
    let skip = safe.chars().count().saturating_sub(FILE_NAME_CHARS);
    let kept: String = safe.chars().skip(skip).collect();
    if kept.is_empty() { "file".to_owned() } else { kept }
}

/// A paper's number for comparing: capital letters and ASCII digits only, the letter O as zero.
pub(crate) fn fold_number(number: &str) -> String {
    number.chars().filter_map(fold_sign).collect()
}

/// The digits of a number as typed, in ASCII; separators are dropped. `None` when anything else stands in it.
pub(super) fn digits_of(text: &str) -> Option<String> {
    let mut digits = String::new();
    for sign in clean(text, false).chars() {
        match sign {
            '0'..='9' => digits.push(sign),
            '\u{6f0}'..='\u{6f9}' | '\u{660}'..='\u{669}' => digits.extend(fold_sign(sign)),
            ' ' | ',' | '.' | '-' | '/' | '٬' | '،' | '٫' | '\u{200c}' => {}
            _ => return None,
        }
    }
    Some(digits).filter(|digits| !digits.is_empty())
}

fn fold_sign(sign: char) -> Option<char> {
    match ascii_digit(sign) {
        'o' | 'O' => Some('0'),
        other => other.is_alphanumeric().then(|| other.to_ascii_uppercase()),
    }
}

/// A Persian or Arabic digit as ASCII; any other sign as it is.
pub(crate) fn ascii_digit(sign: char) -> char {
    let digit = match sign {
        '\u{6f0}'..='\u{6f9}' => sign as u32 - 0x6f0,
        '\u{660}'..='\u{669}' => sign as u32 - 0x660,
        _ => return sign,
    };
    char::from_digit(digit, 10).unwrap_or(sign)
}

/// The text with Persian and Arabic digits as ASCII.
pub(crate) fn ascii_digits(text: &str) -> String {
    text.chars().map(ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_climb_break_or_lie() {
        assert_eq!(file_name("../../etc/passwd"), "passwd");
        assert_eq!(file_name("C:\\scan\\bill.jpg"), "bill.jpg");
        assert_eq!(file_name("a\r\nSet-Cookie: x.jpg"), "aSet-Cookie x.jpg");
        assert_eq!(file_name("invoice\u{202e}gpj.exe"), "invoicegpj.exe");
        assert_eq!(file_name(".."), "file");
        assert_eq!(file_name("صورتحساب ۱.jpg"), "صورتحساب ۱.jpg");
        assert!(file_name(&format!("{}.jpg", "a".repeat(500))).ends_with(".jpg"));
    }

    #[test]
    fn numbers_fold_to_one_spelling() {
        assert_eq!(fold_number("p ۷۹۸-69411"), "P79869411");
        assert_eq!(fold_number("PO123"), fold_number("P0123"));
    }

    #[test]
    fn digits_are_taken_in_any_script_and_nothing_else() {
        assert_eq!(digits_of("۱٬۲۳۴,567").as_deref(), Some("1234567"));
        assert_eq!(digits_of(" ١٢ ").as_deref(), Some("12"));
        assert_eq!(digits_of("12 تومان"), None);
        assert_eq!(digits_of(" - "), None);
    }

    #[test]
    fn lines_are_bounded() {
        assert_eq!(line("name", "  نام\n خانواده ").unwrap().as_deref(), Some("نام  خانواده"));
        assert_eq!(line("name", " \u{200f} ").unwrap(), None);
        assert_eq!(line("name", &"x".repeat(301)), Err(Refusal::TextTooLong("name")));
    }
}
