//! The life of a child: lock, say so, then serve one request after another until the pipe closes.

use std::ffi::OsString;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use sanad_checks::report::PageReport;

use super::frame::{self, Frame, Kind};
use super::lock::{self, Locked};
use super::{convert, probe, wire};
use crate::decode::pdf_pages;
use crate::picture::{PageImages, cut};
use crate::read::{IntakeError, Listener, read_pages};

/// Flags after the hidden subcommand; the parent alone sets them.
pub(super) const MEMORY_FLAG: &str = "--memory-bytes";
pub(super) const PROBE_FLAG: &str = "--answer-probe";
pub(super) const GIVE_WAY_FLAG: &str = "--give-way";
pub(super) const CONVERT_FLAG: &str = "--convert-heic";

/// Address space of a child where the parent names none.
const DEFAULT_MEMORY_BYTES: u64 = 2 << 30;

/// Runs the child: `args` are those after the hidden subcommand. Standard input and output are the
/// pipes to the parent; nothing else may write to them.
///
/// Exit code 2 means that the lock failed and nothing was read.
pub fn child_main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let Some(role) = Role::from_args(args) else { return ExitCode::from(2) };
    match role {
        Role::Convert { folder } => convert::become_converter(Path::new(&folder)),
        Role::Read { memory_bytes, answers_probe, gives_way } => match lock::lock_reader(memory_bytes, gives_way) {
            Ok(locked) => serve(locked, answers_probe),
            Err(_) => ExitCode::from(2),
        },
    }
}

enum Role {
    Read { memory_bytes: u64, answers_probe: bool, gives_way: bool },
    Convert { folder: OsString },
}

impl Role {
    fn from_args(args: impl IntoIterator<Item = OsString>) -> Option<Self> {
        let mut role = (DEFAULT_MEMORY_BYTES, false, false);
        let mut args = args.into_iter();
        while let Some(flag) = args.next() {
            match flag.to_str()? {
                MEMORY_FLAG => role.0 = args.next()?.to_str()?.parse().ok()?,
                PROBE_FLAG => role.1 = true,
                GIVE_WAY_FLAG => role.2 = true,
                CONVERT_FLAG => return Some(Self::Convert { folder: args.next()? }),
                _ => return None,
            }
        }
        Some(Self::Read { memory_bytes: role.0, answers_probe: role.1, gives_way: role.2 })
    }
}

fn serve(locked: Locked, answers_probe: bool) -> ExitCode {
    // Panics are told by the exit; their words could carry bytes of the upload.
    std::panic::set_hook(Box::new(|_| {}));
    let mut input = io::stdin().lock();
    let mut output = BufWriter::new(io::stdout().lock());
    match serve_all(&mut input, &mut output, locked, answers_probe) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn serve_all(
    input: &mut impl Read,
    output: &mut impl Write,
    locked: Locked,
    answers_probe: bool,
) -> Result<(), IntakeError> {
    frame::write(output, Kind::Ready, &[&serde_json::to_vec(&locked)?])?;
    while let Some(Frame { kind, body }) = frame::read(input)? {
        match kind {
            Kind::Request => answer(output, &body)?,
            Kind::Cut => {
                let (wish, grey) = wire::open_cut(&body).map_err(|_| IntakeError::Protocol)?;
                frame::write(output, Kind::Part, &[&cut(grey, wish).unwrap_or_default()])?;
            }
            Kind::Pages => {
                let ((first, last), file) = wire::open_pages(&body).map_err(|_| IntakeError::Protocol)?;
                frame::write(output, Kind::Part, &[&pdf_pages(file, first, last).unwrap_or_default()])?;
            }
            Kind::Probe if answers_probe => {
                let report = probe::run(locked.landlock);
                frame::write(output, Kind::Probed, &[&serde_json::to_vec(&report)?])?;
            }
            _ => return Err(IntakeError::Protocol),
        }
    }
    Ok(())
}

fn answer(output: &mut impl Write, body: &[u8]) -> Result<(), IntakeError> {
    let (request, bytes) = wire::open_request(body).map_err(|_| IntakeError::Protocol)?;
    let summary = read_pages(bytes, &request, &mut Teller(&mut *output))?;
    Ok(wire::send_done(output, &summary)?)
}

/// Tells the parent how the reading goes on.
struct Teller<'o, W>(&'o mut W);

impl<W: Write> Listener for Teller<'_, W> {
    fn begins(&mut self, pixels: u64) -> Result<(), IntakeError> {
        Ok(frame::write(self.0, Kind::Begins, &[&serde_json::to_vec(&pixels)?])?)
    }

    fn judged(&mut self, page: PageReport, images: Option<PageImages>) -> Result<(), IntakeError> {
        Ok(wire::send_page(self.0, &page, images.as_ref())?)
    }
}
