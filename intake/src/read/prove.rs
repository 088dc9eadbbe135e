//! What is worth a further look on a page once both readers have read it: days that one reader alone made out, and
//! dates of which nothing says what they mean.

use sanad_checks::page::Region;

use super::amounts;
use super::belief::reread;
use super::dates::{Found, find};
use super::figures::mended;
use super::roles::{RUNNING, cues, told};
use super::rows::{Row, rows};
use super::second::{covers, sure};
use super::text::digit;
use crate::ocr::{SecondReading, Word};

/// Fields in which the reader of numbers made out a day and the reader of words another or none, the surest first.
pub(crate) fn days_to_prove(rows: &[Row], second: &[SecondReading]) -> Vec<Region> {
    let found = find(rows);
    let said = |region: Region, iso: &str| {
        let same = |date: &Found| date.day.as_ref().is_ok_and(|day| day.iso == iso);
        found.iter().any(|date| covers(region, date.region) && same(date))
    };
    let mut open: Vec<&SecondReading> = second
        .iter()
        .filter(|reading| reading.confidence >= sure::PROVED)
        .filter(|reading| reread(&reading.text).is_some_and(|day| !said(reading.region, &day.iso)))
        .collect();
    open.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let mut fields: Vec<Region> = Vec::new();
    for reading in open {
        if !fields.iter().any(|known| covers(*known, reading.region)) {
            fields.push(reading.region);
        }
    }
    fields
}

/// Whether a text is a day and nothing else.
pub(crate) fn is_day(text: &str) -> bool {
    reread(text).is_some()
}

/// Labelled sums that one reader alone made out.
pub(crate) fn sums_to_prove(words: &[Word], second: &[SecondReading]) -> Vec<Region> {
    let read = mended(words, second);
    amounts::sums_to_prove(&rows(&read.words), second, &read.places)
}

/// Whether a field read alone says the day or the figures that the reader of numbers made out there.
pub(crate) fn proves(alone: &SecondReading, second: &[SecondReading]) -> bool {
    let figures = |text: &str| text.chars().filter_map(digit).collect::<Vec<_>>();
    let own = (reread(&alone.text).map(|day| day.iso), figures(&alone.text));
    let same = |reading: &SecondReading| {
        let day = reread(&reading.text).map(|day| day.iso);
        day.is_some() && day == own.0 || figures(&reading.text) == own.1
    };
    !own.1.is_empty() && second.iter().filter(|reading| covers(reading.region, alone.region)).any(same)
}

/// What words of one field say, in the order they are read.
pub(crate) fn said_of(words: &[Word]) -> String {
    let rows = rows(words);
    let texts = rows.iter().flat_map(|row| row.items.iter().map(|item| item.text.as_str()));
    texts.collect::<Vec<_>>().join(" ")
}

/// Where the label of a date would stand over it, for dates without one.
pub(crate) fn places_of_labels(words: &[Word], second: &[SecondReading], width: u32) -> Vec<Region> {
    let read = mended(words, second);
    let rows = rows(&read.words);
    let (found, cues) = (find(&rows), cues(&rows));
    let meanings = told(&found, &rows, &cues, "");
    let open = found.iter().zip(&meanings).filter(|(date, told)| {
        let alone = rows[date.row].items.len() < RUNNING;
        date.day.is_ok() && !told.labelled && !told.number && alone
    });
    open.filter_map(|(date, _)| over(date.region, width)).collect()
}

/// The strip over a value: captions stand within two of its heights, as far to its sides as cells are wide.
fn over(value: Region, width: u32) -> Option<Region> {
    const HIGH: u32 = 2;
    let h = value.height.max(1);
    let bottom = value.y.checked_sub(h / 8)?;
    let top = bottom.saturating_sub(HIGH * h);
    let (left, right) = (value.x.saturating_sub(2 * h), (value.x + value.width + 3 * h).min(width));
    (bottom > top + h / 2).then(|| Region::new(left, top, right - left, bottom - top))
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::line;
    use super::*;

    #[test]
    fn a_field_alone_proves_the_same_day_or_the_same_figures() {
        let reading = |text: &str| SecondReading {
            text: text.to_owned(),
            region: Region::new(10, 10, 90, 20),
            confidence: 0.9,
            others: vec![],
        };
        let heard = [reading("7 مهر 1403"), reading("1,250,000")];
        assert!(proves(&reading("۷ مهر ۱۴۰۳"), &heard) && proves(&reading("۱۲۵۰۰۰۰"), &heard));
        assert!(!proves(&reading("۱۳۳/۶"), &heard) && !proves(&reading("مهر"), &heard));
    }

    #[test]
    fn a_day_that_one_reader_has_is_looked_at_again() {
        let words = line("تاریخ پذیرش: ۱۲۰۱/۱۱/۱۶", 900, 10);
        let field = words[2].region;
        let again = |text: &str, confidence| SecondReading {
            text: text.to_owned(),
            region: field,
            confidence,
            ..SecondReading::default()
        };
        let rows = rows(&words);
        assert_eq!(days_to_prove(&rows, &[again("1401/11/16", 0.96), again("1401/11/16", 0.97)]), [field]);
        assert!(days_to_prove(&rows, &[again("1401/11/16", 0.5)]).is_empty());
        let same = super::super::rows::rows(&line("تاریخ پذیرش: ۱۴۰۱/۱۱/۱۶", 900, 10));
        assert!(days_to_prove(&same, &[again("1401/11/16", 0.96)]).is_empty());
    }

    #[test]
    fn only_a_date_without_a_label_has_one_looked_for() {
        let bare = line("۱۴۰۱/۱۱/۱۶", 900, 100);
        let place = places_of_labels(&bare, &[], 1300);
        assert_eq!(place.len(), 1);
        assert!(place[0].y + place[0].height <= 100 && place[0].height >= 30, "{place:?}");
        assert!(places_of_labels(&line("تاریخ پذیرش: ۱۴۰۱/۱۱/۱۶", 900, 100), &[], 1300).is_empty());
    }

    #[test]
    fn words_of_a_field_are_said_from_the_right() {
        assert_eq!(said_of(&line("۱۷ مرداد ۱۴۰۲", 500, 10)), "۱۷ مرداد ۱۴۰۲");
    }
}
