//! What to draw: one plan per page, fixed by split, seed and index.

use crate::chance::{Draw, derive, stream};
use crate::degrade::{Cause, Defect, Degradation, Encoding, mechanisms_of};
use crate::error::SampleError;
use crate::fault::Fault;
use crate::holdout::Split;
use crate::paper::Kind;
use crate::story::Story;

/// A paper: what it is, how it looks, whom it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperPlan {
    /// Kind.
    pub kind: Kind,
    /// Layout, 0 to [`crate::LAYOUTS`] - 1.
    pub variant: u8,
    /// Face by name.
    pub face: String,
    /// Seed of the person and the accident.
    pub story: u64,
    /// Seed of the page's looks.
    pub seed: u64,
    /// What is printed wrongly on purpose.
    pub fault: Option<Fault>,
    /// From which split its marks are drawn freely, decoys among them; none for the usual foot. What is drawn freely may
    /// cover print: such papers are for figures of marks alone.
    pub marks: Option<Split>,
}

/// A page: a paper, drawn at a resolution, then spoilt.
#[derive(Clone, Debug, PartialEq)]
pub struct PagePlan {
    /// Split it was drawn from.
    pub split: Split,
    /// Name of the image.
    pub id: String,
    /// Name of the clean page.
    pub master: String,
    /// The paper.
    pub paper: PaperPlan,
    /// Dots per inch of the clean page.
    pub dpi: u32,
    /// What is done to it.
    pub degradation: Degradation,
}

/// A wish for pages: empty lists mean everything, of kinds the first ones.
#[derive(Clone, Debug)]
pub struct Request {
    /// Split to draw from.
    pub split: Split,
    /// Seed.
    pub seed: u64,
    /// Kinds to draw.
    pub kinds: Vec<Kind>,
    /// Defects to make.
    pub defects: Vec<Defect>,
    /// Resolutions to draw at.
    pub dpi: Vec<u32>,
    /// How many pages share a paper, one after another.
    pub pages_per_master: u64,
    /// Stamps, signatures and decoys are drawn freely.
    pub free_marks: bool,
}

/// Pages made of one paper unless asked otherwise: enough to compare defects on the same text.
const PAGES_PER_MASTER: u64 = 6;
/// Resolutions of office scanners and of what messengers leave of them.
const DPI: [u32; 8] = [150, 150, 200, 200, 200, 300, 100, 120];
/// Share of pages that carry a second defect.
const MIXED: f64 = 0.12;

impl Request {
    /// All kinds, defects and usual resolutions.
    #[must_use]
    pub fn new(split: Split, seed: u64) -> Self {
        Self {
            split,
            seed,
            kinds: Vec::new(),
            defects: Vec::new(),
            dpi: Vec::new(),
            pages_per_master: PAGES_PER_MASTER,
            free_marks: false,
        }
    }

    /// The page of an index; kinds and defects come round in turn, so that a run of pages holds all alike.
    ///
    /// # Errors
    /// Nothing that was asked for is in the split.
    pub fn plan(&self, index: u64) -> Result<PagePlan, SampleError> {
        let master = index / self.pages_per_master.max(1);
        let paper = self.paper(master)?;
        let seed = derive(self.seed, self.split.word(), index);
        let rng = &mut stream(seed, "page");
        let dpi = *rng.pick(if self.dpi.is_empty() { &DPI } else { &self.dpi });
        let defects: Vec<Defect> = if self.defects.is_empty() { Defect::ALL.to_vec() } else { self.defects.clone() };
        // A stride without a common divisor, so that papers of one kind meet all defects.
        let stride = if defects.len() % 2 == 1 { 8 } else { 1 };
        let defect = defects[((index.wrapping_mul(stride) + self.seed % 7) % defects.len() as u64) as usize];
        let severity = if defect.is_fault() { rng.whole(1, 5) as u8 } else { 0 };
        let first = self.cause(defect, severity, derive(seed, "first", 0))?;
        let second = if defect.is_fault() && rng.odds(MIXED) {
            let other = *rng.pick(&Defect::MIXABLE);
            (other != defect && defect != Defect::Blank)
                .then(|| self.cause(other, rng.whole(1, 4) as u8, derive(seed, "second", 0)))
                .transpose()?
        } else {
            None
        };
        let encoding = if rng.odds(0.85) { Encoding::Jpeg(rng.whole(80, 95) as u8) } else { Encoding::Png };
        Ok(PagePlan {
            split: self.split,
            id: format!("{}{:05}", &self.split.word()[..1], index),
            master: format!("m{master:04}"),
            paper,
            dpi,
            degradation: Degradation { first, second, seed: derive(seed, "spoil", 0), encoding },
        })
    }

