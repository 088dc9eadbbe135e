//! A child as the parent keeps it: its pipes, its clock of processor time, its end.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use super::child::{GIVE_WAY_FLAG, MEMORY_FLAG, PROBE_FLAG};
use super::frame::{self, Frame, Kind};
use super::lock::Locked;
use super::wire;

/// Frames that may wait between the child and the reader of its answers.
const WAITING_FRAMES: usize = 2;

/// Time a child may take from its start to its first word, on a machine under load.
const START_WITHIN: Duration = Duration::from_secs(30);

/// Unit of processor time in the kernel's tables, the same on every Linux.
const TICKS_PER_SECOND: u64 = 100;

/// How a child is started.
#[derive(Clone, Debug)]
pub(super) struct Recipe {
    pub(super) program: PathBuf,
    pub(super) args: Vec<OsString>,
    pub(super) memory_bytes: u64,
    pub(super) answers_probe: bool,
    pub(super) gives_way: bool,
}

/// A running, locked child.
#[derive(Debug)]
pub(super) struct Kept {
    child: Child,
    input: ChildStdin,
    answers: Receiver<io::Result<Option<Frame>>>,
    pub(super) locked: Locked,
    /// Files it has read.
    pub(super) served: u32,
}

impl Kept {
    /// Starts a child and waits until it says that it is locked.
    ///
    /// # Errors
    /// When the program cannot be started or does not lock itself.
    pub(super) fn start(recipe: &Recipe) -> io::Result<Self> {
        let mut command = Command::new(&recipe.program);
        command.args(&recipe.args).arg(MEMORY_FLAG).arg(recipe.memory_bytes.to_string());
        if recipe.answers_probe {
            command.arg(PROBE_FLAG);
        }
        if recipe.gives_way {
            command.arg(GIVE_WAY_FLAG);
        }
        // One thread for every library that would like more: the lock refuses threads.
        command.env_clear().env("OMP_THREAD_LIMIT", "1").env("RAYON_NUM_THREADS", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.current_dir("/").spawn()?;
        let (Some(input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (sender, answers) = sync_channel(WAITING_FRAMES);
        std::thread::Builder::new().name("reader-answers".to_owned()).spawn(move || pump(&mut output, &sender))?;
        let mut kept = Self { child, input, answers, locked: Locked { landlock: false }, served: 0 };
        kept.locked = kept.greeting()?;
        Ok(kept)
    }

    fn greeting(&mut self) -> io::Result<Locked> {
        match self.answers.recv_timeout(START_WITHIN) {
            Ok(Ok(Some(Frame { kind: Kind::Ready, body }))) => {
                wire::open(&body).map_err(|_| io::ErrorKind::InvalidData.into())
            }
            Ok(Err(error)) => Err(error),
            Ok(_) => Err(io::ErrorKind::UnexpectedEof.into()),
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        }
    }

    /// The pipe into the child, the stream of its answers, and the process to end it by.
    pub(super) fn parts(&mut self) -> (&mut ChildStdin, Answers<'_>, &mut Child) {
        let answers = Answers { pid: self.child.id(), answers: &self.answers };
        (&mut self.input, answers, &mut self.child)
    }

    /// The child's process number.
    pub(super) fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        // It may already be gone; waiting for it leaves no zombie either way.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Carries frames from the pipe to whoever waits for them, until either side ends.
fn pump(output: &mut impl io::Read, sender: &SyncSender<io::Result<Option<Frame>>>) {
    loop {
        let frame = frame::read(output);
        let last = !matches!(frame, Ok(Some(_)));
        if sender.send(frame).is_err() || last {
            return;
        }
    }
}

/// Why no frame came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Silence {
    /// The child ended or spoke nonsense.
    Died,
    /// It used up its processor time.
    OutOfCpu,
    /// The wall clock ran out although little processor time was used: the machine is loaded.
    OutOfTime,
}

/// The answers of one child.
pub(super) struct Answers<'k> {
    pid: u32,
    answers: &'k Receiver<io::Result<Option<Frame>>>,
}

impl Answers<'_> {
    /// Processor time of the child so far.
    pub(super) fn cpu(&self) -> Duration {
        cpu_time(self.pid).unwrap_or_default()
    }

    /// The next frame, unless the child uses more than `cpu_until` in all or `wall` passes.
    pub(super) fn next(&self, cpu_until: Duration, wall: Duration) -> Result<Frame, Silence> {
        /// How often the clocks are read.
        const TICK: Duration = Duration::from_millis(20);
        let begun = Instant::now();
        loop {
            match self.answers.recv_timeout(TICK) {
                Ok(Ok(Some(frame))) => return Ok(frame),
                Ok(_) | Err(RecvTimeoutError::Disconnected) => return Err(Silence::Died),
                Err(RecvTimeoutError::Timeout) if self.cpu() > cpu_until => return Err(Silence::OutOfCpu),
                Err(RecvTimeoutError::Timeout) if begun.elapsed() > wall => return Err(Silence::OutOfTime),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

/// User and system time of a process, from the kernel's table.
fn cpu_time(pid: u32) -> Option<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold anything, so fields are counted from its end.
    let mut fields = stat[stat.rfind(')')? + 1..].split_ascii_whitespace();
    let user: u64 = fields.nth(11)?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(Duration::from_millis((user + system) * 1000 / TICKS_PER_SECOND))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_read_and_grows() {
        let pid = std::process::id();
        let before = cpu_time(pid).unwrap();
        let begun = Instant::now();
        let mut sum = 0u64;
        while begun.elapsed() < Duration::from_secs(20) && cpu_time(pid).unwrap() <= before {
            sum = (0..100_000u64).fold(sum, |s, i| s.wrapping_mul(31).wrapping_add(i));
        }
        assert!(cpu_time(pid).unwrap() > before, "{sum}");
        assert!(cpu_time(0).is_none());
    }
}
