//! The arrows between the rooms: `checks ← intake ← review-api`, and nothing else.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the workspace").to_owned()
}

fn dependencies(room: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join(room).join("Cargo.toml")).unwrap();
    let manifest: toml::Table = toml::from_str(&text).unwrap();
    manifest["dependencies"].as_table().unwrap().keys().cloned().collect()
}

fn sources(room: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(room).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found
}

fn none_says(room: &str, words: &[&str]) {
    for (path, text) in sources(room) {
        for line in text.lines().filter(|l| !l.trim_start().starts_with("//")) {
            for word in words {
                assert!(!line.contains(word), "{} says `{word}`: {}", path.display(), line.trim());
            }
        }
    }
}

#[test]
fn checks_depend_on_no_other_room_and_do_nothing_but_judge() {
    let allowed = ["icu_calendar", "image", "serde", "serde_json", "thiserror", "toml"];
    for name in dependencies("checks") {
        assert!(allowed.contains(&name.as_str()), "checks may not depend on {name}");
    }
    none_says(
        "checks",
        &[
            "std::fs",
            "std::net",
            "std::env",
            "std::process",
            "std::thread",
            "SystemTime",
            "Instant::now",
            "async fn",
            "sanad_intake",
            "sqlx",
        ],
    );
}

#[test]
fn intake_knows_no_office() {
    let names = dependencies("intake");
    assert!(names.contains("sanad-checks"));
    for name in ["sqlx", "axum", "tokio", "sanad", "sanad-samples"] {
        assert!(!names.contains(name), "intake may not depend on {name}");
    }
    none_says("intake", &["sqlx", "axum", "async fn", "sanad_samples"]);
}

#[test]
fn the_office_touches_no_pixels() {
    let names = dependencies("review-api");
    for name in ["image", "imageproc", "lopdf", "pdf-extract", "hayro", "tesseract", "tiff", "png", "sanad-samples"] {
        assert!(!names.contains(name), "review-api may not depend on {name}");
    }
}

#[test]
fn samples_share_nothing_with_the_checks() {
    let names = dependencies("samples");
    assert!(!names.contains("sanad-checks") && !names.contains("sanad-intake"), "{names:?}");
    none_says("samples", &["sanad_checks", "sanad_intake"]);
}

#[test]
fn sql_stands_in_the_store_only() {
    for (path, text) in sources("review-api") {
        let in_store = path.components().any(|c| c.as_os_str() == "store");
        assert!(in_store || !text.contains("sqlx::"), "{} speaks to sqlx", path.display());
    }
}

#[test]
fn no_room_is_a_lumber_room() {
    for room in ["checks", "intake", "review-api", "samples", "tests"] {
        for (path, _) in sources(room) {
            for part in path.strip_prefix(root()).unwrap().components() {
                let name = part.as_os_str().to_string_lossy();
                let name = name.trim_end_matches(".rs");
                assert!(
                    !["utils", "util", "common", "core", "helpers", "helper", "misc"].contains(&name),
                    "{}",
                    path.display()
                );
            }
        }
    }
}
