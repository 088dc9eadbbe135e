//! Whole claims: is the planted fault named, and is the sound twin left in peace?

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// How claims are judged.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The program.
    pub program: PathBuf,
    /// Files read at once.
    pub jobs: usize,
    /// Whether every claim is listed, not only those answered wrongly.
    pub list: bool,
}

/// Counts of one planted fault.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    planted: u32,
    named: u32,
    sound: u32,
    quiet: u32,
}

/// Judges every claim of a folder with the program and prints what was found beside what was expected: a line for
/// each claim answered wrongly, the counts of each fault, and which codes sound claims were warned of.
///
/// # Errors
/// When the program or the folder cannot be used.
pub fn print(folder: &Path, wish: &Wish) -> Result<()> {
    let mut dirs: Vec<PathBuf> = std::fs::read_dir(folder)?.filter_map(|e| Some(e.ok()?.path())).collect();
    dirs.retain(|path| path.join("case.json").exists());
    dirs.sort();
    let mut faults: BTreeMap<String, Counts> = BTreeMap::new();
    let mut alarms: BTreeMap<String, u32> = BTreeMap::new();
    for dir in &dirs {
        let expected = expected(dir)?;
        let found = judged(dir, wish)?;
        let name = dir.file_name().unwrap_or_default().to_string_lossy();
        let told: Vec<&(String, String)> = found.iter().filter(|(_, severity)| severity != "info").collect();
        let counts = faults.entry(fault(&name).to_owned()).or_default();
        let verdict = if expected.is_empty() {
            let rejects = told.iter().filter(|(_, severity)| severity == "reject").count();
            let silent = rejects == 0 && told.len() <= 1;
            counts.sound += 1;
            counts.quiet += u32::from(silent);
            told.iter().for_each(|(code, _)| *alarms.entry(code.clone()).or_default() += 1);
            if silent { "sound" } else { "LOUD" }
        } else {
            let all = expected.iter().all(|code| found.iter().any(|(known, _)| known == code));
            counts.planted += 1;
            counts.named += u32::from(all);
            if all { "named" } else { "MISSED" }
        };
        if wish.list || verdict.chars().all(char::is_uppercase) {
            println!("{verdict:<7} {name} expected {expected:?} found {told:?}");
        }
    }
    summary(&faults, &alarms);
    Ok(())
}

fn summary(faults: &BTreeMap<String, Counts>, alarms: &BTreeMap<String, u32>) {
    let mut all = Counts::default();
    for (fault, counts) in faults {
        println!("{fault:<20} named {}/{}  silent {}/{}", counts.named, counts.planted, counts.quiet, counts.sound);
        all.planted += counts.planted;
        all.named += counts.named;
        all.sound += counts.sound;
        all.quiet += counts.quiet;
    }
    println!("sound claims were told: {alarms:?}");
    println!("planted faults named {}/{}; sound claims silent {}/{}", all.named, all.planted, all.quiet, all.sound);
}

/// The fault by which a claim is named, `other-accident` of `other-accident-2-planted`.
fn fault(name: &str) -> &str {
    name.rsplitn(3, '-').nth(2).unwrap_or(name)
}

/// Codes that ought to be found; none for a sound claim.
fn expected(dir: &Path) -> Result<Vec<String>> {
    let path = dir.with_extension("expected.json");
    let value: Value =
        serde_json::from_str(&std::fs::read_to_string(&path).with_context(|| path.display().to_string())?)?;
    let codes = value["expected_codes"].as_array().into_iter().flatten();
    Ok(codes.filter_map(|code| code.as_str().map(str::to_owned)).collect())
}

/// Codes and severities of what the program finds.
fn judged(dir: &Path, wish: &Wish) -> Result<Vec<(String, String)>> {
    let jobs = wish.jobs.to_string();
    let mut command = Command::new(&wish.program);
    command.args(["case", "--json", "--jobs", &jobs]).arg(dir);
    let output = command.output().context("the program does not start")?;
    let line: Value = serde_json::from_slice(&output.stdout).context("the program's answer")?;
    if !line["error"].is_null() {
        bail!("{}: {}", dir.display(), line["error"]);
    }
    let findings = line["findings"].as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(findings.map(|finding| (text(&finding["code"]), text(&finding["severity"]))).collect())
}
