//! The strip that holds a machine-readable zone: found by the even steps of its letters (`pitched.rs`) and by what the
//! Latin pass made of it, then read by itself with the zone's alphabet, at more than one size, whole and line by line.

use sanad_checks::page::{Luma, Region};

use super::number::{ZONE_LOOKS, ZoneReader};
use super::pitched::Pitched;
use super::prepare::{Prepared, cut, grown, resized};
use super::tesseract::{Engine, OcrError, PageMode};
use super::words::{Word, Zone};
use crate::read::{is_zone_line, page_rows, zone_is_valid};

/// The zone's alphabet.
const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<";
/// Heights of letters that the strip is brought to, pixels; the reader is of two minds about the best.
const HEIGHTS: [f32; 3] = [30.0, 22.0, 40.0];
/// Heights of letters for lines by themselves.
const LINE_HEIGHTS: [f32; 2] = [34.0, 26.0];
/// White around the strip, in heights of its lines.
const MARGIN: f32 = 0.9;
/// Paper above and below a line by itself, in heights of its letters.
const LINE_MARGIN: f32 = 0.35;
/// Ways of putting lines of several readings together that are tried at most.
const MOST_WAYS: usize = 64;
const STRIP_DPI: i32 = 300;

/// Whether anything on the page may be a zone.
pub(super) fn strips(latin: &[Word], zones: &[Pitched], seen: &Luma) -> Vec<Strip> {
    let mut strips: Vec<Strip> = zones.iter().map(|zone| of_ink(zone, seen)).collect();
    for strip in of_words(latin, seen) {
        if !strips.iter().any(|known| known.region.near(strip.region, 0)) {
            strips.push(strip);
        }
    }
    strips
}

/// Reads the strips on the prepared picture; places of the answer are in the page's own pixels. A strip's readings
/// follow one another; the last one is proved where any is.
pub(super) fn read(
    engine: &mut Engine,
    reader: &ZoneReader,
    seen: &Luma,
    strips: Vec<Strip>,
    prepared: &Prepared,
) -> Result<Vec<Zone>, OcrError> {
    let mut zones = Vec::new();
    for strip in strips {
        let region = prepared.back(strip.region);
        let mut known = by_network(reader, seen, &strip);
        let own = known.len();
        let proved = known.last().is_some_and(|lines| zone_is_valid(lines));
        if !proved && (!strip.texts.is_empty() || known.iter().any(|lines| has_fillers(lines))) {
            known.extend((!strip.texts.is_empty()).then(|| strip.texts.clone()));
            try_all(engine, seen, &strip, &mut known)?;
        }
        zones.extend(known.into_iter().enumerate().map(|(at, lines)| Zone { lines, own: at < own, region }));
    }
    Ok(zones)
}

/// Whether lines have what fills up every zone and stands in hardly any other print of even steps.
fn has_fillers(lines: &[String]) -> bool {
    const FEWEST: usize = 2;
    lines.iter().flat_map(|line| line.chars()).filter(|c| *c == '<').count() >= FEWEST
}

/// Reads a strip's lines by our own reader of zones, in one shape after another until a reading is proved.
fn by_network(reader: &ZoneReader, seen: &Luma, strip: &Strip) -> Vec<Vec<String>> {
    let mut known = Vec::new();
    for look in ZONE_LOOKS {
        let line = |line: &Region| reader.read(&cut(seen, alone(*line, strip.height, seen)), look);
        let lines: Vec<String> = strip.lines.iter().map(line).collect();
        let proved = zone_is_valid(&lines);
        known.push(lines);
        if proved {
            break;
        }
    }
    known
}

/// Reads a strip in one way after another until a reading is proved.
fn try_all(engine: &mut Engine, seen: &Luma, strip: &Strip, known: &mut Vec<Vec<String>>) -> Result<(), OcrError> {
    let proved = |known: &[Vec<String>]| known.last().is_some_and(|lines| zone_is_valid(lines));
    let crop = cut(seen, strip.region);
    for height in HEIGHTS {
        if proved(known) {
            return Ok(());
        }
        let scaled = resized(&crop, height / strip.height.max(4) as f32);
        known.push(texts(&engine.words(&scaled, STRIP_DPI, PageMode::Block, ALPHABET)?));
    }
    for height in LINE_HEIGHTS {
        if proved(known) {
            return Ok(());
        }
        let mut lines = Vec::with_capacity(strip.lines.len());
        for line in &strip.lines {
            let scaled = resized(&cut(seen, alone(*line, strip.height, seen)), height / strip.height.max(4) as f32);
            lines.push(texts(&engine.words(&scaled, STRIP_DPI, PageMode::Line, ALPHABET)?).concat());
        }
        known.push(lines);
    }
    if !proved(known)
        && let Some(lines) = voted(known).or_else(|| together(known))
    {
        known.push(lines);
    }
    Ok(())
}

/// Lines in which each letter is the one that most readings of that length have there, where they are proved.
fn voted(known: &[Vec<String>]) -> Option<Vec<String>> {
    for count in [2, 3] {
        let readings: Vec<Vec<&String>> = known
            .iter()
            .map(|lines| lines.iter().filter(|line| is_zone_line(line)).collect::<Vec<_>>())
            .filter(|lines| lines.len() == count)
            .collect();
        if readings.len() < 3 {
            continue;
        }
        let lines: Vec<String> = (0..count).map(|at| majority(readings.iter().map(|lines| lines[at]))).collect();
        if zone_is_valid(&lines) {
            return Some(lines);
        }
    }
    None
}

