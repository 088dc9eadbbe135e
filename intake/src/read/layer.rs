//! The text layer of a page that was drawn from words, held against what was read in its picture: where both say the same
//! day, sum or account number, it is trusted. What only the layer says is not told: the picture is what people see.

use std::collections::BTreeSet;

use sanad_checks::facts::{Facts, Precision};
use sanad_checks::page::Region;
use unicode_normalization::UnicodeNormalization;

use super::amounts::sums_of;
use super::dates::find;
use super::rows::rows;
use crate::ocr::Word;

/// A layer with more days than a paper of a claim has would bear anything out.
const MOST_DAYS: usize = 40;
/// How sure a date is told to be that the layer bears out.
const BORNE_OUT: f64 = 0.95;

/// Marks as trusted what the layer says too.
pub(super) fn bear_out(facts: &mut Facts, layer: &str) {
    let lines: Vec<Vec<Word>> = layer.lines().map(words_of).filter(|words| !words.is_empty()).collect();
    let days: BTreeSet<String> = lines.iter().flat_map(|words| days_of(words)).collect();
    if days.len() <= MOST_DAYS {
        let whole = facts.dates.iter_mut().filter(|date| date.precision == Precision::Day);
        for date in whole.filter(|date| days.contains(&date.iso)) {
            date.trusted = true;
            date.confidence = date.confidence.max(BORNE_OUT);
        }
    }
    let sums: BTreeSet<u64> = lines.iter().flat_map(|words| sums_of(&rows(words))).collect();
    // a sum in toman is told in rials
    let said = |rials: u64| sums.contains(&rials) || (rials.is_multiple_of(10) && sums.contains(&(rials / 10)));
    facts.amounts.iter_mut().filter(|sum| said(sum.rials)).for_each(|sum| sum.trusted = true);
}

fn days_of(words: &[Word]) -> Vec<String> {
    find(&rows(words)).into_iter().filter_map(|found| found.day.ok()).map(|day| day.iso).collect()
}

/// The words of a line as they stand from the left to the right. Files set Persian words either in shapes from the left
/// or in letters from the right: shapes are turned into letters and about.
fn words_of(line: &str) -> Vec<Word> {
    const LETTER: u32 = 10;
    let mut x = 0;
    let mut words = Vec::new();
    for part in line.split_whitespace() {
        let shaped = part.chars().any(|c| matches!(c, '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'));
        let text = if shaped { turned_about(part) } else { part.to_owned() };
        let width = part.chars().count() as u32 * LETTER;
        words.push(Word { text, region: Region::new(x, 0, width, 2 * LETTER), confidence: 1.0 });
        x += width + LETTER;
    }
    words
}

/// Shapes from the left as letters from the right; runs of figures stay as they are.
fn turned_about(part: &str) -> String {
    let letters: Vec<char> = part.nfkc().collect();
    let figure = |c: &char| c.is_numeric() || matches!(c, '/' | '-' | '.' | ',' | '٬' | '٫');
    let runs = letters.chunk_by(|a, b| figure(a) == figure(b));
    let turned = |run: &[char]| -> Vec<char> {
        if figure(&run[0]) { run.to_vec() } else { run.iter().rev().copied().collect() }
    };
    let runs: Vec<Vec<char>> = runs.map(turned).collect();
    runs.into_iter().rev().flatten().collect()
}

#[cfg(test)]
mod tests {
    use sanad_checks::facts::{AmountFact, Calendar, CertifiedCopy, DateFact, KindFact, Role};

    use super::*;

    fn facts(iso: &str, rials: u64) -> Facts {
        let date = DateFact {
            role: Role::Admission,
            iso: iso.to_owned(),
            calendar: Calendar::Jalali,
            precision: Precision::Day,
            text: String::new(),
            trusted: false,
            confidence: 0.5,
            page: 0,
            region: Region::new(0, 0, 10, 10),
        };
        let sum = AmountFact {
            name: "total".to_owned(),
            rials,
            text: String::new(),
            trusted: false,
            page: 0,
            region: Region::new(0, 50, 10, 10),
        };
        Facts {
            kind: KindFact { code: "hospital-bill".to_owned(), confidence: 0.9 },
            dates: vec![date],
            amounts: vec![sum],
            certified_copy: CertifiedCopy::default(),
            ..Facts::default()
        }
    }

    fn trusted(iso: &str, rials: u64, layer: &str) -> (bool, bool) {
        let mut facts = facts(iso, rials);
        bear_out(&mut facts, layer);
        (facts.dates[0].trusted, facts.amounts[0].trusted)
    }

    /// As a browser writes a page: shapes from the left, figures as they are.
    const SHAPED: &str = "\n\nشﺮﯾﺬﭘ ﺦﯾرﺎﺗ۱۴۰۲/۰۵/۱۷\n ﺺﯿﺧﺮﺗ ﺦﯾرﺎﺗ۱۴۰۲ دادﺮﻣ ۲۰\n\nلﺎﯾر ۳۶۲٬۹۵۰٬۰۰۰ :ﻞﮐ ﻊﻤﺟ\n";

    #[test]
    fn what_picture_and_layer_both_say_is_trusted() {
        assert_eq!(trusted("2023-08-08", 362_950_000, SHAPED), (true, true));
        assert_eq!(trusted("2023-08-11", 3_629_500_000, SHAPED), (true, true), "a month by its name, and toman");
        assert_eq!(trusted("2023-08-08", 12_000, "تاریخ پذیرش ۱۴۰۲/۰۵/۱۷ مبلغ 12,000"), (true, true));
    }

    #[test]
    fn what_the_layer_says_otherwise_changes_nothing() {
        assert_eq!(trusted("2023-08-09", 362_950_001, SHAPED), (false, false));
        assert_eq!(trusted("2023-08-09", 1_000, ""), (false, false));
    }

    #[test]
    fn a_layer_of_all_days_bears_nothing_out() {
        let all: Vec<String> =
            (1..=2).flat_map(|month| (1..=31).map(move |day| format!("1402/{month:02}/{day:02}"))).collect();
        assert!(!trusted("2023-03-21", 1_000, &all.join("\n")).0);
        assert!(trusted("2023-03-21", 1_000, &all[..40].join("\n")).0);
    }
}
