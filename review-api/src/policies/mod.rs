//! Policies as the insurer knows them: their numbers, a register that was brought, and its server.

pub mod import;
mod key;
mod registry;
mod server;

pub use key::{number_key, number_keys};
pub use registry::{Answer, ImportedRegister, Known, Policies, Question, Registry, Ruling, Unreachable, recheck};
pub use server::PolicyServer;

use crate::claim::words::{stored_words, words};

/// The office code of policies that were sold on the internet, to people without an office.
pub const ONLINE: &str = "ONLINE";

words! {
    /// How far a policy was confirmed by the insurer.
    Standing {
        /// No registry is connected: nobody was asked.
        Unchecked = "unchecked",
        /// The registry could not be reached: it is asked again, and until then nothing is sent.
        Awaiting = "awaiting",
        /// The registry knows it, under this office.
        Confirmed = "confirmed",
        /// The registry answered later that this office has no such policy.
        Refused = "refused",
    }
}

stored_words!(Standing);
