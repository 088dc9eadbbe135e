//! Papers seen before: `sanad duplicates` and the register of `sanad case`, as people run them.

use std::path::Path;
use std::process::Command;

use image::{DynamicImage, ImageFormat};
use sanad_samples::{Change, Fonts, PaperCopy, Recapture, Split, recapture, template};
use serde_json::{Value, json};

use crate::bad_input_files::{encoded, scan_pdf};
use crate::program::{Outcome, finish, sanad};

/// The form of these cases: not one that anything was tuned on.
const FORM: u64 = 3;

fn duplicates(folder: &Path, args: &[&str]) -> Outcome {
    finish(Command::new(sanad()).current_dir(folder).arg("duplicates").args(args))
}

/// Two people's papers of one form, one of them again with another date, and captures of them.
fn papers(folder: &Path) {
    let fonts = Fonts::load(&[]).unwrap();
    let form = template(Split::Holdout, 2026, FORM).unwrap();
    let (one, other) = (PaperCopy::of_person(&form, 1), PaperCopy::of_person(&form, 2));
    let dated = one.but_for(Change::Date, 9);
    let shots = [
        ("a-one", &one, Recapture::Original),
        ("b-again", &one, Recapture::Rescan),
        ("c-turned", &one, Recapture::Turn),
        ("d-stamped", &one, Recapture::StampAdded),
        ("e-other", &other, Recapture::Rescan),
        ("f-dated", &dated, Recapture::Rescan),
    ];
    for (at, (name, copy, how)) in shots.into_iter().enumerate() {
        let made = recapture(&fonts, copy, how, Split::Holdout, 40 + at as u64).unwrap();
        std::fs::write(folder.join(format!("{name}.{}", made.extension)), made.bytes).unwrap();
    }
}

fn stem(name: &Value) -> String {
    Path::new(name.as_str().unwrap()).file_stem().unwrap().to_string_lossy().into_owned()
}

