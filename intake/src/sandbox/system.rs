//! The few calls to the operating system that have no safe face in the standard library.
#![expect(unsafe_code, reason = "thin wrappers around the C library; each argument is a plain number")]

use std::io;

/// A limit the kernel keeps on this process.
#[derive(Clone, Copy, Debug)]
pub(super) enum Resource {
    /// Bytes of address space.
    Memory,
    /// Size of files it may write.
    FileSize,
    /// Open files.
    Files,
    /// Core dumps.
    Core,
    /// Processes of this user.
    Processes,
    /// Seconds of processor time.
    CpuSeconds,
}

impl Resource {
    const fn number(self) -> libc::__rlimit_resource_t {
        match self {
            Self::Memory => libc::RLIMIT_AS,
            Self::FileSize => libc::RLIMIT_FSIZE,
            Self::Files => libc::RLIMIT_NOFILE,
            Self::Core => libc::RLIMIT_CORE,
            Self::Processes => libc::RLIMIT_NPROC,
            Self::CpuSeconds => libc::RLIMIT_CPU,
        }
    }
}

fn checked(result: libc::c_int) -> io::Result<()> {
    if result == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Sets soft and hard limit, never above the hard limit in force.
pub(super) fn limit(resource: Resource, value: u64) -> io::Result<()> {
    let mut held = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: `held` is a valid place for the answer.
    checked(unsafe { libc::getrlimit(resource.number(), &raw mut held) })?;
    let value = value.min(held.rlim_max);
    let wanted = libc::rlimit { rlim_cur: value, rlim_max: value };
    // SAFETY: `wanted` lives through the call.
    checked(unsafe { libc::setrlimit(resource.number(), &raw const wanted) })
}

/// Closes every open file from `first` on.
pub(super) fn close_from(first: u32) -> io::Result<()> {
    // SAFETY: closes numbers only; the caller holds no file above `first`.
    let result = unsafe { libc::syscall(libc::SYS_close_range, first, u32::MAX, 0) };
    if result == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

fn prctl(option: libc::c_int, value: libc::c_ulong) -> io::Result<()> {
    const NONE: libc::c_ulong = 0;
    // SAFETY: the options used take numbers, no pointers.
    checked(unsafe { libc::prctl(option, value, NONE, NONE, NONE) })
}

/// How far a process steps back that lets others have the processor first; 19 is farthest.
const STEP_BACK: libc::c_int = 10;

/// Lets other processes have the processor first.
pub(super) fn give_way() -> io::Result<()> {
    // SAFETY: numbers only; 0 means this very process.
    checked(unsafe { libc::setpriority(libc::PRIO_PROCESS, 0, STEP_BACK) })
}

/// No program started from here can gain rights.
pub(super) fn no_new_privileges() -> io::Result<()> {
    prctl(libc::PR_SET_NO_NEW_PRIVS, 1)
}

/// The kernel kills this process when the thread that started it ends.
pub(super) fn die_with_parent() -> io::Result<()> {
    prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL as libc::c_ulong)
}

/// Other processes of the user may not look into this one.
pub(super) fn not_dumpable() -> io::Result<()> {
    prctl(libc::PR_SET_DUMPABLE, 0)
}

/// Asks the kernel for a copy of this process; for the probe, which expects a refusal.
/// A copy that does come to life ends at once.
pub(super) fn try_fork() -> io::Result<()> {
    // SAFETY: the copy runs nothing but `_exit`.
    match unsafe { libc::fork() } {
        -1 => Err(io::Error::last_os_error()),
        0 => unsafe { libc::_exit(0) },
        _ => Ok(()),
    }
}
