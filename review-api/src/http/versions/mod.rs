//! Uploads: their verdict, pictures and original bytes.

pub(super) mod pictures;
pub(super) mod send_anyway;
pub(super) mod show;
