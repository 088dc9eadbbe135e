//! What the child gives up before it reads a byte from outside.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, PathBeneath, PathFd, Ruleset, RulesetAttr,
    RulesetCreatedAttr, RulesetError, RulesetStatus, Scope,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};
use serde::{Deserialize, Serialize};

use super::system::{self, Resource};

/// Landlock rights as of this version are denied; an older kernel denies what it knows.
const LANDLOCK: ABI = ABI::V6;

/// First file after standard input, output and error.
const FIRST_OTHER_FILE: u32 = 3;

/// The child could not lock itself, so it must not read.
#[derive(Debug, thiserror::Error)]
pub(super) enum LockError {
    /// A limit or flag was refused.
    #[error("the kernel refused a limit")]
    Limit(#[from] io::Error),
    /// Landlock failed though the kernel has it.
    #[error("landlock failed")]
    Landlock(#[from] RulesetError),
    /// A path for the converter could not be opened.
    #[error("landlock path failed")]
    Path(#[from] landlock::PathFdError),
    /// The filter for system calls could not be built or set.
    #[error("the filter for system calls failed")]
    Seccomp(#[from] seccompiler::Error),
    /// The filter could not be built.
    #[error("the filter for system calls is not well formed")]
    Filter(#[from] seccompiler::BackendError),
}

/// What is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Locked {
    /// Files and network are denied by landlock; false where the kernel lacks it, and the filter
    /// for system calls alone denies them.
    pub landlock: bool,
}

/// Locks this process for reading: memory, the open pipes and the processor are all it keeps.
///
/// # Errors
/// [`LockError`]; the process must then end without reading anything.
pub(super) fn lock_reader(memory_bytes: u64, gives_way: bool) -> Result<Locked, LockError> {
    system::close_from(FIRST_OTHER_FILE)?;
    system::die_with_parent()?;
    if gives_way {
        system::give_way()?;
    }
    for (resource, value) in
        [(Resource::Memory, memory_bytes), (Resource::FileSize, 0), (Resource::Core, 0), (Resource::Processes, 0)]
    {
        system::limit(resource, value)?;
    }
    system::no_new_privileges()?;
    system::not_dumpable()?;
    let landlock = deny_files(&[], None)?;
    system::limit(Resource::Files, u64::from(FIRST_OTHER_FILE))?;
    seccompiler::apply_filter(&reader_filter()?)?;
    Ok(Locked { landlock })
}

/// Bounds on the converter of HEIC pictures.
const CONVERTER_MEMORY_BYTES: u64 = 2 << 30;
const CONVERTER_FILE_BYTES: u64 = 256 << 20;
const CONVERTER_CPU_SECONDS: u64 = 20;
const CONVERTER_FILES: u64 = 32;

/// Folders from which a Debian program loads itself and its libraries.
const SYSTEM_FOLDERS: [&str; 5] = ["/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache"];

/// Locks this process for becoming the converter: it may read programs and libraries, write into
/// `folder`, and start no process and no connection.
///
/// # Errors
/// [`LockError`]; the converter must then not be started.
pub(super) fn lock_converter(folder: &Path) -> Result<Locked, LockError> {
    system::close_from(FIRST_OTHER_FILE)?;
    system::die_with_parent()?;
    for (resource, value) in [
        (Resource::Memory, CONVERTER_MEMORY_BYTES),
        (Resource::FileSize, CONVERTER_FILE_BYTES),
        (Resource::Core, 0),
        (Resource::CpuSeconds, CONVERTER_CPU_SECONDS),
        (Resource::Files, CONVERTER_FILES),
    ] {
        system::limit(resource, value)?;
    }
    system::no_new_privileges()?;
    let landlock = deny_files(&SYSTEM_FOLDERS.map(Path::new), Some(folder))?;
    seccompiler::apply_filter(&converter_filter()?)?;
    Ok(Locked { landlock })
}

/// Denies the file system but for `readable` folders and one `writable`, and the network.
fn deny_files(readable: &[&Path], writable: Option<&Path>) -> Result<bool, LockError> {
    let mut rules = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(LANDLOCK))?
        .handle_access(AccessNet::from_all(LANDLOCK))?
        .scope(Scope::from_all(LANDLOCK))?
        .create()?;
    for path in readable.iter().filter(|path| path.exists()) {
        rules = rules.add_rule(PathBeneath::new(PathFd::new(path)?, AccessFs::from_read(LANDLOCK)))?;
    }
    if let Some(path) = writable {
        rules = rules.add_rule(PathBeneath::new(PathFd::new(path)?, AccessFs::from_all(LANDLOCK)))?;
    }
    let status = rules.restrict_self()?;
    Ok(status.ruleset != RulesetStatus::NotEnforced)
}

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Everything is refused with "not permitted" but what a computing process needs: its pipes,
/// memory, signals to itself, clocks and the end.
fn reader_filter() -> Result<BpfProgram, LockError> {
    let free = [
        libc::SYS_read,
        libc::SYS_write,
        libc::SYS_readv,
        libc::SYS_writev,
        libc::SYS_brk,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_madvise,
        libc::SYS_futex,
        libc::SYS_getrandom,
        libc::SYS_clock_gettime,
        libc::SYS_clock_nanosleep,
        libc::SYS_gettimeofday,
        libc::SYS_sched_yield,
        libc::SYS_sched_getaffinity,
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_restart_syscall,
        libc::SYS_exit,
        libc::SYS_exit_group,
        libc::SYS_close,
    ];
    let mut rules: Rules = free.into_iter().map(|call| (call, vec![])).collect();
    // Memory may be had, but never memory that can be run.
    const PROTECTION: u8 = 2;
    for call in [libc::SYS_mmap, libc::SYS_mprotect] {
        let executable = libc::PROT_EXEC as u64;
        let masked = SeccompCmpOp::MaskedEq(executable);
        let data_only = SeccompCondition::new(PROTECTION, SeccompCmpArgLen::Dword, masked, 0)?;
        rules.insert(call, vec![SeccompRule::new(vec![data_only])?]);
    }
    // Signals go to itself alone: that is how a failed allocation ends the process.
    let own = u64::from(std::process::id());
    let itself = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, own)?;
    rules.insert(libc::SYS_tgkill, vec![SeccompRule::new(vec![itself])?]);
    let refused = SeccompAction::Errno(libc::EPERM as u32);
    program(rules, refused, SeccompAction::Allow)
}

/// The converter is a foreign program that loads libraries and makes threads, so here the doors
/// are closed one by one: network, other processes, the kernel's own interfaces.
fn converter_filter() -> Result<BpfProgram, LockError> {
    let shut = [
        libc::SYS_socket,
        libc::SYS_socketpair,
        libc::SYS_connect,
        libc::SYS_bind,
        libc::SYS_listen,
        libc::SYS_accept,
        libc::SYS_accept4,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_kill,
        libc::SYS_mount,
        libc::SYS_umount2,
        libc::SYS_chroot,
        libc::SYS_pivot_root,
        libc::SYS_setns,
        libc::SYS_unshare,
        libc::SYS_bpf,
        libc::SYS_perf_event_open,
        libc::SYS_userfaultfd,
        libc::SYS_io_uring_setup,
        libc::SYS_keyctl,
        libc::SYS_add_key,
        libc::SYS_request_key,
        libc::SYS_init_module,
        libc::SYS_finit_module,
        libc::SYS_kexec_load,
        libc::SYS_reboot,
        libc::SYS_swapon,
    ];
    let mut rules: Rules = shut.into_iter().map(|call| (call, vec![])).collect();
    #[cfg(target_arch = "x86_64")]
    for call in [libc::SYS_fork, libc::SYS_vfork] {
        rules.insert(call, vec![]);
    }
    // A thread shares everything with its maker; a clone that does not is another process.
    let threads = libc::CLONE_THREAD as u64;
    let process = SeccompCondition::new(0, SeccompCmpArgLen::Qword, SeccompCmpOp::MaskedEq(threads), 0)?;
    rules.insert(libc::SYS_clone, vec![SeccompRule::new(vec![process])?]);
    // The newer call hides its flags from the filter; told that it is missing, the C library falls
    // back to `clone`. A second filter says so, because one filter has one answer.
    let newer: Rules = [(libc::SYS_clone3, vec![])].into();
    let missing = program(newer, SeccompAction::Allow, SeccompAction::Errno(libc::ENOSYS as u32))?;
    seccompiler::apply_filter(&missing)?;
    program(rules, SeccompAction::Allow, SeccompAction::Errno(libc::EPERM as u32))
}

fn program(rules: Rules, otherwise: SeccompAction, matched: SeccompAction) -> Result<BpfProgram, LockError> {
    let arch = std::env::consts::ARCH.try_into()?;
    Ok(SeccompFilter::new(rules, otherwise, matched, arch)?.try_into()?)
}
