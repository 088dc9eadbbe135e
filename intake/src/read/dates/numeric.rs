//! Dates in figures, and which calendar they are in: `1402/05/17`, `17/05/1402`, `02/5/17`, `14020517`, and what
//! readers make of them. The year tells the calendar: 1300–1420 solar, 1900–2100 Gregorian, 1430–1460 lunar where
//! the words beside it say so.

use sanad_checks::facts::{Calendar, Precision};
use sanad_checks::jalali::Jalali;
use sanad_checks::lunar;

/// Years a short year may stand for: papers of a claim are of these decades.
const LIKELY: std::ops::RangeInclusive<i32> = 1370..=1410;

/// A day of some calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Day {
    /// `YYYY-MM-DD`, Gregorian.
    pub(crate) iso: String,
    /// The calendar it is printed in.
    pub(crate) calendar: Calendar,
    /// How much of it is known.
    pub(crate) precision: Precision,
}

/// How a day was come by, from the plainest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Manner {
    /// Four figures of the year and two separators, or a month by its name.
    Plain,
    /// Two figures of the year.
    ShortYear,
    /// Eight figures without separators.
    Compact,
    /// A separator or figure had to be supplied.
    Mended,
    /// Only the mirrored run is a day.
    Mirrored,
}

/// A run of figures that is a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parsed {
    /// The day.
    pub(crate) day: Day,
    /// How it was come by.
    pub(crate) manner: Manner,
    /// Another order of its parts is a likely day too.
    pub(crate) ambiguous: bool,
}

/// Why a run is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoDate {
    /// Not shaped like one.
    Shape,
    /// Shaped like one, but no calendar has that day.
    NoDay,
}

/// The day with these parts, by the calendar of its year.
pub(crate) fn day_of(year: i32, month: u8, day: u8, lunar_cue: bool) -> Option<Day> {
    let exact = |iso, calendar| Day { iso, calendar, precision: Precision::Day };
    match year {
        1300..=1420 => Jalali::new(year, month, day).map(|j| exact(j.to_iso(), Calendar::Jalali)),
        1900..=2100 => {
            let iso = format!("{year:04}-{month:02}-{day:02}");
            Jalali::from_iso(&iso).map(|_| exact(iso, Calendar::Gregorian))
        }
        1430..=1460 if lunar_cue => lunar::to_iso(year, month, day).map(|iso| Day {
            iso,
            calendar: Calendar::Lunar,
            precision: Precision::About,
        }),
        _ => None,
    }
}

/// Separators between the parts of a date, and what readers take them for.
pub(crate) const fn separates(c: char) -> bool {
    matches!(c, '/' | '-' | '.' | '٫' | ',' | '،' | '\\' | '–' | '−' | '_' | '⁄' | '∕')
}

/// Reads a run of ASCII digits and separators.
pub(crate) fn parse(run: &str, lunar_cue: bool) -> Result<Parsed, NoDate> {
    let open_ended = |c: char| matches!(c, '/' | '\\');
    let cut = run.starts_with(open_ended) || run.ends_with(open_ended);
    let run = run.trim_matches(separates);
    let plain = plain(run, lunar_cue);
    if let Ok(parsed) = plain {
        // A slash without a neighbour: a figure may be missing.
        let manner = if cut { parsed.manner.max(Manner::Mended) } else { parsed.manner };
        return Ok(Parsed { manner, ..parsed });
    }
    let shaped = plain == Err(NoDate::NoDay);
    mended(run, lunar_cue).or_else(|| mirrored(run, lunar_cue)).ok_or(if shaped || nearly(run) {
        NoDate::NoDay
    } else {
        NoDate::Shape
    })
}

/// Whether a run that is no date was meant to be one: it has about as many figures, and separators.
fn nearly(run: &str) -> bool {
    let digits = run.chars().filter(char::is_ascii_digit).count();
    let parts = run.split(separates).filter(|p| !p.is_empty()).count();
    (6..=9).contains(&digits) && (2..=3).contains(&parts) && run.contains(['/', '-'])
}

fn parts(run: &str) -> Vec<&str> {
    run.split(separates).collect()
}

