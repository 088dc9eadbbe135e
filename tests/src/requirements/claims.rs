//! The front page, claims, papers, letters and posting: S-12, S-16 to S-18, S-30 to S-48.

/// Not built yet; a number leaves the list together with its first test.
pub(super) const NOT_BUILT: &[u8] = &[];
