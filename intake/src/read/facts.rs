//! What a page says, put together from its words; pure, so that a change of the rules needs no new reading.

use sanad_checks::facts::{CertifiedCopy, DateFact, Facts, KindFact, MrzFact, Precision, Role, UnreadDate};
use sanad_checks::page::Region;

use super::amounts::ByInk;
use super::belief::{Seen, TOLD, Taken, labelled_by_figures, likely, merge, of_one};
use super::cues::Phrases;
use super::dates::find;
use super::figures::{Mended, mended};
use super::labels::{blotted, captions_without_date, labels_without_date};
use super::roles::{cues, named_own_date, told};
use super::rows::{Row, rows};
use super::second::{covers, with_spelt_months, with_sums};
use super::text::fold;
use super::{amounts, iban, kind, mrz, serials};
use crate::ocr::{PageWords, Word, Zone};

/// Phrases by which a copy is certified.
const CERTIFIED: [&str; 7] =
    ["برابر اصل", "برابر با اصل", "مطابقت با اصل", "مطابق اصل", "تصدیق شد", "رونوشت برابر اصل", "کپی برابر اصل"];

/// The facts of one page, places in its pixels. Stamps and signatures are seen elsewhere and left empty here.
#[must_use]
pub fn facts_of(words: &PageWords, page: u32) -> Facts {
    let persian = rows(&words.words);
    let latin = rows(&words.latin);
    let zone = best_zone(&words.zones, page);
    let all: Vec<Row> = rows_of_both(&words.words, &words.latin);
    let kind = kind::kind(&all, words.height, zone.is_some());
    let mut dates = Vec::new();
    let (mut unread, mut bare) = (Vec::new(), Vec::new());
    let second = with_sums(&with_spelt_months(&words.words, &words.second));
    let seen = Seen { second: &second, alone: &words.alone };
    for script in [&persian, &latin] {
        let read = dates_of(script, &seen, &kind.code, page, zone.as_ref());
        for date in read.dates {
            merge(&mut dates, date);
        }
        unread.extend(read.unread);
        bare.extend(read.bare);
    }
    if kind.code != "identity" && !words.blots.is_empty() {
        unread.extend(blotted(&words.blots, &cues(&persian), page));
    }
    let Mended { words: with_numbers, places } = mended(&words.words, &second);
    // most pages have none: their rows are not put together a second time
    let by_ink = if places.is_empty() { ByInk::default() } else { ByInk { rows: rows(&with_numbers), places } };
    let by_figures = dates_by_ink(&by_ink, &seen, &kind.code, page, zone.as_ref());
    bare.extend(by_figures.bare);
    for date in by_figures.dates {
        if !dates.iter().any(|known: &DateFact| known.region.near(date.region, 0)) {
            merge(&mut dates, date);
        }
    }
    name_own_date(&mut dates, &bare, &kind);
    if let Some(zone) = zone.as_ref().filter(|zone| zone.valid) {
        take_from_zone(&mut dates, zone);
    }
    // A field that one reader could not make out may have been read by the other.
    unread.retain(|open: &UnreadDate| !dates.iter().any(|date: &DateFact| date.region.near(open.region, 0)));
    let mut ibans = iban::find(&persian, page);
    for other in iban::find(&latin, page) {
        match ibans.iter_mut().find(|known| known.region.near(other.region, 4)) {
            Some(known) if other.valid && !known.valid => *known = other,
            Some(_) => {}
            None => ibans.push(other),
        }
    }
    let holder = holder(&persian);
    ibans.iter_mut().for_each(|iban| iban.holder.clone_from(&holder));
    let phrases = Phrases::of(&persian);
    let amounts = amounts::find(&persian, seen, &by_ink, &kind, page);
    let phrase = CERTIFIED.iter().any(|cue| phrases.has(&fold(cue)));
    Facts {
        kind,
        dates,
        unread,
        mrz: zone,
        ibans,
        unread_sums: amounts::unread(&phrases, &amounts),
        amounts,
        numbers: serials::find(&persian, &second, page),
        certified_copy: CertifiedCopy { phrase, stamp: false },
        words: words.words.len() as u32,
        ..Facts::default()
    }
}

