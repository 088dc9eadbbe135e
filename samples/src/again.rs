//! The same paper again, and the same form filled for another: what knowing papers again is judged on.
//!
//! A template is a kind in a layout, a face and the looks of one seed; papers of it differ by their story. A copy is
//! a paper with at most one [`Change`] and one later mark; a [`Recapture`] is one more way it came to a scanner.

use std::io::Cursor;

use image::RgbImage;
use image::imageops;

use crate::chance::{Draw, derive, stream};
use crate::degrade::{Defect, Degradation, Encoding, Map, degrade, mechanisms_of};
use crate::draw::{Drawn, render_story};
use crate::error::SampleError;
use crate::faces::Fonts;
use crate::holdout::Split;
use crate::paper::{Kind, Sheet};
use crate::plan::PaperPlan;
use crate::story::{Story, names};

/// The one thing in which a paper differs from its double.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A date that this kind of paper prints.
    Date,
    /// A sum, or where the kind prints none, a number.
    Amount,
    /// The given name.
    Name,
    /// One digit of the identity paper's number.
    Digit,
}

/// What is put on a paper after its first capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// A rubber stamp.
    Stamp,
    /// A few words and a stroke by hand.
    Note,
    /// A signature.
    Signature,
}

/// A paper of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperCopy {
    /// Template and person.
    pub plan: PaperPlan,
    /// In what it differs from the paper of its plan.
    pub change: Option<(Change, u64)>,
}

