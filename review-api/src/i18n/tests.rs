//! Every message that the pages ask for stands in both catalogues, and no other does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::Lang;
use super::catalogue::{FILES, source};

/// Calls whose first text is a message key.
const CALLS: [&str; 4] = [".t(\"", ".t1(\"", ".t2(\"", "msg(\""];

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
}

/// Keys named in templates and source, with the file that names them; keys that templates choose
/// among come from the closed lists, errors have a second message each.
fn asked() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    files(&root.join("templates"), "html", &mut paths);
    files(&root.join("src"), "rs", &mut paths);
    let mut keys = BTreeMap::new();
    for path in paths.iter().filter(|path| !path.ends_with("i18n/tests.rs")) {
        let text = std::fs::read_to_string(path).unwrap();
        for call in CALLS {
            for (at, _) in text.match_indices(call) {
                let key = text[at + call.len()..].split('"').next().unwrap();
                keys.insert(key.to_owned(), path.display().to_string());
            }
        }
    }
    let errors: Vec<String> = keys.keys().filter(|key| key.starts_with("error-")).cloned().collect();
    let own_words = ["error-home", "error-refused"];
    for key in errors.iter().filter(|key| !own_words.contains(&key.as_str()) && !key.ends_with("-detail")) {
        keys.insert(format!("{key}-detail"), "every error".to_owned());
    }
    for key in crate::views::terms::listed_keys() {
        keys.insert(key, "the closed lists".to_owned());
    }
    for key in refusals(root) {
        keys.insert(format!("refusal-{key}"), "the refusals".to_owned());
    }
    keys
}

/// Keys of the domain's refusals, read where the domain gives them.
fn refusals(root: &Path) -> Vec<String> {
    let source = std::fs::read_to_string(root.join("src/claim/error.rs")).unwrap();
    let keys = source.split("pub const fn key").nth(1).and_then(|rest| rest.split("\n    }\n").next()).unwrap();
    let keys: Vec<String> = keys.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    assert!(keys.len() > 10, "the refusals have moved: {keys:?}");
    keys
}

fn given(lang: Lang) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for file in FILES {
        for line in source(lang, file).lines() {
            let starts = line.starts_with(|c: char| c.is_ascii_lowercase());
            if let Some((key, _)) = line.split_once(" =").filter(|_| starts) {
                assert!(keys.insert(key.to_owned()), "{}/{}.ftl has {key} twice", lang.tag(), file.0);
            }
        }
    }
    keys
}

#[test]
fn no_message_is_missing() {
    let asked = asked();
    assert!(asked.len() > 200, "the scan found too little: {}", asked.len());
    for lang in Lang::ALL {
        let given = given(lang);
        let missing: Vec<_> = asked.iter().filter(|(key, _)| !given.contains(*key)).collect();
        assert!(missing.is_empty(), "{} lacks {missing:#?}", lang.tag());
    }
}

#[test]
fn no_message_is_unused() {
    let asked = asked();
    for lang in Lang::ALL {
        let unused: Vec<_> = given(lang).into_iter().filter(|key| !asked.contains_key(key)).collect();
        assert!(unused.is_empty(), "{} has unused {unused:?}", lang.tag());
    }
}

#[test]
fn every_message_draws_and_speaks_its_language() {
    for key in given(Lang::Fa) {
        let fa = super::text(Lang::Fa, &key, &[]);
        let persian = fa.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c));
        assert!(persian || ["other-language", "fault-mark"].contains(&key.as_str()), "{key}: {fa}");
        assert!(!super::text(Lang::En, &key, &[]).starts_with('⟦'), "{key}");
    }
}

#[test]
fn numbers_inside_messages_follow_the_language() {
    let count = [("count", super::Arg::from(12_i64))];
    assert_eq!(super::text(Lang::Fa, "queue-papers", &count), "۱۲ مدرک");
    assert_eq!(super::text(Lang::En, "queue-papers", &count), "12 papers");
    assert_eq!(super::text(Lang::En, "queue-papers", &[("count", super::Arg::from(1_i64))]), "1 paper");
}
