//! Words and marks of a judged page, as facts in its own pixels.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use sanad_checks::facts::Facts;
use sanad_checks::finding::NotRun;
use sanad_checks::page::{Page, Region};
use sanad_checks::report::PageReport;

use super::facts::{certified_places, facts_of};
use super::marks::Seen;
use super::{IntakeError, millis};
use crate::ocr::{Layout, WordReader};
use crate::picture;
use crate::raster::Rgb;

/// A page under this is not read: whatever came of it would be guesses.
const LEAST_READABLE: f64 = 0.15;

/// A stamp certifies a copy where it stands no further from the words than half its own height, or this many heights of
/// the words.
const NEAR_WORDS: u32 = 3;

thread_local! {
    /// Setting a reader up takes longer than a small page; a child reads one page at a time, so one is enough.
    static READER: RefCell<Option<WordReader>> = const { RefCell::new(None) };
}

/// Reads the words of a page and writes what they say into its report, with the marks that were seen and how long that
/// took. The layout is that of the page at its own size.
pub(super) fn read_words(
    page: &Page,
    colour: Option<&Rgb>,
    layout: &Layout,
    (seen, looking): (Seen, Duration),
    report: &mut PageReport,
) -> Result<(), IntakeError> {
    if report.readability < LEAST_READABLE && !report.uncertain {
        report.not_run.push(NotRun { check: "facts".to_owned(), why: "the page cannot be read".to_owned() });
        return Ok(());
    }
    let since = Instant::now();
    let grey = picture::grey(&page.luma)?;
    let words = READER.with_borrow_mut(|kept| {
        let reader = match kept {
            Some(reader) => reader,
            None => kept.insert(WordReader::new()?),
        };
        let as_it_is = (grey.width(), grey.height()) == (page.luma.width(), page.luma.height());
        if as_it_is { reader.read_laid_out(&grey, layout) } else { reader.read(&grey) }
    })?;
    let mut facts = facts_of(&words, page.index);
    let factor = page.luma.width() as f64 / grey.width().max(1) as f64;
    regions(&mut facts).for_each(|region| *region = scaled(*region, factor, page));
    if let Some(rgb) = whole(colour, page) {
        facts.coloured = !rgb.is_grey();
    }
    facts.stamps = seen.stamps;
    facts.signatures = seen.signatures;
    facts.marks = Some(seen.nearness);
    let certified: Vec<Region> =
        certified_places(&words).into_iter().map(|place| scaled(place, factor, page)).collect();
    let beside = |stamp: Region| {
        certified.iter().any(|place| place.near(stamp, (stamp.height / 2).max(NEAR_WORDS * place.height)))
    };
    facts.certified_copy.stamp = facts.stamps.iter().any(|stamp| beside(stamp.region));
    report.facts = Some(facts);
    report.elapsed_ms.ocr = Some(millis(looking + since.elapsed()));
    Ok(())
}

/// The colour of a page, where there is one of its size: another size comes from a damaged file read twice.
pub(super) fn whole<'c>(colour: Option<&'c Rgb>, page: &Page) -> Option<&'c Rgb> {
    colour.filter(|rgb| (rgb.width, rgb.height) == (page.luma.width(), page.luma.height()))
}

/// Every place the facts name.
fn regions(facts: &mut Facts) -> impl Iterator<Item = &mut Region> {
    let dates = facts.dates.iter_mut().map(|date| &mut date.region);
    let unread = facts.unread.iter_mut().map(|date| &mut date.region);
    let zone = facts.mrz.iter_mut().map(|zone| &mut zone.region);
    let ibans = facts.ibans.iter_mut().map(|iban| &mut iban.region);
    let amounts = facts.amounts.iter_mut().map(|amount| &mut amount.region);
    let numbers = facts.numbers.iter_mut().map(|number| &mut number.region);
    dates.chain(unread).chain(zone).chain(ibans).chain(amounts).chain(numbers)
}

/// A region of the grey page in the pixels of the page itself, inside it.
fn scaled(region: Region, factor: f64, page: &Page) -> Region {
    let at = |v: u32, most: usize| ((f64::from(v) * factor).round() as u32).min(most as u32);
    let (width, height) = (page.luma.width(), page.luma.height());
    let (x, y) = (at(region.x, width.saturating_sub(1)), at(region.y, height.saturating_sub(1)));
    let right = at(region.x + region.width, width).max(x + 1);
    let bottom = at(region.y + region.height, height).max(y + 1);
    Region::new(x, y, right - x, bottom - y)
}
