//! The words by which a claim is found: folded, so that spellings of one name meet, and matched from their beginning.

/// Words of a search at most; what is typed beyond them does not narrow.
const MOST_WORDS: usize = 4;

/// Signs of a token at most.
const LONGEST: usize = 64;

fn fold_sign(sign: char) -> Option<char> {
    Some(match sign {
        'ي' | 'ى' | 'ئ' => 'ی',
        'ك' => 'ک',
        'ة' | 'ۀ' => 'ه',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        '۰'..='۹' => char::from_digit(sign as u32 - '۰' as u32, 10)?,
        '٠'..='٩' => char::from_digit(sign as u32 - '٠' as u32, 10)?,
        // Joiners, marks of direction, marks of vowels and the stretch of a line say nothing.
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | 'ـ' => {
            return None;
        }
        other if other.is_alphanumeric() => return other.to_lowercase().next(),
        _ => return None,
    })
}

fn fold(text: &str) -> String {
    text.chars().filter_map(fold_sign).take(LONGEST).collect()
}

/// The tokens of a claim: the words of the person's name, their parts at joiners, the name as one word, and the
/// numbers of claim, paper and policy.
pub(crate) fn of_claim(number: &str, name: &str, document: &str, policy: Option<&str>) -> Vec<String> {
    let mut tokens: Vec<String> = vec![fold(number), fold(name), fold(document), fold(policy.unwrap_or_default())];
    // A claim is also called by its running number alone.
    tokens.extend(number.rsplit('-').next().map(fold));
    tokens.extend(number.rsplit('-').next().map(|running| fold(running.trim_start_matches('0'))));
    for word in name.split_whitespace() {
        tokens.push(fold(word));
        tokens.extend(word.split('\u{200c}').map(fold));
    }
    tokens.retain(|token| !token.is_empty());
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

/// The words of a search; empty when nothing can be searched for.
pub(crate) fn of_search(typed: &str) -> Vec<String> {
    typed.split_whitespace().map(fold).filter(|word| !word.is_empty()).take(MOST_WORDS).collect()
}

/// The first token after all that begin with this word.
pub(crate) fn after(word: &str) -> String {
    format!("{word}\u{10ffff}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(typed: &str, tokens: &[String]) -> bool {
        let words = of_search(typed);
        !words.is_empty() && words.iter().all(|word| tokens.iter().any(|token| *token >= *word && *token < after(word)))
    }

    #[test]
    fn spellings_of_one_name_meet() {
        let tokens = of_claim("1405-000123", "علی‌رضا عبد الکریمي", "P 79869411", Some("1395/11/28/9147/100569"));
        let all = [
            "علي رضا",
            "عليرضا",
            "الكريمی",
            "علی‌رضا عبد",
            "رضا علی",
            "۱۴۰۵-۰۰۰۱۲۳",
            "1405000123",
            "۱۲۳",
            "p۷۹۸",
            "139511",
        ];
        for typed in all {
            assert!(finds(typed, &tokens), "{typed}");
        }
        assert!(!finds("%", &tokens) && !finds("' OR 1=1 --", &tokens) && !finds("حسن", &tokens));
    }
}
