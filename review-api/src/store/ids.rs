//! Identifiers: UUID version 7 as text, one type for each kind of thing.

use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

use super::clock::{Chance, UnixMs};

/// The text is no identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct NoId;

/// A fresh identifier, ordered by time.
pub(crate) fn fresh(now: UnixMs, chance: &dyn Chance) -> String {
    let mut random = [0; 10];
    chance.fill(&mut random);
    let millis = u64::try_from(now.0).unwrap_or(0);
    Builder::from_unix_timestamp_millis(millis, &random).into_uuid().to_string()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The identifier in this text, lower-case with dashes; `None` when it is none.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Uuid::try_parse(text).ok().map(|id| Self(id.to_string()))
            }

            /// The identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            pub(crate) fn fresh(now: UnixMs, chance: &dyn Chance) -> Self {
                Self(fresh(now, chance))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = NoId;

            fn from_str(text: &str) -> Result<Self, NoId> {
                Self::parse(text).ok_or(NoId)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NoId;

            fn try_from(text: String) -> Result<Self, NoId> {
                Self::parse(&text).ok_or(NoId)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl From<&$name> for super::sql::Value {
            fn from(id: &$name) -> Self {
                Self::Text(Some(id.0.clone()))
            }
        }

        impl From<Option<&$name>> for super::sql::Value {
            fn from(id: Option<&$name>) -> Self {
                Self::Text(id.map(|id| id.0.clone()))
            }
        }
    )+};
}

/// The identifiers that are read back from rows.
macro_rules! stored_ids {
    ($($name:ident),+ $(,)?) => {$(
        impl $name {
            /// As it stands in a row that this program wrote.
            pub(crate) fn stored(text: String) -> Self {
                Self(text)
            }
        }
    )+};
}

stored_ids!(OfficeId, UserId, InsuredId, ClaimId, DocumentId, VersionId, NoteId, JobId, MessageId, RulesId, PairId);

ids! {
    /// An office.
    OfficeId;
    /// A person who works with the system.
    UserId;
    /// An insured person.
    InsuredId;
    /// A policy.
    PolicyId;
    /// A claim.
    ClaimId;
    /// A paper in a slot of a claim.
    DocumentId;
    /// One upload of a paper.
    VersionId;
    /// An expert's ruling.
    DecisionId;
    /// A note on a paper.
    NoteId;
    /// A message of the company.
    MessageId;
    /// A version of the rules about papers.
    RulesId;
    /// A piece of owed work.
    JobId;
    /// A date that somebody gave for a paper.
    DateId;
    /// Two pages that have to do with each other.
    PairId;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::clock::SeededChance;

    #[test]
    fn identifiers_order_by_time_and_parse_back() {
        let chance = SeededChance::new(7);
        let early = ClaimId::fresh(UnixMs(1_700_000_000_000), &chance);
        let late = ClaimId::fresh(UnixMs(1_700_000_000_001), &chance);
        assert!(early < late);
        assert_eq!(ClaimId::parse(early.as_str()), Some(early));
        assert_eq!(ClaimId::parse("../etc/passwd"), None);
    }
}
