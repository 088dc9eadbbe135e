//! The command line is a contract.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;
use std::process::Command;

use image::ImageFormat;
use serde_json::Value;

use crate::bad_input_files::{encoded, page};
use crate::program::{Outcome, finish, run, sanad};

/// A folder with two good pages, a bad file and one below.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    std::fs::create_dir(path.join("below")).unwrap();
    std::fs::write(path.join("a.jpg"), encoded(&page(840, 1188), ImageFormat::Jpeg)).unwrap();
    std::fs::write(path.join("b.png"), encoded(&page(420, 594), ImageFormat::Png)).unwrap();
    std::fs::write(path.join("below/c.jpg"), b"").unwrap();
    folder
}

fn check(folder: &Path, args: &[&str]) -> Outcome {
    finish(Command::new(sanad()).current_dir(folder).arg("check").args(args))
}

fn names(lines: &[Value]) -> Vec<&str> {
    lines.iter().map(|line| line["file"].as_str().unwrap()).collect()
}

#[test]
fn a_file_has_the_shape_of_the_contract() {
    let folder = folder();
    let lines = check(folder.path(), &["--json", "--only", "legibility", "a.jpg"]).lines();
    let file = &lines[0];
    let keys: Vec<&String> = file.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["file", "sha256", "media_type", "bytes", "verdict", "elapsed_ms", "pages", "findings", "facts"]);
    assert_eq!(file["media_type"], "image/jpeg");
    assert_eq!(file["sha256"].as_str().unwrap().len(), 64);
    assert!(file["facts"].is_null());
    let page = &file["pages"][0];
    assert_eq!((page["width_px"].as_u64(), page["height_px"].as_u64()), (Some(840), Some(1188)));
    for key in ["index", "dpi", "dpi_estimated", "turned_deg", "skew_deg", "verdict", "readability", "uncertain"] {
        assert!(page.get(key).is_some(), "{key}");
    }
    for key in ["decode", "legibility"] {
        assert!(page["elapsed_ms"][key].is_u64(), "{key}");
    }
    assert!(page["findings"].is_array());
}

