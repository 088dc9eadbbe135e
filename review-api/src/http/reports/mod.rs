//! Reports: rejections by reason, office and month, and the claims behind each number.

pub(super) mod behind;
pub(super) mod rejections;
