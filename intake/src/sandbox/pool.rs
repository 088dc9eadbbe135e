//! The warm pool of children, and what becomes of a file whose child falls silent.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::ChildStdin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::convert::{self, Conversion};
use super::frame::{self, Frame, Kind};
use super::kept::{Answers, Kept, Recipe, Silence};
use super::probe::ProbeReport;
use super::wire;
use crate::faults::Fault;
use crate::limits::{Original, ReadRequest};
use crate::picture::Cut;
use crate::read::{FileSummary, Judged, Reading, assemble};
use crate::receive::{MediaType, sha256_hex};

/// Children that are tried on a file before it is given up.
const ATTEMPTS: u32 = 2;

/// Share of [`ReaderConfig::cpu`] by which every page that came raises the allowance of the file.
const CPU_SHARE_PER_PAGE: u32 = 4;

/// Processor time that a pixel may take on a slow machine: decoded, judged, and made into pictures.
const CPU_NANOS_PER_PIXEL: u64 = 80;

/// Processor time and wait that reading the words of a page may take besides.
const WORDS_CPU: Duration = Duration::from_secs(45);
const WORDS_WALL: Duration = Duration::from_secs(120);

/// How the pool is kept.
#[derive(Clone, Debug)]
pub struct ReaderConfig {
    /// The program that holds the child; the running one in most cases.
    pub program: PathBuf,
    /// Arguments that lead it to [`crate::child_main`].
    pub args: Vec<OsString>,
    /// Children kept; also the files read at once.
    pub children: usize,
    /// Longest wait for the next page before the file is put back, for a loaded machine.
    pub wall: Duration,
    /// Address space of a child, bytes.
    pub memory_bytes: u64,
    /// Processor time until the first page, and for each page after it, besides what its pixels
    /// earn. A long file earns a quarter of this with each page it delivers; a file that uses more
    /// is given up.
    pub cpu: Duration,
    /// Files after which a child is replaced by a fresh one.
    pub recycle_after: u32,
    /// Whether the children let others have the processor first: for work that nobody watches.
    pub gives_way: bool,
}

impl ReaderConfig {
    /// The usual bounds for a program and the arguments that lead it to the child.
    #[must_use]
    pub fn new(program: PathBuf, args: Vec<OsString>) -> Self {
        Self {
            program,
            args,
            children: std::thread::available_parallelism().map_or(2, usize::from),
            wall: Duration::from_secs(30),
            memory_bytes: 2 << 30,
            cpu: Duration::from_secs(4),
            recycle_after: 200,
            gives_way: false,
        }
    }
}

/// Our own failure to read, never the file's.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The machine is too busy: nothing is known of the file, it can be read again later.
    #[error("no answer in time on a busy machine")]
    TimedOut,
    /// No child could be started or locked.
    #[error("the reading process could not be started")]
    Spawn(#[source] io::Error),
    /// The child spoke nonsense; a fault of ours or a child that was taken over.
    #[error("the reading process gave an answer that is not understood")]
    Nonsense,
}

/// Counts since the start, for the operator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadersHealth {
    /// Children that died over a file.
    pub deaths: u64,
    /// Files given up after a death in a fresh child, or for using too much processor time.
    pub failures: u64,
    /// Waits that ran out on a busy machine.
    pub timeouts: u64,
    /// Whether every child so far was locked by landlock besides the filter.
    pub landlock: bool,
}

/// A warm pool of locked children. Shared by reference; each call blocks until its file is read.
#[derive(Debug)]
pub struct Readers {
    config: ReaderConfig,
    pool: Arc<Pool>,
    orders: Sender<Order>,
}

#[derive(Debug, Default)]
struct Pool {
    state: Mutex<State>,
    returned: Condvar,
    deaths: AtomicU64,
    failures: AtomicU64,
    timeouts: AtomicU64,
    without_landlock: AtomicU64,
}

#[derive(Debug, Default)]
struct State {
    idle: Vec<Kept>,
    /// Process numbers of the children at work.
    busy: Vec<u32>,
    /// Children idle, at work, or on order.
    places_taken: usize,
}

/// What the starting thread is asked for.
enum Order {
    /// A child for the pool, in a place that is already taken.
    Restock,
    /// A child for a caller that waits.
    Now(Sender<io::Result<Kept>>),
}

impl Pool {
    fn state(&self) -> MutexGuard<'_, State> {
        // Only whole values are moved in and out, so a panic elsewhere leaves it sound.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn give_back(&self, kept: Kept) {
        self.state().idle.push(kept);
        self.returned.notify_one();
    }

    fn free_place(&self) {
        self.state().places_taken -= 1;
        self.returned.notify_one();
    }
}

