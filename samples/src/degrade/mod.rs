//! Spoiling a clean page as scanners, cameras, messengers and hands do.
//!
//! Light adds up in linear light, so blur, shadow and glare work there; ink, paper and encoders work on encoded
//! values. Lengths are given on paper (millimetres) and turned into pixels by the resolution in force, so that one
//! severity means the same harm to the paper's text at any resolution.

mod bilevel;
mod blank;
mod blur;
mod contrast;
mod crop;
mod defocus;
mod exposure;
mod glare;
mod grain;
mod jpeg;
mod light;
mod motion;
mod noise;
mod perspective;
mod photo;
mod sampling;
mod scan;
mod scene;
mod shadow;
mod shot;
mod skew;
mod stain;
mod warp;

use image::RgbImage;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};

use crate::draw::Drawn;
use crate::error::SampleError;
use crate::truth::Geometry;
use shot::Shot;
pub(crate) use warp::Map;

macro_rules! defects {
    ($($variant:ident = $word:literal @ $rank:literal in $family:path),+ $(,)?) => {
        /// What is wrong with an image; the names are those of the development data.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Defect {
            $(#[doc = concat!("`", $word, "`")] $variant,)+
        }

        impl Defect {
            /// Every defect, the two faultless ones first.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in truth files.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Order in which two defects come about: paper, then place, light, lens, sensor, encoder.
            fn rank(self) -> u8 {
                match self { $(Self::$variant => $rank),+ }
            }

            fn mechanisms(self) -> &'static [Mechanism] {
                match self { $(Self::$variant => &$family),+ }
            }
        }
    };
}

defects! {
    None = "none" @ 0 in scan::CLEAN,
    PhotoGood = "photo_good" @ 0 in photo::GOOD,
    Defocus = "defocus" @ 40 in defocus::MECHANISMS,
    Motion = "motion" @ 41 in motion::MECHANISMS,
    Dark = "dark" @ 50 in exposure::DARK,
    Overexposed = "overexposed" @ 51 in exposure::BRIGHT,
    LowContrast = "low_contrast" @ 10 in contrast::MECHANISMS,
    Glare = "glare" @ 31 in glare::MECHANISMS,
    Shadow = "shadow" @ 30 in shadow::MECHANISMS,
    LowRes = "low_res" @ 60 in sampling::LOW_RES,
    SmallText = "small_text" @ 24 in sampling::SMALL_TEXT,
    CutOff = "cut_off" @ 25 in crop::MECHANISMS,
    Skew = "skew" @ 22 in skew::SKEW,
    Perspective = "perspective" @ 23 in perspective::MECHANISMS,
    Turn = "turn" @ 26 in skew::TURN,
    Noise = "noise" @ 55 in noise::MECHANISMS,
    Jpeg = "jpeg" @ 70 in jpeg::MECHANISMS,
    Blank = "blank" @ 5 in blank::MECHANISMS,
    Bilevel = "bilevel" @ 65 in bilevel::MECHANISMS,
    Bleed = "bleed" @ 11 in stain::BLEED,
    StainFold = "stain_fold" @ 12 in stain::MECHANISMS,
}

impl Defect {
    /// Defects that are seen together in the field, as the second of a pair.
    pub const MIXABLE: [Self; 9] = [
        Self::Defocus,
        Self::Motion,
        Self::Dark,
        Self::LowContrast,
        Self::Shadow,
        Self::Skew,
        Self::Noise,
        Self::Jpeg,
        Self::StainFold,
    ];

    /// False for clean scans and good photos.
    #[must_use]
    pub fn is_fault(self) -> bool {
        !matches!(self, Self::None | Self::PhotoGood)
    }
}

impl std::str::FromStr for Defect {
    type Err = SampleError;

    fn from_str(word: &str) -> Result<Self, SampleError> {
        Self::ALL
            .iter()
            .copied()
            .find(|defect| defect.word() == word)
            .ok_or_else(|| SampleError::Unknown { what: "defect", name: word.to_owned() })
    }
}

/// One way a defect comes about.
pub(crate) struct Mechanism {
    pub(crate) name: &'static str,
    pub(crate) apply: fn(&mut Shot),
}

const fn mechanism(name: &'static str, apply: fn(&mut Shot)) -> Mechanism {
    Mechanism { name, apply }
}

