//! Iranian account numbers: `IR` and 24 figures, in one piece or in groups, in either script.

use sanad_checks::facts::IbanFact;
use sanad_checks::identity::ibn_bad;
use sanad_checks::page::Region;

use super::rows::Row;
use super::text::{digit, is_mark};

/// Banks by the three figures after the check digits, as the central bank gives them out.
const BANKS: [(&str, &str); 32] = [
    ("010", "بانک مرکزی"),
    ("011", "صنعت و معدن"),
    ("012", "ملت"),
    ("013", "رفاه"),
    ("014", "مسکن"),
    ("015", "سپه"),
    ("016", "کشاورزی"),
    ("017", "ملی"),
    ("018", "تجارت"),
    ("019", "صادرات"),
    ("020", "توسعه صادرات"),
    ("021", "پست بانک"),
    ("022", "توسعه تعاون"),
    ("051", "مؤسسه توسعه"),
    ("053", "کارآفرین"),
    ("054", "پارسیان"),
    ("055", "اقتصاد نوین"),
    ("056", "سامان"),
    ("057", "پاسارگاد"),
    ("058", "سرمایه"),
    ("059", "سینا"),
    ("060", "قرض‌الحسنه مهر"),
    ("061", "شهر"),
    ("062", "آینده"),
    ("063", "انصار"),
    ("064", "گردشگری"),
    ("065", "حکمت"),
    ("066", "دی"),
    ("069", "ایران زمین"),
    ("070", "رسالت"),
    ("075", "ملل"),
    ("078", "خاورمیانه"),
];

/// The bank that a number names.
pub(crate) fn bank(iban: &str) -> Option<&'static str> {
    let code = iban.get(4..7)?;
    BANKS.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

const FIGURES: usize = 24;

/// Account numbers of the rows. One whose check digits hold is taken wherever it stands; one whose do not only
/// after `IR`, since other long numbers are common.
pub(crate) fn find(rows: &[Row], page: u32) -> Vec<IbanFact> {
    let mut found: Vec<IbanFact> = Vec::new();
    for row in rows {
        for fact in of_row(row, page) {
            if !found.iter().any(|known| known.text == fact.text) {
                found.push(fact);
            }
        }
    }
    found
}

fn of_row(row: &Row, page: u32) -> Vec<IbanFact> {
    // Numbers run from the left, whatever the line does.
    let mut letters: Vec<(char, Region)> = Vec::new();
    for item in row.items.iter().rev() {
        letters.extend(item.text.chars().filter(|c| !is_mark(*c)).map(|c| (c, item.region)));
    }
    let figures: Vec<(usize, char)> =
        letters.iter().enumerate().filter_map(|(at, (c, _))| figure(*c).map(|f| (at, f))).collect();
    let mut found = Vec::new();
    let mut start = 0;
    while start + FIGURES <= figures.len() {
        let run = &figures[start..start + FIGURES];
        let closed = run.windows(2).all(|pair| only_white(&letters[pair[0].0 + 1..pair[1].0]));
        let text: String = std::iter::once("IR".to_owned()).chain(run.iter().map(|(_, f)| f.to_string())).collect();
        let valid = closed && ibn_bad::is_valid(&text);
        let lead = lead(&letters, run[0].0);
        let alone =
            figures.get(start + FIGURES).is_none_or(|next| !only_white(&letters[run[FIGURES - 1].0 + 1..next.0]));
        let first = run[0].0.checked_sub(1).is_none_or(|before| figure(letters[before].0).is_none());
        // Every 97th window of a longer number holds by chance: there the bank must be one.
        if valid && (lead || (first && alone) || bank(&text).is_some()) || (closed && lead && alone) {
            let (from, to) = (run[0].0.saturating_sub(2), run[FIGURES - 1].0);
            let region = letters[from..=to].iter().map(|(_, r)| *r).reduce(Region::union).unwrap_or_default();
            let bank = bank(&text).map(str::to_owned);
            found.push(IbanFact { text, valid, page, region, bank, holder: None });
            start += FIGURES;
        } else {
            start += 1;
        }
    }
    found
}

/// A figure; a zero is taken for these, above all one that is crossed or dotted. The check digits bear it out.
fn figure(c: char) -> Option<char> {
    digit(c).map(|d| char::from(b'0' + d)).or(match c {
        'O' | 'o' | 'Q' | '@' => Some('0'),
        _ => None,
    })
}

fn only_white(between: &[(char, Region)]) -> bool {
    between.iter().all(|(c, _)| matches!(c, ' ' | '-' | '.' | '،' | '_' | '*'))
}

/// Whether `IR` stands before the figures, as far as a reader sees it.
fn lead(letters: &[(char, Region)], at: usize) -> bool {
    let before: String =
        letters[at.saturating_sub(3)..at].iter().map(|(c, _)| *c).filter(|c| !c.is_whitespace()).collect();
    let folded = before.to_uppercase();
    ["IR", "LR", "1R", "|R", "IK"].iter().any(|lead| folded.ends_with(lead))
}

#[cfg(test)]
mod tests {
    use super::super::rows::rows;
    use super::super::rows::tests::word;
    use super::*;

    fn find_in(words: &[(&str, u32)]) -> Vec<(String, bool)> {
        let words: Vec<_> = words.iter().map(|(text, x)| word(text, *x, 10)).collect();
        find(&rows(&words), 0).into_iter().map(|f| (f.text, f.valid)).collect()
    }

    #[test]
    fn whole_grouped_and_in_persian_figures() {
        let wanted = [("IR062960000000100324200001".to_owned(), true)];
        assert_eq!(find_in(&[("IR062960000000100324200001", 10), ("شبا", 500)]), wanted);
        let groups =
            [("IR06", 10), ("2960", 60), ("0000", 110), ("0010", 160), ("0324", 210), ("2000", 260), ("01", 310)];
        assert_eq!(find_in(&groups), wanted);
        assert_eq!(find_in(&[("IR۰۶۲۹۶۰۰۰۰۰۰۰۱۰۰۳۲۴۲۰۰۰۰۱", 10)]), wanted);
    }

    #[test]
    fn a_crossed_zero_is_a_zero() {
        let wanted = [("IR062960000000100324200001".to_owned(), true)];
        assert_eq!(find_in(&[("IRQ62960000000100324200001", 10)]), wanted);
        assert_eq!(find_in(&[("IR@6", 10), ("2960", 60), ("000000100324200001", 110)]), wanted);
    }

    #[test]
    fn wrong_check_digits_are_told_and_other_numbers_left_alone() {
        assert_eq!(find_in(&[("IR062960000000100324200002", 10)]), [("IR062960000000100324200002".to_owned(), false)]);
        assert!(find_in(&[("123456789012345678901234", 10)]).is_empty());
        assert!(find_in(&[("IR0629", 10)]).is_empty());
    }

    #[test]
    fn a_window_of_a_longer_number_that_holds_by_chance_names_no_bank() {
        let misread = "18320215230488209828316114";
        assert!(ibn_bad::is_valid(&format!("IR{}", &misread[..24])), "the chance that was met");
        assert_eq!(find_in(&[(misread, 10)]), [(format!("IR{}", &misread[2..]), true)]);
    }

    #[test]
    fn the_bank_is_told() {
        assert_eq!(bank("IR140570000000000000000001"), Some("پاسارگاد"));
        assert_eq!(bank("IR14"), None);
    }
}