fn plain(run: &str, lunar_cue: bool) -> Result<Parsed, NoDate> {
    let parts = parts(run);
    let of = |text: &str| text.parse::<i32>().ok();
    let small = |text: &str| (1..=2).contains(&text.len()).then(|| text.parse::<u8>().ok()).flatten();
    let found = |day: Option<Day>| {
        let ambiguous = small_nought_lost(&parts);
        let parsed = day.map(|day| Parsed { day, manner: Manner::Plain, ambiguous });
        parsed.ok_or(NoDate::NoDay)
    };
    match parts.as_slice() {
        [y, m, d] if y.len() == 4 => match (of(y), small(m), small(d)) {
            (Some(y), Some(m), Some(d)) => found(day_of(y, m, d, lunar_cue)),
            _ => Err(NoDate::Shape),
        },
        [d, m, y] if y.len() == 4 => match (of(y), small(m), small(d)) {
            (Some(y), Some(m), Some(d)) => found(day_of(y, m, d, lunar_cue)),
            _ => Err(NoDate::Shape),
        },
        [a, b, c] => match (small(a), small(b), small(c)) {
            (Some(a), Some(b), Some(c)) => short(a, b, c),
            _ => Err(NoDate::Shape),
        },
        [all] if all.len() == 8 => {
            let part = |from, to| all[from..to].parse::<u8>().unwrap_or(0);
            let day = of(&all[..4]).and_then(|y| day_of(y, part(4, 6), part(6, 8), lunar_cue));
            day.map(|day| Parsed { day, manner: Manner::Compact, ambiguous: false }).ok_or(NoDate::Shape)
        }
        _ => Err(NoDate::Shape),
    }
}

/// Whether a day or month of one figure may have lost a nought, which is a dot in most faces: a part beside it has two
/// figures where one would do, or `1402/10/2` may be the tenth month's second day or its twentieth.
fn small_nought_lost(parts: &[&str]) -> bool {
    let small: Vec<&str> = parts.iter().copied().filter(|part| part.len() <= 2).collect();
    let [one, other] = small[..] else { return false };
    let may_lose = |part: &str| part.len() == 1 && matches!(part, "1" | "2" | "3");
    let padded = one.starts_with('0') || other.starts_with('0');
    let uneven = one.len() != other.len();
    uneven && (padded || may_lose(one) || may_lose(other))
}

/// Whether no run of figures in a text may have lost a nought.
pub(crate) fn keeps_noughts(text: &str) -> bool {
    text.split_whitespace().all(|run| !small_nought_lost(&parts(run.trim_matches(separates))))
}

/// A year of two figures: the likely solar one, day last or first.
fn short(a: u8, b: u8, c: u8) -> Result<Parsed, NoDate> {
    let likely = |y: u8, m: u8, d: u8| {
        let year = [1400 + i32::from(y), 1300 + i32::from(y)].into_iter().find(|y| LIKELY.contains(y))?;
        day_of(year, m, d, false)
    };
    let (first, last) = (likely(a, b, c), likely(c, b, a));
    let ambiguous = first.is_some() && last.is_some() && first != last;
    let day = first.or(last).ok_or(NoDate::NoDay)?;
    Ok(Parsed { day, manner: Manner::ShortYear, ambiguous })
}

/// Supplies a separator that was lost, or a zero that was taken for a dot.
fn mended(run: &str, lunar_cue: bool) -> Option<Parsed> {
    let lengths: Vec<usize> = parts(run).iter().map(|part| part.len()).collect();
    let joined: String = run.chars().filter(char::is_ascii_digit).collect();
    let split = match lengths.as_slice() {
        [4, 4] | [6, 2] => Some(format!("{}/{}/{}", &joined[..4], &joined[4..6], &joined[6..])),
        [2, 6] => Some(format!("{}/{}/{}", &joined[..2], &joined[2..4], &joined[4..])),
        // Dots between the parts, each taken for a zero.
        [10] if joined[4..5] == *"0" && joined[7..8] == *"0" => {
            Some(format!("{}/{}/{}", &joined[..4], &joined[5..7], &joined[8..]))
        }
        [10] if joined[2..3] == *"0" && joined[5..6] == *"0" => {
            Some(format!("{}/{}/{}", &joined[..2], &joined[3..5], &joined[6..]))
        }
        _ if run.contains('.') && run.contains(['/', '-']) => Some(run.replace('.', "0")),
        _ => None,
    };
    let parsed = plain(&split?, lunar_cue).ok()?;
    Some(Parsed { manner: Manner::Mended, ..parsed })
}

