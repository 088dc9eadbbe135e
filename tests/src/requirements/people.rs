//! People, accounts, the register of policies and insured persons: S-02 to S-29 without the front page.

/// Not built yet; a number leaves the list together with its first test.
pub(super) const NOT_BUILT: &[u8] = &[];
