//! Whole claims: is the planted fault named, and is the sound twin left in peace?

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Judges every claim of a folder with the program and prints what was found beside what was expected.
///
/// # Errors
/// When the program or the folder cannot be used.
pub fn print(folder: &Path, program: &Path, list: bool) -> Result<()> {
    let mut dirs: Vec<PathBuf> = std::fs::read_dir(folder)?.filter_map(|e| Some(e.ok()?.path())).collect();
    dirs.retain(|path| path.join("case.json").exists());
    dirs.sort();
    let (mut planted, mut named, mut sound, mut quiet) = (0, 0, 0, 0);
    for dir in &dirs {
        let expected = expected(dir)?;
        let found = judged(dir, program)?;
        let severe = |s: &str| found.iter().filter(|(_, severity)| severity == s).count();
        let (rejects, warns) = (severe("reject"), severe("warn"));
        let name = dir.file_name().unwrap_or_default().to_string_lossy();
        let codes: Vec<String> =
            found.iter().filter(|(_, s)| s != "info").map(|(code, severity)| format!("{code}:{severity}")).collect();
        let verdict = if expected.is_empty() {
            sound += 1;
            let silent = rejects == 0 && warns <= 1;
            quiet += u32::from(silent);
            if silent { "sound" } else { "LOUD" }
        } else {
            planted += 1;
            let all = expected.iter().all(|code| found.iter().any(|(known, _)| known == code));
            named += u32::from(all);
            if all { "named" } else { "MISSED" }
        };
        if list || verdict.chars().all(char::is_uppercase) {
            println!("{verdict:<7} {name} expected {expected:?} found {codes:?}");
        }
    }
    println!("planted faults named {named}/{planted}; sound claims silent {quiet}/{sound}");
    Ok(())
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
fn judged(dir: &Path, program: &Path) -> Result<Vec<(String, String)>> {
    let output =
        Command::new(program).args(["case", "--json"]).arg(dir).output().context("the program does not start")?;
    let line: Value = serde_json::from_slice(&output.stdout).context("the program's answer")?;
    if !line["error"].is_null() {
        bail!("{}: {}", dir.display(), line["error"]);
    }
    let findings = line["findings"].as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(findings.map(|finding| (text(&finding["code"]), text(&finding["severity"]))).collect())
}
