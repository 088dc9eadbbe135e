//! Papers: their versions, the talk about them, the expert's decision.

pub(super) mod decide;
pub(super) mod notes;
pub(super) mod place;
pub(super) mod revoke;
pub(super) mod show;