/// The pairs as `(a, b, relation)`, by the stems of the names.
fn pairs(answer: &Value) -> Vec<(String, String, String)> {
    let pairs = answer["pairs"].as_array().unwrap().iter();
    pairs.map(|p| (stem(&p["a"]), stem(&p["b"]), p["relation"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn a_paper_is_known_again_and_its_form_filled_by_another_is_not_accused() {
    let folder = tempfile::tempdir().unwrap();
    papers(folder.path());
    let outcome = duplicates(folder.path(), &["--json", "."]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let lines = outcome.lines();
    assert_eq!(lines.len(), 1);
    let found = pairs(&lines[0]);
    let again = |a: &str, b: &str| {
        let relation = found.iter().find(|p| p.0 == a && p.1 == b).map(|p| p.2.as_str());
        relation.is_some_and(|r| r.starts_with("same-") && r != "same-template")
    };
    // every pair is told, some of them only as a question to a person; how many is for the evaluation to measure
    let told = |a: &str, b: &str| found.iter().any(|p| p.0 == a && p.1 == b);
    for (a, b) in [("a-one", "b-again"), ("a-one", "c-turned"), ("b-again", "c-turned"), ("a-one", "d-stamped")] {
        assert!(told(a, b), "{a} {b}: {found:?}");
    }
    assert!(again("a-one", "c-turned"), "{found:?}");
    for paper in ["a-one", "b-again", "c-turned", "d-stamped"] {
        assert!(!again(paper, "e-other") && !again(paper, "f-dated"), "{paper}: {found:?}");
    }
    assert!(!again("e-other", "f-dated"));
    assert!(found.iter().all(|p| p.2 != "same-template"), "forms are told only when asked for");
    let mut sorted = found.clone();
    sorted.sort();
    assert_eq!(found, sorted, "pairs are sorted");
    for pair in lines[0]["pairs"].as_array().unwrap() {
        assert!(pair["a"].as_str().unwrap().starts_with("./"));
        let score = pair["score"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&score) && pair["regions"].is_array());
    }
    let with_forms = duplicates(folder.path(), &["--json", "--templates", "."]);
    assert!(pairs(&with_forms.lines()[0]).iter().any(|p| p.2 == "same-template"));
}

#[test]
fn the_same_bytes_and_the_same_picture_are_told_apart_from_captures() {
    let folder = tempfile::tempdir().unwrap();
    papers(folder.path());
    let path = folder.path();
    let first = std::fs::read_dir(path).unwrap().flatten().map(|e| e.path());
    let first = first.filter(|p| p.extension().is_some_and(|e| e == "jpg")).min().unwrap();
    let jpeg = std::fs::read(&first).unwrap();
    let size = image::load_from_memory(&jpeg).unwrap();
    std::fs::write(path.join("y-copy.jpg"), &jpeg).unwrap();
    std::fs::write(path.join("z-wrapped.pdf"), scan_pdf(&jpeg, size.width(), size.height())).unwrap();
    let name = first.file_name().unwrap().to_str().unwrap();
    let outcome = duplicates(path, &["--json", name, "y-copy.jpg", "z-wrapped.pdf"]);
    let said: Vec<String> = pairs(&outcome.lines()[0]).into_iter().map(|p| p.2).collect();
    assert_eq!(said, ["same-bytes", "same-picture", "same-picture"], "{outcome:?}");
}

#[test]
fn pages_that_say_nothing_match_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let grey = |w, h, v: u8| DynamicImage::ImageLuma8(image::GrayImage::from_pixel(w, h, image::Luma([v])));
    let mut table = image::GrayImage::from_pixel(800, 1100, image::Luma([255]));
    for y in 0..1100 {
        for x in 0..800 {
            if (x % 160 < 3 || y % 90 < 3) && (40..760).contains(&x) && (40..1060).contains(&y) {
                table.put_pixel(x, y, image::Luma([20]));
            }
        }
    }
    let pages = [
        ("blank-a.png", grey(800, 1100, 255)),
        ("blank-b.png", grey(801, 1100, 255)),
        ("black.png", grey(800, 1100, 0)),
        ("grey.png", grey(800, 1100, 128)),
        ("narrow.png", grey(20, 1100, 230)),
        ("table-a.png", DynamicImage::ImageLuma8(table.clone())),
        ("table-b.png", DynamicImage::ImageLuma8(image::imageops::rotate180(&table))),
    ];
    for (name, page) in &pages {
        std::fs::write(folder.path().join(name), encoded(page, ImageFormat::Png)).unwrap();
    }
    std::fs::write(folder.path().join("no-picture.txt"), "words").unwrap();
    std::fs::write(folder.path().join("empty.jpg"), "").unwrap();
    std::fs::write(folder.path().join("empty-too.jpg"), "").unwrap();
    let outcome = duplicates(folder.path(), &["--json", "."]);
    let answer = &outcome.lines()[0];
    assert_eq!(outcome.code, Some(0));
    assert_eq!(answer["pairs"], json!([]), "{answer}");
    let unfit = answer["not_run"].as_array().unwrap();
    assert_eq!(unfit.len(), pages.len(), "{answer}");
    assert!(unfit.iter().all(|n| !n["why"].as_str().unwrap().is_empty()));
}

#[test]
fn our_failure_is_an_error_and_the_rest_is_done() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "same").unwrap();
    std::fs::write(folder.path().join("b.txt"), "same").unwrap();
    let outcome = duplicates(folder.path(), &["--json", "a.txt", "nowhere.jpg", "b.txt", "./a.txt"]);
    let answer = &outcome.lines()[0];
    assert_eq!(outcome.code, Some(2));
    assert_eq!(answer["errors"][0]["file"], "nowhere.jpg");
    assert_eq!(pairs(answer), [("a".to_owned(), "b".to_owned(), "same-bytes".to_owned())]);
    assert_eq!(duplicates(folder.path(), &[]).code, Some(2));
    let people = duplicates(folder.path(), &["a.txt"]);
    assert!(people.stdout.contains("یافت نشد"), "{people:?}");
}

#[test]
fn two_claims_that_hold_captures_of_one_paper_both_hear_of_it() {
    let folder = tempfile::tempdir().unwrap();
    papers(folder.path());
    let file = |stem: &str| {
        let mut paths = std::fs::read_dir(folder.path()).unwrap().flatten().map(|e| e.path());
        paths.find(|p| p.file_stem().is_some_and(|s| s == stem)).unwrap()
    };
    let claim = |dir: &str, papers: &[(&str, &str)]| {
        let root = folder.path().join(dir);
        std::fs::create_dir(&root).unwrap();
        let documents: Vec<Value> = papers
            .iter()
            .map(|(slot, stem)| {
                let from = file(stem);
                let name = from.file_name().unwrap().to_str().unwrap().to_owned();
                std::fs::copy(&from, root.join(&name)).unwrap();
                json!({ "slot": slot, "file": name })
            })
            .collect();
        let case = json!({ "claim_type": "injury", "accident_date": "2024-01-05", "documents": documents });
        std::fs::write(root.join("case.json"), case.to_string()).unwrap();
    };
    claim("first", &[("hospital-bill", "a-one"), ("identity", "d-stamped")]);
    claim("second", &[("hospital-bill", "b-again"), ("policy", "e-other")]);
    let outcome = finish(Command::new(sanad()).current_dir(folder.path()).args([
        "case",
        "--json",
        "--today",
        "2024-03-01",
        "first",
        "second",
    ]));
    let lines = outcome.lines();
    let told = |line: &Value, code: &str| {
        let findings = line["findings"].as_array().unwrap();
        findings.iter().filter(|f| f["code"] == code).cloned().collect::<Vec<_>>()
    };
    for (line, other) in lines.iter().zip(["second", "first"]) {
        let seen = told(line, "DUP-CASE");
        assert!(!seen.is_empty(), "{line}");
        assert!(seen.iter().all(|f| f["evidence"][1]["dir"] == other), "{line}");
    }
    assert_eq!(told(&lines[0], "DUP-SLOT").len(), 1, "{}", lines[0]);
    assert!(told(&lines[1], "DUP-SLOT").is_empty());
}
