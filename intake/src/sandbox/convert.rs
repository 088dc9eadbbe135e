//! Pictures of phones (HEIC) through Debian's converter, in a sandbox of its own.
//!
//! The picture is laid in a private folder; a child of ours locks itself to the system's libraries
//! and that folder and then becomes the converter. Only bytes leave the folder, read as an upload.

use std::ffi::OsString;
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::child::CONVERT_FLAG;
use super::lock;
use crate::decode::CONVERTED_STEM;

/// Where Debian's `libheif-examples` puts it.
const CONVERTER: &str = "/usr/bin/heif-convert";

/// Quality of the JPEG in between, high enough to lose nothing that legibility could see.
const JPEG_QUALITY: &str = "97";

const UPLOAD_NAME: &str = "upload.heic";

/// How often the converter is looked after.
const TICK: Duration = Duration::from_millis(20);

/// What became of the picture.
#[derive(Debug)]
pub(super) enum Conversion {
    /// The first picture as JPEG.
    Jpeg(Vec<u8>),
    /// The converter is not installed.
    NoConverter,
    /// The converter could not read it.
    Refused,
    /// The converter took too long.
    TimedOut,
}

/// Converts a picture.
///
/// # Errors
/// When the private folder or the process cannot be had.
pub(super) fn heic(program: &Path, args: &[OsString], bytes: &[u8], wall: Duration) -> io::Result<Conversion> {
    if !Path::new(CONVERTER).exists() {
        return Ok(Conversion::NoConverter);
    }
    let folder = PrivateFolder::new()?;
    fs::write(folder.0.join(UPLOAD_NAME), bytes)?;
    let mut child = Command::new(program)
        .args(args)
        .arg(CONVERT_FLAG)
        .arg(&folder.0)
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if !ended_within(&mut child, wall)? {
        return Ok(Conversion::TimedOut);
    }
    // A file with several pictures gives numbered ones; the first is the primary picture.
    let names = [format!("{CONVERTED_STEM}.jpg"), format!("{CONVERTED_STEM}-1.jpg")];
    let jpeg = names.iter().find_map(|name| fs::read(folder.0.join(name)).ok());
    Ok(jpeg.map_or(Conversion::Refused, Conversion::Jpeg))
}

/// Waits for the end; ends it when it takes too long.
fn ended_within(child: &mut Child, wall: Duration) -> io::Result<bool> {
    let begun = Instant::now();
    while child.try_wait()?.is_none() {
        if begun.elapsed() > wall {
            child.kill()?;
            child.wait()?;
            return Ok(false);
        }
        std::thread::sleep(TICK);
    }
    Ok(true)
}

/// Locks this process and becomes the converter; comes back only when that fails.
pub(super) fn become_converter(folder: &Path) -> ExitCode {
    if lock::lock_converter(folder).is_err() {
        return ExitCode::from(2);
    }
    let failed = Command::new(CONVERTER)
        .arg("-q")
        .arg(JPEG_QUALITY)
        .arg(folder.join(UPLOAD_NAME))
        .arg(folder.join(format!("{CONVERTED_STEM}.jpg")))
        .env_clear()
        .exec();
    drop(failed);
    ExitCode::from(2)
}

/// A folder only this user can enter, removed with all that is in it.
struct PrivateFolder(PathBuf);

impl PrivateFolder {
    fn new() -> io::Result<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let stale_names = 1000;
        for _ in 0..stale_names {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let name = format!("sanad-heic-{}-{count}", std::process::id());
            let path = std::env::temp_dir().join(name);
            // Making it fails where it exists, so nobody can have laid one out for us.
            match DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }
}

impl Drop for PrivateFolder {
    fn drop(&mut self) {
        // What cannot be removed now goes with the next clean-up of the folder for temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}
