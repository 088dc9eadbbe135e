//! The record: every act is an entry that carries the hash of the entry before it.
//!
//! An entry holds references and reason codes, never names, numbers of papers, or anything about
//! a person's health. Whoever changes or removes an entry breaks the chain from there on.

pub mod chain;
mod list;
pub mod verify;

pub use list::{Act, list};

use serde_json::{Map, Value as Json};

use crate::claim::words::words;
use crate::store::ids::{ClaimId, DocumentId, OfficeId, VersionId};

words! {
    /// What happened.
    EventKind {
        /// A claim was opened.
        ClaimOpened = "claim-opened",
        /// An insured person was registered.
        InsuredRegistered = "insured-registered",
        /// An upload is durable and was acknowledged.
        UploadAccepted = "upload-accepted",
        /// The papers of a slot were put in another order.
        PapersArranged = "papers-arranged",
        /// The checks answered.
        UploadJudged = "upload-judged",
        /// The checks could not be run and will not be tried again.
        UploadNotJudged = "upload-not-judged",
        /// The words of a paper were read.
        PaperRead = "paper-read",
        /// The words of a paper could not be read and will not be tried again.
        PaperNotRead = "paper-not-read",
        /// The office typed a date from a paper.
        DateTyped = "date-typed",
        /// An expert confirmed or corrected a date.
        DateConfirmed = "date-confirmed",
        /// A page was seen before, or one like it.
        SeenBefore = "seen-before",
        /// An expert said whether two pages are one paper.
        PairAnswered = "pair-answered",
        /// The office sends a refused version all the same.
        SentAnyway = "sent-anyway",
        /// The office says why a paper is missing.
        MissingExplained = "missing-explained",
        /// The claim went to the experts for the first time.
        ClaimSubmitted = "claim-submitted",
        /// The claim went to the experts again.
        ClaimResubmitted = "claim-resubmitted",
        /// An expert took the claim.
        LeaseTaken = "lease-taken",
        /// An expert gave the claim back.
        LeaseReleased = "lease-released",
        /// An expert approved a paper.
        DocumentApproved = "document-approved",
        /// An expert refused a paper.
        DocumentRejected = "document-rejected",
        /// The claim went back to the office.
        ClaimNeedsCorrection = "claim-needs-correction",
        /// Every paper of the claim is approved.
        ClaimDocumentsApproved = "claim-documents-approved",
        /// The office has prepared the parcel of originals.
        PostPrepared = "post-prepared",
        /// The originals were posted.
        OriginalsPosted = "originals-posted",
        /// The originals arrived and match.
        OriginalsReceived = "originals-received",
        /// An original is missing or does not match.
        OriginalsMismatched = "originals-mismatched",
        /// The payment was begun.
        PaymentStarted = "payment-started",
        /// The money was sent.
        PaymentRecorded = "payment-recorded",
        /// The bank sent the money back.
        PaymentReturned = "payment-returned",
        /// The claim is done.
        ClaimClosed = "claim-closed",
        /// An expert proposes to refuse the claim.
        RefusalProposed = "refusal-proposed",
        /// A second person refused it.
        RefusalConfirmed = "refusal-confirmed",
        /// A second person did not.
        RefusalDeclined = "refusal-declined",
        /// The sender objects to the refusal.
        ClaimAppealed = "claim-appealed",
        /// The objection does not hold.
        RefusalUpheld = "refusal-upheld",
        /// The claim was opened again.
        ClaimReopened = "claim-reopened",
        /// An approval was taken back.
        ApprovalRevoked = "approval-revoked",
        /// The claim was deleted; its rows stay.
        ClaimDeleted = "claim-deleted",
        /// The claim was brought back.
        ClaimRestored = "claim-restored",
        /// What was declared about the accident changed.
        ClaimEdited = "claim-edited",
        /// The harm turned out graver.
        TypeRaised = "type-raised",
        /// The expert asks for a paper beyond the rules.
        PaperAsked = "paper-asked",
        /// The company wrote a message.
        MessageWritten = "message-written",
        /// A message was taken back.
        MessageWithdrawn = "message-withdrawn",
        /// A new version of the rules was begun.
        RulesDrafted = "rules-drafted",
        /// A version of the rules was published.
        RulesPublished = "rules-published",
        /// Somebody wrote a note.
        NoteAdded = "note-added",
        /// Somebody looked at a picture of a paper, or took its file.
        PictureSeen = "picture-seen",
        /// Somebody logged in.
        SessionOpened = "session-opened",
        /// Somebody logged out.
        SessionClosed = "session-closed",
        /// Somebody set up a second factor.
        SecondFactorSet = "second-factor-set",
        /// Somebody changed the own password.
        PasswordChanged = "password-changed",
        /// An account was given a fresh first password.
        PasswordReset = "password-reset",
        /// An account was made.
        UserAdded = "user-added",
        /// An account was closed.
        UserDisabled = "user-disabled",
        /// A closed account was opened again.
        UserEnabled = "user-enabled",
        /// An insured person made the own account.
        SelfRegistered = "self-registered",
        /// A policy was added to a person who has an account.
        PolicyLinked = "policy-linked",
        /// A register of policies was brought.
        RegisterImported = "register-imported",
        /// The insurer answered for a policy that waited.
        PolicyAnswered = "policy-answered",
        /// The particulars of an insured person were changed.
        InsuredChanged = "insured-changed",
        /// An insured person was taken off the list.
        InsuredDeleted = "insured-deleted",
        /// Invented accounts were made for a demonstration.
        DemoSeeded = "demo-seeded",
    }
}

impl EventKind {
    /// Whether living pages are told: a look at a picture changes nothing that they show.
    #[must_use]
    pub const fn told(self) -> bool {
        !matches!(self, Self::PictureSeen)
    }
}

/// What an entry is about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Subject {
    pub(crate) office: Option<OfficeId>,
    pub(crate) claim: Option<ClaimId>,
    pub(crate) document: Option<DocumentId>,
    pub(crate) version: Option<VersionId>,
}

/// An entry before it has its place in the chain.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) kind: EventKind,
    pub(crate) subject: Subject,
    pub(crate) detail: Map<String, Json>,
}

impl Entry {
    pub(crate) fn new(kind: EventKind) -> Self {
        Self { kind, subject: Subject::default(), detail: Map::new() }
    }

    pub(crate) fn office(mut self, office: &OfficeId) -> Self {
        self.subject.office = Some(office.clone());
        self
    }

    pub(crate) fn claim(mut self, office: &OfficeId, claim: &ClaimId) -> Self {
        self.subject.claim = Some(claim.clone());
        self.office(office)
    }

    pub(crate) fn document(mut self, document: &DocumentId) -> Self {
        self.subject.document = Some(document.clone());
        self
    }

    pub(crate) fn version(mut self, version: &VersionId) -> Self {
        self.subject.version = Some(version.clone());
        self
    }

    /// A reference, a code, a count or a hash; never a value that tells about a person.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Json>) -> Self {
        self.detail.insert(name.to_owned(), value.into());
        self
    }
}
