//! All that is read on one page: words, Latin zones, and date fields a second time.

use sanad_checks::page::{Luma, Region};

use super::ink::stretches;
use super::number::NumberReader;
use super::prepare::{Prepared, cut};
use super::second;
use super::tesseract::{Engine, Model, OcrError, PageMode};
use super::words::{PageWords, SecondReading, Word};
use super::zone;
use crate::read::{latin_rows, number_fields, page_rows, wants_latin};

/// Resolution told to the reader; it only sets its idea of small specks.
const READ_DPI: i32 = 200;
/// Fields that words point at, at most: a page of a register has more numbers than dates that matter.
const MOST_FIELDS: usize = 24;
/// White around a field that is read again, in its heights.
const MARGIN: f32 = 0.35;

/// Reads pages, one after another; one reader a thread.
#[derive(Debug)]
pub struct WordReader {
    persian: Engine,
    latin: Option<Engine>,
    numbers: NumberReader,
}

impl WordReader {
    /// A reader over the models inside the program. The Latin model is loaded when it is first wanted.
    ///
    /// # Errors
    /// When the engine cannot be set up.
    pub fn new() -> Result<Self, OcrError> {
        Ok(Self { persian: Engine::inside(Model::Persian)?, latin: None, numbers: NumberReader::new() })
    }

    /// Reads an upright page of at most a few megapixels.
    ///
    /// # Errors
    /// When the engine fails on the page.
    pub fn read(&mut self, page: &Luma) -> Result<PageWords, OcrError> {
        let prepared = Prepared::of(page);
        let seen = &prepared.luma;
        let words = self.persian.words(seen, READ_DPI, PageMode::Auto, "")?;
        let rows = page_rows(&words);
        let mut fields = number_fields(&rows);
        fields.truncate(MOST_FIELDS);
        fields.extend(stretches(seen, &words));
        let second = self.again(seen, &fields);
        let mut latin = Vec::new();
        let mut zones = Vec::new();
        if wants_latin(&rows, seen.height() as u32) {
            let engine = self.latin()?;
            latin = engine.words(seen, READ_DPI, PageMode::Auto, "")?;
            zones = zone::read(engine, seen, page, &latin, &prepared)?;
        } else {
            for region in latin_rows(&rows) {
                let field = padded(region, seen);
                let line = self.latin()?.words(&cut(seen, field), READ_DPI, PageMode::Line, "")?;
                latin.extend(line.into_iter().map(|word| Word { region: moved(word.region, field), ..word }));
            }
        }
        let back = |words: Vec<Word>| -> Vec<Word> {
            words.into_iter().map(|word| Word { region: prepared.back(word.region), ..word }).collect()
        };
        Ok(PageWords {
            width: page.width() as u32,
            height: page.height() as u32,
            words: back(words),
            latin: back(latin),
            zones,
            second: second.into_iter().map(|s| SecondReading { region: prepared.back(s.region), ..s }).collect(),
        })
    }

    fn latin(&mut self) -> Result<&mut Engine, OcrError> {
        if self.latin.is_none() {
            self.latin = Some(Engine::inside(Model::Latin)?);
        }
        self.latin.as_mut().ok_or(OcrError::Page)
    }

    /// Each field once more, by the reader of numbers.
    fn again(&self, seen: &Luma, fields: &[Region]) -> Vec<SecondReading> {
        let read = |&field: &Region| {
            let (text, confidence) = second::said(&self.numbers, &cut(seen, tight(field, seen)))?;
            Some(SecondReading { text, region: field, confidence })
        };
        fields.iter().filter_map(read).collect()
    }
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

/// A region with so much more at its sides, and above and below, inside the picture.
fn grown(region: Region, beside: u32, above: u32, picture: &Luma) -> Region {
    let (x, y) = (region.x.saturating_sub(beside), region.y.saturating_sub(above));
    let right = (region.x + region.width + beside).min(picture.width() as u32).max(x + 1);
    let bottom = (region.y + region.height + above).min(picture.height() as u32).max(y + 1);
    Region::new(x, y, right - x, bottom - y)
}

/// A region of a cut in the pixels of the picture it was cut from.
const fn moved(region: Region, cut: Region) -> Region {
    Region::new(region.x + cut.x, region.y + cut.y, region.width, region.height)
}
