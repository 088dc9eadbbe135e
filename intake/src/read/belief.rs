//! How far a date may be believed: what both readers make of its field, and what the calendar and a claim's papers bear.

use sanad_checks::facts::{DateFact, Precision, Role, UnreadDate};
use sanad_checks::page::Region;

use super::dates::{Day, Found, Manner, NoDate, find, keeps_noughts};
use super::roles::Told;
use super::rows::rows;
use super::second::{covers, sure, surest};
use crate::ocr::{SecondReading, Word};

/// Figures that a person's date is surely printed with: how a date was come by, as confidence.
const fn confidence_of(manner: Manner) -> f32 {
    match manner {
        Manner::Plain => 1.0,
        Manner::ShortYear => 0.85,
        Manner::Compact => 0.85,
        Manner::Mended => 0.6,
        Manner::Mirrored => 0.55,
    }
}

/// Further looks at fields of the page.
#[derive(Clone, Copy, Default)]
pub(super) struct Seen<'a> {
    /// By the reader of numbers.
    pub(super) second: &'a [SecondReading],
    /// By the reader of words, each field by itself.
    pub(super) alone: &'a [SecondReading],
}

impl Seen<'_> {
    /// Whether the reader of numbers is so sure of this day, as its figures stand, that the calendar may decide: most
    /// slips make a day that is none, or that no claim bears. `beside` is what the reader of words made of the field in
    /// its page.
    pub(super) fn decided_by_calendar(&self, field: Region, role: Role, iso: &str, beside: Option<&Day>) -> bool {
        let very_sure = surest(self.second, field).is_some_and(|reading| {
            let says = || reread(&reading.text).is_some_and(|day| day.iso == iso);
            reading.confidence >= sure::BY_CALENDAR && keeps_noughts(&reading.text) && says()
        });
        let alone = self.alone.iter().filter(|reading| covers(reading.region, field));
        let mut others = alone.filter_map(|reading| reread(&reading.text)).chain(beside.cloned());
        let gainsays = |day: &Day| day.iso != iso && likely(role, &day.iso);
        very_sure
            && role != Role::Birth
            && role != Role::Other
            && likely(role, iso)
            && !others.any(|day| gainsays(&day))
    }

    /// Whether a sure reading of numbers made this day of the field and the reader of words, asked about it by itself, the
    /// same.
    pub(super) fn borne_out(&self, field: Region, iso: &str) -> bool {
        let sure = surest(self.second, field).is_some_and(|reading| reading.confidence >= sure::PROVED);
        sure && self.proves(field, iso)
    }

    /// Whether the reader of words, asked about this field by itself, made the same day of it.
    pub(super) fn proves(&self, field: Region, iso: &str) -> bool {
        let here = self.alone.iter().filter(|reading| covers(reading.region, field));
        let whole = here.filter(|reading| keeps_noughts(&reading.text));
        whole.filter_map(|reading| reread(&reading.text)).any(|day| day.iso == iso)
    }
}

pub(super) enum Taken {
    Date(DateFact),
    Unread(UnreadDate),
    Nothing,
}

/// How sure a date is told to be that the reader of numbers alone made out.
pub(super) const TOLD: f64 = 0.5;
/// How sure the reader of numbers must be of a likely day in the place of an unlikely one.
const LIKELIER: f32 = 0.5;

/// What the reader of numbers made of this place: one day and how sure it is of it. Where a label says date
/// (`labelled`), the calendar decides between what the place may say: what is no day is left out.
fn second_day(second: &[SecondReading], field: Region, labelled: bool) -> Option<(Day, f32)> {
    /// Days must hold this share of all that the place may say.
    const LEAST: f32 = 0.3;
    let best = surest(second, field)?;
    let first = reread(&best.text).map(|day| (day, best.confidence));
    if !labelled || best.others.is_empty() {
        return first;
    }
    let mut days: Vec<(Day, f32)> = first.into_iter().collect();
    for (text, share) in &best.others {
        let Some(day) = reread(text) else { continue };
        match days.iter_mut().find(|(known, _)| known.iso == day.iso) {
            Some((_, sum)) => *sum += share,
            None => days.push((day, *share)),
        }
    }
    let all: f32 = days.iter().map(|(_, share)| share).sum();
    let (day, share) = days.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some((day, if all >= LEAST { share / all } else { share }))
}