/// Places of the words that certify a copy.
pub(crate) fn certified_places(words: &PageWords) -> Vec<Region> {
    let rows = rows(&words.words);
    let phrases = Phrases::of(&rows);
    CERTIFIED.iter().flat_map(|cue| phrases.places(&fold(cue))).map(|place| place.region).collect()
}

/// Rows of the Persian pass, and those of the Latin pass beside them.
fn rows_of_both(persian: &[Word], latin: &[Word]) -> Vec<Row> {
    let mut all = rows(persian);
    all.extend(rows(latin));
    all
}

/// The zone whose reading is proved; else one that both readers read alike, its failing fields told; else the best.
fn best_zone(zones: &[Zone], page: u32) -> Option<MrzFact> {
    let mut read: Vec<(bool, MrzFact)> = zones
        .iter()
        .filter_map(|zone| Some((zone.own, MrzFact { page, region: zone.region, ..mrz::parse(&zone.lines)? })))
        .collect();
    if let Some(proved) = read.iter().position(|(_, fact)| fact.valid) {
        return Some(read.swap_remove(proved).1);
    }
    let same = |a: &MrzFact, b: &MrzFact| {
        a.number == b.number && a.birth == b.birth && a.expiry == b.expiry && a.failed == b.failed
    };
    // One reader may make a mistake as often as it is asked.
    let alike = read.iter().position(|(own, one)| *own && read.iter().any(|(by, other)| !by && same(one, other)));
    if let Some(at) = alike {
        return Some(read.swap_remove(at).1);
    }
    // What fails may be the reader.
    let best = (0..read.len()).min_by_key(|at| read[*at].1.failed.len())?;
    let mut fact = read.swap_remove(best).1;
    fact.failed.clear();
    Some(fact)
}

/// A proved zone decides over the printed dates that it repeats: that they are right, and what they mean.
fn take_from_zone(dates: &mut Vec<DateFact>, zone: &MrzFact) {
    let means = |date: &DateFact| match &date.iso {
        iso if *iso == zone.birth => Some(Role::Birth),
        iso if *iso == zone.expiry => Some(Role::Expiry),
        _ => None,
    };
    for date in std::mem::take(dates) {
        let date = match means(&date) {
            Some(role) => DateFact { role, trusted: true, ..date },
            None => date,
        };
        merge(dates, date);
    }
}

/// What the rows of one script say of days.
#[derive(Default)]
struct Read {
    dates: Vec<DateFact>,
    /// Fields that ought to hold a date.
    unread: Vec<UnreadDate>,
    /// Places of dates whose role no cue beside them names.
    bare: Vec<Region>,
}

/// A paper that has one date that nothing names, and none of its own, has its own there: the caption was lost.
fn name_own_date(dates: &mut [DateFact], bare: &[Region], kind: &KindFact) {
    /// How sure the kind must be, and how sure the date's meaning then is, 0 to 1.
    const SURE_KIND: f64 = 0.8;
    const SURE: f64 = 0.4;
    let Some(own) = named_own_date(&kind.code).filter(|_| kind.confidence >= SURE_KIND) else { return };
    if dates.iter().any(|date| date.role == own) {
        return;
    }
    let mut unnamed = dates.iter_mut().filter(|date| date.role == Role::Other && bare.contains(&date.region));
    if let (Some(date), None) = (unnamed.next(), unnamed.next()) {
        date.role = own;
        date.confidence = date.confidence.min(SURE);
    }
}

