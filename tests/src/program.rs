//! The program under test, started as people start it, with a watchdog.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use sanad_intake::{ReaderConfig, Readers};

/// Far more than anything takes, so that only a hang trips it.
const WATCHDOG: Duration = Duration::from_secs(300);

/// The program: `SANAD_BIN`, else the one built beside this test.
pub(crate) fn sanad() -> PathBuf {
    if let Some(path) = std::env::var_os("SANAD_BIN") {
        return path.into();
    }
    let here = std::env::current_exe().expect("a running test has a file");
    let path = here.parent().and_then(|deps| deps.parent()).expect("tests lie in target/debug/deps").join("sanad");
    assert!(path.exists(), "{} is not built; run `cargo build` first or set SANAD_BIN", path.display());
    path
}

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Outcome {
    /// The JSON objects printed, one a line.
    pub(crate) fn lines(&self) -> Vec<serde_json::Value> {
        let parse = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        self.stdout.lines().map(parse).collect()
    }
}

/// Runs the program with these arguments.
pub(crate) fn run<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> Outcome {
    finish(Command::new(sanad()).args(args))
}

/// Runs a prepared command to its end.
pub(crate) fn finish(command: &mut Command) -> Outcome {
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let child = child.expect("the program starts");
    let pid = child.id();
    let (done, waits) = std::sync::mpsc::channel();
    std::thread::spawn(move || done.send(child.wait_with_output()));
    let output = waits.recv_timeout(WATCHDOG).unwrap_or_else(|_| {
        let _ = Command::new("kill").args(["-9", &pid.to_string()]).status();
        panic!("the program hangs: {command:?}");
    });
    let output = output.expect("the program's output can be read");
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    Outcome { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// How to start children of the program under test.
pub(crate) fn reader_config() -> ReaderConfig {
    ReaderConfig { children: 2, ..ReaderConfig::new(sanad(), vec!["reader".into()]) }
}

/// One pool for all cases; the kernel ends its children with this process.
pub(crate) fn readers() -> &'static Readers {
    static READERS: OnceLock<Readers> = OnceLock::new();
    READERS.get_or_init(|| Readers::new(reader_config()))
}

/// Waits until something holds.
pub(crate) fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < WATCHDOG, "never: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
