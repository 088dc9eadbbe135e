//! Which face and which digits a line is set in.

use std::path::{Path, PathBuf};

use crate::chance::{Chance, Draw};
use crate::error::SampleError;
use crate::faces::{FACES, Fonts, Setting, face_named};
use crate::holdout::{Holdout, Split};
use crate::script::Digits;

/// The faces lines may be set in: those of a split, and for fitting any others in a folder.
pub struct TypeCase {
    pub(super) fonts: Fonts,
    faces: Vec<Cast>,
}

/// A face with the digits it draws itself.
struct Cast {
    name: String,
    setting: Setting,
    persian: bool,
    arabic: bool,
    latin: bool,
    script: bool,
}

/// Face and digits of one line.
#[derive(Clone, Debug)]
pub(super) struct TypeChoice {
    pub(super) name: String,
    pub(super) setting: Setting,
    /// `None` where the systems are mixed within a number.
    pub(super) digits: Option<Digits>,
    /// Setting of the words around it.
    pub(super) words: Setting,
}

impl TypeChoice {
    /// The word of the truth file.
    pub(super) fn digits_word(&self) -> &'static str {
        match self.digits {
            Some(Digits::Persian) => "persian",
            Some(Digits::ArabicIndic) => "arabic-indic",
            Some(Digits::Latin) => "latin",
            None => "mixed",
        }
    }

    /// `text` with its digits as this line prints them.
    pub(super) fn show(&self, rng: &mut Chance, text: &str) -> String {
        match self.digits {
            Some(digits) => digits.show(text),
            None => text
                .chars()
                .map(|c| rng.pick(&[Digits::Persian, Digits::ArabicIndic, Digits::Latin]).show(&c.to_string()))
                .collect(),
        }
    }
}

impl TypeCase {
    /// The faces of `split`, and for [`Split::Fit`] every face in `also` whose family is not held out.
    ///
    /// # Errors
    /// When a face of the list is missing, or `also` holds a broken one.
    pub fn load(extra: &[PathBuf], split: Split, also: Option<&Path>) -> Result<Self, SampleError> {
        let mut fonts = Fonts::load(extra)?;
        let mut faces = Vec::new();
        for name in split.faces() {
            let face = face_named(name)?;
            faces.push((name.to_owned(), Setting::of(face, false)));
            if face.bold.is_some() {
                faces.push((name.to_owned(), Setting::of(face, true)));
            }
        }
        if let (Split::Fit, Some(folder)) = (split, also) {
            let held = &Holdout::get().faces;
            faces
                .extend(fonts.add_folder(folder, |family| !held.iter().any(|name| family.starts_with(name.as_str())))?);
        }
        let faces = faces
            .into_iter()
            .map(|(name, setting)| {
                let all = |text: &str| -> Result<bool, SampleError> {
                    text.chars().try_fold(true, |known, c| Ok(known && fonts.covers(setting, c)?))
                };
                Ok(Cast {
                    name,
                    setting,
                    persian: all("۰۱۲۳۴۵۶۷۸۹")?,
                    arabic: all("٠١٢٣٤٥٦٧٨٩")?,
                    latin: all("0123456789")?,
                    script: all("بیمهتاریخشپگژ")?,
                })
            })
            .collect::<Result<Vec<_>, SampleError>>()?;
        Ok(Self { fonts, faces })
    }

    /// Names of the faces, each once.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.faces.iter().map(|cast| cast.name.as_str()).collect();
        names.dedup();
        names
    }

    /// Draws a face, then digits that it has.
    pub(super) fn choose(&self, rng: &mut Chance) -> Result<TypeChoice, SampleError> {
        if self.faces.is_empty() {
            return Err(SampleError::NothingLeft { what: "faces" });
        }
        let cast = &self.faces[rng.whole(0, self.faces.len() as u32 - 1) as usize];
        let weights = [
            (Some(Digits::Persian), if cast.persian { 58 } else { 0 }),
            (Some(Digits::ArabicIndic), if cast.arabic { 14 } else { 0 }),
            (Some(Digits::Latin), if cast.latin { 24 } else { 0 }),
            (None, if cast.persian && cast.arabic && cast.latin { 4 } else { 0 }),
        ];
        let total: u32 = weights.iter().map(|(_, weight)| weight).sum();
        let mut at = rng.whole(1, total.max(1));
        let mut digits = Some(Digits::Persian);
        for (choice, weight) in weights {
            if at <= weight {
                digits = choice;
                break;
            }
            at -= weight;
        }
        // Words beside a number are now and then set in another face, always in one that has the script.
        let words = if cast.script && rng.odds(0.85) {
            cast.setting
        } else {
            let other = &FACES[rng.whole(0, FACES.len() as u32 - 1) as usize];
            let own = self.faces.iter().find(|cast| cast.name == other.name).or(self.faces.first());
            own.map_or(cast.setting, |cast| cast.setting)
        };
        Ok(TypeChoice { name: cast.name.clone(), setting: cast.setting, digits, words })
    }
}
