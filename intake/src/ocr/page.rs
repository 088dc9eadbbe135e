//! All that is read on one page: words, Latin zones, and date fields a second time.

use sanad_checks::legibility::Marks;
use sanad_checks::page::{Luma, Region};

use super::alike::{Look, settle};
use super::ends::{completes, with_neighbours};
use super::ink::{stretches, unparted};

use super::number::{NumberReader, NumberReading, ZoneReader};
use super::pitched::pitched;
use super::prepare::{Layout, Prepared, cut, framed, grown, resized};
use super::second;
use super::stops::restored;
use super::tesseract::{Engine, Model, OcrError, PageMode, READ_DPI};
use super::words::{PageWords, SecondReading, Word};
use super::zone;
use crate::read::{
    days_to_prove, is_day, latin_rows, number_fields, page_rows, places_of_labels, places_without_words, proves,
    said_of, sums_to_prove, wants_latin,
};

/// Fields that words point at, at most: a page of a register has more numbers than dates that matter.
const MOST_FIELDS: usize = 24;
/// Dates of the reader of numbers that the reader of words is asked about again, at most, sums, and places of labels.
const MOST_PROVED: usize = 8;
/// Where so many of them came to nothing, the page's face is one whose figures the reader of words does not know.
const MOST_IN_VAIN: usize = 2;
const MOST_SUMS: usize = 4;
const MOST_LABELS: usize = 4;
/// White around a field that is read again, in its heights.
const MARGIN: f32 = 0.35;
/// Labels are set smaller than their values.
const LABEL_SCALE: f32 = 1.5;

/// Reads pages, one after another; one reader a thread.
#[derive(Debug)]
pub struct WordReader {
    persian: Engine,
    latin: Option<Engine>,
    numbers: NumberReader,
    zones: Option<ZoneReader>,
}

impl WordReader {
    /// A reader over the models inside the program. The Latin model is loaded when it is first wanted.
    ///
    /// # Errors
    /// When the engine cannot be set up.
    pub fn new() -> Result<Self, OcrError> {
        Ok(Self { persian: Engine::inside(Model::Persian)?, latin: None, numbers: NumberReader::new(), zones: None })
    }

    /// Reads an upright page of at most a few megapixels.
    ///
    /// # Errors
    /// When the engine fails on the page.
    pub fn read(&mut self, page: &Luma) -> Result<PageWords, OcrError> {
        self.read_laid_out(page, &Layout::of(&Marks::of(page)))
    }

