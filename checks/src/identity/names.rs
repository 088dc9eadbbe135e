//! Whether a name in Persian letters and one in Latin letters may be the same person's.
//!
//! There are many ways to write a name in the other letters (Alimi, Aleemi), and vowels are the freest of all. So both
//! are brought to the sounds that are always written: consonants, those that one alphabet does not tell apart as one,
//! doubled ones once. `h`, `v` and `y` stand for too many things and are left out. Words are compared in any order, and a
//! slip in a word is forgiven.

/// How alike two names are, 0–1: the share of sounds that find their like. `None` where one has none.
#[must_use]
pub fn likeness(one: &str, other: &str) -> Option<f64> {
    let (left, right) = (words(one), words(other));
    if left.is_empty() || right.is_empty() {
        return None;
    }
    let all: usize = left.iter().chain(&right).map(String::len).sum();
    Some(matched(&left, &right).max(matched(&right, &left)) as f64 / all as f64)
}

/// Sounds of both sides that find their like, a word on the left being one or two words together on the right.
fn matched(left: &[String], right: &[String]) -> usize {
    let mut free = vec![true; right.len()];
    let mut longest: Vec<&String> = left.iter().collect();
    // Longest first, so that a short word does not take the place of a long one's like.
    longest.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut sounds = 0;
    for word in longest {
        let spans =
            (0..right.len()).flat_map(|from| (from + 1..=(from + 2).min(right.len())).map(move |to| (from, to)));
        let open = spans.filter(|(from, to)| free[*from..*to].iter().all(|free| *free));
        let best = open.map(|(from, to)| (distance(word, &right[from..to].concat()), from, to)).min();
        if let Some((slips, from, to)) = best
            && slips <= forgiven(word)
        {
            free[from..to].fill(false);
            sounds += word.len() + right[from..to].iter().map(String::len).sum::<usize>();
        }
    }
    sounds
}

/// Slips that a word of this length may have.
const fn forgiven(word: &str) -> usize {
    match word.len() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

/// The sounds of each word; words of none are left out.
fn words(name: &str) -> Vec<String> {
    let parts = name.split(|c: char| !c.is_alphabetic() && !matches!(c, '\u{200c}' | '\''));
    parts.map(sounds).filter(|word| !word.is_empty()).collect()
}

fn sounds(word: &str) -> String {
    let lower = word.to_lowercase();
    let mut out = String::new();
    let mut letters = lower.chars().peekable();
    while let Some(letter) = letters.next() {
        let aspirated = letters.peek() == Some(&'h');
        let sound = match letter {
            'k' | 'خ' if letter == 'خ' || aspirated => Some('x'),
            's' | 'ش' if letter == 'ش' || aspirated => Some('c'),
            'c' if aspirated => Some('c'),
            'g' | 'q' | 'غ' | 'ق' | 'گ' => Some('g'),
            'z' | 'ذ' | 'ز' | 'ض' | 'ظ' | 'ژ' | 'j' | 'ج' => Some('z'),
            'p' if aspirated => Some('f'),
            'چ' => Some('c'),
            'b' | 'ب' => Some('b'),
            'p' | 'پ' => Some('p'),
            't' | 'ت' | 'ط' => Some('t'),
            's' | 'ث' | 'س' | 'ص' => Some('s'),
            'd' | 'د' => Some('d'),
            'r' | 'ر' => Some('r'),
            'f' | 'ف' => Some('f'),
            'k' | 'c' | 'ک' | 'ك' | 'x' => Some('k'),
            'l' | 'ل' => Some('l'),
            'm' | 'م' => Some('m'),
            'n' | 'ن' => Some('n'),
            _ => None,
        };
        if let Some(sound) = sound
            && !out.ends_with(sound)
        {
            out.push(sound);
        }
    }
    out
}

/// Letters to be changed, added or left out to make one word the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let change = corner + usize::from(a != *b);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_two_alphabets_is_alike() {
        for (one, other) in [
            ("محمد علیمی", "ALEEMI MOHAMMAD"),
            ("محمد علیمی", "MUHAMMAD ALIMI"),
            ("عبدالکریم رحیمی", "RAHIMI ABDUL KARIM"),
            ("خدیجه یوسفی", "YOUSUFI KHADIJA"),
            ("غلام‌حسین قاسمی", "QASEMI GHULAM HUSSAIN"),
            ("شیرین ژاله", "SHIRIN ZHALA"),
            ("ذبیح‌الله چوپان", "ZABIHULLAH CHOPAN"),
        ] {
            assert!(likeness(one, other).unwrap() > 0.6, "{one} {other} {:?}", likeness(one, other));
        }
    }

    #[test]
    fn other_people_are_not() {
        for (one, other) in [("محمد علیمی", "AHMADI NASIR"), ("فاطمه رضایی", "TAJIK SORAYA")] {
            assert!(likeness(one, other).unwrap() < 0.5, "{one} {other} {:?}", likeness(one, other));
        }
        assert_eq!(likeness("", "KARIM"), None);
    }
}