/// Dates of one script, and fields that ought to hold one.
fn dates_of(rows: &[Row], seen: &Seen<'_>, kind: &str, page: u32, zone: Option<&MrzFact>) -> Read {
    let found = find(rows);
    let cues = cues(rows);
    let meanings = told(&found, rows, &cues, kind);
    let in_zone = |region: Region| zone.is_some_and(|zone| zone.region.near(region, 0));
    let (mut dates, mut unread, mut bare) = (Vec::new(), Vec::new(), Vec::new());
    for (date, told) in found.iter().zip(&meanings) {
        if told.number || in_zone(date.region) {
            continue;
        }
        if !told.named() {
            bare.push(date.region);
        }
        match of_one(date, told, seen, page) {
            Taken::Date(fact) => dates.push(fact),
            Taken::Unread(open) => unread.push(open),
            Taken::Nothing => {}
        }
    }
    for open in labels_without_date(rows, &cues, &found, kind, page) {
        match labelled_by_figures(&open, seen) {
            Some(date) => dates.push(date),
            None => unread.push(open),
        }
    }
    let open = captions_without_date(rows, &cues, &found, kind, page);
    dates.extend(open.iter().filter_map(|open| labelled_by_figures(open, seen)));
    Read { dates, unread, bare }
}

/// Dates of numbers that were found by their ink. The reader of numbers has seen them; where the reader of words, asked
/// about the field by itself, says the same, they are trusted.
fn dates_by_ink(by_ink: &ByInk, seen: &Seen<'_>, kind: &str, page: u32, zone: Option<&MrzFact>) -> Read {
    // The rows hold its readings already: asked again it would only agree with itself.
    let Read { dates, unread, bare } = dates_of(&by_ink.rows, &Seen { second: &[], ..*seen }, kind, page, zone);
    let here = |date: &DateFact| by_ink.places.iter().any(|place| covers(*place, date.region));
    let likely = |date: &DateFact| likely(date.role, &date.iso);
    let told = |date: DateFact| {
        let calendar =
            || !bare.contains(&date.region) && seen.decided_by_calendar(date.region, date.role, &date.iso, None);
        let trusted = date.precision == Precision::Day && (seen.borne_out(date.region, &date.iso) || calendar());
        let confidence = if trusted { date.confidence } else { date.confidence.min(TOLD) };
        DateFact { trusted, confidence, ..date }
    };
    let dates = dates.into_iter().filter(|date| here(date) && likely(date)).map(told).collect();
    Read { dates, unread, bare }
}

/// The holder of an account as a slip names it.
fn holder(rows: &[Row]) -> Option<String> {
    const CUES: [&str; 4] = ["صاحب حساب", "نام صاحب حساب", "دارنده حساب", "به نام"];
    const MOST_WORDS: usize = 5;
    let phrases = Phrases::of(rows);
    let place = CUES.iter().find_map(|cue| phrases.places(&fold(cue)).into_iter().next())?;
    let row = &rows[place.row];
    let mut name = Vec::new();
    let mut last = place.region;
    for item in row.items[place.items.1..].iter().take(MOST_WORDS) {
        let letters = item.text.chars().filter(|c| c.is_alphabetic()).count();
        let torn = super::rows::gap(last, item.region) > 3 * row.height;
        if torn || letters == 0 || item.text.ends_with(':') || fold(&item.text).starts_with("شماره") {
            break;
        }
        name.push(item.text.trim_matches([':', '،', '.']).to_owned());
        last = item.region;
    }
    (!name.is_empty()).then(|| name.join(" "))
}

/// Fields that are worth a second look, in the pixels of the words: what looks like a date, what stands beside or under
/// the label of one, and labelled sums.
pub(crate) fn number_fields(rows: &[Row]) -> Vec<Region> {
    let found = find(rows);
    let cues = cues(rows);
    let mut open = labels_without_date(rows, &cues, &found, "", 0);
    open.extend(captions_without_date(rows, &cues, &found, "", 0));
    let told = found.iter().map(|found| found.region);
    let mut fields: Vec<Region> = told.chain(open.iter().map(|open| open.region)).collect();
    fields.extend(amounts::fields(rows));
    fields.sort_by_key(|region| (region.y, region.x));
    fields
}