    /// The same where it is known how the page's writing lies.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn read_laid_out(&mut self, page: &Luma, layout: &Layout) -> Result<PageWords, OcrError> {
        let prepared = Prepared::of(page, layout);
        let mut words = self.persian.words(&prepared.luma, READ_DPI, PageMode::Auto, "")?;
        let seen = &prepared.luma;
        let marks = Marks::of(seen);
        let mut fields = number_fields(&page_rows(&words));
        fields.truncate(MOST_FIELDS);
        fields.extend(stretches(&marks, &words));
        fields.extend(unparted(&fields, &marks, &words));
        let mut looks = whole(self.again(seen, &fields));
        self.complete(seen, &marks, &mut looks);
        settle(&mut looks);
        let second: Vec<SecondReading> = looks.iter().map(second::said).collect();
        let alone = self.alone(seen, &words, &second)?;
        self.labels(seen, &mut words, &second)?;
        let rows = page_rows(&words);
        let blots = places_without_words(&rows).into_iter().filter_map(|place| blot(seen, place)).collect();
        let pitched = pitched(&marks);
        let mut latin = Vec::new();
        if wants_latin(&rows, seen.height() as u32) {
            latin = self.latin()?.words(seen, READ_DPI, PageMode::Auto, "")?;
        } else {
            for region in latin_rows(&rows) {
                let field = padded(region, seen);
                let line = self.latin()?.words(&cut(seen, field), READ_DPI, PageMode::Line, "")?;
                latin.extend(line.into_iter().map(|word| Word { region: moved(word.region, field), ..word }));
            }
        }
        let mut zones = Vec::new();
        let strips = zone::strips(&latin, &pitched, seen);
        if !strips.is_empty() {
            let reader = self.zones.take().unwrap_or_else(ZoneReader::new);
            zones = zone::read(self.latin()?, &reader, seen, strips, &prepared)?;
            self.zones = Some(reader);
        }
        let back = |words: Vec<Word>| -> Vec<Word> {
            words.into_iter().map(|word| Word { region: prepared.back(word.region), ..word }).collect()
        };
        let fields_back = |fields: Vec<SecondReading>| -> Vec<SecondReading> {
            fields.into_iter().map(|s| SecondReading { region: prepared.back(s.region), ..s }).collect()
        };
        let regions_back = |regions: Vec<Region>| regions.into_iter().map(|region| prepared.back(region)).collect();
        Ok(PageWords {
            width: page.width() as u32,
            height: page.height() as u32,
            words: back(words),
            latin: back(latin),
            zones,
            second: fields_back(second),
            alone: fields_back(alone),
            blots: regions_back(blots),
        })
    }

    fn latin(&mut self) -> Result<&mut Engine, OcrError> {
        if self.latin.is_none() {
            self.latin = Some(Engine::inside(Model::Latin)?);
        }
        self.latin.as_mut().ok_or(OcrError::Page)
    }

    /// Each field once more, by the reader of numbers.
    fn again(&self, seen: &Luma, fields: &[Region]) -> Vec<Look> {
        let read = |&region: &Region| {
            let field = tight(region, seen);
            let crop = cut(seen, field);
            let reading = restored(self.numbers.read(&crop)?);
            Some(Look { region: heard(region, field.x, &reading), crop, reading })
        };
        fields.iter().filter_map(read).collect()
    }

    /// Days whose number may go on beside what was read of it.
    fn complete(&self, seen: &Luma, marks: &Marks, looks: &mut [Look]) {
        for look in looks.iter_mut().filter(|look| is_day(&look.reading.text)) {
            let Some(region) = with_neighbours(look.region, marks) else { continue };
            let more = self.again(seen, &[region]).pop();
            if let Some(more) = more.filter(|more| completes(&more.reading.text, &look.reading.text)) {
                *look = more;
            }
        }
    }

    /// Days and sums that only the reader of numbers found, once more by the reader of words, which sees such a field better
    /// by itself than in its page.
    fn alone(&mut self, seen: &Luma, words: &[Word], second: &[SecondReading]) -> Result<Vec<SecondReading>, OcrError> {
        let mut days = days_to_prove(&page_rows(words), second);
        days.truncate(MOST_PROVED);
        let sums = sums_to_prove(words, second).into_iter().take(MOST_SUMS);
        let mut out = Vec::new();
        let mut in_vain = 0;
        for region in days.into_iter().chain(sums) {
            if in_vain == MOST_IN_VAIN {
                break;
            }
            let crop = framed(&cut(seen, tight(region, seen)), region.height as usize);
            let line = self.persian.words(&crop, READ_DPI, PageMode::Line, "")?;
            let confidence = line.iter().map(|word| word.confidence).fold(1.0, f32::min);
            let reading = SecondReading { text: said_of(&line), region, confidence, others: Vec::new() };
            in_vain = if proves(&reading, second) { 0 } else { in_vain + 1 };
            out.push(reading);
        }
        Ok(out)
    }

    /// Dates that nothing says the meaning of: what stands over them is read again, larger and by itself.
    fn labels(&mut self, seen: &Luma, words: &mut Vec<Word>, second: &[SecondReading]) -> Result<(), OcrError> {
        let mut places = places_of_labels(words, second, seen.width() as u32);
        places.truncate(MOST_LABELS);
        for place in places {
            let pad = place.height as usize / 2;
            let crop = framed(&resized(&cut(seen, place), LABEL_SCALE), pad);
            let read = self.persian.words(&crop, READ_DPI, PageMode::Block, "")?;
            let unscaled = |v: u32| (v.saturating_sub(pad as u32) as f32 / LABEL_SCALE) as u32;
            let back = |r: Region| {
                let size = |v: u32| ((v as f32 / LABEL_SCALE) as u32).max(1);
                Region::new(place.x + unscaled(r.x), place.y + unscaled(r.y), size(r.width), size(r.height))
            };
            if !read.is_empty() {
                words.retain(|word| !place.holds_middle(word.region));
                words.extend(read.into_iter().map(|word| Word { region: back(word.region), ..word }));
            }
        }
        Ok(())
    }
}

