//! The office's closed lists of words: types, channels, states.

/// An enum whose values are stored and sent as one word each.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// Every value, in the order of life.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as it is stored and sent.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value of this word.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl From<$name> for $crate::store::sql::Value {
            fn from(word: $name) -> Self {
                Self::from(word.as_str())
            }
        }
    )+};
}
pub(crate) use words;

/// The words that are read back from rows.
macro_rules! stored_words {
    ($($name:ident),+ $(,)?) => {$(
        impl $name {
            /// The value of a stored word.
            pub(crate) fn stored(word: &str) -> Result<Self, $crate::store::sql::SqlError> {
                Self::parse(word).ok_or($crate::store::sql::SqlError::UnknownWord(stringify!($name)))
            }
        }
    )+};
}
pub(crate) use stored_words;

stored_words!(
    ClaimType,
    Channel,
    ClaimState,
    DocumentState,
    VersionState,
    RaisedBy,
    ReadingState,
    SaidKind,
    PairAnswer
);

words! {
    /// What an expert says of two pages that were held against each other.
    PairAnswer {
        /// They are one paper.
        Confirmed = "confirmed",
        /// They are not; it is not told again.
        Dismissed = "dismissed",
    }
}

words! {
    /// What the accident led to.
    ClaimType {
        /// The insured died.
        Death = "death",
        /// A lasting disability.
        Disability = "disability",
        /// An injury.
        Injury = "injury",
    }

    /// Who brings the claim.
    Channel {
        /// A guardianship office for the insured.
        Office = "office",
        /// The insured person alone.
        Individual = "individual",
    }

    /// Where a claim stands.
    ClaimState {
        /// The office is filling it.
        Draft = "draft",
        /// It lies before the experts.
        InReview = "in_review",
        /// The office is mending what was refused; the clock stands still.
        NeedsCorrection = "needs_correction",
        /// Every paper is approved.
        DocumentsApproved = "documents_approved",
        /// The office has its cover sheet; the originals are to be posted.
        AwaitingPost = "awaiting_post",
        /// The originals are on their way.
        Posted = "posted",
        /// The originals are here and match.
        OriginalsReceived = "originals_received",
        /// The money is being sent.
        Paying = "paying",
        /// The money was sent.
        Paid = "paid",
        /// Done.
        Closed = "closed",
        /// The bank sent the money back; the account is to be mended.
        PaymentReturned = "payment_returned",
        /// An expert proposes to refuse it; a second person is to say so too. An office sees it as in review.
        RefusalProposed = "refusal_proposed",
        /// It is not payable.
        Refused = "refused",
        /// The sender objects to the refusal.
        Appealed = "appealed",
    }

    /// Whose turn it is; the clock of a claim stands while it is the office's.
    Turn {
        /// Whoever sends the papers.
        Office = "office",
        /// The company.
        Company = "company",
        /// Nobody's: it is done, unless somebody objects.
        Nobody = "nobody",
    }

    /// What the words that went with an act on a claim are about.
    SaidKind {
        /// An expert proposes to refuse the claim.
        RefusalProposed = "refusal-proposed",
        /// A second person refuses it.
        RefusalConfirmed = "refusal-confirmed",
        /// A second person does not.
        RefusalDeclined = "refusal-declined",
        /// The sender objects.
        Appealed = "appealed",
        /// The objection does not hold.
        RefusalUpheld = "refusal-upheld",
        /// The claim is opened again.
        Reopened = "reopened",
        /// An approval was taken back.
        ApprovalRevoked = "approval-revoked",
        /// The money came back.
        PaymentReturned = "payment-returned",
        /// The claim was deleted.
        Deleted = "deleted",
        /// The harm turned out graver.
        TypeRaised = "type-raised",
    }

    /// Whether the words of an upload were read.
    ReadingState {
        /// Its turn comes.
        Waiting = "waiting",
        /// They were, as far as the page lets anybody.
        Read = "read",
        /// They were not, through no fault of the paper, and nobody will try again by itself.
        NotRead = "not_read",
    }

    /// Where a paper in its slot stands.
    DocumentState {
        /// Nothing was uploaded yet.
        Empty = "empty",
        /// The checks have not answered yet.
        Checking = "checking",
        /// The checks refused the current version.
        Refused = "refused",
        /// Ready to be sent.
        Uploaded = "uploaded",
        /// Waiting for an expert.
        InReview = "in_review",
        /// Approved and locked.
        Approved = "approved",
        /// Refused by an expert.
        Rejected = "rejected",
    }

    /// Where one upload stands with the checks.
    VersionState {
        /// The checks have not answered yet.
        Checking = "checking",
        /// The checks have answered.
        Judged = "judged",
        /// The checks could not be run and will not be tried again.
        NotJudged = "not_judged",
    }

    /// Whose rejection it is.
    RaisedBy {
        /// A check refused the version.
        Machine = "machine",
        /// An expert refused it.
        People = "people",
    }
}

/// What may be declared about an accident; another word is an error.
pub const CIRCUMSTANCES: &[&str] = &[
    "traffic",
    "driving",
    "work",
    "home",
    "quarrel",
    "suspicious-death",
    "hospitalised",
    "surgery",
    "outpatient",
    "no-treatment-cost",
    "dependant",
    "minor",
    "minor-heir",
    "no-named-beneficiary",
    "represented",
    "foreign-language",
    "body-repatriated",
];

/// The places for papers in a claim, in the order of the checklist.
pub const SLOTS: &[&str] = &[
    "office-letter",
    "policy",
    "identity",
    "head-identity",
    "accident-report",
    "traffic-report",
    "driving-licence",
    "work-accident-report",
    "work-permit",
    "local-testimony",
    "judicial-letter",
    "admission-record",
    "discharge-summary",
    "operation-note",
    "hospital-bill",
    "cash-receipt",
    "pharmacy-invoice",
    "imaging-report",
    "treatment-end-certificate",
    "disability-opinion",
    "death-certificate",
    "death-registration",
    "burial-permit",
    "body-examination",
    "inheritance-certificate",
    "heirs-identity",
    "guardianship",
    "kinship-proof",
    "power-of-attorney",
    "bank-slip",
    "translation",
    "id-cancellation",
];

#[cfg(test)]
mod tests {
    use sanad_checks::completeness::Circumstance;
    use sanad_checks::completeness::required::{circumstances, slots};

    use super::*;

    #[test]
    fn the_lists_are_those_of_the_rules() {
        let slots: Vec<&str> = slots().iter().map(|slot| slot.name.as_str()).collect();
        assert_eq!(SLOTS, slots);
        let word = |name: Circumstance| serde_json::to_value(name).unwrap().as_str().unwrap().to_owned();
        let mut asked: Vec<String> = circumstances().map(|(name, _)| word(name)).collect();
        let mut known: Vec<String> = CIRCUMSTANCES.iter().map(|&word| word.to_owned()).collect();
        asked.sort();
        known.sort();
        assert_eq!(known, asked);
    }
}
