//! Figures of machine-readable zones, on public specimens and on drawn papers, in four turns: proved and right, proved
//! and wrong.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use image::{DynamicImage, ImageFormat};
use sanad_intake::ocr::WordReader;
use sanad_intake::{Limits, facts_of, first_page, grey};
use serde::Deserialize;

use super::truth::open;

const SPECIMENS: &str = include_str!("specimens.toml");

/// A specimen's zone as a person reads it.
#[derive(Clone, Debug, Deserialize)]
pub struct Specimen {
    /// End of the file's name.
    pub file: String,
    /// The lines that carry figures.
    pub lines: Vec<String>,
    /// Whether the digits hold in print.
    #[serde(default = "yes")]
    pub sound: bool,
}

const fn yes() -> bool {
    true
}

#[derive(Deserialize)]
struct Specimens {
    specimen: Vec<Specimen>,
}

/// The specimens known by heart.
///
/// # Errors
/// When the list is not of the form.
pub fn specimens() -> Result<Vec<Specimen>> {
    Ok(toml::from_str::<Specimens>(SPECIMENS)?.specimen)
}

/// What a zone must be read as: number, birth and expiry (`YYMMDD`); `None` for one that must not be accepted.
type Wanted = Option<[String; 3]>;

/// Number, birth and expiry of lines without the names.
fn fields(lines: &[String]) -> [String; 3] {
    let part = |line: usize, from: usize, to: usize| lines[line][from..to].trim_matches('<').to_owned();
    if lines.len() == 1 {
        [part(0, 0, 9), part(0, 13, 19), part(0, 21, 27)]
    } else {
        [part(0, 5, 14), part(1, 0, 6), part(1, 8, 14)]
    }
}

/// The zones of a folder: of the generator, of whole claims, or of specimens.
fn wanted(folder: &Path) -> Result<Vec<(PathBuf, Wanted)>> {
    if folder.join("manifest.json").exists() {
        let known = specimens()?;
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?.filter_map(|e| Some(e.ok()?.path())).collect();
        files.sort();
        let of = |path: PathBuf| {
            let name = path.file_name()?.to_str()?.to_owned();
            let known = known.iter().find(|one| name.ends_with(&one.file));
            let picture = ["jpg", "jpeg", "png"].contains(&path.extension()?.to_str()?);
            picture.then(|| (path, known.filter(|one| one.sound).map(|one| fields(&one.lines))))
        };
        return Ok(files.into_iter().filter_map(of).collect());
    }
    let of = |paper: super::truth::Paper| {
        let [first, second, ..] = &paper.mrz[..] else { return None };
        let lines = if first.starts_with('I') { paper.mrz.clone() } else { vec![second.clone()] };
        (!paper.turned).then(|| (paper.image, Some(fields(&lines))))
    };
    Ok(open(folder)?.into_iter().filter_map(of).collect())
}

/// Which turns, and how many files.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Files of a folder at most.
    pub files: usize,
    /// All four turns, or as they stand.
    pub turns: bool,
    /// Tell every file.
    pub list: bool,
}

/// Reads the zones of folders and prints how many were proved.
///
/// # Errors
/// When a folder or a picture cannot be read.
pub fn print(folders: &[PathBuf], wish: &Wish) -> Result<()> {
    let mut reader = WordReader::new()?;
    for folder in folders {
        let (mut right, mut all, mut wrong) = ([0; 4], 0, 0);
        for (path, wanted) in wanted(folder)?.into_iter().take(wish.files) {
            all += usize::from(wanted.is_some());
            let picture = image::open(&path).with_context(|| path.display().to_string())?;
            for (turn, right) in right.iter_mut().enumerate().take(if wish.turns { 4 } else { 1 }) {
                let read = read(&mut reader, &picture, turn)?;
                let good = read.is_some() && read == wanted;
                *right += usize::from(good);
                wrong += usize::from(read.is_some() && !good);
                if wish.list && (wanted.is_some() || read.is_some()) {
                    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    println!("  {name} {}°: {} {read:?}", turn * 90, if good { "right" } else { "open" });
                }
            }
        }
        let turns = if wish.turns { &right[..] } else { &right[..1] };
        println!("{}: {all} zones; proved and right {turns:?}, proved and wrong {wrong}", folder.display());
    }
    Ok(())
}

/// Number, birth and expiry of the proved zone of a picture, turned clockwise first.
fn read(reader: &mut WordReader, picture: &DynamicImage, quarters: usize) -> Result<Wanted> {
    let turned = match quarters {
        1 => picture.rotate90(),
        2 => picture.rotate180(),
        3 => picture.rotate270(),
        _ => picture.clone(),
    };
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(turned.to_rgb8()).write_to(&mut bytes, ImageFormat::Png)?;
    let Some((page, _)) = first_page(bytes.get_ref(), &Limits::default())? else { return Ok(None) };
    let facts = facts_of(&reader.read(&grey(&page.luma)?)?, 0);
    let short = |iso: &str| iso.get(2..).unwrap_or_default().replace('-', "");
    let proved = facts.mrz.filter(|zone| zone.valid);
    Ok(proved.map(|zone| [zone.number.clone(), short(&zone.birth), short(&zone.expiry)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check digit, written for this case alone.
    fn digit(text: &str) -> char {
        let value = |c: char| c.to_digit(36).unwrap_or(0);
        let sum: u32 = text.chars().zip([7, 3, 1].into_iter().cycle()).map(|(c, w)| value(c) * w).sum();
        char::from_digit(sum % 10, 10).unwrap_or('0')
    }

    #[test]
    fn the_specimens_are_transcribed_as_their_digits_have_it() {
        let all = specimens().expect("valid");
        assert_eq!(all.iter().filter(|one| one.sound).count(), 17);
        for one in all {
            let line = |at: usize| one.lines[at].as_str();
            let held = if one.lines.len() == 1 {
                let (width, last) = (line(0).len(), line(0).len() - 1);
                assert!([36, 44].contains(&width), "{}", one.file);
                let over = [&line(0)[..10], &line(0)[13..20], &line(0)[21..last]].concat();
                line(0).ends_with(digit(&over)) && line(0)[9..].starts_with(digit(&line(0)[..9]))
            } else {
                assert_eq!([line(0).len(), line(1).len()], [30, 30], "{}", one.file);
                let over = [&line(0)[5..30], &line(1)[..7], &line(1)[8..15], &line(1)[18..29]].concat();
                line(1).ends_with(digit(&over)) && line(0)[14..].starts_with(digit(&line(0)[5..14]))
            };
            assert_eq!(held, one.sound, "{}", one.file);
        }
    }
}