/// Whether and how far a date may be believed. The reader of figures has the word where it is very sure; only where
/// both say the same, of the page or of the field by itself, is a date trusted.
pub(super) fn of_one(date: &Found, told: &Told, seen: &Seen<'_>, page: u32) -> Taken {
    let again = second_day(seen.second, date.region, told.labelled);
    let alone = again.clone().filter(|(day, sure)| *sure >= sure::DAY_ALONE && likely(told.role, &day.iso));
    // Forms that other numbers have too need a word that says "date".
    if !told.labelled && (date.day.is_err() || !matches!(date.manner, Manner::Plain)) {
        return Taken::Nothing;
    }
    let (day, by_figures) = match (&date.day, alone) {
        (Ok(day), Some((other, _))) if other.iso != day.iso => (other, true),
        (Ok(day), _) => (day.clone(), false),
        (Err(_), Some((other, _))) => (other, true),
        (Err(NoDate::NoDay), None) => return unread(date, told, "not-a-day", page),
        (Err(_), None) => return Taken::Nothing,
    };
    // A day that no paper of a claim bears is a misread one: what the other reader holds likely stands for it.
    let other = || again.clone().filter(|(day, sure)| *sure >= LIKELIER && likely(told.role, &day.iso));
    let (day, by_figures) = if likely(told.role, &day.iso) {
        (day, by_figures)
    } else {
        let Some((day, _)) = other() else { return unread(date, told, "not-likely", page) };
        (day, true)
    };
    let agrees = again.is_some_and(|(other, sure)| other.iso == day.iso && sure >= sure::AGREES);
    let exact = if by_figures { seen.proves(date.region, &day.iso) } else { certain(date) };
    let both = agrees && exact;
    let calendar =
        || told.named() && seen.decided_by_calendar(date.region, told.role, &day.iso, date.day.as_ref().ok());
    let trusted = day.precision == Precision::Day && (both || calendar());
    let sure = confidence_of(date.manner) * told.confidence * (0.5 + 0.5 * date.confidence);
    let sure = if trusted { sure } else { sure * 0.7 };
    Taken::Date(DateFact {
        role: told.role,
        iso: day.iso,
        calendar: day.calendar,
        precision: day.precision,
        text: date.text.clone(),
        trusted,
        confidence: f64::from((sure * 100.0).round()) / 100.0,
        page,
        region: date.region,
    })
}

/// A date that ought to stand here and is not taken.
fn unread(date: &Found, told: &Told, why: &str, page: u32) -> Taken {
    Taken::Unread(UnreadDate {
        role: told.role,
        text: date.text.clone(),
        why: why.to_owned(),
        page,
        region: date.region,
    })
}

/// Whether the figures of a date say one day and nothing else.
const fn certain(date: &Found) -> bool {
    matches!(date.manner, Manner::Plain | Manner::ShortYear | Manner::Compact) && !date.ambiguous
}

/// Whether a day may be of a claim's papers at all: only births lie far back. A reader that takes one figure of a
/// face for another gives days a hundred years off, and gives them twice.
pub(super) fn likely(role: Role, iso: &str) -> bool {
    const EARLIEST: &str = "2003-03-21";
    const EARLIEST_BIRTH: &str = "1915-01-01";
    const LATEST: &str = "2041-03-20";
    let earliest = if matches!(role, Role::Birth | Role::Other) { EARLIEST_BIRTH } else { EARLIEST };
    (earliest..=LATEST).contains(&iso)
}

