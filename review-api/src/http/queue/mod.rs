//! The experts' queue.

pub(super) mod list;
pub(super) mod next;