macro_rules! recaptures {
    ($($variant:ident = $word:literal),+ $(,)?) => {
        /// How a paper is captured once more.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Recapture {
            $(#[doc = concat!("`", $word, "`")] $variant,)+
        }

        /// Every way, the first capture before all.
        pub const RECAPTURES: &[Recapture] = &[$(Recapture::$variant),+];

        impl Recapture {
            /// The word used in truth files.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

recaptures! {
    Original = "original",
    Rescan = "rescan",
    Brightness = "brightness",
    JpegHeavy = "jpeg_heavy",
    Grey = "grey",
    Bilevel = "bilevel_fax",
    Crop = "crop",
    Turn = "turn",
    Skew = "skew",
    Perspective = "perspective",
    Phone = "phone",
    StampAdded = "stamp_added",
    NoteAdded = "note_added",
    Signed = "signature_added",
}

/// Largest share of width or height that a crop takes off.
const MOST_CROP: f32 = 0.15;

/// The template of an index: a kind, a layout and a face of the split, and the looks of one seed. Its story is that
/// of person 0.
///
/// # Errors
/// The split holds no paper.
pub fn template(split: Split, seed: u64, index: u64) -> Result<PaperPlan, SampleError> {
    let kinds: Vec<Kind> = Kind::FIRST.iter().copied().filter(|kind| !split.layouts(*kind).is_empty()).collect();
    let faces = split.faces();
    if kinds.is_empty() || faces.is_empty() {
        return Err(SampleError::NothingLeft { what: "papers" });
    }
    let own = derive(seed, "template", index);
    let rng = &mut stream(own, split.word());
    let kind = kinds[(index % kinds.len() as u64) as usize];
    Ok(PaperPlan {
        kind,
        variant: *rng.pick(&split.layouts(kind)),
        face: (*rng.pick(&faces)).to_owned(),
        story: derive(own, "person", 0),
        seed: derive(own, "looks", 0),
        fault: None,
        marks: None,
    })
}

impl PaperCopy {
    /// The paper of another person on the same form.
    #[must_use]
    pub fn of_person(template: &PaperPlan, person: u64) -> Self {
        let story = derive(template.seed, "person", person);
        Self { plan: PaperPlan { story, ..template.clone() }, change: None }
    }

    /// The same person's paper but for one thing.
    #[must_use]
    pub fn but_for(&self, change: Change, seed: u64) -> Self {
        Self { plan: self.plan.clone(), change: Some((change, seed)) }
    }

    /// The paper as it is drawn, before any capture.
    ///
    /// # Errors
    /// As drawing a paper.
    pub fn clean(&self, fonts: &Fonts, dpi: u32) -> Result<RgbImage, SampleError> {
        Ok(self.draw(fonts, None, dpi)?.image)
    }

    fn draw(&self, fonts: &Fonts, added: Option<(Added, u64)>, dpi: u32) -> Result<Drawn, SampleError> {
        let mut story = Story::of(self.plan.story);
        if let Some((change, seed)) = self.change {
            alter(&mut story, self.plan.kind, change, seed);
        }
        render_story(fonts, &self.plan, &story, added, dpi)
    }
}

/// Whether two copies differ in print at all: not every kind prints what a change alters.
///
/// # Errors
/// As drawing a paper.
pub fn differ(fonts: &Fonts, one: &PaperCopy, other: &PaperCopy) -> Result<bool, SampleError> {
    const DPI: u32 = 60;
    Ok(one.clean(fonts, DPI)? != other.clean(fonts, DPI)?)
}

fn alter(story: &mut Story, kind: Kind, change: Change, seed: u64) {
    let rng = &mut stream(seed, "change");
    let days = (rng.whole(1, 40) as i32) * if rng.odds(0.5) { 1 } else { -1 };
    match change {
        Change::Date => match kind {
            Kind::AdmissionRecord | Kind::ImagingReport => story.admitted = story.admitted.plus(days),
            Kind::DischargeSummary | Kind::HospitalBill | Kind::CashReceipt | Kind::PharmacyInvoice => {
                story.discharged = story.discharged.plus(days);
            }
            Kind::Policy => story.policy_issued = story.policy_issued.plus(days),
            Kind::Identity => story.person.birth = story.person.birth.plus(days),
            Kind::BankSlip => story.submitted = story.submitted.plus(days),
            kind if kind.of_a_death() => story.died = story.died.map(|day| day.plus(days)),
            _ => story.accident = story.accident.plus(days),
        },
        Change::Amount => match kind {
            Kind::PharmacyInvoice => story.medicines[0].price += 50_000 * u64::from(rng.whole(1, 9)),
            Kind::HospitalBill | Kind::CashReceipt => story.bill[0].price += 50_000 * u64::from(rng.whole(1, 9)),
            _ => {
                story.record_number = rng.digits(7);
                story.policy = format!("{}/{}/{}", rng.digits(4), rng.whole(10, 99), rng.digits(6));
            }
        },
        Change::Name => {
            let list = if story.person.woman { &names::WOMEN[..] } else { &names::MEN[..] };
            let others: Vec<_> = list.iter().filter(|(name, _)| *name != story.person.given).collect();
            (story.person.given, story.person.given_latin) = **rng.pick(&others);
        }
        Change::Digit => {
            let at = rng.whole(1, story.person.passport.len() as u32 - 1) as usize;
            let old = story.person.passport.as_bytes()[at] - b'0';
            let new = (old + rng.whole(1, 9) as u8) % 10;
            story.person.passport.replace_range(at..=at, &new.to_string());
        }
    }
}

impl Sheet<'_> {
    /// Puts a later mark on the finished sheet, anywhere on its lower two thirds.
    pub(crate) fn add_later(&mut self, what: Added, seed: u64) {
        use crate::paper::{Anchor, Type};
        self.rng = stream(seed, "added");
        let x = self.width * self.rng.real(0.25, 0.75);
        let y = self.height * self.rng.real(0.35, 0.85);
        match what {
            Added::Stamp => self.stamp(x, y, &["دبیرخانه".to_owned(), "ثبت شد".to_owned()]),
            Added::Signature => {
                let w = self.rng.real(50.0, 90.0);
                self.sign(x, y, w, 26.0);
            }
            Added::Note => {
                let words = *self.rng.pick(&["بررسی شد", "اصل رؤیت شد", "جهت اطلاع", "ضمیمه پرونده گردد"]);
                let size = self.size * self.rng.real(1.1, 1.6);
                let style = Type { size, bold: false, colour: "#20368c", typewriter: false };
                self.bare_text(x, y, Anchor::Middle, style, words);
                let w = self.rng.real(30.0, 60.0);
                self.sign(x - 20.0, y + 18.0, w, 16.0);
            }
        }
    }
}

/// One capture of a paper.
#[derive(Clone, Debug)]
pub struct Capture {
    /// The file.
    pub bytes: Vec<u8>,
    /// `jpg` or `png`.
    pub extension: &'static str,
    /// Pixels of the image across and down.
    pub size: (u32, u32),
    /// Dots an inch that the paper was drawn at.
    pub dpi: u32,
    /// Maps pixels of the drawn paper to pixels of the image, row by row.
    pub homography: [[f64; 3]; 3],
}

/// One capture of a paper as a file. Mechanisms come from the split.
///
/// # Errors
/// As drawing and spoiling a paper.
pub fn recapture(
    fonts: &Fonts,
    copy: &PaperCopy,
    how: Recapture,
    split: Split,
    seed: u64,
) -> Result<Capture, SampleError> {
    let rng = &mut stream(seed, how.word());
    let first = matches!(how, Recapture::Original);
    let dpi = if first { *rng.pick(&[150, 200, 200, 300]) } else { *rng.pick(&[150, 150, 200, 200, 300, 120]) };
    let dpi = if how == Recapture::Grey { *rng.pick(&[100, 110, 130]) } else { dpi };
    let added = match how {
        Recapture::StampAdded => Some(Added::Stamp),
        Recapture::NoteAdded => Some(Added::Note),
        Recapture::Signed => Some(Added::Signature),
        _ => None,
    };
    let drawn = copy.draw(fonts, added.map(|what| (what, derive(seed, "mark", 0))), dpi)?;
    let (defect, severity) = match how {
        Recapture::JpegHeavy => (Defect::Jpeg, rng.whole(1, 2)),
        Recapture::Bilevel => (Defect::Bilevel, 1),
        Recapture::Turn => (Defect::Turn, 1),
        Recapture::Skew => (Defect::Skew, rng.whole(1, 2)),
        Recapture::Perspective => (Defect::Perspective, rng.whole(1, 2)),
        Recapture::Phone => (Defect::PhotoGood, 0),
        _ => (Defect::None, 0),
    };
    let mut names = split.mechanisms(&mechanisms_of(defect));
    // 98 lines an inch lose small print for good; what cannot be read is not asked to be known again.
    names.retain(|name| *name != "bilevel.fax_standard");
    let mechanism = *rng.pick(&names);
    let quality = rng.whole(70, 92) as u8;
    let base = Degradation::one(defect, severity as u8, mechanism, derive(seed, "spoil", 0));
    let mut made = degrade(&drawn, &Degradation { encoding: Encoding::Jpeg(quality), ..base })?;
    let mut homography = made.geometry.homography;
    match how {
        Recapture::Brightness => {
            let (gain, lift) = (rng.real(0.6, 1.15), rng.real(-20.0, 25.0));
            let level = |v: u8| (f32::from(v) * gain + lift).clamp(0.0, 255.0) as u8;
            for pixel in made.image.pixels_mut() {
                pixel.0 = pixel.0.map(level);
            }
        }
        Recapture::Crop => {
            let (w, h) = made.image.dimensions();
            let share = rng.real(0.05, MOST_CROP);
            let (across, down) = (rng.real(0.0, 1.0), rng.real(0.0, 1.0));
            let (kw, kh) = ((w as f32 * (1.0 - share)) as u32, (h as f32 * (1.0 - share)) as u32);
            let (x, y) = (((w - kw) as f32 * across) as u32, ((h - kh) as f32 * down) as u32);
            made.image = imageops::crop_imm(&made.image, x, y, kw, kh).to_image();
            let there = Map::from_rows(homography);
            homography = Map::scaled(1.0, 1.0, -f64::from(x), -f64::from(y)).after(&there).rows();
        }
        Recapture::Grey => {
            let grey = imageops::grayscale(&made.image);
            made.image =
                RgbImage::from_fn(grey.width(), grey.height(), |x, y| image::Rgb([grey.get_pixel(x, y)[0]; 3]));
        }
        _ => {
            let size = made.image.dimensions();
            return Ok(Capture { bytes: made.bytes, extension: made.extension, size, dpi, homography });
        }
    }
    let mut bytes = Cursor::new(Vec::new());
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, quality);
    made.image.write_with_encoder(encoder)?;
    let size = made.image.dimensions();
    Ok(Capture { bytes: bytes.into_inner(), extension: "jpg", size, dpi, homography })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_changes_show_in_print_and_captures_follow_from_their_seed() {
        let fonts = Fonts::load(&[]).expect("the faces are installed");
        let form = template(Split::Fit, 5, 7).expect("planned");
        let (one, other) = (PaperCopy::of_person(&form, 1), PaperCopy::of_person(&form, 2));
        assert!(differ(&fonts, &one, &other).expect("drawn"));
        assert!(differ(&fonts, &one, &one.but_for(Change::Date, 3)).expect("drawn"));
        let take = || recapture(&fonts, &one, Recapture::Phone, Split::Fit, 9).expect("drawn").bytes;
        assert_eq!(take(), take());
    }
}
