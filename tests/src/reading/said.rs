//! What the product makes of a paper. Words are slow to read and do not depend on the rules, so they may be kept
//! in a folder between runs.

use std::path::Path;

use anyhow::{Context, Result};
use sanad_checks::facts::Facts;
use sanad_intake::facts_of;
use sanad_intake::ocr::{PageWords, WordReader};

use super::truth::Paper;
use crate::judgement::folder::luma;

/// The facts of a paper, from words kept in `cache` where there are any.
///
/// # Errors
/// When the picture or the cache cannot be read.
pub fn facts(paper: &Paper, reader: &mut WordReader, cache: Option<&Path>) -> Result<(Facts, PageWords)> {
    let place = cache.map(|folder| folder.join(format!("{}.json", paper.name.replace('/', "_"))));
    let kept = place.as_ref().filter(|place| place.exists());
    let words: PageWords = match kept {
        Some(place) => serde_json::from_str(&std::fs::read_to_string(place)?)?,
        None => {
            let words = reader.read(&shrunk(luma(&paper.image)?)).context("reading words")?;
            if let Some(place) = &place {
                std::fs::create_dir_all(cache.context("a cache has a folder")?)?;
                std::fs::write(place, serde_json::to_string(&words)?)?;
            }
            words
        }
    };
    Ok((facts_of(&words, 0), words))
}

/// The grey page of at most four megapixels that the product reads.
pub(super) fn shrunk(page: sanad_checks::page::Luma) -> sanad_checks::page::Luma {
    const MOST: usize = 4_000_000;
    let pixels = page.width() * page.height();
    if pixels <= MOST {
        return page;
    }
    let scale = (MOST as f64 / pixels as f64).sqrt();
    let (width, height) = ((page.width() as f64 * scale) as u32, (page.height() as f64 * scale) as u32);
    let (w, h) = (page.width() as u32, page.height() as u32);
    let Some(picture) = image::GrayImage::from_raw(w, h, page.pixels().to_vec()) else { return page };
    let small = image::imageops::resize(&picture, width, height, image::imageops::FilterType::Triangle);
    sanad_checks::page::Luma::new(width as usize, height as usize, small.into_raw()).unwrap_or(page)
}
