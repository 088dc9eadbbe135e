//! Words by which a person is found, whatever keyboard they were typed on.

use crate::claim::text::{ascii_digit, fold_number};
use crate::policies::number_key;
use crate::store::tables::insured::SEARCH_WORDS;

/// A word as it is compared: Arabic letters as Persian ones, digits as ASCII, no marks, small letters.
pub(crate) fn fold(word: &str) -> String {
    let letters = word.chars().filter(|c| !is_mark(*c)).map(|c| match c {
        'ي' | 'ى' | 'ئ' => 'ی',
        'ك' => 'ک',
        'ة' | 'ۀ' => 'ه',
        'أ' | 'إ' | 'آ' => 'ا',
        'ؤ' => 'و',
        other => ascii_digit(other),
    });
    letters.flat_map(char::to_lowercase).collect()
}

/// Joiners, direction marks, vowel signs, tatweel, the lone hamza.
const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{640}'
            | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{621}'
    )
}

/// Every word under which the person is found: parts of the name apart and joined, and the numbers.
pub(super) fn words_of(name: &str, numbers: &[&str]) -> Vec<String> {
    let mut words = Vec::new();
    let parts: Vec<&str> = name.split_whitespace().collect();
    for (place, part) in parts.iter().enumerate() {
        // «علی رضا», «علی‌رضا» and «علیرضا» are one name: joined from here on, and each half alone.
        words.push(fold(&parts[place..].concat()));
        words.push(fold(part));
        words.extend(part.split('\u{200c}').map(fold));
    }
    for number in numbers {
        words.push(fold_number(number));
        if let Some(key) = number_key(number) {
            words.extend(key.split('/').map(str::to_owned));
            words.push(key);
        }
    }
    words.retain(|word| !word.is_empty());
    let folded = words.iter().map(|word| word.to_lowercase());
    let mut words: Vec<String> = folded.collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The words of a search, as they are compared.
pub(super) fn sought(typed: &str) -> Vec<String> {
    if let Some(key) = number_key(typed) {
        return vec![key];
    }
    let words = typed.split_whitespace().map(|word| {
        // A paper's number is compared without the signs between its parts, and with O as zero.
        if word.chars().any(|c| ascii_digit(c).is_ascii_digit()) {
            fold_number(word).to_lowercase()
        } else {
            fold(word)
        }
    });
    words.filter(|word| !word.is_empty()).take(SEARCH_WORDS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, typed: &str) -> bool {
        let words = words_of(name, &["P79869411", "1395/11/28/9147/100569"]);
        sought(typed).iter().all(|sought| words.iter().any(|word| word.starts_with(sought.as_str())))
    }

    #[test]
    fn one_name_is_found_in_every_spelling() {
        for name in ["علی‌رضا کریمی", "علي رضا كريمي", "علیرضا کریمی"] {
            for typed in
                ["علیرضا", "علي‌رضا", "کریمی علی", "كريمي", "علیرضاکر", "p798", "P۷۹۸۶۹۴۱۱", "۱۳۹۵-۱۱-۲۸", "100569"]
            {
                assert!(found(name, typed), "{typed} in {name}");
            }
            assert!(!found(name, "رضوان"), "{name}");
        }
        assert!(found("محمّد", "محمد"));
    }
}
