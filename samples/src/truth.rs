//! The truth written beside the images.

use serde::Serialize;

use crate::calendar::{Calendar, Day};
use crate::paper::{Mark, Note};

/// A rectangle in pixels of the clean page: x, y, width, height; origin top left.
pub type Region = [u32; 4];

/// A printed date.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct DateTruth {
    /// Role by the closed list of the command line's contract.
    pub role: &'static str,
    /// As printed.
    pub text: String,
    /// `jalali` or `gregorian`.
    pub calendar: &'static str,
    /// `YYYY-MM-DD`, Gregorian.
    pub iso: String,
    /// `YYYY-MM-DD`, Jalali.
    pub jalali: String,
    /// Where it stands.
    pub region: Region,
}

/// A printed sum.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct AmountTruth {
    /// What it is: `total`, `paid`, `payable`, `line`, …
    pub name: &'static str,
    /// As printed.
    pub text: String,
    /// In rials.
    pub rials: u64,
    /// Where it stands.
    pub region: Region,
}

/// A printed text that is a number of its own: an account number or a line of a machine-readable zone.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct TextTruth {
    /// As printed.
    pub text: String,
    /// Where it stands.
    pub region: Region,
}

/// A stamp.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct StampTruth {
    /// Where it stands, its turn included.
    pub region: Region,
    /// `blue`, `red`, `violet`, `green` or `black`.
    pub colour: &'static str,
    /// The words on it.
    pub text: Vec<String>,
    /// `seal.round`, `seal.box`, …
    pub shape: &'static str,
    /// Little ink took.
    pub faded: bool,
}

/// The pen and the hand of a signature.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct PenTruth {
    /// `blue`, `dark`, `green` or `red`.
    pub colour: &'static str,
    /// `sign.loops`, `sign.tail`, …
    pub hand: &'static str,
}

/// What may be taken for a mark and is none.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct DecoyTruth {
    /// Where it stands.
    pub region: Region,
    /// `decoy.photo`, `decoy.emblem`, …
    pub what: &'static str,
}

/// A clean page: one line of `masters.jsonl`.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct MasterTruth {
    /// Name of the master page; empty until it is given one.
    pub id: String,
    /// Kind of paper.
    pub kind: &'static str,
    /// Kind again, under the name the development data use.
    pub r#type: &'static str,
    /// Face the page is set in.
    pub font: &'static str,
    /// Layout.
    pub variant: u8,
    /// Seed of the person and the accident.
    pub story: u64,
    /// Seed of the page's looks.
    pub seed: u64,
    /// `a4`, `a5` or `pp`.
    pub size: &'static str,
    /// Dots per inch that regions are given at.
    pub dpi: u32,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Type size of running text, points.
    pub type_size_pt: f32,
    /// Printed lines in reading order, stamps apart.
    pub lines: Vec<String>,
    /// Printed dates; those of the machine-readable zone stand in `mrz` alone.
    pub dates: Vec<DateTruth>,
    /// Lines of the machine-readable zone.
    pub mrz: Vec<String>,
    /// The zone's lines with their places.
    pub mrz_regions: Vec<TextTruth>,
    /// The account number, without spaces.
    pub iban: Option<String>,
    /// Account numbers with their places.
    pub ibans: Vec<TextTruth>,
    /// Sums.
    pub amounts: Vec<AmountTruth>,
    /// True where a stamp is on the page.
    pub stamp: bool,
    /// Words of all stamps.
    pub stamp_text: Vec<String>,
    /// Stamps with their places.
    pub stamps: Vec<StampTruth>,
    /// True where the page is signed.
    pub signature: bool,
    /// Places of signatures.
    pub signatures: Vec<Region>,
    /// Their pens and hands, in the same order.
    pub pens: Vec<PenTruth>,
    /// What may be taken for a mark, where marks were drawn freely.
    pub decoys: Vec<DecoyTruth>,
    /// True where a place for stamp or signature is printed.
    pub placeholder: bool,
    /// True where words certify the copy, apart from any stamp.
    pub certifying_words: bool,
    /// True where the copy bears the certifying stamp.
    pub certified: bool,
    /// Passport number of the person.
    pub passport_no: String,
    /// Policy number of the person.
    pub policy_no: String,
}

impl MasterTruth {
    /// Files a noted text under what it means.
    pub(crate) fn note(&mut self, mark: &Mark, region: Region) {
        let text = mark.text.clone();
        match &mark.note {
            Note::Plain => {}
            Note::Date { role, day, calendar } => self.dates.push(date_truth(role, text, *day, *calendar, region)),
            Note::Amount { name, rials } => self.amounts.push(AmountTruth { name, text, rials: *rials, region }),
            Note::Iban(iban) => {
                self.iban = Some(iban.clone());
                self.ibans.push(TextTruth { text, region });
            }
            Note::Zone => {
                self.mrz.push(text.clone());
                self.mrz_regions.push(TextTruth { text, region });
            }
        }
    }
}

fn date_truth(role: &'static str, text: String, day: Day, calendar: Calendar, region: Region) -> DateTruth {
    DateTruth { role, text, calendar: calendar.word(), iso: day.iso(), jalali: day.dashed(Calendar::Jalali), region }
}

/// How a page was lit, so that a reader's undoing can be judged: `value = (page · gain) ^ gamma`, roughly.
#[derive(Clone, Copy, Debug, Serialize, PartialEq)]
pub struct Light {
    /// Factor on linear light.
    pub gain: f32,
    /// Exponent on the encoded value.
    pub gamma: f32,
}

/// Where the page lies in the image.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct Geometry {
    /// Quarter turns the page has been turned by, degrees clockwise.
    pub turn_deg: u32,
    /// Rotation in the plane, degrees clockwise, quarter turns apart.
    pub skew_deg: f32,
    /// Maps pixels of the clean page to pixels of the image, row by row.
    pub homography: [[f64; 3]; 3],
    /// Exposure, where it was changed evenly.
    pub light: Option<Light>,
}

/// One image: one line of `truth.jsonl`.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct PageTruth {
    /// Name of the image.
    pub id: String,
    /// Name of its clean page.
    pub master: String,
    /// File, relative to the truth's folder.
    pub file: String,
    /// Kind of paper.
    pub kind: &'static str,
    /// Kind again, under the name the development data use.
    pub r#type: &'static str,
    /// Face.
    pub font: &'static str,
    /// Layout.
    pub variant: u8,
    /// `fit`, `holdout` or `open`.
    pub split: &'static str,
    /// Seed of the defect.
    pub seed: u64,
    /// Dots per inch of the clean page.
    pub dpi: u32,
    /// The defect.
    pub defect: &'static str,
    /// 1 to 5; 0 where there is no defect.
    pub severity: u8,
    /// The mechanism that made it.
    pub tool: &'static str,
    /// A second defect.
    pub second: Option<SecondTruth>,
    /// Width of the image in pixels.
    pub w: u32,
    /// Height of the image in pixels.
    pub h: u32,
    /// Place of the page.
    #[serde(flatten)]
    pub geometry: Geometry,
}

/// A second defect.
#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
pub struct SecondTruth {
    /// The defect.
    pub defect: &'static str,
    /// 1 to 5.
    pub severity: u8,
    /// The mechanism that made it.
    pub tool: &'static str,
}
