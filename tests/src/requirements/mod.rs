//! The manual's requirements, S-01 to S-48: every one that asks for behaviour has at least one test whose
//! name begins with its number (`s_22_…`), driven over HTTP as the role that acts and read as the other.
//!
//! Two lists are honest about the rest: what asks for nothing that a program could show, and what is not
//! built yet. Each area keeps its own list of the latter beside its tests; it only shrinks.

mod claims;
mod claims_life;
mod claims_more;
mod claims_papers;
mod claims_walk;
mod forms;
mod forms_walk;
mod house;
mod people;
mod people_audit;
mod people_door;
mod people_insured;
mod permissions;
pub(crate) mod policy_server;
mod reading;
mod registers;

use std::collections::BTreeSet;
use std::path::Path;

/// Requirements of the manual: S-01 to S-48.
const LAST: u8 = 48;

/// What asks for no behaviour of its own, with the reason.
const WITHOUT_BEHAVIOUR: &[(u8, &str)] = &[(1, "says what the system is for; every other requirement carries it out")];

/// Numbers in the names of tests in this text: `s_22_…` under a test attribute.
fn numbers(text: &str) -> BTreeSet<u8> {
    let mut found = BTreeSet::new();
    let mut is_test = false;
    for line in text.lines().map(str::trim) {
        if matches!(line, "#[test]" | "#[tokio::test]") {
            is_test = true;
        } else if let Some(name) = line.strip_prefix("async fn s_").or_else(|| line.strip_prefix("fn s_")) {
            if std::mem::take(&mut is_test) {
                found.insert(name.split('_').next().and_then(|number| number.parse().ok()).expect("s_NN_…"));
            }
        } else if !line.starts_with("#[") {
            is_test = false;
        }
    }
    found
}

#[test]
fn every_requirement_has_its_test_or_is_named_as_open() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/requirements");
    let mut tested = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        tested.extend(numbers(&std::fs::read_to_string(file.unwrap().path()).unwrap()));
    }
    let open: Vec<u8> = [people::NOT_BUILT, claims::NOT_BUILT].concat();
    let silent: BTreeSet<u8> = WITHOUT_BEHAVIOUR.iter().map(|(number, _)| *number).collect();
    for number in 1..=LAST {
        let places = [tested.contains(&number), open.contains(&number), silent.contains(&number)];
        let count = places.iter().filter(|stands| **stands).count();
        assert_eq!(count, 1, "S-{number:02} stands in {count} of: tested, not built, without behaviour ({places:?})");
    }
}

#[test]
fn only_tests_count() {
    let text = "#[test]\nfn s_03_x() {}\nfn s_04_helper() {}\n#[tokio::test]\nasync fn s_05_y() {}\n";
    assert_eq!(numbers(text), BTreeSet::from([3, 5]));
}
