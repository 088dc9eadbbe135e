//! Letters and digits as they are compared: one form for each, whatever keyboard or engine wrote them.

/// The value of a digit of any of the three scripts on the papers.
pub(crate) const fn digit(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '۰'..='۹' => Some((c as u32 - '۰' as u32) as u8),
        '٠'..='٩' => Some((c as u32 - '٠' as u32) as u8),
        _ => None,
    }
}

/// Marks that stand for nothing when words are compared: joiners, direction marks, vowels, the stretched line.
pub(crate) const fn is_mark(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | 'ـ')
}

/// One letter in the form words are compared in; digits become ASCII.
fn fold_letter(c: char) -> char {
    match c {
        'ي' | 'ى' | 'ئ' | 'ې' | 'ۍ' => 'ی',
        'ك' | 'ګ' => 'ک',
        'ة' | 'ۀ' | 'ە' => 'ه',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        other => match digit(other) {
            Some(value) => char::from(b'0' + value),
            None => other,
        },
    }
}

/// Letters and digits of a text, folded, lower case; everything else is left out.
pub(crate) fn fold(text: &str) -> String {
    let kept = text.chars().filter(|c| !is_mark(*c)).map(fold_letter);
    kept.filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The shape of a letter without its dots: readers confuse dots first.
pub(crate) const fn shape(c: char) -> char {
    match c {
        'ب' | 'پ' | 'ت' | 'ث' | 'ن' | 'ی' => 'ب',
        'ج' | 'چ' | 'ح' | 'خ' => 'ح',
        'د' | 'ذ' => 'د',
        'ر' | 'ز' | 'ژ' => 'ر',
        'س' | 'ش' => 'س',
        'ص' | 'ض' => 'ص',
        'ط' | 'ظ' => 'ط',
        'ع' | 'غ' => 'ع',
        'ف' | 'ق' => 'ف',
        'ک' | 'گ' => 'ک',
        other => other,
    }
}

/// Insertions, losses and changes from one to the other; more than `most` counts as `most + 1`.
pub(crate) fn distance(one: &[char], other: &[char], most: usize) -> usize {
    if one.len().abs_diff(other.len()) > most {
        return most + 1;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = corner + usize::from(a != b);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row[other.len()].min(most + 1)
}

/// Slips a reader may make in a cue of so many letters before it is another word.
const fn most_slips(letters: usize) -> usize {
    match letters {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    }
}

/// Whether a folded text reads as the folded cue, with the slips readers make.
pub(crate) fn reads_as(text: &str, cue: &str) -> bool {
    if text == cue {
        return true;
    }
    let letters = cue.chars().count();
    if letters < 4 || text.chars().count().abs_diff(letters) > most_slips(letters) {
        return false;
    }
    let of = |s: &str| s.chars().map(shape).collect::<Vec<char>>();
    let (text, cue) = (of(text), of(cue));
    let most = most_slips(letters);
    distance(&text, &cue, most) <= most
}

/// Letters lost, added or changed between a folded text and the folded cue it reads as, dots counted.
pub(crate) fn slips(text: &str, cue: &str) -> usize {
    let of = |s: &str| s.chars().collect::<Vec<char>>();
    let (text, cue) = (of(text), of(cue));
    distance(&text, &cue, text.len().max(cue.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keyboards_and_marks_make_no_difference() {
        assert_eq!(fold("تاريخ بيمه‌نامه:"), fold("تاریخ بیمهنامه"));
        assert_eq!(fold("١٤٠٢/۰۵"), "140205");
        assert_eq!(fold("كـــپي"), "کپی");
        assert_eq!(digit('٧'), Some(7));
        assert_eq!(digit('x'), None);
    }

    #[test]
    fn a_lost_dot_is_forgiven_and_another_word_is_not() {
        assert!(reads_as(&fold("تاریح"), &fold("تاریخ")));
        assert!(reads_as(&fold("برخیص"), &fold("ترخیص")));
        assert!(!reads_as(&fold("فوق"), &fold("فوت")));
        assert!(!reads_as(&fold("صدور"), &fold("صندوق")));
        assert!(!reads_as(&fold("تاریخ"), &fold("ترخیص")));
    }

    #[test]
    fn distances_stop_at_the_limit() {
        let of = |s: &str| s.chars().collect::<Vec<_>>();
        assert_eq!(distance(&of("abc"), &of("abd"), 2), 1);
        assert_eq!(distance(&of("abc"), &of("xyzw"), 1), 2);
    }
}
