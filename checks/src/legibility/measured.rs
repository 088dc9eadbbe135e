//! What a legibility check looks at and what it answers.

use super::readability::Readability;
use super::sheet::Sheet;
use super::swallowed::Swallowed;
use crate::finding::{Finding, FindingBuilder, NoEvidence, Severity};
use crate::page::{Page, Region};
use crate::thresholds::LegibilityThresholds;

/// Edges wider than this share of the limit of blur already lower the depth of thin strokes.
const SOFT_SHARE: f32 = 0.75;

/// All that a check may look at.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The page itself.
    pub page: &'a Page,
    /// Its measures.
    pub sheet: &'a Sheet,
    /// What glare took.
    pub glare: &'a Swallowed,
    /// Writing too weak to be called ink is left on an otherwise empty page.
    pub ghost: bool,
    /// What looks like writing is hardly darker than the paper: most likely the other side shines through.
    pub barely_visible: bool,
    /// Soft because it was made small and large again.
    pub enlarged: bool,
    /// How wide the edges are, and their limit, where nothing on the page is in focus, thousandths of its longer side.
    pub out_of_focus: Option<(f32, f32)>,
    /// The estimate.
    pub readability: Readability,
    /// The limits.
    pub limits: &'a LegibilityThresholds,
}

impl<'a> View<'a> {
    /// The measures, where there is text to measure.
    ///
    /// # Errors
    /// Says so where there is none.
    pub fn text(&self) -> Result<&'a Sheet, &'static str> {
        if self.sheet.tiles.is_empty() { Err("no text to measure") } else { Ok(self.sheet) }
    }

    /// Whether the paper has run into the end of the scale: bright, and without the grain of paper.
    #[must_use]
    pub fn burnt(&self) -> bool {
        burnt(self.sheet, self.limits)
    }

    /// Whether the typical edge is too wide, whatever its cause.
    #[must_use]
    pub fn blurred(&self) -> bool {
        blurred(self.sheet, self.limits)
    }

    /// Whether the edges are soft enough, in some direction, to take depth from the strokes.
    #[must_use]
    pub fn softened(&self) -> bool {
        let share = self.sheet.over_tiles(0.5, |t| t.edges.widest() / t.body_px.max(1.0));
        let edge = self.sheet.over_tiles(0.5, |t| t.edges.widest());
        share > SOFT_SHARE * self.limits.max_edge_body && edge > self.limits.min_blur_edge_px
    }

    /// Only black and white: a fax or a bilevel scan.
    #[must_use]
    pub const fn bilevel(&self) -> bool {
        self.sheet.bilevel
    }

    /// The whole page as a region.
    #[must_use]
    pub const fn whole_page(&self) -> Region {
        Region::new(0, 0, self.sheet.width as u32, self.sheet.height as u32)
    }
}

/// Whether the paper is at the end of the scale and has no grain.
#[must_use]
pub fn burnt(sheet: &Sheet, limits: &LegibilityThresholds) -> bool {
    sheet.paper >= limits.burnt_paper_level && sheet.map.noise <= limits.burnt_noise_level
}

/// Whether the typical edge of the text is too wide.
#[must_use]
pub fn blurred(sheet: &Sheet, limits: &LegibilityThresholds) -> bool {
    let share = sheet.over_tiles(0.5, |t| t.edges.mean() / t.body_px.max(1.0));
    let edge = sheet.over_tiles(0.5, |t| t.edges.mean());
    share > limits.max_edge_body && edge > limits.min_blur_edge_px
}

/// A check's measure and whether it passes the limit.
#[derive(Clone, Debug)]
pub struct Measured {
    /// What was measured.
    pub name: &'static str,
    /// The value.
    pub value: f32,
    /// Its limit.
    pub limit: f32,
    /// The unit of both.
    pub unit: &'static str,
    /// Whether the defect is there.
    pub found: bool,
    /// Where.
    pub regions: Vec<Region>,
    /// How bad it can be at most.
    pub at_most: Severity,
    /// Another way of the catalogue to say it.
    pub way: Option<&'static str>,
}

impl Measured {
    /// A measure that found nothing yet.
    #[must_use]
    pub const fn new(name: &'static str, value: f32, limit: f32, unit: &'static str) -> Self {
        Self { name, value, limit, unit, found: false, regions: Vec::new(), at_most: Severity::Reject, way: None }
    }

    /// Whether the defect is there.
    #[must_use]
    pub const fn found(mut self, found: bool) -> Self {
        self.found = found;
        self
    }

    /// Says it in another way of the catalogue.
    #[must_use]
    pub const fn said_as(mut self, way: &'static str) -> Self {
        self.way = Some(way);
        self
    }

    /// Where it is.
    #[must_use]
    pub fn regions(mut self, regions: Vec<Region>) -> Self {
        self.regions = regions;
        self
    }

    /// How bad it can be at most.
    #[must_use]
    pub const fn at_most(mut self, severity: Severity) -> Self {
        self.at_most = severity;
        self
    }

    /// How sure: a half at the limit, towards one with the distance from it.
    #[must_use]
    pub fn confidence(&self) -> f64 {
        const STEEPNESS: f32 = 2.0;
        let distance = if self.limit > 0.0 && self.value > 0.0 {
            (self.value / self.limit).ln().abs()
        } else {
            (self.value - self.limit).abs()
        };
        f64::from(0.5 + 0.5 * (STEEPNESS * distance).tanh())
    }

    /// The finding, at this severity.
    ///
    /// # Errors
    /// None in practice: a measure is evidence.
    pub fn finding(self, code: &str, severity: Severity) -> Result<Finding, NoEvidence> {
        let confidence = self.confidence();
        let finding = FindingBuilder::new(code, severity.min(self.at_most))
            .confidence(confidence)
            .measured(self.name, f64::from(self.value), f64::from(self.limit), self.unit)
            .regions(self.regions);
        match self.way {
            Some(way) => finding.said_as(way).build(),
            None => finding.build(),
        }
    }
}