/// Places that hold a Latin number worth a look with the Latin reader: account numbers.
pub(crate) fn latin_rows(rows: &[Row]) -> Vec<Region> {
    const FEWEST_FIGURES: usize = 14;
    let phrases = Phrases::of(rows);
    let named = phrases.places(&fold("شبا"));
    let lead = |row: &Row| {
        let text: String = row.items.iter().rev().map(|item| item.text.as_str()).collect();
        let figures = text.chars().filter(|c| super::text::digit(*c).is_some()).count();
        figures >= FEWEST_FIGURES && (text.to_uppercase().contains("IR") || figures >= 24)
    };
    let marked = |at: usize, row: &Row| lead(row) || named.iter().any(|place| place.row == at && row.items.len() > 2);
    let chosen = rows.iter().enumerate().filter(|(at, row)| marked(*at, row));
    chosen.map(|(_, row)| figures_of(row)).collect()
}

/// The part of a row that holds figures or Latin letters.
fn figures_of(row: &Row) -> Region {
    let latin = row
        .items
        .iter()
        .filter(|item| item.text.chars().any(|c| super::text::digit(c).is_some() || c.is_ascii_alphabetic()));
    latin.map(|item| item.region).reduce(Region::union).unwrap_or_else(|| row.region())
}

#[cfg(test)]
mod tests {
    use sanad_checks::facts::Calendar;

    use super::super::rows::tests::line;
    use super::*;
    use crate::ocr::SecondReading;

    fn page(words: Vec<Word>, second: Vec<SecondReading>) -> PageWords {
        PageWords { width: 1300, height: 1800, words, second, ..PageWords::default() }
    }

    fn again(text: &str, region: Region) -> SecondReading {
        SecondReading { text: text.to_owned(), region, confidence: 0.95, ..SecondReading::default() }
    }

    #[test]
    fn a_date_read_twice_alike_is_trusted() {
        let words = line("تاریخ پذیرش: ۱۴۰۱/۱۱/۱۶", 900, 10);
        let field = words[2].region;
        let of = |second| facts_of(&page(words.clone(), second), 3).dates;
        let read = of(vec![again("۱۴۰۱/۱۱/۱۶", field)]);
        assert_eq!(
            (read[0].iso.as_str(), read[0].role, read[0].trusted, read[0].page),
            ("2023-02-05", Role::Admission, true, 3)
        );
        assert!(!of(vec![again("۱۴۰۱/۱۱/۱۹", field)])[0].trusted);
        assert!(!of(vec![])[0].trusted);
    }

    #[test]
    fn a_misread_date_is_trusted_where_both_readers_agree_on_the_field_by_itself() {
        let words = line("تاریخ پذیرش: ۱۲۰۱/۱۱/۱۶", 900, 10);
        let field = words[2].region;
        let sure = SecondReading { confidence: 0.99, ..again("1401/11/16", field) };
        let of = |alone: &str| {
            let words = PageWords { alone: vec![again(alone, field)], ..page(words.clone(), vec![sure.clone()]) };
            facts_of(&words, 0).dates
        };
        assert_eq!((of("۱۴۰۱/۱۱/۱۶")[0].iso.as_str(), of("۱۴۰۱/۱۱/۱۶")[0].trusted), ("2023-02-05", true));
        assert!(!of("۱۴۰۱/۱۱/۱۹")[0].trusted);
    }

