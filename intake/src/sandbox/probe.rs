//! Tries what the lock must refuse, from inside. A child answers this only when it was started
//! for it; an upload cannot ask.

use std::fs::{File, OpenOptions};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::UnixStream;
use std::process::Command;

use serde::{Deserialize, Serialize};

use super::system;

/// More memory than a child can have.
const TOO_MUCH_BYTES: usize = 10 << 30;

/// Any address; the attempt must fail before a packet is made.
const SOME_ADDRESS: &str = "127.0.0.1:9";

/// One forbidden act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Probe {
    /// Open a file that anyone may read.
    ReadFile,
    /// Make a file.
    WriteFile,
    /// List a folder.
    ListFolder,
    /// Connect over TCP.
    Connect,
    /// Listen for TCP.
    Listen,
    /// Open a datagram socket.
    Datagram,
    /// Open a pair of local sockets.
    LocalSocket,
    /// Start a copy of itself.
    Fork,
    /// Start a program.
    Exec,
    /// Start a thread.
    Thread,
    /// Take ten gigabytes.
    Memory,
}

impl Probe {
    /// Every act.
    pub const ALL: [Self; 11] = [
        Self::ReadFile,
        Self::WriteFile,
        Self::ListFolder,
        Self::Connect,
        Self::Listen,
        Self::Datagram,
        Self::LocalSocket,
        Self::Fork,
        Self::Exec,
        Self::Thread,
        Self::Memory,
    ];

    /// Whether the act was refused.
    fn refused(self) -> bool {
        match self {
            Self::ReadFile => File::open("/etc/passwd").is_err(),
            Self::WriteFile => OpenOptions::new().create(true).append(true).open("/tmp/sanad-probe").is_err(),
            Self::ListFolder => std::fs::read_dir("/").is_err(),
            Self::Connect => TcpStream::connect(SOME_ADDRESS)
                .is_err_and(|error| error.kind() == std::io::ErrorKind::PermissionDenied),
            Self::Listen => TcpListener::bind("127.0.0.1:0").is_err(),
            Self::Datagram => UdpSocket::bind("127.0.0.1:0").is_err(),
            Self::LocalSocket => UnixStream::pair().is_err(),
            Self::Fork => system::try_fork().is_err(),
            Self::Exec => Command::new("/bin/true").spawn().is_err(),
            Self::Thread => std::thread::Builder::new().spawn(|| ()).is_err(),
            Self::Memory => Vec::<u8>::new().try_reserve_exact(TOO_MUCH_BYTES).is_err(),
        }
    }
}

/// What the probe found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProbeReport {
    /// Whether landlock is in force besides the filter.
    pub landlock: bool,
    /// Acts that were refused.
    pub refused: Vec<Probe>,
    /// Acts that went through; empty when the lock holds.
    pub allowed: Vec<Probe>,
}

/// Tries every act.
pub(super) fn run(landlock: bool) -> ProbeReport {
    let (refused, allowed) = Probe::ALL.into_iter().partition(|probe| probe.refused());
    ProbeReport { landlock, refused, allowed }
}
