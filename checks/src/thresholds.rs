//! Limits of the checks, one struct per family, units in the names.
//!
//! Defaults of the legibility family were set on the fitting split of the sample generator (`make fit`
//! prints what it loads) and are judged on papers held out from it (`make evaluate`).

use serde::{Deserialize, Serialize};

/// Limits of the legibility checks. A limit alone never refuses a page: a page is refused when its
/// readability is under [`Self::reject_readability`], and then its causes are named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LegibilityThresholds {
    /// Readability below which a page is refused, 0–1. The estimate leans to the kind side: pages of which a reader
    /// gets half are said to be at about this.
    pub reject_readability: f64,
    /// Share of the text that cannot be read from which the part is judged by itself and named. 0–1.
    pub min_lost_share: f32,
    /// Fewer letters than this on a page cannot be judged: the answer is *uncertain*. 5–200.
    pub min_letters_sure: usize,
    /// Fewer letters than this and the page is blank. 1–30.
    pub min_letters_blank: usize,
    /// Writing weaker than this share of the paper cannot be seen by people. 0–0.1.
    pub min_visible_contrast: f32,
    /// Edges wider than this share of the body height are out of focus. 0.05–0.5.
    pub max_edge_body: f32,
    /// Edges narrower than this cannot be told from sharp ones, pixels. 1–4.
    pub min_blur_edge_px: f32,
    /// Edges in one direction wider than in another by this factor are a shake. 1.2–4.
    pub max_edge_anisotropy: f32,
    /// Paper darker than this is under-exposed, 0–255.
    pub min_paper_level: f32,
    /// Paper brighter than this is at the end of the scale, 0–255.
    pub burnt_paper_level: f32,
    /// Burnt paper has less noise than this, levels: a saturated sensor has none. 0–3.
    pub burnt_noise_level: f32,
    /// On burnt paper, ink weaker than this share of the paper has lost its thin strokes. 0–1.
    pub min_burnt_contrast: f32,
    /// Ink weaker than this share of the paper is faint. 0–1.
    pub min_contrast: f32,
    /// Text tiles darker than this share of the brightest lie in a shadow. 0–1.
    pub min_shadow_ratio: f32,
    /// Share of the text in the shadow from which it is named. 0–1.
    pub min_shadow_share: f32,
    /// Share of the text lost to glare from which it is named. 0–1.
    pub max_glare_share: f32,
    /// Strokes thinner than this are too few pixels. 0.5–3.
    pub min_stroke_px: f32,
    /// Pages whose long side has fewer pixels than this are low in resolution rather than small in print.
    pub min_long_side_px: usize,
    /// Letter bodies lower than this are too small, pixels. 4–20.
    pub min_body_px: f32,
    /// Letters cut by an edge of the picture from which the page is cut off.
    pub max_cut_letters: usize,
    /// Tilt from which it is told, degrees.
    pub max_skew_deg: f32,
    /// Tilt from which it is a remark (`warn`), degrees.
    pub warn_skew_deg: f32,
    /// Fanning of the lines from which the page was shot at a slant, degrees.
    pub max_fan_deg: f32,
    /// Opposite edges of the sheet further from parallel than this were shot at a slant, degrees.
    pub max_keystone_deg: f32,
    /// Noise above this share of the contrast is told. 0–1.
    pub max_noise_share: f32,
    /// Noise below this is not worth a word, levels. 0–10.
    pub min_noise_level: f32,
    /// Stray specks per letter from which the page is dirty.
    pub max_specks_per_letter: f32,
    /// Mean luma quantisation step from which compression is heavy.
    pub max_jpeg_step: f32,
    /// Block steps below this are grain, levels. 0–10.
    pub min_blocking_level: f32,
    /// Block pattern above this share of the contrast is heavy compression. 0–1.
    pub max_blocking_share: f32,
}

impl Default for LegibilityThresholds {
    fn default() -> Self {
        Self {
            reject_readability: 0.6,
            min_lost_share: 0.12,
            min_letters_sure: 30,
            min_letters_blank: 6,
            min_visible_contrast: 0.032,
            max_edge_body: 0.17,
            min_blur_edge_px: 2.2,
            max_edge_anisotropy: 1.52,
            min_paper_level: 112.0,
            burnt_paper_level: 252.0,
            burnt_noise_level: 0.45,
            min_burnt_contrast: 0.55,
            min_contrast: 0.30,
            min_shadow_ratio: 0.62,
            min_shadow_share: 0.04,
            max_glare_share: 0.03,
            min_stroke_px: 1.15,
            min_long_side_px: 1100,
            min_body_px: 8.5,
            max_cut_letters: 3,
            max_skew_deg: 2.5,
            warn_skew_deg: 8.0,
            max_fan_deg: 2.5,
            max_keystone_deg: 4.0,
            max_noise_share: 0.07,
            min_noise_level: 2.6,
            max_specks_per_letter: 8.0,
            max_jpeg_step: 105.0,
            min_blocking_level: 2.5,
            max_blocking_share: 0.03,
        }
    }
}

/// Limits of the date story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateThresholds {
    /// Days from the accident to the first admission that need no word, by the insurer's custom. 0–30.
    pub max_admission_days: i64,
}

/// The date story's limits.
pub const DATES: DateThresholds = DateThresholds { max_admission_days: 1 };

/// Limits of what is said about stamps and signatures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MarkThresholds {
    /// A paper that comes nearer to bearing a stamp than this is not said to lack one. 0–1.
    pub max_stamp_nearness: f64,
    /// The same of a page without colour, which hides stamps among its print. 0–1.
    pub max_grey_stamp_nearness: f64,
    /// Likewise for a signature. 0–1.
    pub max_signature_nearness: f64,
    /// A paper with fewer words is not legible enough to miss anything on it. 5–100.
    pub min_words: u32,
}

/// The limits of stamps and signatures. Of pages that bear one nearly all come nearer than 0.6; the limits lie where of
/// 400 pages of the fitting split no more than one in fifty is wrongly said to lack it (`docs/marks.md`).
pub const MARKS: MarkThresholds = MarkThresholds {
    max_stamp_nearness: 0.35,
    max_grey_stamp_nearness: 0.25,
    max_signature_nearness: 0.2,
    min_words: 20,
};