/// The ink of a place, where there is enough of it for a blotted value and not only for a rule or a dotted line.
fn blot(seen: &Luma, place: Region) -> Option<Region> {
    /// Darker is ink, levels.
    const INK: u8 = 140;
    /// Share of a value's own box that a blot covers, and how long and high it is, in heights of the place.
    const SHARE: f32 = 0.25;
    const LONG: u32 = 2;
    const HIGH: f32 = 0.5;
    let crop = cut(seen, place);
    let dark = |x: usize, y: usize| crop.at(x, y) < INK;
    let columns: Vec<usize> =
        (0..crop.width()).filter(|x| (0..crop.height()).filter(|y| dark(*x, *y)).count() > 2).collect();
    let rows: Vec<usize> = (0..crop.height()).filter(|y| columns.iter().any(|x| dark(*x, *y))).collect();
    let (x0, x1) = (*columns.first()?, *columns.last()?);
    let (y0, y1) = (*rows.first()?, *rows.last()?);
    let ink = columns.iter().map(|x| (y0..=y1).filter(|y| dark(*x, *y)).count()).sum::<usize>();
    let (width, height) = ((x1 - x0 + 1) as u32, (y1 - y0 + 1) as u32);
    let filled = ink as f32 / (width * height) as f32;
    let large = width >= LONG * place.height && height as f32 >= HIGH * place.height as f32;
    (filled >= SHARE && large).then(|| Region::new(place.x + x0 as u32, place.y + y0 as u32, width, height))
}

/// Leaves out readings of a part of what another reading takes for one number: the first groups of a sum are another
/// sum.
fn whole(looks: Vec<Look>) -> Vec<Look> {
    /// How sure a reading of the longer stretch must be, 0 to 1.
    const LEAST: f32 = 0.1;
    let inside = |part: &Region, all: &Region| {
        let rows = (all.y..all.y + all.height).contains(&(part.y + part.height / 2));
        rows && part.width * 10 < all.width * 9 && part.x + 2 >= all.x && part.x + part.width <= all.x + all.width + 2
    };
    let one = |look: &Look| look.reading.confidence >= LEAST && !look.reading.text.contains(' ');
    let part = |look: &Look| looks.iter().any(|all| one(all) && inside(&look.region, &all.region));
    let parts: Vec<bool> = looks.iter().map(part).collect();
    looks.into_iter().zip(parts).filter(|(_, part)| !part).map(|(look, _)| look).collect()
}

/// The part of a field where its number was heard: a field may hold the label beside its value too, which then keeps its
/// own words. `from` is where the crop begins.
fn heard(field: Region, from: u32, reading: &NumberReading) -> Region {
    /// A sign reaches beyond where it was heard by this much, in heights of the field.
    const BEYOND: f32 = 0.4;
    /// Less than this share of the field is a part of it.
    const PART: f32 = 0.8;
    let left = reading.chars.iter().map(|sign| sign.span.0).fold(f32::MAX, f32::min);
    let right = reading.chars.iter().map(|sign| sign.span.1).fold(0.0, f32::max);
    let beyond = BEYOND * field.height as f32;
    let (x0, x1) = (from as f32 + left - beyond, from as f32 + right + beyond);
    let (x0, x1) = ((x0 as u32).max(field.x), (x1 as u32).min(field.x + field.width));
    let part = x1 > x0 && ((x1 - x0) as f32) < PART * field.width as f32;
    if part { Region::new(x0, field.y, x1 - x0, field.height) } else { field }
}

/// A field with little more than itself, so that no neighbour is cut in two.
fn tight(region: Region, picture: &Luma) -> Region {
    grown(region, region.height * 2 / 5 + 1, region.height / 6 + 1, picture)
}

/// A region with white around it.
fn padded(region: Region, picture: &Luma) -> Region {
    let pad = (region.height as f32 * MARGIN).ceil() as u32 + 2;
    grown(region, pad, pad, picture)
}

/// A region of a cut in the pixels of the picture it was cut from.
const fn moved(region: Region, cut: Region) -> Region {
    Region::new(region.x + cut.x, region.y + cut.y, region.width, region.height)
}

#[cfg(test)]
mod tests {
    use super::super::number::ReadSign;
    use super::*;

    /// A date heard between two places of a crop that begins two pixels before its field.
    fn heard_at(from: f32, to: f32) -> Region {
        let sign = |span| ReadSign { sign: '1', confidence: 0.9, span, word: 0, digits: None };
        let chars = vec![sign((from, from + 10.0)), sign((to - 10.0, to))];
        let reading = NumberReading { text: "11".to_owned(), confidence: 0.9, others: Vec::new(), chars };
        heard(Region::new(100, 50, 300, 40), 98, &reading)
    }

    #[test]
    fn a_field_that_holds_its_label_too_is_narrowed_to_its_number() {
        assert_eq!(heard_at(10.0, 150.0), Region::new(100, 50, 164, 40));
        assert_eq!(heard_at(10.0, 290.0), Region::new(100, 50, 300, 40));
    }
}