/// The one day that a second reading makes; `None` where it makes none or several.
pub(super) fn reread(text: &str) -> Option<Day> {
    const LETTER: u32 = 10;
    let parts: Vec<&str> = text.split_whitespace().collect();
    let mut x = parts.iter().map(|part| part.chars().count() as u32 * LETTER + LETTER).sum::<u32>();
    let words: Vec<Word> = parts
        .iter()
        .map(|part| {
            let width = part.chars().count() as u32 * LETTER;
            x -= width + LETTER / 2;
            Word { text: (*part).to_owned(), region: Region::new(x, 0, width, 2 * LETTER), confidence: 1.0 }
        })
        .collect();
    let mut days: Vec<Day> = find(&rows(&words)).into_iter().filter_map(|found| found.day.ok()).collect();
    days.dedup_by(|a, b| a.iso == b.iso);
    (days.len() == 1).then(|| days.remove(0))
}

/// Adds a date; the same day with the same meaning is kept once, the better one. Two places alike prove nothing by
/// themselves: a face whose figures are misread is misread everywhere.
pub(super) fn merge(dates: &mut Vec<DateFact>, date: DateFact) {
    let known = dates.iter_mut().find(|known| known.iso == date.iso && known.role == date.role);
    match known {
        Some(known) => {
            let trusted = known.trusted || date.trusted;
            if date.confidence > known.confidence {
                *known = date;
            }
            known.trusted = trusted;
        }
        None => {
            // The other script's reading of the same field: the surer one stays.
            match dates.iter_mut().find(|known| covers(known.region, date.region)) {
                Some(same) if date.confidence > same.confidence => *same = date,
                Some(_) => {}
                None => dates.push(date),
            }
        }
    }
}

/// A date at its label of which the reader of words made none and the reader of numbers is very sure.
pub(super) fn labelled_by_figures(open: &UnreadDate, seen: &Seen<'_>) -> Option<DateFact> {
    /// How sure a date is told to be that both readers made out at its label.
    const BOTH: f64 = 0.9;
    let (day, sure) = second_day(seen.second, open.region, true)?;
    let calendar = || seen.decided_by_calendar(open.region, open.role, &day.iso, None);
    let proved = day.precision == Precision::Day && (seen.borne_out(open.region, &day.iso) || calendar());
    (sure >= sure::DAY_ALONE && likely(open.role, &day.iso)).then(|| DateFact {
        role: open.role,
        iso: day.iso,
        calendar: day.calendar,
        precision: day.precision,
        text: open.text.clone(),
        trusted: proved,
        confidence: if proved { BOTH } else { TOLD },
        page: open.page,
        region: open.region,
    })
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::line;
    use super::*;

    #[test]
    fn the_calendar_decides_between_readings_of_a_labelled_field() {
        let words = line("تاریخ پذیرش: رد۱۱/۱۶", 900, 10);
        let field = words[2].region;
        let torn = SecondReading {
            text: "1401/13/16".to_owned(),
            region: field,
            confidence: 0.45,
            others: vec![("1401/11/16".to_owned(), 0.53), ("1401/71/16".to_owned(), 0.01)],
        };
        let day = second_day(std::slice::from_ref(&torn), field, true).map(|(day, sure)| (day.iso, sure > 0.99));
        assert_eq!(day, Some(("2023-02-05".to_owned(), true)));
        assert_eq!(second_day(&[torn], field, false), None);
    }

    #[test]
    fn a_second_reading_in_pieces_is_still_one_day() {
        let iso = |text| reread(text).map(|day| day.iso);
        assert_eq!(iso("۱۶ بهمن ۱۴۰۱").as_deref(), Some("2023-02-05"));
        assert_eq!(iso("تاریخ ۱۴۰۱/۱۱/۱۶").as_deref(), Some("2023-02-05"));
        assert_eq!(iso("1401/11/16").as_deref(), Some("2023-02-05"));
        assert_eq!(iso("۱۲۳"), None);
    }
}
