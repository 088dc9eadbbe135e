//! Where the marks of a drawn page lie in its spoilt picture.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

/// A box in pixels of the picture: left, top, right, bottom.
pub type Area = [f64; 4];

/// A mark that is there.
#[derive(Clone, Debug)]
pub struct Truth {
    /// Where.
    pub area: Area,
    /// Its ink: `blue`, `dark`, …; a faded one's begins with `faded`.
    pub colour: String,
    /// Shape or hand.
    pub shape: String,
}

/// A page with its marks.
#[derive(Clone, Debug)]
pub struct Page {
    /// The picture.
    pub image: PathBuf,
    /// Its name.
    pub name: String,
    /// The defect and its severity.
    pub defect: (String, f64),
    /// Stamps.
    pub stamps: Vec<Truth>,
    /// Signatures.
    pub signatures: Vec<Truth>,
    /// Decoys: what, and where.
    pub decoys: Vec<Truth>,
}

/// Share of two boxes' union that both cover.
#[must_use]
pub fn agreement(one: Area, other: Area) -> f64 {
    let side = |low: usize| (one[low + 2].min(other[low + 2]) - one[low].max(other[low])).max(0.0);
    let both = side(0) * side(1);
    let size = |area: Area| (area[2] - area[0]) * (area[3] - area[1]);
    both / (size(one) + size(other) - both).max(1.0)
}

/// The pages of folders made by the generator, turned ones aside.
///
/// # Errors
/// When their truth cannot be read.
pub fn open(folder: &Path) -> Result<Vec<Page>> {
    let read = |name: &str| {
        std::fs::read_to_string(folder.join(name)).with_context(|| format!("{} in {}", name, folder.display()))
    };
    let masters: Value = serde_json::from_str(&read("masters.json")?)?;
    let mut pages = Vec::new();
    for line in read("truth.jsonl")?.lines() {
        let label: Value = serde_json::from_str(line)?;
        let master = &masters[label["master"].as_str().unwrap_or_default()];
        if master.is_null() || label["turn_deg"].as_f64().unwrap_or(0.0) != 0.0 {
            continue;
        }
        pages.push(page(folder, &label, master));
    }
    Ok(pages)
}

fn page(folder: &Path, label: &Value, master: &Value) -> Page {
    let file = label["file"].as_str().unwrap_or_default();
    let scale = label["dpi"].as_f64().unwrap_or(1.0) / master["dpi"].as_f64().unwrap_or(1.0);
    let place = Place {
        homography: &label["homography"],
        scale,
        size: [&label["w"], &label["h"]].map(|v| v.as_f64().unwrap_or(0.0)),
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |name: &str| master[name].as_array().cloned().unwrap_or_default();
    let stamps = list("stamps");
    let stamps = stamps.iter().filter_map(|stamp| {
        let faded = if stamp["faded"].as_bool().unwrap_or(false) { "faded " } else { "" };
        let colour = format!("{faded}{}", text(&stamp["colour"]));
        Some(Truth { area: place.of(&stamp["region"])?, colour, shape: text(&stamp["shape"]) })
    });
    let pens = list("pens");
    let signatures = list("signatures");
    let signatures = signatures.iter().enumerate().filter_map(|(at, region)| {
        let pen = pens.get(at).unwrap_or(&Value::Null);
        Some(Truth { area: place.of(region)?, colour: text(&pen["colour"]), shape: text(&pen["hand"]) })
    });
    let decoys = list("decoys");
    let decoys = decoys.iter().filter_map(|decoy| {
        Some(Truth { area: place.of(&decoy["region"])?, colour: String::new(), shape: text(&decoy["what"]) })
    });
    Page {
        image: folder.join(file),
        name: file.to_owned(),
        defect: (text(&label["defect"]), label["severity"].as_f64().unwrap_or(0.0)),
        stamps: stamps.collect(),
        signatures: signatures.collect(),
        decoys: decoys.collect(),
    }
}

/// The way from the clean page into the picture.
struct Place<'v> {
    homography: &'v Value,
    scale: f64,
    size: [f64; 2],
}

impl Place<'_> {
    /// The box around a region in the picture; none where less than half of it is left there.
    fn of(&self, region: &Value) -> Option<Area> {
        const LEFT: f64 = 0.5;
        let [x, y, w, h]: [f64; 4] = std::array::from_fn(|at| region[at].as_f64().unwrap_or(0.0) * self.scale);
        let corners = [(x, y), (x + w, y), (x, y + h), (x + w, y + h)].map(|(x, y)| self.mapped(x, y));
        let ends = |at: usize| {
            let values = corners.map(|corner| corner[at]);
            (values.iter().copied().fold(f64::MAX, f64::min), values.iter().copied().fold(f64::MIN, f64::max))
        };
        let ((left, right), (top, low)) = (ends(0), ends(1));
        let whole = (right - left) * (low - top);
        let area = [left.max(0.0), top.max(0.0), right.min(self.size[0]), low.min(self.size[1])];
        let seen = (area[2] - area[0]).max(0.0) * (area[3] - area[1]).max(0.0);
        (whole > 0.0 && seen >= LEFT * whole).then_some(area)
    }

    fn mapped(&self, x: f64, y: f64) -> [f64; 2] {
        let row = |at: usize| {
            let of = |column: usize, usual: f64| self.homography[at][column].as_f64().unwrap_or(usual);
            let own = |column: usize| if column == at { 1.0 } else { 0.0 };
            of(0, own(0)) * x + of(1, own(1)) * y + of(2, own(2))
        };
        let depth = row(2);
        [row(0) / depth, row(1) / depth]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_agree_by_their_union() {
        assert!((agreement([0.0, 0.0, 10.0, 10.0], [5.0, 0.0, 15.0, 10.0]) - 1.0 / 3.0).abs() < 1e-9);
        assert!(agreement([0.0, 0.0, 10.0, 10.0], [20.0, 0.0, 30.0, 10.0]) < 1e-9);
    }

    #[test]
    fn a_region_is_carried_into_the_picture() {
        let homography = serde_json::json!([[1.0, 0.0, 40.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]);
        let place = Place { homography: &homography, scale: 0.5, size: [100.0, 100.0] };
        assert_eq!(place.of(&serde_json::json!([20, 20, 40, 40])), Some([50.0, 10.0, 70.0, 30.0]));
        assert_eq!(place.of(&serde_json::json!([180, 20, 40, 40])), None);
    }
}
