//! Why an act on a claim did not happen.

use crate::accounts::NotAllowed;
use crate::blobs::BlobError;
use crate::store::StoreError;
use crate::store::clock::UnixMs;
use crate::store::sql::SqlError;

/// An act on a claim did not happen.
#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    /// There is none, or it is not this person's to see: which of the two is not told.
    #[error("not found")]
    NotFound,
    /// This role may not do it.
    #[error("not allowed")]
    Forbidden,
    /// The office's rules are against it.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// Somebody changed it since it was shown.
    #[error("changed meanwhile")]
    Stale,
    /// Another expert has it on the desk.
    #[error("held by another expert")]
    HeldBy {
        /// The expert's name.
        expert: String,
        /// Until when, unless lengthened.
        until: UnixMs,
    },
    /// The readers have their hands full; later is better.
    #[error("no reader is free")]
    Busy,
    /// The database failed.
    #[error(transparent)]
    Store(StoreError),
    /// The bytes could not be kept or given.
    #[error(transparent)]
    Blob(#[from] BlobError),
}

impl From<NotAllowed> for ClaimError {
    fn from(_: NotAllowed) -> Self {
        Self::Forbidden
    }
}

impl From<StoreError> for ClaimError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Blob(blob) => Self::Blob(blob),
            other => Self::Store(other),
        }
    }
}

impl From<SqlError> for ClaimError {
    fn from(error: SqlError) -> Self {
        Self::Store(error.into())
    }
}

impl From<serde_json::Error> for ClaimError {
    fn from(error: serde_json::Error) -> Self {
        Self::Store(error.into())
    }
}

/// A rule of the office that is against the act.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.key())]
pub enum Refusal {
    /// The paper is approved: nothing replaces it.
    DocumentLocked,
    /// The paper has no upload yet.
    DocumentEmpty,
    /// The version is not the paper's current one.
    VersionNotCurrent,
    /// The checks have not answered for it yet.
    VersionNotJudged,
    /// The checks did not refuse it, so there is nothing to send anyway.
    NothingToOverrule,
    /// The file is one paper, or of a sort that is not taken apart.
    NothingToSplit,
    /// A rejection without a reason code.
    ReasonMissing,
    /// A code that the catalogue lacks or keeps for the machine.
    ReasonNotForPeople,
    /// The claim lies before the experts or is done: the office cannot change it.
    ClaimNotEditable,
    /// The claim or paper cannot go there from where it stands.
    StateNotAllowed,
    /// Required papers are neither there nor explained.
    RequiredMissing(Vec<String>),
    /// Refused papers were neither replaced nor sent anyway.
    BlockingFindings(Vec<String>),
    /// The checks have not answered for these yet.
    StillChecking(Vec<String>),
    /// Papers the expert has not decided.
    Undecided(Vec<String>),
    /// The expert does not hold the claim.
    NoLease,
    /// No such slot.
    SlotUnknown,
    /// The file has no bytes: there is nothing to keep.
    FileEmpty,
    /// An explanation or a reason in words is missing.
    ExplanationMissing,
    /// The note is empty.
    NoteEmpty,
    /// A text is longer than may be kept.
    TextTooLong(&'static str),
    /// The person's name is missing.
    NameMissing,
    /// The number of the person's paper is missing.
    DocumentNumberMissing,
    /// Not three capital letters.
    BadNationality,
    /// Not a day, or a day that cannot be; names the field.
    BadDate(&'static str),
    /// No such type of claim.
    BadClaimType,
    /// No such circumstance.
    BadCircumstance,
    /// No such channel.
    BadChannel,
    /// The description tells too little.
    DescriptionTooShort,
    /// No such insured person in this office.
    InsuredNotFound,
    /// The second person of a refusal must be another than the first.
    SamePerson,
    /// After a payment that came back only the bank's slip may be changed.
    OnlyBankSlip,
    /// The claim cannot be deleted where it stands.
    NotDeletable,
    /// It was deleted too long ago.
    RestoreTooLate,
    /// The tracking number of the post is missing or has another length.
    BadTracking,
    /// The sum is no number of rials above nought.
    BadAmount,
    /// The bank's reference is missing.
    ReferenceMissing,
    /// Not every paper of the parcel was looked at.
    ParcelUnread(Vec<String>),
    /// A paper that does not match has no reason of the post desk.
    PostReasonMissing,
    /// The paper may not stay away, whatever the reason.
    NotWaivable,
    /// What the rule asks to be seen on the paper was not ticked.
    TicksMissing,
    /// Not an account number.
    BadIban,
    /// An account number comes with the bank's slip only.
    IbanNeedsSlip,
    /// The account that was typed is not the one on the slip.
    IbanDiffers,
    /// A paper that is asked for anyway.
    AskedAlready,
    /// No such role of a date.
    RoleUnknown,
    /// No date of the paper stands at this place.
    PlaceUnknown,
    /// The slot has no such place.
    PlaceOutside,
    /// A field of a person that is refused: the field and the key of the words.
    Typed(&'static str, &'static str),
    /// A published version of the rules is never changed.
    RulesPublished,
    /// A rule asks for no page, or for too many.
    BadPages,
    /// A message has no title.
    TitleMissing,
    /// No such role or office to write to.
    BadAudience,
    /// No claim of the sender has the number that was given for the same accident.
    SharedUnknown,
    /// The other claim is of another day.
    SharedOtherDay,
    /// Once it was sent, a claim's type is only raised.
    TypeNotGraver,
}

impl Refusal {
    /// A refused field with its message, `refusal-…`.
    #[must_use]
    pub fn typed(field: &'static str, message: &'static str) -> Self {
        Self::Typed(field, message.trim_start_matches("refusal-"))
    }

    /// Name of the refusal, for the catalogue of messages.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::DocumentLocked => "document-locked",
            Self::DocumentEmpty => "document-empty",
            Self::VersionNotCurrent => "version-not-current",
            Self::VersionNotJudged => "version-not-judged",
            Self::NothingToOverrule => "nothing-to-overrule",
            Self::NothingToSplit => "nothing-to-split",
            Self::ReasonMissing => "reason-missing",
            Self::ReasonNotForPeople => "reason-not-for-people",
            Self::ClaimNotEditable => "claim-not-editable",
            Self::StateNotAllowed => "state-not-allowed",
            Self::RequiredMissing(_) => "required-missing",
            Self::BlockingFindings(_) => "blocking-findings",
            Self::StillChecking(_) => "still-checking",
            Self::Undecided(_) => "undecided",
            Self::NoLease => "no-lease",
            Self::SlotUnknown => "slot-unknown",
            Self::FileEmpty => "file-empty",
            Self::ExplanationMissing => "explanation-missing",
            Self::NoteEmpty => "note-empty",
            Self::TextTooLong(_) => "text-too-long",
            Self::NameMissing => "name-missing",
            Self::DocumentNumberMissing => "document-number-missing",
            Self::BadNationality => "bad-nationality",
            Self::BadDate(_) => "bad-date",
            Self::BadClaimType => "bad-claim-type",
            Self::BadCircumstance => "bad-circumstance",
            Self::BadChannel => "bad-channel",
            Self::DescriptionTooShort => "description-too-short",
            Self::InsuredNotFound => "insured-not-found",
            Self::SamePerson => "same-person",
            Self::OnlyBankSlip => "only-bank-slip",
            Self::NotDeletable => "not-deletable",
            Self::RestoreTooLate => "restore-too-late",
            Self::BadTracking => "bad-tracking",
            Self::BadAmount => "bad-amount",
            Self::ReferenceMissing => "reference-missing",
            Self::ParcelUnread(_) => "parcel-unread",
            Self::PostReasonMissing => "post-reason-missing",
            Self::NotWaivable => "not-waivable",
            Self::TicksMissing => "ticks-missing",
            Self::BadIban => "bad-iban",
            Self::IbanNeedsSlip => "iban-needs-slip",
            Self::IbanDiffers => "iban-differs",
            Self::AskedAlready => "asked-already",
            Self::RoleUnknown => "role-unknown",
            Self::PlaceUnknown => "place-unknown",
            Self::PlaceOutside => "place-outside",
            Self::Typed(_, key) => key,
            Self::RulesPublished => "rules-published",
            Self::BadPages => "bad-pages",
            Self::TitleMissing => "title-missing",
            Self::BadAudience => "bad-audience",
            Self::SharedUnknown => "shared-unknown",
            Self::SharedOtherDay => "shared-other-day",
            Self::TypeNotGraver => "type-not-graver",
        }
    }

