//! How often a page is brought upright: each page of a folder turned by every quarter.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use image::{DynamicImage, ImageFormat};
use sanad_intake::{Limits, first_page};

use super::folder::Folder;

/// What to measure.
#[derive(Debug, Default)]
pub struct Wish {
    /// Each page in one turn only, the next one with every page.
    pub one_each: bool,
    /// Pages that a reader gets less of than this are left out, 0 to 1.
    pub least: f64,
    /// Prints what went wrong.
    pub list: bool,
}

/// Prints, by the turn that was made, how many pages were brought upright.
///
/// # Errors
/// When a folder or a picture cannot be read.
pub fn print(folders: &[PathBuf], wish: &Wish) -> Result<()> {
    let (mut right, mut all) = ([0; 4], [0; 4]);
    for path in folders {
        let folder = Folder::open(path)?;
        let readable = |truth: Option<f64>| truth.is_none_or(|truth| truth >= wish.least);
        // a page that was turned or left blank on purpose is another question
        let asked = |defect: &str| !matches!(defect, "turn" | "blank");
        let labels = folder.labels.iter().filter(|label| readable(label.readability) && asked(&label.defect));
        for (at, label) in labels.enumerate() {
            let file = folder.image(label);
            let picture = image::open(&file).with_context(|| file.display().to_string())?;
            let turns = if wish.one_each { at % 4..at % 4 + 1 } else { 0..4 };
            for quarters in turns {
                let told = told(&picture, quarters)?;
                all[quarters] += 1;
                let good = told.is_some_and(|(turned, _)| turned == quarters as u16 * 90);
                right[quarters] += usize::from(good);
                if wish.list && !good {
                    println!("  {} turned {}: told {told:?}", shown(&file), quarters * 90);
                }
            }
        }
    }
    let (sum, of): (usize, usize) = (right.iter().sum(), all.iter().sum());
    let share = 100.0 * sum as f64 / of.max(1) as f64;
    println!("brought upright {sum} of {of} ({share:.2} %); by turn 0, 90, 180, 270: {right:?} of {all:?}");
    Ok(())
}

fn shown(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The turn that is told of the picture after so many quarters clockwise, degrees, and how sure a reader was of it then.
fn told(picture: &DynamicImage, quarters: usize) -> Result<Option<(u16, Option<f32>)>> {
    let grey = DynamicImage::ImageLuma8(picture.to_luma8());
    let turned = match quarters {
        1 => grey.rotate90(),
        2 => grey.rotate180(),
        3 => grey.rotate270(),
        _ => grey,
    };
    let mut bytes = std::io::Cursor::new(Vec::new());
    turned.write_to(&mut bytes, ImageFormat::Tiff)?;
    Ok(first_page(bytes.get_ref(), &Limits::default())?.map(|(page, _)| (page.turned_deg, page.reader)))
}
