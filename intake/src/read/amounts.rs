//! Sums of money: figures in groups of three with a label and, most often, the currency. Kept in rials.

use sanad_checks::facts::AmountFact;
use sanad_checks::page::Region;

use super::cues::Phrases;
use super::rows::{Row, gap, right};
use super::text::{digit, fold, is_mark};

/// What a sum is, by the words before it.
const NAMES: &[(&str, &[&str])] = &[
    (
        "payable",
        &["قابل پرداخت بیمار", "سهم بیمار", "قابل پرداخت", "پرداختی بیمار", "مبلغ قابل پرداخت", "سهم بیمه شده"],
    ),
    ("total", &["جمع کل", "مبلغ کل", "جمع صورتحساب", "جمع هزینه ها", "جمع مبالغ", "کل هزینه"]),
    ("insured-share", &["سهم بیمه پایه", "سهم بیمه", "سهم سازمان", "سهم بیمه گر"]),
    ("paid", &["مبلغ دریافتی", "مبلغ پرداختی", "مبلغ", "دریافت مبلغ", "مبلغ واریزی"]),
];

/// A run of figures that may be a sum.
struct Sum {
    value: u64,
    text: String,
    region: Region,
    row: usize,
    grouped: bool,
}

/// The labelled sums of a page.
pub(crate) fn find(rows: &[Row], page: u32) -> Vec<AmountFact> {
    let phrases = Phrases::of(rows);
    let sums: Vec<Sum> = rows.iter().enumerate().flat_map(|(at, row)| of_row(row, at)).collect();
    let mut found = Vec::new();
    let mut used = vec![false; sums.len()];
    for (name, cues) in NAMES {
        for place in cues.iter().flat_map(|cue| phrases.places(&fold(cue))) {
            let height = rows[place.row].height.max(1);
            let nearest = sums
                .iter()
                .enumerate()
                .filter(|(at, _)| !used[*at])
                .filter_map(|(at, sum)| distance(sum, place.row, place.region, height).map(|d| (d, at)))
                .min();
            if let Some((_, at)) = nearest {
                used[at] = true;
                let sum = &sums[at];
                found.push(AmountFact {
                    name: (*name).to_owned(),
                    rials: sum.value.saturating_mul(factor(&rows[sum.row], &phrases, sum, place.region)),
                    text: sum.text.clone(),
                    trusted: sum.grouped,
                    page,
                    region: sum.region,
                });
            }
        }
    }
    found
}

/// Ten where the words beside the sum say toman.
fn factor(row: &Row, phrases: &Phrases<'_>, sum: &Sum, label: Region) -> u64 {
    let near = |region: Region| region.near(sum.region, 4 * row.height) || region.near(label, 2 * row.height);
    let toman = ["تومان", "تومن"].iter().flat_map(|word| phrases.places(&fold(word)));
    if toman.into_iter().any(|place| near(place.region)) { 10 } else { 1 }
}

/// How far a sum stands after its label: left of it on the line, or under it.
fn distance(sum: &Sum, row: usize, label: Region, height: u32) -> Option<u32> {
    if sum.row == row {
        let white = label.x.checked_sub(right(sum.region))?;
        return (white < 14 * height).then_some(white);
    }
    let below = sum.region.y.checked_sub(label.y + label.height)?;
    let shared = right(sum.region).min(right(label)) > sum.region.x.max(label.x);
    (sum.row > row && shared && below < 2 * height).then_some(below + 2 * height)
}

/// Sums of one row: figures in threes, or one long run.
fn of_row(row: &Row, at: usize) -> Vec<Sum> {
    const LEAST: u64 = 1_000;
    let mut sums: Vec<Sum> = Vec::new();
    for item in row.items.iter().rev() {
        let text: String = item.text.chars().filter(|c| !is_mark(*c)).collect();
        let trimmed = text.trim_matches(|c: char| digit(c).is_none());
        let inner_ok = trimmed.chars().all(|c| digit(c).is_some() || parts(c));
        if trimmed.is_empty() || !inner_ok {
            continue;
        }
        // A sum torn at its thousands: the rest of it follows at once.
        let joins = |last: &Sum| {
            gap(last.region, item.region) * 2 < row.height && (last.text.ends_with(parts) || text.starts_with(parts))
        };
        match sums.last_mut().filter(|last| joins(last)) {
            Some(last) => {
                last.text.push_str(&text);
                last.region = last.region.union(item.region);
            }
            None => sums.push(Sum { value: 0, text, region: item.region, row: at, grouped: false }),
        }
    }
    for sum in &mut sums {
        (sum.value, sum.grouped) = value(&sum.text).unwrap_or_default();
    }
    sums.retain(|sum| sum.value >= LEAST);
    sums
}

/// Signs between thousands.
const fn parts(c: char) -> bool {
    matches!(c, '٬' | ',' | '،' | '.' | '\'' | '’' | '٫')
}

/// The number a text stands for, and whether its groups of three bear it out.
fn value(text: &str) -> Option<(u64, bool)> {
    let figures: String = text.chars().filter_map(digit).map(|d| char::from(b'0' + d)).collect();
    let groups: Vec<usize> = text
        .trim_matches(|c: char| digit(c).is_none())
        .split(parts)
        .map(|group| group.chars().filter(|c| digit(*c).is_some()).count())
        .collect();
    let threes = groups.len() > 1 && groups[1..].iter().all(|n| *n == 3) && (1..=3).contains(&groups[0]);
    if groups.len() > 1 && !threes {
        return None;
    }
    Some((figures.parse().ok()?, threes))
}

#[cfg(test)]
mod tests {
    use super::super::rows::rows;
    use super::super::rows::tests::line;
    use super::*;

    fn sums(text: &str) -> Vec<(String, u64)> {
        find(&rows(&line(text, 1200, 10)), 0).into_iter().map(|a| (a.name, a.rials)).collect()
    }

    #[test]
    fn labels_name_the_sums() {
        assert_eq!(sums("جمع کل: ۵۹۹٬۷۵۰٬۰۰۰ ریال"), [("total".to_owned(), 599_750_000)]);
        assert_eq!(sums("قابل پرداخت بیمار: ۲۹۹,۸۷۰,۰۰۰ ریال"), [("payable".to_owned(), 299_870_000)]);
        assert_eq!(sums("مبلغ: ۱۲٬۰۰۰ تومان"), [("paid".to_owned(), 120_000)]);
    }

    #[test]
    fn torn_sums_are_joined_and_odd_groups_refused() {
        assert_eq!(value("۵۹۹٬۷۵۰"), Some((599_750, true)));
        assert_eq!(value("۵۹۹٬۷۵"), None);
        assert_eq!(value("1234567"), Some((1_234_567, false)));
    }

    #[test]
    fn a_phone_is_no_sum() {
        assert!(sums("تلفن: ۰۹۱۲۳۴۵۶۷۸۹").is_empty());
    }
}