impl Readers {
    /// Starts the pool; children come up in the background.
    #[must_use]
    pub fn new(config: ReaderConfig) -> Self {
        Self::start(config, false)
    }

    fn start(config: ReaderConfig, answers_probe: bool) -> Self {
        let recipe = Recipe {
            program: config.program.clone(),
            args: config.args.clone(),
            memory_bytes: config.memory_bytes,
            answers_probe,
            gives_way: config.gives_way,
        };
        let pool = Arc::new(Pool::default());
        let (orders, received) = channel();
        let stock = Arc::clone(&pool);
        // The kernel kills a child when the thread that started it ends, so one thread starts them
        // all and lives as long as the pool.
        let starter = std::thread::Builder::new().name("reader-starter".to_owned()).spawn(move || {
            for order in received {
                fill(&stock, &recipe, order);
            }
        });
        drop(starter);
        let readers = Self { config, pool, orders };
        readers.pool.state().places_taken = readers.places();
        for _ in 0..readers.places() {
            readers.restock();
        }
        readers
    }

    /// Reads one file in a locked child, and judges its pages.
    ///
    /// Whatever is wrong with the file is a finding in the answer: a file that kills its child
    /// twice, or uses more processor time than any honest one, has `FIL-FAIL`.
    ///
    /// # Errors
    /// [`ReadError`], when it is not the file's fault.
    pub fn read(&self, bytes: &[u8], request: &ReadRequest) -> Result<Reading, ReadError> {
        let too_long = bytes.len() as u64 > request.limits.max_bytes;
        if too_long || bytes.is_empty() {
            return Ok(refused_unread(bytes, request));
        }
        if MediaType::sniff(bytes) == MediaType::Heic {
            return self.read_heic(bytes, request);
        }
        self.read_in_child(bytes, request)
    }

    /// Cuts a place out of a grey page that this house made, as JPEG; `None` where the page or the place is none.
    ///
    /// # Errors
    /// [`ReadError`], when no child answers.
    pub fn cut(&self, grey_png: &[u8], wish: Cut) -> Result<Option<Vec<u8>>, ReadError> {
        self.part(|input| wire::send_cut(input, wish, grey_png))
    }

    /// The pages of a PDF from one to another, counted from 0, as a PDF of their own; `None` where it has no such pages.
    ///
    /// # Errors
    /// [`ReadError`], when no child answers.
    pub fn pages(&self, pdf: &[u8], pages: (u32, u32)) -> Result<Option<Vec<u8>>, ReadError> {
        self.part(|input| wire::send_pages(input, pages, pdf))
    }

    /// Asks a child for a part of something.
    fn part(&self, send: impl FnOnce(&mut ChildStdin) -> io::Result<()> + Send) -> Result<Option<Vec<u8>>, ReadError> {
        let mut kept = self.take()?;
        let (input, answers, child) = kept.parts();
        let answer = std::thread::scope(|scope| {
            scope.spawn(|| send(input));
            let allowed = answers.cpu() + self.config.cpu;
            let answer = answers.next(allowed, self.config.wall);
            if answer.is_err() {
                let _ = child.kill();
            }
            answer
        });
        match answer {
            Ok(Frame { kind: Kind::Part, body }) => {
                self.put_back(kept);
                Ok(Some(body).filter(|jpeg| !jpeg.is_empty()))
            }
            other => {
                self.leave(&kept);
                drop(kept);
                self.restock();
                Err(if matches!(other, Err(Silence::OutOfTime)) { ReadError::TimedOut } else { ReadError::Nonsense })
            }
        }
    }

    /// Counts for the operator.
    #[must_use]
    pub fn health(&self) -> ReadersHealth {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        ReadersHealth {
            deaths: count(&self.pool.deaths),
            failures: count(&self.pool.failures),
            timeouts: count(&self.pool.timeouts),
            landlock: count(&self.pool.without_landlock) == 0,
        }
    }

    /// Process numbers of the children that wait; for tests that end one.
    #[must_use]
    pub fn idle_children(&self) -> Vec<u32> {
        self.pool.state().idle.iter().map(Kept::pid).collect()
    }

    /// Process numbers of the children at work; for tests that end one.
    #[must_use]
    pub fn busy_children(&self) -> Vec<u32> {
        self.pool.state().busy.clone()
    }

