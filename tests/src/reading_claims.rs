//! What the manual asks of the papers' words: the accident's day on every paper (S-31), stamps and certified copies
//! (S-43, S-44), receipts beside the bill (S-47), the account only on the bank's slip (S-48). Each on an invented
//! claim with one planted fault and on its sound twin.

use std::ffi::OsStr;

use sanad_samples::{ClaimPlan, Fault, Fonts, claim, suited};
use serde_json::Value;
use tempfile::TempDir;

use crate::program::run;

/// Dots per inch of the papers.
const DPI: u32 = 200;

/// Papers that must bear a stamp, and hospital papers of which a certified copy will do.
const STAMPED: &[&str] = &["policy", "accident-report", "traffic-report"];
const COPIES: &[&str] = &["admission-record", "discharge-summary"];

/// Claims are looked for from this seed on.
const SEED: u64 = 2_300;

/// Writes the claim with some of its papers; its folder and its `case.json`.
pub(crate) fn written(fault: Fault, planted: bool, slots: &[&str]) -> (TempDir, Value) {
    written_from(SEED, fault, planted, slots)
}

fn written_from(seed: u64, fault: Fault, planted: bool, slots: &[&str]) -> (TempDir, Value) {
    let seed = suited(fault, seed);
    let wish = ClaimPlan { bad: 0, dpi: DPI, fault: planted.then_some(fault), tidy: true };
    let made = claim(seed, &wish);
    let dir = tempfile::tempdir().unwrap();
    let fonts = Fonts::load(&[]).unwrap();
    let mut files = Vec::new();
    for paper in &made.papers {
        if slots.contains(&paper.slot) {
            let (_, scan) = paper.draw(&fonts).unwrap();
            std::fs::write(dir.path().join(format!("{}.{}", paper.slot, scan.extension)), &scan.bytes).unwrap();
            files.push((format!("{}.{}", paper.slot, scan.extension), false));
        } else {
            files.push((String::new(), false));
        }
    }
    let mut case = serde_json::to_value(made.case(&files)).unwrap();
    let documents = case["documents"].as_array_mut().unwrap();
    documents.retain(|document| document["file"] != "");
    std::fs::write(dir.path().join("case.json"), case.to_string()).unwrap();
    (dir, case)
}

/// The same, judged.
fn judged(fault: Fault, planted: bool, slots: &[&str]) -> Value {
    judged_from(SEED, fault, planted, slots)
}

fn judged_from(seed: u64, fault: Fault, planted: bool, slots: &[&str]) -> Value {
    let (dir, _) = written_from(seed, fault, planted, slots);
    let outcome = run([OsStr::new("case"), OsStr::new("--json"), dir.path().as_os_str()]);
    outcome.lines().remove(0)
}

fn finding(line: &Value, code: &str) -> Option<Value> {
    line["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == code).cloned()
}

/// Nothing refuses, and one remark at most.
fn silent(line: &Value) -> bool {
    let severe = |s: &str| line["findings"].as_array().unwrap().iter().filter(|f| f["severity"] == s).count();
    severe("reject") == 0 && severe("warn") <= 1
}

/// What is told under this code of the claim with the fault, and the sound twin's answer, which is silent and tells no such thing.
fn told_of_the_planted_alone(fault: Fault, code: &str, slots: &[&str]) -> (Value, Value) {
    let line = judged(fault, true, slots);
    let told = finding(&line, code).unwrap_or_else(|| panic!("{:#}", line["facts"]));
    let sound = judged(fault, false, slots);
    assert!(finding(&sound, code).is_none() && silent(&sound), "{:#}", sound["findings"]);
    (told, sound)
}

#[test]
fn s_31_read_another_accident_date_is_told_with_both_papers() {
    let slots = ["accident-report", "admission-record", "office-letter"];
    let line = judged(Fault::OtherAccident, true, &slots);
    let told = finding(&line, "DAT-MISM").unwrap_or_else(|| panic!("{line:#}"));
    assert_eq!(told["severity"], "warn", "what a machine read does not refuse");
    let evidence = told["evidence"].as_array().unwrap();
    assert!(evidence.iter().any(|place| place["slot"] == "accident-report" && place["region"].is_array()));
    let timeline = line["timeline"].as_array().unwrap();
    assert!(timeline.iter().any(|entry| entry["conflict"] == true && entry["slot"] == "accident-report"));
    assert!(timeline.windows(2).all(|pair| pair[0]["iso"].as_str() <= pair[1]["iso"].as_str()));
    let sound = judged(Fault::OtherAccident, false, &slots);
    assert!(silent(&sound), "{:#}", sound["findings"]);
}

#[test]
fn s_43_read_a_paper_without_the_stamp_it_must_bear_is_told() {
    let (told, sound) = told_of_the_planted_alone(Fault::Unstamped, "STM-NONE", STAMPED);
    assert_eq!(told["severity"], "warn", "an expert confirms it");
    let slot = told["evidence"][0]["slot"].as_str().unwrap();
    assert!(!sound["facts"][slot][0]["stamps"].as_array().unwrap().is_empty(), "its twin's is seen: {slot}");
}

#[test]
fn s_44_read_a_hospital_copy_that_nobody_certified_is_told() {
    let (told, _) = told_of_the_planted_alone(Fault::Uncertified, "CRT-COPY", COPIES);
    assert_eq!(told["severity"], "warn", "an expert confirms it");
}

/// How many of such claims are named is measured (docs/reading.md); on these two both readers, and one alone, make out the
/// receipt.
#[test]
fn s_47_read_receipts_are_held_against_the_bill() {
    let slots = ["hospital-bill", "cash-receipt"];
    for (seed, severity) in [(2_500, "warn"), (2_400, "info")] {
        let line = judged_from(seed, Fault::OtherSum, true, &slots);
        let told = finding(&line, "AMT-DIFF").unwrap_or_else(|| panic!("{seed}: {:#}", line["facts"]));
        assert_eq!(told["severity"], severity, "{seed}: a remark only where both readers say it");
        let sound = judged_from(seed, Fault::OtherSum, false, &slots);
        assert!(finding(&sound, "AMT-DIFF").is_none() && silent(&sound), "{seed}: {:#}", sound["findings"]);
    }
}

#[test]
fn s_48_read_an_account_in_the_letter_is_told_and_on_the_slip_is_not() {
    let slots = ["office-letter", "bank-slip"];
    let (_, sound) = told_of_the_planted_alone(Fault::AccountInLetter, "IBN-LETR", &slots);
    let slip = &sound["facts"]["bank-slip"][0];
    assert_eq!(slip["kind"]["code"], "bank-slip");
    assert_eq!(slip["ibans"][0]["valid"], true, "{slip:#}");
}

#[test]
fn a_paper_in_the_wrong_slot_is_told() {
    let line = judged(Fault::WrongPaper, true, &["hospital-bill"]);
    assert!(finding(&line, "TYP-WRONG").is_some(), "{:#}", line["facts"]);
}