    #[test]
    fn a_proved_zone_says_what_a_date_that_it_repeats_means() {
        let date = |role: Role, iso: &str, x: u32| DateFact {
            role,
            iso: iso.to_owned(),
            calendar: Calendar::Gregorian,
            precision: Precision::Day,
            text: String::new(),
            trusted: false,
            confidence: 0.5,
            page: 0,
            region: Region::new(x, 10, 80, 20),
        };
        let zone =
            MrzFact { birth: "1975-02-25".into(), expiry: "2024-03-22".into(), valid: true, ..MrzFact::default() };
        let mut dates = vec![
            date(Role::Issue, "2024-03-22", 100),
            date(Role::Issue, "2019-03-24", 300),
            date(Role::Expiry, "2024-03-22", 500),
        ];
        take_from_zone(&mut dates, &zone);
        let told: Vec<(Role, &str, bool)> = dates.iter().map(|d| (d.role, d.iso.as_str(), d.trusted)).collect();
        assert_eq!(told, [(Role::Expiry, "2024-03-22", true), (Role::Issue, "2019-03-24", false)]);
    }

    #[test]
    fn a_blotted_date_is_asked_for() {
        let words = line("تاریخ ترخیص:", 900, 10);
        let places = super::super::places_without_words(&rows(&words));
        assert_eq!(places.len(), 1);
        let blotted = facts_of(&PageWords { blots: places, ..page(words.clone(), vec![]) }, 0);
        assert_eq!((blotted.unread[0].role, blotted.unread[0].why.as_str()), (Role::Discharge, "no-date"));
        assert!(facts_of(&page(words, vec![]), 0).unread.is_empty(), "an empty field is no blot");
    }

    #[test]
    fn what_the_reader_makes_of_a_blot_is_asked_for_and_an_answer_in_letters_is_not() {
        let unread = |sure: f32| {
            let mut words = line("تاریخ ترخیص؛ ایب", 900, 10);
            words[2].confidence = sure;
            facts_of(&page(words, vec![]), 0).unread
        };
        assert_eq!(unread(0.36)[0].role, Role::Discharge);
        assert!(unread(0.9).is_empty());
        // the colon may stand by itself
        let apart = facts_of(&page(line("تاریخ ترخیص : ۸/۸", 900, 10), vec![]), 0).unread;
        assert_eq!((apart.len(), apart[0].role), (1, Role::Discharge));
    }

    #[test]
    fn a_zone_is_misprinted_only_where_both_readers_read_it_so() {
        let lines = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408132F1204159ZE184226B<<<<<10"];
        let zone = |own| Zone { lines: lines.map(str::to_owned).to_vec(), own, region: Region::default() };
        let failed = |zones: &[Zone]| best_zone(zones, 0).map(|fact| fact.failed.len());
        assert_eq!(failed(&[zone(true), zone(true)]), Some(0), "one reader, asked twice");
        assert_eq!(failed(&[zone(true), zone(false)]), Some(2));
    }

    #[test]
    fn a_day_that_is_none_is_unread_with_a_reason() {
        let facts = facts_of(&page(line("تاریخ پذیرش: ۱۴۰۳/۱۳/۴۵", 900, 10), vec![]), 0);
        assert!(facts.dates.is_empty());
        assert_eq!((facts.unread[0].role, facts.unread[0].why.as_str()), (Role::Admission, "not-a-day"));
    }

    #[test]
    fn a_likely_day_of_the_other_reader_stands_for_an_unlikely_one() {
        let words = line("تاریخ پذیرش: ۱۳۰۲/۱۱/۱۶", 900, 10);
        let second = SecondReading { confidence: 0.7, ..again("1402/11/16", words[2].region) };
        let dates = facts_of(&page(words, vec![second]), 0).dates;
        assert_eq!((dates[0].iso.as_str(), dates[0].trusted), ("2024-02-05", false));
    }

    #[test]
    fn the_calendar_decides_for_a_very_sure_reader_that_nothing_gainsays() {
        let of = |text: &str, sure: f32| {
            let words = line(text, 900, 10);
            let second = SecondReading { confidence: sure, ..again("1401/11/16", words[2].region) };
            facts_of(&page(words, vec![second]), 0).dates.remove(0).trusted
        };
        assert!(of("تاریخ پذیرش: رد۱/۱۱", 0.999));
        assert!(!of("تاریخ پذیرش: رد۱/۱۱", 0.98), "less sure");
        assert!(!of("تاریخ پذیرش: ۱۴۰۲/۱۱/۱۶", 0.999), "the reader of words has another likely day");
        assert!(!of("تاریخ تولد: رد۱/۱۱", 0.999), "a birth may be of any year");
    }