    /// Starts one child that answers the probe, and asks it to try what the lock must refuse.
    ///
    /// # Errors
    /// [`ReadError`] when the child cannot be started or does not answer.
    pub fn probe(config: &ReaderConfig) -> Result<ProbeReport, ReadError> {
        let readers = Self::start(ReaderConfig { children: 1, ..config.clone() }, true);
        let mut kept = readers.take()?;
        let (input, answers, _) = kept.parts();
        frame::write(input, Kind::Probe, &[]).map_err(ReadError::Spawn)?;
        match answers.next(readers.config.cpu, readers.config.wall) {
            Ok(Frame { kind: Kind::Probed, body }) => wire::open(&body).map_err(|_| ReadError::Nonsense),
            _ => Err(ReadError::Nonsense),
        }
    }

    fn places(&self) -> usize {
        self.config.children.max(1)
    }

    fn restock(&self) {
        if self.orders.send(Order::Restock).is_err() {
            self.pool.free_place();
        }
    }

    /// A waiting child, else one that returns, else a new one where a place is free.
    fn take(&self) -> Result<Kept, ReadError> {
        let mut state = self.pool.state();
        loop {
            if let Some(kept) = state.idle.pop() {
                state.busy.push(kept.pid());
                return Ok(kept);
            }
            if state.places_taken < self.places() {
                state.places_taken += 1;
                drop(state);
                return self.fresh().inspect_err(|_| self.pool.free_place());
            }
            state = self.pool.returned.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A new child in a place that is already taken.
    fn fresh(&self) -> Result<Kept, ReadError> {
        let (sender, answer) = channel();
        let gone = || ReadError::Spawn(io::ErrorKind::BrokenPipe.into());
        self.orders.send(Order::Now(sender)).map_err(|_| gone())?;
        let kept = answer.recv().map_err(|_| gone())?.map_err(ReadError::Spawn)?;
        self.pool.state().busy.push(kept.pid());
        Ok(kept)
    }

    /// A child is at work no longer.
    fn leave(&self, kept: &Kept) {
        self.pool.state().busy.retain(|&pid| pid != kept.pid());
    }

    /// Puts a child back, or a fresh one in its place.
    fn put_back(&self, mut kept: Kept) {
        kept.served += 1;
        self.leave(&kept);
        if kept.served >= self.config.recycle_after {
            drop(kept);
            self.restock();
        } else {
            self.pool.give_back(kept);
        }
    }

    fn read_in_child(&self, bytes: &[u8], request: &ReadRequest) -> Result<Reading, ReadError> {
        let mut kept = self.take()?;
        for attempt in 1..=ATTEMPTS {
            let (partial, silence) = match self.attempt(&mut kept, bytes, request) {
                Ok(reading) => {
                    self.put_back(kept);
                    return Ok(reading);
                }
                Err(fallen) => fallen,
            };
            self.leave(&kept);
            drop(kept);
            match silence {
                Silence::Died if attempt < ATTEMPTS => {
                    self.pool.deaths.fetch_add(1, Ordering::Relaxed);
                    kept = self.fresh().inspect_err(|_| self.pool.free_place())?;
                    continue;
                }
                Silence::Died => {
                    self.pool.deaths.fetch_add(1, Ordering::Relaxed);
                }
                Silence::OutOfCpu => {}
                Silence::OutOfTime => {
                    self.pool.timeouts.fetch_add(1, Ordering::Relaxed);
                    self.restock();
                    return Err(ReadError::TimedOut);
                }
            }
            self.pool.failures.fetch_add(1, Ordering::Relaxed);
            self.restock();
            return Ok(given_up(bytes, request, partial, attempt));
        }
        Err(ReadError::Nonsense)
    }

    /// One file in one child; where the child falls silent, the pages that came before.
    fn attempt(&self, kept: &mut Kept, bytes: &[u8], request: &ReadRequest) -> Result<Reading, (Vec<Judged>, Silence)> {
        let (input, answers, child) = kept.parts();
        std::thread::scope(|scope| {
            // A child that does not read would block us here for ever; so another thread writes,
            // and the answers, or their absence, decide.
            scope.spawn(|| wire::send_request(input, request, bytes));
            let mut pages = Vec::new();
            let end = self.follow(&answers, &mut pages, request);
            if end.is_err() {
                // Ends the writing too, should it still be going on.
                let _ = child.kill();
            }
            match end {
                Ok(summary) => Ok(assemble(summary, pages)),
                Err(silence) => Err((pages, silence)),
            }
        })
    }

    /// Collects pages until the file is done.
    fn follow(
        &self,
        answers: &Answers<'_>,
        pages: &mut Vec<Judged>,
        request: &ReadRequest,
    ) -> Result<FileSummary, Silence> {
        let limits = &request.limits;
        let begun_at = answers.cpu();
        let (words_cpu, wall) =
            if request.words { (WORDS_CPU, self.config.wall + WORDS_WALL) } else { (Duration::ZERO, self.config.wall) };
        // Pixels the child has announced: all of them, and those of the page it is at.
        let (mut pixels, mut page_pixels) = (0, 0);
        loop {
            let for_pages = (self.config.cpu + words_cpu * 4) * pages.len() as u32 / CPU_SHARE_PER_PAGE;
            let for_file = begun_at + self.config.cpu + words_cpu + for_pages + cpu_for(pixels);
            let for_page = answers.cpu() + self.config.cpu + words_cpu + cpu_for(page_pixels);
            let frame = answers.next(for_page.min(for_file), wall)?;
            match frame.kind {
                Kind::Begins => {
                    page_pixels = wire::open::<u64>(&frame.body).map_err(|_| Silence::Died)?;
                    pixels = page_pixels.saturating_add(pixels);
                    if page_pixels > limits.max_page_pixels || pixels > limits.max_total_pixels {
                        return Err(Silence::Died);
                    }
                }
                Kind::Page if pages.len() < limits.max_pages as usize => {
                    pages.push(wire::open_page(&frame.body).map_err(|_| Silence::Died)?);
                    page_pixels = 0;
                }
                Kind::Done => return wire::open(&frame.body).map_err(|_| Silence::Died),
                _ => return Err(Silence::Died),
            }
        }
    }

    /// A picture of a phone: converted in a sandbox of its own, then read as what came out.
    fn read_heic(&self, bytes: &[u8], request: &ReadRequest) -> Result<Reading, ReadError> {
        let original = Original {
            sha256: sha256_hex(bytes),
            bytes: bytes.len() as u64,
            media_type: MediaType::Heic.as_str().to_owned(),
        };
        let request = ReadRequest { original: Some(original), ..request.clone() };
        let fault = match convert::heic(&self.config.program, &self.config.args, bytes, self.config.wall) {
            Ok(Conversion::Jpeg(jpeg)) => return self.read_in_child(&jpeg, &request),
            Ok(Conversion::NoConverter) => Fault::Type { seen: Some("HEIC") },
            Ok(Conversion::Refused) => Fault::Damaged { pages_read: 0, pages: 1, lost: true },
            Ok(Conversion::TimedOut) => Fault::Failed { attempts: 1 },
            Err(error) => return Err(ReadError::Spawn(error)),
        };
        Ok(answer_with(vec![fault], vec![], bytes, &request))
    }
}

/// Processor time that so many pixels earn, over what every file has.
const fn cpu_for(pixels: u64) -> Duration {
    Duration::from_nanos(pixels.saturating_mul(CPU_NANOS_PER_PIXEL))
}

/// The answer over a file that no child needs to see: no bytes, or too many.
fn refused_unread(bytes: &[u8], request: &ReadRequest) -> Reading {
    let size = bytes.len() as u64;
    let fault = if bytes.is_empty() { Fault::Empty { bytes: 0 } } else { Fault::Bytes { bytes: size } };
    answer_with(vec![fault], vec![], bytes, request)
}

/// The answer over a file that its reader could not get through: what was read, and that the rest was not.
fn given_up(bytes: &[u8], request: &ReadRequest, pages: Vec<Judged>, attempts: u32) -> Reading {
    answer_with(vec![Fault::Failed { attempts }], pages, bytes, request)
}

fn answer_with(faults: Vec<Fault>, pages: Vec<Judged>, bytes: &[u8], request: &ReadRequest) -> Reading {
    let summary = FileSummary::new(bytes, request, &faults, Duration::ZERO);
    assemble(summary, pages)
}

/// Starts the child that was asked for.
fn fill(pool: &Pool, recipe: &Recipe, order: Order) {
    let started = Kept::start(recipe);
    if started.as_ref().is_ok_and(|kept| !kept.locked.landlock) {
        pool.without_landlock.fetch_add(1, Ordering::Relaxed);
    }
    match (order, started) {
        (Order::Restock, Ok(kept)) => pool.give_back(kept),
        // The next caller tries again and hears the error.
        (Order::Restock, Err(_)) => pool.free_place(),
        // Nobody waits any more: the child ends as it is dropped.
        (Order::Now(caller), started) => drop(caller.send(started)),
    }
}
