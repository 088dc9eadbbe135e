//! The locked child: what it cannot do, and what happens when it dies.

use std::process::Command;
use std::time::Duration;

use image::ImageFormat;
use sanad_intake::{Probe, ReadError, ReadRequest, ReaderConfig, Readers};

use crate::bad_input_files::{encoded, page};
use crate::program::{eventually, reader_config, run};

#[test]
fn the_child_can_do_nothing_but_compute() {
    let report = Readers::probe(&reader_config()).expect("a child can be started");
    assert_eq!(report.allowed, vec![], "the lock let these through");
    assert_eq!(report.refused, Probe::ALL);
}

#[test]
fn a_child_that_was_not_started_for_it_answers_no_probe() {
    // The flag stands in the arguments of the process alone; a request cannot carry it.
    let readers = Readers::new(ReaderConfig { children: 1, ..reader_config() });
    eventually("a child waits", || !readers.idle_children().is_empty());
    let pid = readers.idle_children()[0];
    let arguments = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    let arguments = String::from_utf8_lossy(&arguments).into_owned();
    assert!(arguments.contains("reader") && !arguments.contains("probe"), "{arguments}");
}

#[test]
fn wrong_arguments_end_the_child_before_it_reads() {
    assert_eq!(run(["reader", "--no-such-flag"]).code, Some(2));
}

#[test]
fn dead_children_are_replaced_and_the_file_still_read() {
    let readers = Readers::new(ReaderConfig { children: 2, ..reader_config() });
    let bytes = encoded(&page(420, 594), ImageFormat::Png);
    for _ in 0..5 {
        eventually("a child waits", || !readers.idle_children().is_empty());
        readers.idle_children().into_iter().for_each(kill);
        let reading = readers.read(&bytes, &ReadRequest::default()).expect("a fresh child reads it");
        assert_eq!(reading.report.pages.len(), 1);
        assert!(reading.report.findings.is_empty(), "{:?}", reading.report.findings);
    }
    assert!(readers.health().deaths > 0);
    assert_eq!(readers.health().failures, 0);
}

#[test]
fn children_killed_at_work_lose_no_file() {
    let readers = Readers::new(ReaderConfig { children: 2, ..reader_config() });
    let bytes = encoded(&page(2400, 3400), ImageFormat::Png);
    std::thread::scope(|scope| {
        let reading = scope.spawn(|| readers.read(&bytes, &ReadRequest { preview: true, ..ReadRequest::default() }));
        // Whoever is at work now dies once; its successor may finish.
        eventually("a child is at work", || !readers.busy_children().is_empty());
        std::thread::sleep(Duration::from_millis(60));
        readers.busy_children().into_iter().for_each(kill);
        let reading = reading.join().expect("no panic").expect("an answer");
        assert_eq!(reading.report.pages.len(), 1);
        assert_eq!(reading.images.len(), 1);
    });
}

#[test]
fn children_are_replaced_after_their_share_of_files() {
    let readers = Readers::new(ReaderConfig { children: 1, recycle_after: 2, ..reader_config() });
    let bytes = encoded(&page(210, 297), ImageFormat::Png);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..6 {
        readers.read(&bytes, &ReadRequest::default()).expect("an answer");
        eventually("a child waits", || !readers.idle_children().is_empty());
        seen.extend(readers.idle_children());
    }
    assert!(seen.len() >= 3, "{seen:?}");
    assert_eq!(readers.health().deaths, 0);
}

/// A child that greets as ours do and then does as the script says.
fn stand_in(script: &str) -> ReaderConfig {
    let greeting = r#"printf '\020\022\000\000\000{"landlock":false}'"#;
    let args = ["-c", &format!("{greeting}; {script}"), "reader"].map(Into::into).to_vec();
    ReaderConfig { children: 1, ..ReaderConfig::new("/bin/sh".into(), args) }
}

fn read_with(config: ReaderConfig) -> Result<Vec<String>, ReadError> {
    let bytes = encoded(&page(420, 594), ImageFormat::Png);
    let reading = Readers::new(config).read(&bytes, &ReadRequest::default())?;
    Ok(reading.report.findings.iter().map(|finding| finding.code.as_str().to_owned()).collect())
}

#[test]
fn two_deaths_over_a_file_are_a_finding() {
    let readers = Readers::new(stand_in("head -c 5 >/dev/null; exit 1"));
    let bytes = encoded(&page(420, 594), ImageFormat::Png);
    let reading = readers.read(&bytes, &ReadRequest::default()).expect("an answer");
    let finding = &reading.report.findings[0];
    assert_eq!(finding.code.as_str(), "FIL-FAIL");
    assert!(finding.message.fa.contains('۲'), "{}", finding.message.fa);
    assert_eq!((readers.health().deaths, readers.health().failures), (2, 1));
}

#[test]
fn a_child_that_talks_nonsense_counts_as_dead() {
    let nonsense = r"head -c 5 >/dev/null; printf '\021\003\000\000\000abc'; exec sleep 100";
    assert_eq!(read_with(stand_in(nonsense)).expect("an answer"), ["FIL-FAIL"]);
    let lie = r"head -c 5 >/dev/null; printf '\021\377\377\377\377'; exec sleep 100";
    assert_eq!(read_with(stand_in(lie)).expect("an answer"), ["FIL-FAIL"]);
}

#[test]
fn burning_the_processor_is_a_finding() {
    let config = ReaderConfig { cpu: Duration::from_millis(300), ..stand_in("while :; do :; done") };
    assert_eq!(read_with(config).expect("an answer"), ["FIL-FAIL"]);
}

#[test]
fn idling_on_a_busy_machine_is_nobodys_fault() {
    let config = ReaderConfig { wall: Duration::from_millis(300), ..stand_in("exec sleep 100") };
    assert!(matches!(read_with(config), Err(ReadError::TimedOut)));
}

#[test]
fn a_program_that_is_not_there_is_our_failure() {
    let config = ReaderConfig { children: 1, ..ReaderConfig::new("/no/such/program".into(), vec![]) };
    assert!(matches!(read_with(config), Err(ReadError::Spawn(_))));
}

fn kill(pid: u32) {
    Command::new("kill").args(["-9", &pid.to_string()]).status().expect("kill runs");
}
