//! `[readers]`: the child processes that read papers.

use serde::Deserialize;

/// The child processes that read papers. Each holds one paper at a time.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReadersConfig {
    /// How many papers are read at once.
    pub children: usize,
    /// How many papers' words are read at once, in children of their own that give way to the others.
    pub words: usize,
    /// Longest wait for the next page on the clock, seconds; running out is nobody's fault and is tried again.
    pub wall_s: u64,
    /// Longest processor time for one page, seconds.
    pub cpu_s: u64,
    /// Memory of one child, mebibytes.
    pub memory_mib: u64,
    /// A child is replaced by a fresh one after this many papers.
    pub recycle_after: u32,
}

impl Default for ReadersConfig {
    fn default() -> Self {
        Self { children: 2, words: 1, wall_s: 30, cpu_s: 4, memory_mib: 2048, recycle_after: 200 }
    }
}