    /// The paper of a master's index.
    fn paper(&self, master: u64) -> Result<PaperPlan, SampleError> {
        let seed = derive(self.seed, "master", master);
        let rng = &mut stream(seed, self.split.word());
        let wanted: &[Kind] = if self.kinds.is_empty() { Kind::FIRST } else { &self.kinds };
        let kinds: Vec<Kind> = wanted.iter().copied().filter(|kind| !self.split.layouts(*kind).is_empty()).collect();
        if kinds.is_empty() {
            return Err(SampleError::NothingLeft { what: "kinds" });
        }
        let kind = kinds[(master % kinds.len() as u64) as usize];
        Ok(PaperPlan {
            kind,
            variant: *rng.pick(&self.split.layouts(kind)),
            face: (*rng.pick(&self.split.faces())).to_owned(),
            story: suited(kind, seed),
            seed: derive(seed, "looks", 0),
            fault: None,
            marks: self.free_marks.then_some(self.split),
        })
    }

    fn cause(&self, defect: Defect, severity: u8, seed: u64) -> Result<Cause, SampleError> {
        let names = self.split.mechanisms(&mechanisms_of(defect));
        if names.is_empty() {
            return Err(SampleError::NothingLeft { what: "mechanisms" });
        }
        let mechanism = *stream(seed, "mechanism").pick(&names);
        Ok(Cause { defect, severity, mechanism })
    }
}

/// A story that a paper of `kind` can be about: no traffic report without traffic, no certificate without a death.
fn suited(kind: Kind, seed: u64) -> u64 {
    /// A seventh of the stories suit the choosiest kind, so that this many tries never all fail.
    const TRIES: u64 = 400;
    (0..TRIES)
        .map(|attempt| derive(seed, "story", attempt))
        .find(|story| {
            let story = Story::of(*story);
            match kind {
                Kind::TrafficReport => story.traffic,
                kind if kind.of_a_death() => story.died.is_some(),
                _ => true,
            }
        })
        .unwrap_or(seed)
}

/// The page of `index` out of all kinds, defects and usual resolutions.
///
/// # Errors
/// Never for the built-in lists; the type is that of [`Request::plan`].
pub fn plan(split: Split, seed: u64, index: u64) -> Result<PagePlan, SampleError> {
    Request::new(split, seed).plan(index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::holdout::Holdout;

    #[test]
    fn fitting_never_touches_what_is_held_out() {
        let lists = Holdout::get();
        for seed in [1, 2, 3, 99, 2026] {
            for index in 0..400 {
                let page = plan(Split::Fit, seed, index).expect("planned");
                assert!(!lists.face(&page.paper.face), "{}", page.paper.face);
                assert!(!lists.paper(page.paper.kind, page.paper.variant));
                for cause in page.degradation.causes() {
                    assert!(!lists.mechanism(cause.mechanism), "{}", cause.mechanism);
                }
            }
        }
    }

    #[test]
    fn holdout_pages_are_wholly_held_out() {
        let lists = Holdout::get();
        for index in 0..400 {
            let page = plan(Split::Holdout, 5, index).expect("planned");
            assert!(lists.face(&page.paper.face) && lists.paper(page.paper.kind, page.paper.variant));
            for cause in page.degradation.causes() {
                let some = mechanisms_of(cause.defect).iter().any(|name| lists.mechanism(name));
                assert!(!some || lists.mechanism(cause.mechanism), "{}", cause.mechanism);
            }
        }
    }

    #[test]
    fn plans_are_fixed_and_cover_everything() {
        let pages: Vec<PagePlan> = (0..400).map(|at| plan(Split::Fit, 11, at).expect("planned")).collect();
        assert_eq!(pages[17], plan(Split::Fit, 11, 17).expect("planned"));
        for defect in Defect::ALL {
            assert!(pages.iter().any(|page| page.degradation.first.defect == *defect), "{defect:?}");
        }
        assert!(pages.iter().any(|page| page.degradation.second.is_some()));
    }
}