    /// The form's field that is at fault, when it is what somebody typed.
    #[must_use]
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::TextTooLong(field) | Self::BadDate(field) | Self::Typed(field, _) => Some(field),
            Self::ReasonMissing | Self::ReasonNotForPeople => Some("codes"),
            Self::SlotUnknown => Some("slot"),
            Self::FileEmpty => Some("file"),
            Self::ExplanationMissing => Some("reason"),
            Self::NoteEmpty => Some("text"),
            Self::NameMissing => Some("name"),
            Self::DocumentNumberMissing => Some("document_number"),
            Self::BadNationality => Some("nationality"),
            Self::BadClaimType | Self::TypeNotGraver => Some("claim_type"),
            Self::BadCircumstance => Some("circumstances"),
            Self::BadChannel => Some("channel"),
            Self::DescriptionTooShort => Some("description"),
            Self::InsuredNotFound => Some("insured"),
            Self::BadTracking => Some("tracking"),
            Self::BadAmount => Some("amount"),
            Self::ReferenceMissing => Some("reference"),
            Self::PostReasonMissing => Some("code"),
            Self::TicksMissing => Some("ticks"),
            Self::BadIban | Self::IbanDiffers => Some("iban"),
            Self::RoleUnknown => Some("role"),
            Self::PlaceUnknown => Some("region"),
            Self::PlaceOutside => Some("place"),
            Self::TitleMissing => Some("title"),
            Self::BadPages => Some("min_pages"),
            Self::BadAudience => Some("office"),
            Self::SharedUnknown | Self::SharedOtherDay => Some("shared_with"),
            _ => None,
        }
    }

    /// The slots it is about, where it names some.
    #[must_use]
    pub fn slots(&self) -> &[String] {
        match self {
            Self::RequiredMissing(slots)
            | Self::BlockingFindings(slots)
            | Self::StillChecking(slots)
            | Self::Undecided(slots)
            | Self::ParcelUnread(slots) => slots,
            _ => &[],
        }
    }
}