#[test]
fn what_is_not_read_says_so() {
    let folder = folder();
    let told = |args: &[&str]| {
        let lines = check(folder.path(), args).lines();
        let missed = lines[0]["pages"][0]["not_run"].as_array().unwrap().clone();
        missed.iter().map(|missed| missed["check"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    // a page without words: read, and nothing made of it
    assert!(told(&["--json", "--kind", "hospital-bill", "a.jpg"]).contains(&"TYP-WRONG".to_owned()));
    assert!(!told(&["--json", "--only", "legibility", "a.jpg"]).contains(&"facts".to_owned()));
}

#[test]
fn folders_are_walked_in_order_and_paths_joined() {
    let folder = folder();
    let outcome = check(folder.path(), &["--json", "b.png", ".", "below"]);
    assert_eq!(names(&outcome.lines()), ["b.png", "./a.jpg", "./b.png", "./below/c.jpg", "below/c.jpg"]);
}

#[test]
fn order_holds_with_many_jobs() {
    let folder = tempfile::tempdir().unwrap();
    let mut wanted = Vec::new();
    for index in 0..40u32 {
        let name = format!("{index:02}.png");
        let side = if index % 5 == 0 { 1200 } else { 60 + index };
        std::fs::write(folder.path().join(&name), encoded(&page(side, side), ImageFormat::Png)).unwrap();
        wanted.push(name);
    }
    let mut args = vec!["--json", "--jobs", "7"];
    args.extend(wanted.iter().map(String::as_str));
    assert_eq!(names(&check(folder.path(), &args).lines()), wanted);
}

#[test]
fn the_exit_status_tells_the_worst() {
    let folder = folder();
    let code = |args: &[&str]| check(folder.path(), args).code;
    assert_eq!(code(&["below/c.jpg"]), Some(1));
    assert_eq!(code(&["below/c.jpg", "nowhere.jpg"]), Some(2));
    assert_eq!(code(&[]), Some(2));
    assert_eq!(code(&["--only", "taste", "a.jpg"]), Some(2));
    assert_eq!(code(&["--kind", "novel", "a.jpg"]), Some(2));
    assert_eq!(code(&["--today", "1402/01/01/", "a.jpg"]), Some(2));
    assert_eq!(code(&["--jobs", "0", "a.jpg"]), Some(2));
    let good = check(folder.path(), &["--json", "--today", "2023-02-05", "a.jpg"]);
    let rejected = good.lines()[0]["verdict"] == "reject";
    assert_eq!(good.code, Some(i32::from(rejected)));
}

#[test]
fn our_failure_is_an_error_object_and_the_rest_is_done() {
    let folder = folder();
    let outcome = check(folder.path(), &["--json", "nowhere.jpg", "a.jpg"]);
    let lines = outcome.lines();
    assert_eq!(names(&lines), ["nowhere.jpg", "a.jpg"]);
    assert_eq!(lines[0]["error"]["kind"], "not-found");
    assert!(!lines[0]["error"]["message"]["fa"].as_str().unwrap().is_empty());
    assert!(lines[1]["error"].is_null() && lines[1]["pages"].is_array());
    assert_eq!(outcome.code, Some(2));
}

#[test]
fn dashes_end_the_options() {
    let folder = folder();
    std::fs::copy(folder.path().join("b.png"), folder.path().join("--json")).unwrap();
    let lines = check(folder.path(), &["--json", "--", "--json"]).lines();
    assert_eq!(names(&lines), ["--json"]);
}

#[test]
fn the_same_bytes_twice_are_worth_a_word_and_no_more() {
    let folder = folder();
    std::fs::copy(folder.path().join("a.jpg"), folder.path().join("z.jpg")).unwrap();
    let lines = check(folder.path(), &["--json", "a.jpg", "b.png", "z.jpg"]).lines();
    let codes = |line: &Value| {
        let findings = line["findings"].as_array().unwrap();
        findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes(&lines[0]), [""; 0]);
    assert_eq!(codes(&lines[2]), ["DUP-SAME"]);
    assert_eq!(lines[2]["findings"][0]["severity"], "info");
    assert_eq!(lines[0]["verdict"], lines[2]["verdict"]);
}

#[test]
fn names_of_every_sort_are_echoed_in_one_line() {
    let folder = folder();
    let names = ["line\nbreak.png", "\u{202e}gnp.exe", "..png", "صورت‌حساب بیمارستان.png", "quote\"\\.png"];
    for name in names {
        std::fs::copy(folder.path().join("b.png"), folder.path().join(name)).unwrap();
    }
    let mut args = vec!["--json"];
    args.extend(names);
    let outcome = check(folder.path(), &args);
    assert_eq!(self::names(&outcome.lines()), names);
    // For people, what would break the line or turn the text is written out.
    let human = check(folder.path(), &["line\nbreak.png", "\u{202e}gnp.exe"]).stdout;
    assert!(human.contains("line\\u{a}break.png") && !human.contains('\u{202e}'), "{human}");
    // A name that is no text is still a file.
    let raw = OsString::from_vec(b"\xff\xfe.png".to_vec());
    std::fs::copy(folder.path().join("b.png"), folder.path().join(&raw)).unwrap();
    let outcome = finish(Command::new(sanad()).current_dir(folder.path()).args(["check", "--json"]).arg(&raw));
    assert_eq!(outcome.lines()[0]["media_type"], "image/png");
}

#[test]
fn people_get_persian_without_colours_in_a_pipe() {
    let folder = folder();
    let text = check(folder.path(), &["a.jpg", "below/c.jpg"]).stdout;
    assert!(text.contains("FIL-EMPT") && text.contains("رد شد") && text.contains("صفحهٔ ۱"), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
    let english = check(folder.path(), &["--lang", "en", "below/c.jpg"]).stdout;
    assert!(english.contains("rejected"), "{english}");
}

#[test]
fn marked_pages_are_written() {
    let folder = folder();
    let outcome = check(folder.path(), &["--json", "--annotate", "marked", "a.jpg", "b.png", "below/c.jpg"]);
    assert_eq!(outcome.lines().len(), 3);
    let mut written: Vec<_> =
        std::fs::read_dir(folder.path().join("marked")).unwrap().flatten().map(|e| e.path()).collect();
    written.sort();
    assert_eq!(written.len(), 2, "{written:?}");
    let marked = image::open(&written[0]).unwrap();
    assert_eq!((marked.width(), marked.height()), (840, 1188));
}

#[test]
fn it_runs_anywhere_within_four_gibibytes() {
    let folder = folder();
    let script = "ulimit -v 4194304 && cd / && exec \"$0\" check --json \"$1\"";
    let path = folder.path().join("a.jpg");
    let outcome = finish(Command::new("sh").arg("-c").arg(script).arg(sanad()).arg(&path));
    let lines = outcome.lines();
    assert_eq!(lines[0]["pages"].as_array().map(Vec::len), Some(1), "{outcome:?}");
}

#[test]
fn a_closed_pipe_is_no_crash() {
    let folder = folder();
    let script = "\"$0\" check --json . . . . | head -c 20 >/dev/null; exit 0";
    let outcome = finish(Command::new("sh").current_dir(folder.path()).arg("-c").arg(script).arg(sanad()));
    assert!(!outcome.stderr.contains("panicked"), "{}", outcome.stderr);
}

#[test]
fn the_version_is_told() {
    assert_eq!(run(["--version"]).code, Some(0));
}
