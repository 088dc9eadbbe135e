//! The locked child process in which bytes from outside are touched, and the parent that keeps it.
//!
//! Parent and child speak in frames over the child's standard input and output. Before it reads
//! the first byte the child gives up everything but memory, those two pipes and the processor.

pub(crate) mod child;
mod convert;
mod frame;
mod kept;
mod lock;
pub(crate) mod pool;
pub(crate) mod probe;
mod system;
mod wire;
