//! What fitting never loads, read from `holdout.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::error::SampleError;
use crate::faces::FACES;
use crate::paper::Kind;

const TEXT: &str = include_str!("../holdout.toml");

/// Which papers a page may be drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// For fitting: nothing that is held out.
    Fit,
    /// For figures: a held-out face and a held-out layout or kind, and a held-out mechanism where there is one.
    Holdout,
    /// Anything: for demonstrations, never for figures.
    Open,
}

impl Split {
    /// The word used in truth files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Fit => "fit",
            Self::Holdout => "holdout",
            Self::Open => "open",
        }
    }

    /// Whether a choice that is (or is not) held out may be drawn.
    fn admits(self, held_out: bool) -> bool {
        match self {
            Self::Fit => !held_out,
            Self::Holdout => held_out,
            Self::Open => true,
        }
    }

    /// Faces that may be drawn.
    pub(crate) fn faces(self) -> Vec<&'static str> {
        FACES.iter().map(|face| face.name).filter(|name| self.admits(Holdout::get().face(name))).collect()
    }

    /// Layouts of `kind` that may be drawn.
    pub(crate) fn layouts(self, kind: Kind) -> Vec<u8> {
        (0..crate::paper::LAYOUTS).filter(|layout| self.admits(Holdout::get().paper(kind, *layout))).collect()
    }

    /// Mechanisms that may be drawn out of `names`. A defect without a held-out mechanism keeps them all.
    pub(crate) fn mechanisms(self, names: &[&'static str]) -> Vec<&'static str> {
        let some_held = names.iter().any(|name| Holdout::get().mechanism(name));
        names.iter().copied().filter(|name| !some_held || self.admits(Holdout::get().mechanism(name))).collect()
    }
}

/// The lists of `holdout.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holdout {
    /// Faces held out.
    pub faces: Vec<String>,
    /// Kinds held out in any layout.
    pub kinds: Vec<Kind>,
    /// Layouts held out in any kind.
    pub layouts: Vec<u8>,
    /// Mechanisms of defects held out.
    pub mechanisms: Vec<String>,
    /// Shapes of stamps, hands of signatures and decoys held out.
    pub marks: Vec<String>,
}

impl Holdout {
    /// Reads the lists.
    ///
    /// # Errors
    /// The file is not valid.
    pub fn parse(text: &str) -> Result<Self, SampleError> {
        Ok(toml::from_str(text)?)
    }

    /// The lists built into this program.
    #[must_use]
    pub fn get() -> &'static Self {
        static LISTS: OnceLock<Holdout> = OnceLock::new();
        LISTS.get_or_init(|| Self::parse(TEXT).expect("holdout.toml is part of the program and tested"))
    }

    /// Whether a face is held out.
    #[must_use]
    pub fn face(&self, name: &str) -> bool {
        self.faces.iter().any(|held| held == name)
    }

    /// Whether a kind in a layout is held out.
    #[must_use]
    pub fn paper(&self, kind: Kind, layout: u8) -> bool {
        self.kinds.contains(&kind) || self.layouts.contains(&layout)
    }

    /// Whether a shape of stamp, a hand or a decoy is held out.
    #[must_use]
    pub fn mark(&self, name: &str) -> bool {
        self.marks.iter().any(|held| held == name)
    }

    /// Whether a mechanism is held out.
    #[must_use]
    pub fn mechanism(&self, name: &str) -> bool {
        self.mechanisms.iter().any(|held| held == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::degrade::{Defect, mechanisms_of};
    use crate::paper::{DECOYS, SEALS, SIGNS};

    #[test]
    fn every_name_exists() {
        let lists = Holdout::parse(TEXT).expect("valid");
        for face in &lists.faces {
            assert!(FACES.iter().any(|known| known.name == face), "{face}");
        }
        for name in &lists.mechanisms {
            let known = Defect::ALL.iter().any(|defect| mechanisms_of(*defect).contains(&name.as_str()));
            assert!(known, "{name}");
        }
        for name in &lists.marks {
            let known = SEALS.iter().chain(&SIGNS).chain(&DECOYS).any(|mark| mark == name);
            assert!(known, "{name}");
        }
    }

    #[test]
    fn both_splits_can_draw_every_defect() {
        for defect in Defect::ALL {
            let names = mechanisms_of(*defect);
            assert!(!Split::Fit.mechanisms(&names).is_empty(), "{defect:?}");
            assert!(!Split::Holdout.mechanisms(&names).is_empty(), "{defect:?}");
        }
        assert!(Split::Fit.faces().len() >= 10 && Split::Holdout.faces().len() >= 4);
    }
}
