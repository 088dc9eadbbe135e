//! What the papers of a folder really say: folders of the generator, and of whole claims.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sanad_checks::jalali::{Jalali, MONTHS};
use serde_json::Value;

/// One picture with its truth.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The picture.
    pub image: PathBuf,
    /// Its name in the figures.
    pub name: String,
    /// Kind of paper.
    pub kind: String,
    /// Face it is set in.
    pub face: String,
    /// Defect and its severity.
    pub defect: (String, f64),
    /// Share of its characters that can be read, where a reader was asked.
    pub readability: Option<f64>,
    /// Quarter turn of the picture.
    pub turned: bool,
    /// Role and day of every date that is noted.
    pub dates: Vec<(String, String)>,
    /// Every day that stands anywhere on it.
    pub days: BTreeSet<String>,
    /// Lines of its zone.
    pub mrz: Vec<String>,
    /// Its account number.
    pub iban: Option<String>,
    /// Name and rials of every sum on it, where they are noted.
    pub sums: Vec<(String, u64)>,
}

/// Opens a folder of either sort.
///
/// # Errors
/// When its truth cannot be read.
pub fn open(folder: &Path) -> Result<Vec<Paper>> {
    if folder.join("truth.jsonl").exists() { pages(folder) } else { claims(folder) }
}

fn json(path: &Path) -> Result<Value> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

fn pages(folder: &Path) -> Result<Vec<Paper>> {
    let masters = json(&folder.join("masters.json"))?;
    let text = std::fs::read_to_string(folder.join("truth.jsonl"))?;
    let mut papers = Vec::new();
    for line in text.lines() {
        let label: Value = serde_json::from_str(line)?;
        let master = &masters[label["master"].as_str().unwrap_or_default()];
        if master.is_null() {
            continue;
        }
        let file = label["file"].as_str().unwrap_or_default();
        let beside = folder.join(file);
        let image = if beside.exists() { beside } else { folder.join("images").join(file) };
        let defect = label["defect"].as_str().unwrap_or("none").to_owned();
        papers.push(Paper {
            defect: (defect, label["severity"].as_f64().unwrap_or(0.0)),
            readability: label["readability"].as_f64(),
            turned: label["turn_deg"].as_f64().unwrap_or(0.0) != 0.0,
            ..of_truth(master, image, file.to_owned())
        });
    }
    Ok(papers)
}

fn claims(folder: &Path) -> Result<Vec<Paper>> {
    let mut papers = Vec::new();
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)?.filter_map(|e| Some(e.ok()?.path())).collect();
    entries.sort();
    for dir in entries.into_iter().filter(|path| path.join("case.json").exists()) {
        let case = json(&dir.join("case.json"))?;
        let expected = json(&dir.with_extension("expected.json"))?;
        for document in case["documents"].as_array().into_iter().flatten() {
            let (slot, file) =
                (document["slot"].as_str().unwrap_or_default(), document["file"].as_str().unwrap_or_default());
            let entry = &expected["truth"][slot];
            let truth = if entry["paper"].is_null() { entry } else { &entry["paper"] };
            if truth.is_null() || file.ends_with(".pdf") {
                continue;
            }
            let name = format!("{}/{file}", dir.file_name().unwrap_or_default().to_string_lossy());
            let defect = entry["defect"].as_str().unwrap_or("none").to_owned();
            papers.push(Paper {
                defect: (defect, entry["severity"].as_f64().unwrap_or(0.0)),
                turned: entry["geometry"]["turn_deg"].as_f64().unwrap_or(0.0) != 0.0,
                ..of_truth(truth, dir.join(file), name)
            });
        }
    }
    Ok(papers)
}

fn of_truth(truth: &Value, image: PathBuf, name: String) -> Paper {
    let text = |key: &str| truth[key].as_str().unwrap_or_default().to_owned();
    let strings = |key: &str| -> Vec<String> {
        truth[key].as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
    };
    let dates: Vec<(String, String)> = truth["dates"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|d| Some((d["role"].as_str()?.to_owned(), d["iso"].as_str()?.to_owned())))
        .collect();
    let mut days: BTreeSet<String> = dates.iter().map(|(_, iso)| iso.clone()).collect();
    days.extend(strings("lines").iter().flat_map(|line| days_of(line)));
    let kind = if truth["kind"].is_null() { text("type") } else { text("kind") };
    Paper {
        image,
        name,
        kind,
        face: text("font"),
        defect: ("none".to_owned(), 0.0),
        readability: None,
        turned: false,
        dates,
        days,
        mrz: strings("mrz"),
        iban: truth["iban"].as_str().map(str::to_owned),
        sums: sums_of(truth),
    }
}

fn sums_of(truth: &Value) -> Vec<(String, u64)> {
    let sum = |sum: &Value| Some((sum["name"].as_str()?.to_owned(), sum["rials"].as_u64()?));
    truth["amounts"].as_array().into_iter().flatten().filter_map(sum).collect()
}

/// Days printed in a line of true text. Written for the figures alone, apart from the readers.
#[must_use]
pub fn days_of(line: &str) -> Vec<String> {
    let folded: String = line
        .chars()
        .map(|c| match c {
            '۰'..='۹' => char::from(b'0' + (c as u32 - '۰' as u32) as u8),
            '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
            '/' | '-' | '.' => '/',
            other => other,
        })
        .collect();
    let mut days = Vec::new();
    for word in folded.split(|c: char| c.is_whitespace() || c == '،' || c == ':') {
        let parts: Vec<i32> = word.split('/').filter_map(|p| p.parse().ok()).collect();
        if let [y, m, d] = parts[..] {
            days.extend(day(y, m, d).or_else(|| day(d, m, y)));
        }
    }
    let words: Vec<&str> = folded.split_whitespace().collect();
    for three in words.windows(3) {
        let month = MONTHS.iter().position(|name| *name == three[1]);
        let numbers = (three[0].parse::<i32>(), three[2].trim_matches(|c: char| !c.is_ascii_digit()).parse::<i32>());
        if let (Some(month), (Ok(d), Ok(y))) = (month, numbers) {
            days.extend(day(y, month as i32 + 1, d));
        }
    }
    days
}

fn day(year: i32, month: i32, day: i32) -> Option<String> {
    let (m, d) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    if (1300..1430).contains(&year) {
        return Jalali::new(year, m, d).map(Jalali::to_iso);
    }
    let iso = format!("{year:04}-{m:02}-{d:02}");
    (year >= 1900 && Jalali::from_iso(&iso).is_some()).then_some(iso)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_true_lines() {
        assert_eq!(days_of("در تاریخ ۱۴۰۲/۰۵/۱۷، و ۱۷ مرداد ۱۴۰۲"), ["2023-08-08", "2023-08-08"]);
        assert!(days_of("شماره ۷۷۵۹/۸۵/۸۹۸۰۹۰").is_empty());
    }
}