/// The run read backwards, figure by figure: some readers give right-to-left runs so.
fn mirrored(run: &str, lunar_cue: bool) -> Option<Parsed> {
    let back: String = run.chars().rev().collect();
    let parsed = plain(&back, lunar_cue).ok().filter(|parsed| parsed.manner == Manner::Plain)?;
    Some(Parsed { manner: Manner::Mirrored, ..parsed })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(run: &str) -> Option<(String, Manner)> {
        parse(run, false).ok().map(|parsed| (parsed.day.iso, parsed.manner))
    }

    #[test]
    fn all_orders_and_separators() {
        for run in ["1402/05/17", "1402/5/17", "1402-05-17", "1402.5.17", "17/05/1402", "1402٫05٫17", "2023/08/08"] {
            assert_eq!(iso(run), Some(("2023-08-08".to_owned(), Manner::Plain)), "{run}");
        }
        assert_eq!(iso("14020517"), Some(("2023-08-08".to_owned(), Manner::Compact)));
    }

    #[test]
    fn a_short_year_is_a_likely_one() {
        assert_eq!(iso("02/5/17"), Some(("2023-08-08".to_owned(), Manner::ShortYear)));
        assert_eq!(iso("95/7/27"), Some(("2016-10-18".to_owned(), Manner::ShortYear)));
        assert!(parse("02/5/3", false).unwrap().ambiguous);
        assert!(!parse("02/5/27", false).unwrap().ambiguous);
    }

    #[test]
    fn a_part_of_one_figure_may_have_lost_its_nought() {
        let doubtful = |run| parse(run, false).unwrap().ambiguous;
        for run in ["1402/10/2", "1402/1/20", "1402/05/3", "3/12/1402", "1402/5/03"] {
            assert!(doubtful(run) && !keeps_noughts(run), "{run}");
        }
        for run in ["1402/10/20", "1402/05/02", "1402/5/2", "1402/11/7", "1402/5/17"] {
            assert!(!doubtful(run) && keeps_noughts(run), "{run}");
        }
    }

    #[test]
    fn mirrored_runs_are_turned_back() {
        for run in ["2041/50/71", "71/50/2041"] {
            assert_eq!(iso(run), Some(("2023-08-08".to_owned(), Manner::Mirrored)), "{run}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_not_made_up() {
        assert_eq!(parse("1403/13/45", false), Err(NoDate::NoDay));
        assert_eq!(parse("1404/12/30", false), Err(NoDate::NoDay));
        assert!(parse("1403/12/30", false).is_ok());
        assert_eq!(parse("1402/07/31", false), Err(NoDate::NoDay));
    }

    #[test]
    fn other_numbers_are_no_dates() {
        for run in ["1395/11/28/9147/100569", "122/68", "09123456789", "5558/55/337448", "2٬400٬000", "7/8", "12345678"]
        {
            assert!(parse(run, false).is_err(), "{run}");
        }
    }

    #[test]
    fn what_was_lost_is_supplied_and_said_so() {
        assert_eq!(iso("1402/0517"), Some(("2023-08-08".to_owned(), Manner::Mended)));
        assert_eq!(iso("14.2/.5/17"), Some(("2023-08-08".to_owned(), Manner::Mended)));
        assert_eq!(iso("1402005017"), Some(("2023-08-08".to_owned(), Manner::Mended)));
        assert_eq!(iso("1402/05/17/"), Some(("2023-08-08".to_owned(), Manner::Mended)));
    }

    #[test]
    fn lunar_years_need_a_word_beside_them() {
        assert_eq!(parse("1445/01/21", false), Err(NoDate::NoDay));
        let parsed = parse("1445/01/21", true).unwrap();
        assert_eq!((parsed.day.calendar, parsed.day.precision), (Calendar::Lunar, Precision::About));
    }
}