/// The commonest letter at each place, over the readings of the commonest length.
fn majority<'a>(readings: impl Iterator<Item = &'a String>) -> String {
    fn commonest<T: PartialEq + Copy>(values: &[T]) -> Option<T> {
        let count = |value: &T| values.iter().filter(|other| *other == value).count();
        // the first of those as common
        values.iter().rev().max_by_key(|value| count(value)).copied()
    }
    let readings: Vec<Vec<char>> = readings.map(|text| text.chars().collect()).collect();
    let length = commonest(&readings.iter().map(Vec::len).collect::<Vec<_>>()).unwrap_or(0);
    let like: Vec<&Vec<char>> = readings.iter().filter(|text| text.len() == length).collect();
    (0..length).filter_map(|at| commonest(&like.iter().map(|text| text[at]).collect::<Vec<_>>())).collect()
}

/// Lines of different readings that together are proved.
fn together(known: &[Vec<String>]) -> Option<Vec<String>> {
    let like: Vec<Vec<&String>> =
        known.iter().map(|lines| lines.iter().filter(|line| is_zone_line(line)).collect()).collect();
    for count in [2, 3] {
        let of_count: Vec<&Vec<&String>> = like.iter().filter(|lines| lines.len() == count).collect();
        let ways = of_count.len().checked_pow(count as u32).unwrap_or(usize::MAX).min(MOST_WAYS);
        for way in 0..ways {
            let mut rest = way;
            let lines: Vec<String> = (0..count)
                .map(|line| {
                    let taken = of_count[rest % of_count.len()];
                    rest /= of_count.len();
                    taken[line].clone()
                })
                .collect();
            if zone_is_valid(&lines) {
                return Some(lines);
            }
        }
    }
    None
}

/// A strip of lines that look like a zone's.
#[derive(Clone, Debug)]
pub(super) struct Strip {
    /// What the Latin pass made of its lines.
    texts: Vec<String>,
    /// Its lines.
    lines: Vec<Region>,
    /// All of it, with paper around it.
    region: Region,
    /// Height of its letters.
    height: u32,
}

/// Text of the rows, each from the left to the right without spaces.
fn texts(words: &[Word]) -> Vec<String> {
    page_rows(words).iter().map(|row| row.items.iter().rev().map(|i| i.text.as_str()).collect()).collect()
}

fn of_ink(zone: &Pitched, seen: &Luma) -> Strip {
    let all = zone.lines.iter().copied().reduce(Region::union).unwrap_or(Region::new(0, 0, 1, 1));
    Strip {
        texts: Vec::new(),
        lines: zone.lines.clone(),
        region: with_margin(all, zone.height, zone.lines.len(), seen),
        height: zone.height,
    }
}

fn of_words(latin: &[Word], seen: &Luma) -> Vec<Strip> {
    let mut strips: Vec<Strip> = Vec::new();
    for row in page_rows(latin) {
        let text: String = row.items.iter().rev().map(|item| item.text.as_str()).collect();
        if !is_zone_line(&text) {
            continue;
        }
        let (region, height) = (row.region(), row.height);
        match strips.last_mut().filter(|strip| strip.region.near(region, 3 * height)) {
            Some(strip) => {
                strip.region = strip.region.union(region);
                strip.texts.push(text);
                strip.lines.push(region);
            }
            None => strips.push(Strip { texts: vec![text], lines: vec![region], region, height }),
        }
    }
    for strip in &mut strips {
        strip.region = with_margin(strip.region, strip.height, strip.lines.len(), seen);
    }
    strips
}

/// A strip with paper around it; a single line may have lost the others above or below.
fn with_margin(region: Region, height: u32, lines: usize, seen: &Luma) -> Region {
    let up = if lines == 1 { 3.0 } else { MARGIN };
    grown(region, height, (height as f32 * up) as u32, seen)
}

/// A line by itself.
fn alone(line: Region, height: u32, seen: &Luma) -> Region {
    grown(line, height, (height as f32 * LINE_MARGIN) as u32 + 1, seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_letter_is_what_most_readings_have() {
        let readings = ["L898902C3", "L8989O2C3", "LB98902C3", "L898902C"].map(str::to_owned);
        assert_eq!(majority(readings.iter()), "L898902C3");
    }

    #[test]
    fn print_of_a_report_in_even_steps_has_no_fillers() {
        assert!(!has_fillers(&["BRAINCTSCANWITHOUTCONTRAST".to_owned(), "O26445024U<LJ6W".to_owned()]));
        assert!(has_fillers(&["P<UTOERIKSSON<<ANNA<MARIA".to_owned()]));
    }

    #[test]
    fn lines_of_two_readings_prove_each_other() {
        let lines = |one: &str, two: &str| vec![one.to_owned(), two.to_owned()];
        let (names, figures) =
            ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10");
        let known =
            [lines(names, "L898902C36UTO7408172F1204159ZE184226B<<<<<10"), lines("P<UTOERIKSSON<<ANNA<MARIA", figures)];
        assert_eq!(together(&known), Some(lines(names, figures)));
        assert_eq!(together(&known[..1]), None);
    }
}
