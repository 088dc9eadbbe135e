//! A PostgreSQL of the tests' own: a fresh cluster on a free port, one for the whole test binary.
//!
//! The server refuses to run as root, so under root it is started as another user. It is asked to
//! end when the thread that started it goes, which is when the test binary does.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use sqlx::Connection as _;
use sqlx::postgres::PgConnection;

const PREFIX: &str = "sanad-tests-postgres-";
const PATIENCE: Duration = Duration::from_secs(60);

/// Whom the server runs as; `None` where we are not root and run it ourselves.
#[derive(Clone, Copy)]
struct RunAs {
    uid: u32,
    gid: u32,
}

static SERVER: LazyLock<u16> = LazyLock::new(start);

/// A fresh, empty database; its address.
pub(crate) async fn fresh_database() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let port = *SERVER;
    let name = format!("t{}", COUNT.fetch_add(1, Ordering::SeqCst));
    let mut admin = PgConnection::connect(&address(port, "postgres")).await.unwrap();
    let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::raw_sql(create).execute(&mut admin).await.unwrap();
    admin.close().await.unwrap();
    address(port, &name)
}

fn address(port: u16, database: &str) -> String {
    format!("postgres://sanad@127.0.0.1:{port}/{database}")
}

fn programs() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is installed (apt: postgresql)");
    let mut found: Vec<PathBuf> = versions.map(|entry| entry.unwrap().path().join("bin")).collect();
    found.retain(|bin| bin.join("postgres").is_file());
    found.sort();
    found.pop().expect("PostgreSQL's server is installed (apt: postgresql)")
}

fn run_as() -> Option<RunAs> {
    if fs::metadata("/proc/self").unwrap().uid() != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").unwrap();
    let of = |wanted: &str| {
        let mut fields = users.lines().find(|line| line.starts_with(&format!("{wanted}:")))?.split(':').skip(2);
        Some(RunAs { uid: fields.next()?.parse().ok()?, gid: fields.next()?.parse().ok()? })
    };
    Some(of("postgres").or_else(|| of("nobody")).expect("there is a user besides root"))
}

fn command(program: &Path, who: Option<RunAs>) -> Command {
    let Some(who) = who else { return Command::new(program) };
    let mut command = Command::new("setpriv");
    command.arg(format!("--reuid={}", who.uid)).arg(format!("--regid={}", who.gid));
    command.args(["--clear-groups", "--pdeathsig=INT", "--"]).arg(program);
    command
}

/// Clusters of test binaries that are gone.
fn clear_old() {
    for entry in fs::read_dir(std::env::temp_dir()).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(pid) = name.strip_prefix(PREFIX) else { continue };
        if !Path::new("/proc").join(pid).exists() {
            drop(fs::remove_dir_all(entry.path()));
        }
    }
}

fn start() -> u16 {
    clear_old();
    let (bin, who) = (programs(), run_as());
    let folder = std::env::temp_dir().join(format!("{PREFIX}{}", std::process::id()));
    fs::create_dir(&folder).unwrap();
    if let Some(who) = who {
        chown(&folder, Some(who.uid), Some(who.gid)).unwrap();
    }
    let cluster = folder.join("cluster");
    let made = command(&bin.join("initdb"), who)
        .arg("-D")
        .arg(&cluster)
        .args(["-U", "sanad", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut server = command(&bin.join("postgres"), who);
    server.arg("-D").arg(&cluster).arg("-k").arg(&folder).arg("-p").arg(port.to_string());
    server.args(["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=200"]);
    server.current_dir(&folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let (started, wait) = mpsc::channel();
    // The signal comes when this thread ends, so it never does before the binary.
    thread::spawn(move || {
        let mut child = server.spawn().unwrap();
        started.send(()).unwrap();
        let ended = child.wait();
        panic!("PostgreSQL ended by itself: {ended:?}");
    });
    wait.recv().unwrap();
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(begun.elapsed() < PATIENCE, "PostgreSQL does not answer");
        thread::sleep(Duration::from_millis(50));
    }
    wait_until_ready(port, begun);
    port
}

fn wait_until_ready(port: u16, begun: Instant) {
    // On a thread of its own: a case that asks first is itself within a runtime.
    let ready = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            while PgConnection::connect(&address(port, "postgres")).await.is_err() {
                assert!(begun.elapsed() < PATIENCE, "PostgreSQL is not ready");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
    });
    ready.join().unwrap();
}