/// Names of the mechanisms of a defect, `defect.mechanism`.
#[must_use]
pub fn mechanisms_of(defect: Defect) -> Vec<&'static str> {
    defect.mechanisms().iter().map(|mechanism| mechanism.name).collect()
}

/// A defect, how bad, and what makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The defect.
    pub defect: Defect,
    /// 1 to 5; 0 for a faultless page.
    pub severity: u8,
    /// A name out of [`mechanisms_of`].
    pub mechanism: &'static str,
}

/// How the image is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// JPEG of a quality from 1 to 100.
    Jpeg(u8),
    /// PNG.
    Png,
}

/// All that is done to a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Degradation {
    /// The defect.
    pub first: Cause,
    /// A second one.
    pub second: Option<Cause>,
    /// Seed of everything left open.
    pub seed: u64,
    /// How the image is written, unless a defect decides it.
    pub encoding: Encoding,
}

impl Degradation {
    /// A single defect by a named mechanism.
    #[must_use]
    pub fn one(defect: Defect, severity: u8, mechanism: &'static str, seed: u64) -> Self {
        /// Quality of a careful scanner's JPEG.
        const QUALITY: u8 = 90;
        Self { first: Cause { defect, severity, mechanism }, second: None, seed, encoding: Encoding::Jpeg(QUALITY) }
    }

    /// The one or two defects.
    pub fn causes(&self) -> impl Iterator<Item = &Cause> {
        std::iter::once(&self.first).chain(&self.second)
    }
}

/// A spoilt page.
#[derive(Clone, Debug)]
pub struct Degraded {
    /// The pixels handed to the encoder; what a reader of `bytes` sees differs by the encoder's loss.
    pub image: RgbImage,
    /// The file.
    pub bytes: Vec<u8>,
    /// `jpg` or `png`.
    pub extension: &'static str,
    /// Where the page lies.
    pub geometry: Geometry,
}

/// Spoils a clean page.
///
/// # Errors
/// An unknown mechanism, or an image that cannot be encoded.
pub fn degrade(drawn: &Drawn, degradation: &Degradation) -> Result<Degraded, SampleError> {
    spoil(&drawn.image, drawn.dpi, degradation)
}

/// Spoils any picture of paper drawn at `dpi` dots an inch.
pub(crate) fn spoil(image: &RgbImage, dpi: u32, degradation: &Degradation) -> Result<Degraded, SampleError> {
    let mut causes: Vec<&Cause> = degradation.causes().collect();
    causes.sort_by_key(|cause| cause.defect.rank());
    let mut shot = Shot::of(image, dpi, degradation.seed);
    if causes.iter().all(|cause| !matches!(cause.defect, Defect::None | Defect::PhotoGood | Defect::Blank)) {
        scan::ordinary(&mut shot);
    }
    for cause in causes {
        let mechanism = cause
            .defect
            .mechanisms()
            .iter()
            .find(|mechanism| mechanism.name == cause.mechanism)
            .ok_or_else(|| SampleError::Unknown { what: "mechanism", name: cause.mechanism.to_owned() })?;
        shot.begin(cause, degradation.seed);
        (mechanism.apply)(&mut shot);
    }
    let encoding = shot.encoding.unwrap_or(degradation.encoding);
    let bytes = encode(&shot.image, encoding)?;
    let extension = if matches!(encoding, Encoding::Png) { "png" } else { "jpg" };
    let geometry = shot.geometry();
    Ok(Degraded { image: shot.image, bytes, extension, geometry })
}

/// The image as a file; pages without colour are written in grey, as scanners do.
fn encode(image: &RgbImage, encoding: Encoding) -> Result<Vec<u8>, SampleError> {
    let mut bytes = Vec::new();
    let (w, h) = image.dimensions();
    let grey = image.pixels().all(|p| p[0] == p[1] && p[1] == p[2]);
    let flat: Vec<u8>;
    let (pixels, colour) = if grey {
        flat = image.pixels().map(|p| p[0]).collect();
        (flat.as_slice(), image::ExtendedColorType::L8)
    } else {
        (image.as_raw().as_slice(), image::ExtendedColorType::Rgb8)
    };
    match encoding {
        Encoding::Jpeg(quality) => JpegEncoder::new_with_quality(&mut bytes, quality).encode(pixels, w, h, colour)?,
        Encoding::Png => {
            let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Adaptive);
            image::ImageEncoder::write_image(encoder, pixels, w, h, colour)?;
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests;
