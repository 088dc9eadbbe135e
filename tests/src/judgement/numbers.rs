//! Figures of the reader of numbers over folders of drawn lines: exact lines by face, digits, form and harm, and how
//! many of the answers it is sure of are wrong.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use sanad_checks::page::Luma;
use sanad_intake::ocr::number::NumberReader;
use serde::Deserialize;

/// Limits of confidence the curve is printed at.
const LIMITS: [f32; 9] = [0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999];
/// Least share of wrong answers a trusted reader may give.
const TOLERATED: f64 = 0.001;

/// A line of `lines.jsonl`.
#[derive(Debug, Deserialize)]
struct Truth {
    text: String,
    face: String,
    digits: String,
    form: String,
    harm: String,
    clean: bool,
    offset: usize,
    width: usize,
    height: usize,
}

/// A line that was read.
#[derive(Debug)]
pub struct Outcome {
    truth: Truth,
    /// What it says, in the order the reader says it.
    wanted: String,
    /// What was read, empty where nothing was, and how sure.
    read: (String, f32),
}

impl Outcome {
    fn right(&self) -> bool {
        self.wanted == self.read.0
    }
}

/// The truth's words without loose signs, from the right where a month is among them.
fn in_order(text: &str) -> String {
    let mut words: Vec<&str> = text
        .split(' ')
        .map(|word| word.trim_matches(['/', '.', '-', ':', ',']))
        .filter(|word| !word.is_empty())
        .collect();
    if words.iter().any(|word| word.chars().all(|c| c.is_ascii_uppercase())) {
        words.reverse();
    }
    words.join(" ")
}

/// Reads every line of a folder; returns the outcomes and the seconds it took.
///
/// # Errors
/// A missing or broken folder.
pub fn read(folder: &Path) -> Result<(Vec<Outcome>, f64)> {
    let path = folder.join("lines.jsonl");
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let path = folder.join("lines.bin");
    let pixels = std::fs::read(&path).with_context(|| path.display().to_string())?;
    let reader = NumberReader::new();
    let (mut outcomes, mut seconds) = (Vec::new(), 0.0);
    for line in text.lines() {
        let truth: Truth = serde_json::from_str(line)?;
        let crop = pixels
            .get(truth.offset..truth.offset + truth.width * truth.height)
            .and_then(|part| Luma::new(truth.width, truth.height, part.to_vec()))
            .context("lines.bin is shorter than lines.jsonl says")?;
        let start = Instant::now();
        let reading = reader.read(&crop);
        seconds += start.elapsed().as_secs_f64();
        let read = reading.map_or((String::new(), 0.0), |reading| (reading.text, reading.confidence));
        outcomes.push(Outcome { wanted: in_order(&truth.text), truth, read });
    }
    Ok((outcomes, seconds))
}

/// Right and all.
#[derive(Clone, Copy, Default)]
struct Tally(usize, usize);

impl Tally {
    fn add(&mut self, right: bool) {
        self.0 += usize::from(right);
        self.1 += 1;
    }

    fn share(self) -> String {
        if self.1 == 0 { "      –".to_owned() } else { format!("{:6.2} %", 100.0 * self.0 as f64 / self.1 as f64) }
    }
}

fn table(title: &str, outcomes: &[&Outcome], key: impl Fn(&Truth) -> &str) {
    let mut rows: BTreeMap<&str, [Tally; 2]> = BTreeMap::new();
    for outcome in outcomes {
        let row = rows.entry(key(&outcome.truth)).or_default();
        row[0].add(outcome.right());
        if outcome.truth.clean {
            row[1].add(outcome.right());
        }
    }
    println!("\n{title:<28} {:>9}  lines {:>12}  lines", "exact", "exact, clean");
    for (name, [all, clean]) in rows {
        println!("{name:<28} {:>9} {:>6} {:>13} {:>6}", all.share(), all.1, clean.share(), clean.1);
    }
}

/// Answers over a limit of confidence: how many, and how many of them are wrong.
fn over(outcomes: &[&Outcome], limit: f32) -> (usize, usize) {
    let sure = outcomes.iter().filter(|outcome| !outcome.read.0.is_empty() && outcome.read.1 >= limit);
    sure.fold((0, 0), |(all, wrong), outcome| (all + 1, wrong + usize::from(!outcome.right())))
}

/// Whether a text is a day in figures that a claim's papers may bear: written here anew, so that the reader's own rule
/// is not its judge.
fn claims_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['/', '.', '-']).collect();
    let [one, month, other] = parts[..] else { return false };
    let (year, day) = if one.len() == 4 { (one, other) } else { (other, one) };
    let number = |text: &str| text.parse::<u32>().unwrap_or(0);
    let (year_fits, long) = match number(year) {
        1382..=1419 => (true, number(month) <= 6),
        2003..=2040 => (true, true),
        _ => (false, false),
    };
    let short = [day, month].iter().all(|part| (1..=2).contains(&part.len()));
    let most = if long { 31 } else { 30 };
    short && year.len() == 4 && year_fits && (1..=12).contains(&number(month)) && (1..=most).contains(&number(day))
}