    #[test]
    fn the_only_date_without_a_name_is_the_papers_own() {
        let told = |kind: &str, iso: &str| {
            let region = Region::new(1, 2, 3, 4);
            let fact = DateFact {
                role: Role::Other,
                iso: iso.to_owned(),
                region,
                ..facts_of(&page(line("تاریخ پذیرش: ۱۴۰۱/۱۱/۱۶", 900, 10), vec![]), 0).dates.remove(0)
            };
            let mut dates = vec![fact];
            name_own_date(&mut dates, &[region], &KindFact { code: kind.to_owned(), confidence: 0.95 });
            dates[0].role
        };
        assert_eq!(told("cash-receipt", "2024-02-05"), Role::Issue);
        assert_eq!(told("policy", "2024-02-05"), Role::Other);
    }

    #[test]
    fn two_places_alike_are_told_once_and_prove_nothing() {
        let mut words = line("تاریخ حادثه: ۱۴۰۱/۱۱/۱۶", 900, 10);
        words.extend(line("تاریخ وقوع: ۱۴۰۱/۱۱/۱۶", 900, 200));
        let dates = facts_of(&page(words, vec![]), 0).dates;
        assert_eq!(dates.len(), 1);
        assert!(!dates[0].trusted);
    }

    #[test]
    fn an_unlikely_day_is_asked_for_even_when_read_twice() {
        let words = line("تاریخ پذیرش: ۱۳۰۲/۱۱/۱۶", 900, 10);
        let field = words[2].region;
        let facts = facts_of(&page(words, vec![again("۱۳۰۲/۱۱/۱۶", field)]), 0);
        assert!(facts.dates.is_empty());
        assert_eq!((facts.unread[0].role, facts.unread[0].why.as_str()), (Role::Admission, "not-likely"));
    }

    #[test]
    fn nothing_is_made_of_nothing() {
        let facts = facts_of(&PageWords::default(), 0);
        assert_eq!((facts.kind.code.as_str(), facts.dates.len(), facts.words), ("other", 0, 0));
    }

    #[test]
    fn a_date_under_its_caption_is_read_by_its_figures() {
        let mut words = line("تاریخ صدور", 900, 10);
        let value = line("(۱۳۳/۱", 900, 45);
        let field = value[0].region;
        words.extend(value);
        assert!(number_fields(&rows(&words)).contains(&field));
        let sure = SecondReading { confidence: 0.99, ..again("1404/02/21", field) };
        let dates = facts_of(&page(words.clone(), vec![sure]), 0).dates;
        assert_eq!((dates[0].iso.as_str(), dates[0].role, dates[0].trusted), ("2025-05-11", Role::Issue, false));
        let doubtful = SecondReading { confidence: 0.7, ..again("1404/02/21", field) };
        assert!(facts_of(&page(words, vec![doubtful]), 0).dates.is_empty());
    }

    #[test]
    fn a_very_sure_reader_of_figures_stands_for_a_misread_date_but_makes_none_trusted() {
        let words = line("تاریخ پذیرش: ۱۲۰۱/۱۱/۱۶", 900, 10);
        let sure = SecondReading { confidence: 0.99, ..again("1401/11/16", words[2].region) };
        let read = facts_of(&page(words.clone(), vec![sure.clone()]), 0);
        assert_eq!((read.dates[0].iso.as_str(), read.dates[0].trusted), ("2023-02-05", false));
        let doubtful = SecondReading { confidence: 0.7, ..sure };
        assert!(facts_of(&page(words, vec![doubtful]), 0).dates.iter().all(|date| date.iso != "2023-02-05"));
    }
}
