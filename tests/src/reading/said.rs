//! What the product makes of a paper. Words are slow to read and do not depend on the rules, so they may be kept
//! in a folder between runs.

use std::path::Path;

use anyhow::{Context, Result};
use sanad_checks::facts::Facts;
use sanad_intake::ocr::{PageWords, WordReader};
use sanad_intake::{facts_of, grey};

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
            let words = reader.read(&grey(&luma(&paper.image)?)?).context("reading words")?;
            if let Some(place) = &place {
                std::fs::create_dir_all(cache.context("a cache has a folder")?)?;
                std::fs::write(place, serde_json::to_string(&words)?)?;
            }
            words
        }
    };
    Ok((facts_of(&words, 0), words))
}