fn curve(title: &str, outcomes: &[&Outcome]) {
    println!("\n{title}: answers over a limit of confidence, and the wrong ones among them");
    for limit in LIMITS {
        let (all, wrong) = over(outcomes, limit);
        let share = |part: usize, of: usize| if of == 0 { 0.0 } else { 100.0 * part as f64 / of as f64 };
        println!(
            "  ≥ {limit:<6} answered {:6.2} %   wrong {wrong:>4} of {all:>6} = {:.3} %",
            share(all, outcomes.len()),
            share(wrong, all)
        );
    }
    let mut sure: Vec<&&Outcome> = outcomes.iter().filter(|outcome| !outcome.read.0.is_empty()).collect();
    sure.sort_by(|a, b| b.read.1.total_cmp(&a.read.1));
    let (mut wrong, mut found) = (0usize, None);
    for (at, outcome) in sure.iter().enumerate() {
        wrong += usize::from(!outcome.right());
        if wrong as f64 <= TOLERATED * (at + 1) as f64 {
            found = Some((outcome.read.1, at + 1, wrong));
        }
    }
    if let Some((limit, count, wrong)) = found {
        println!(
            "  at most {:.1} % wrong from {limit:.5} on: {count} answers ({:.1} % of the lines), {wrong} wrong",
            100.0 * TOLERATED,
            100.0 * count as f64 / outcomes.len() as f64
        );
    }
    println!("  calibration error (ten bins): {:.4}", calibration_error(&sure));
}

/// Mean distance of confidence and truth over ten bins of confidence, weighted by their sizes.
fn calibration_error(answers: &[&&Outcome]) -> f64 {
    let mut bins = [(0usize, 0usize, 0f64); 10];
    for outcome in answers {
        let bin = &mut bins[((outcome.read.1 * 10.0) as usize).min(9)];
        bin.0 += 1;
        bin.1 += usize::from(outcome.right());
        bin.2 += f64::from(outcome.read.1);
    }
    let off: f64 = bins.iter().map(|(_, right, sure)| (*right as f64 - sure).abs()).sum();
    off / answers.len().max(1) as f64
}

/// Prints the figures of folders made by `sanad-samples lines`.
///
/// # Errors
/// A missing or broken folder.
pub fn print(folders: &[PathBuf], list: usize) -> Result<()> {
    let (mut outcomes, mut seconds) = (Vec::new(), 0.0);
    for folder in folders {
        let (read, took) = read(folder)?;
        outcomes.extend(read);
        seconds += took;
    }
    let all: Vec<&Outcome> = outcomes.iter().collect();
    let clean: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.truth.clean).collect();
    println!("{} lines, {:.2} ms a line", all.len(), 1000.0 * seconds / all.len().max(1) as f64);
    table("all", &all, |_| "all");
    table("face", &all, |truth| &truth.face);
    table("digits", &all, |truth| &truth.digits);
    table("form", &all, |truth| &truth.form);
    table("harm", &all, |truth| if truth.harm.contains('+') { "two at once" } else { &truth.harm });
    curve("all", &all);
    curve("clean", &clean);
    let days: Vec<&Outcome> = outcomes.iter().filter(|outcome| claims_day(&outcome.read.0)).collect();
    curve("read as a day that a claim may bear", &days);
    let mut wrong: Vec<&&Outcome> = clean.iter().filter(|outcome| !outcome.right()).collect();
    wrong.sort_by(|a, b| b.read.1.total_cmp(&a.read.1));
    for outcome in wrong.iter().take(list) {
        println!(
            "clean, wrong: «{}» read «{}» ({:.4})  {} {} offset {}",
            outcome.wanted,
            outcome.read.0,
            outcome.read.1,
            outcome.truth.face,
            outcome.truth.form,
            outcome.truth.offset
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_a_claim_may_bear() {
        for (text, bears) in [
            ("1402/05/17", true),
            ("17.05.1402", true),
            ("2023-12-31", true),
            ("1302/05/17", false),
            ("1402/13/17", false),
            ("1402/07/31", false),
            ("1402/05", false),
            ("12:30 1402/05/17", false),
        ] {
            assert_eq!(claims_day(text), bears, "{text}");
        }
    }

    #[test]
    fn truth_is_put_in_the_readers_order() {
        assert_eq!(in_order("1402 E 17"), "17 E 1402");
        assert_eq!(in_order("12:30 1402/05/17."), "12:30 1402/05/17");
    }
}
