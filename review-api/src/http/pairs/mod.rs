//! Two pages held against each other, and what an expert says to it.

pub(super) mod answer;
pub(super) mod show;
