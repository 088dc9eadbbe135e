//! Where claims and papers may go from where they stand: the two tables, and nothing else decides.

use super::error::Refusal;
use super::words::{ClaimState, DocumentState, Turn, words};
use crate::accounts::Action;
use crate::audit::EventKind;

words! {
    /// What moves a claim.
    ClaimStep {
        /// The office sends it to the experts.
        Submit = "submit",
        /// The expert sends it back with refused papers.
        SendBack = "send-back",
        /// The expert has approved every paper.
        ApproveDocuments = "approve-documents",
        /// The same after a payment that came back: the originals are here already.
        ResumePayment = "resume-payment",
        /// The office prepares the parcel.
        PreparePost = "prepare-post",
        /// The office has posted the originals.
        Post = "post",
        /// The post desk has found every original.
        Receive = "receive",
        /// The post desk lacks an original or finds another paper.
        Mismatch = "mismatch",
        /// The money is being sent.
        StartPayment = "start-payment",
        /// The money was sent.
        Pay = "pay",
        /// The bank sent it back.
        ReturnPayment = "return-payment",
        /// It is done.
        Close = "close",
        /// An expert proposes to refuse the claim.
        ProposeRefusal = "propose-refusal",
        /// A second person refuses it.
        ConfirmRefusal = "confirm-refusal",
        /// A second person does not.
        DeclineRefusal = "decline-refusal",
        /// The sender objects.
        Appeal = "appeal",
        /// The objection does not hold.
        UpholdRefusal = "uphold-refusal",
        /// It is opened again.
        Reopen = "reopen",
        /// An approval was taken back, so an expert has to look again.
        Revoke = "revoke",
        /// The harm is graver than was declared, so papers are to be added.
        Escalate = "escalate",
    }
}

/// What moves a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentStep {
    /// A new version was uploaded.
    Upload,
    /// The checks let the current version pass.
    Pass,
    /// The checks refuse the current version.
    Refuse,
    /// The checks could not be run: a person has to look, the office is not held up.
    GiveUp,
    /// The office sends a refused version all the same.
    SendAnyway,
    /// The claim goes to the experts.
    Submit,
    /// The expert approves.
    Approve,
    /// The expert refuses.
    Reject,
    /// A supervisor takes an approval back, or a graver type asks more of the form.
    Revoke,
    /// What came by post or from the bank shows that an approved paper does not serve.
    Withdraw,
}

/// Every legal move of a claim, and the event that it is.
pub const CLAIM: &[(ClaimState, ClaimStep, ClaimState, EventKind)] = &[
    (ClaimState::Draft, ClaimStep::Submit, ClaimState::InReview, EventKind::ClaimSubmitted),
    (ClaimState::NeedsCorrection, ClaimStep::Submit, ClaimState::InReview, EventKind::ClaimResubmitted),
    (ClaimState::PaymentReturned, ClaimStep::Submit, ClaimState::InReview, EventKind::ClaimResubmitted),
    (ClaimState::InReview, ClaimStep::SendBack, ClaimState::NeedsCorrection, EventKind::ClaimNeedsCorrection),
    (
        ClaimState::InReview,
        ClaimStep::ApproveDocuments,
        ClaimState::DocumentsApproved,
        EventKind::ClaimDocumentsApproved,
    ),
    (ClaimState::InReview, ClaimStep::ResumePayment, ClaimState::Paying, EventKind::PaymentStarted),
    (ClaimState::DocumentsApproved, ClaimStep::PreparePost, ClaimState::AwaitingPost, EventKind::PostPrepared),
    (ClaimState::AwaitingPost, ClaimStep::Post, ClaimState::Posted, EventKind::OriginalsPosted),
    (ClaimState::Posted, ClaimStep::Receive, ClaimState::OriginalsReceived, EventKind::OriginalsReceived),
    (ClaimState::Posted, ClaimStep::Mismatch, ClaimState::NeedsCorrection, EventKind::OriginalsMismatched),
    (ClaimState::OriginalsReceived, ClaimStep::StartPayment, ClaimState::Paying, EventKind::PaymentStarted),
    (ClaimState::Paying, ClaimStep::Pay, ClaimState::Paid, EventKind::PaymentRecorded),
    (ClaimState::Paying, ClaimStep::ReturnPayment, ClaimState::PaymentReturned, EventKind::PaymentReturned),
    (ClaimState::Paid, ClaimStep::ReturnPayment, ClaimState::PaymentReturned, EventKind::PaymentReturned),
    (ClaimState::Paid, ClaimStep::Close, ClaimState::Closed, EventKind::ClaimClosed),
    (ClaimState::InReview, ClaimStep::ProposeRefusal, ClaimState::RefusalProposed, EventKind::RefusalProposed),
    (ClaimState::RefusalProposed, ClaimStep::ConfirmRefusal, ClaimState::Refused, EventKind::RefusalConfirmed),
    (ClaimState::RefusalProposed, ClaimStep::DeclineRefusal, ClaimState::InReview, EventKind::RefusalDeclined),
    (ClaimState::Refused, ClaimStep::Appeal, ClaimState::Appealed, EventKind::ClaimAppealed),
    (ClaimState::Appealed, ClaimStep::UpholdRefusal, ClaimState::Refused, EventKind::RefusalUpheld),
    (ClaimState::Appealed, ClaimStep::Reopen, ClaimState::InReview, EventKind::ClaimReopened),
    (ClaimState::Refused, ClaimStep::Reopen, ClaimState::InReview, EventKind::ClaimReopened),
    (ClaimState::Closed, ClaimStep::Reopen, ClaimState::NeedsCorrection, EventKind::ClaimReopened),
    (ClaimState::DocumentsApproved, ClaimStep::Revoke, ClaimState::InReview, EventKind::ApprovalRevoked),
    (ClaimState::AwaitingPost, ClaimStep::Revoke, ClaimState::InReview, EventKind::ApprovalRevoked),
    (ClaimState::Posted, ClaimStep::Revoke, ClaimState::InReview, EventKind::ApprovalRevoked),
    (ClaimState::OriginalsReceived, ClaimStep::Revoke, ClaimState::InReview, EventKind::ApprovalRevoked),
    (ClaimState::InReview, ClaimStep::Escalate, ClaimState::NeedsCorrection, EventKind::TypeRaised),
    (ClaimState::DocumentsApproved, ClaimStep::Escalate, ClaimState::NeedsCorrection, EventKind::TypeRaised),
    (ClaimState::AwaitingPost, ClaimStep::Escalate, ClaimState::NeedsCorrection, EventKind::TypeRaised),
    (ClaimState::Posted, ClaimStep::Escalate, ClaimState::NeedsCorrection, EventKind::TypeRaised),
    (ClaimState::OriginalsReceived, ClaimStep::Escalate, ClaimState::NeedsCorrection, EventKind::TypeRaised),
];

const DOCUMENT: &[(DocumentState, DocumentStep, DocumentState)] = &[
    (DocumentState::Empty, DocumentStep::Upload, DocumentState::Checking),
    (DocumentState::Checking, DocumentStep::Upload, DocumentState::Checking),
    (DocumentState::Refused, DocumentStep::Upload, DocumentState::Checking),
    (DocumentState::Uploaded, DocumentStep::Upload, DocumentState::Checking),
    (DocumentState::Rejected, DocumentStep::Upload, DocumentState::Checking),
    // Only while the claim is with the office: an approval was taken back there.
    (DocumentState::InReview, DocumentStep::Upload, DocumentState::Checking),
    (DocumentState::Checking, DocumentStep::Pass, DocumentState::Uploaded),
    (DocumentState::Checking, DocumentStep::Refuse, DocumentState::Refused),
    (DocumentState::Checking, DocumentStep::GiveUp, DocumentState::Uploaded),
    (DocumentState::Refused, DocumentStep::SendAnyway, DocumentState::Uploaded),
    (DocumentState::Uploaded, DocumentStep::Submit, DocumentState::InReview),
    (DocumentState::InReview, DocumentStep::Approve, DocumentState::Approved),
    (DocumentState::InReview, DocumentStep::Reject, DocumentState::Rejected),
    // While the claim is still on the desk the expert may think again of a refusal; an approval
    // stands.
    (DocumentState::Rejected, DocumentStep::Approve, DocumentState::Approved),
    (DocumentState::Approved, DocumentStep::Revoke, DocumentState::InReview),
    (DocumentState::Approved, DocumentStep::Withdraw, DocumentState::Rejected),
];

/// Where the claim goes.
///
/// # Errors
/// [`Refusal::StateNotAllowed`] when it cannot.
pub fn claim(from: ClaimState, step: ClaimStep) -> Result<ClaimState, Refusal> {
    claim_move(from, step).map(|(to, _)| to)
}

/// Where the claim goes, and the event that this is.
pub(super) fn claim_move(from: ClaimState, step: ClaimStep) -> Result<(ClaimState, EventKind), Refusal> {
    let row = CLAIM.iter().find(|(state, by, ..)| (*state, *by) == (from, step));
    row.map(|(_, _, to, event)| (*to, *event)).ok_or(Refusal::StateNotAllowed)
}

/// Where the paper goes.
///
/// # Errors
/// [`Refusal::DocumentLocked`] for an approved paper, [`Refusal::DocumentEmpty`] for one without
/// an upload, else [`Refusal::StateNotAllowed`].
pub fn document(from: DocumentState, step: DocumentStep) -> Result<DocumentState, Refusal> {
    let row = DOCUMENT.iter().find(|(state, by, _)| (*state, *by) == (from, step));
    row.map(|(_, _, to)| *to).ok_or(match from {
        DocumentState::Approved => Refusal::DocumentLocked,
        DocumentState::Empty => Refusal::DocumentEmpty,
        _ => Refusal::StateNotAllowed,
    })
}

/// The permission that the step asks for.
#[must_use]
pub const fn action(step: ClaimStep) -> Action {
    match step {
        ClaimStep::Submit => Action::SubmitClaim,
        ClaimStep::SendBack | ClaimStep::ApproveDocuments | ClaimStep::ResumePayment | ClaimStep::ProposeRefusal => {
            Action::DecidePaper
        }
        ClaimStep::PreparePost | ClaimStep::Post => Action::PostOriginals,
        ClaimStep::Receive | ClaimStep::Mismatch => Action::ReceiveOriginals,
        ClaimStep::StartPayment | ClaimStep::Pay | ClaimStep::ReturnPayment | ClaimStep::Close => Action::RecordPayment,
        ClaimStep::ConfirmRefusal | ClaimStep::DeclineRefusal => Action::ConfirmRefusal,
        ClaimStep::UpholdRefusal | ClaimStep::Reopen | ClaimStep::Revoke => Action::ReopenClaim,
        ClaimStep::Appeal | ClaimStep::Escalate => Action::EditClaim,
    }
}

/// Whose turn it is; the claim's clock stands while it is the office's.
#[must_use]
pub const fn turn(state: ClaimState) -> Turn {
    match state {
        ClaimState::Draft
        | ClaimState::NeedsCorrection
        | ClaimState::DocumentsApproved
        | ClaimState::AwaitingPost
        | ClaimState::PaymentReturned => Turn::Office,
        ClaimState::InReview
        | ClaimState::Posted
        | ClaimState::OriginalsReceived
        | ClaimState::Paying
        | ClaimState::RefusalProposed
        | ClaimState::Appealed => Turn::Company,
        ClaimState::Paid | ClaimState::Closed | ClaimState::Refused => Turn::Nobody,
    }
}

/// Whether the office may still change the claim's papers.
#[must_use]
pub const fn is_editable(state: ClaimState) -> bool {
    matches!(state, ClaimState::Draft | ClaimState::NeedsCorrection | ClaimState::PaymentReturned)
}

/// Whether the originals are being sent or were: from then on their cover sheet can be printed, also to be looked up.
#[must_use]
pub const fn has_cover(state: ClaimState) -> bool {
    matches!(
        state,
        ClaimState::AwaitingPost
            | ClaimState::Posted
            | ClaimState::OriginalsReceived
            | ClaimState::Paying
            | ClaimState::Paid
            | ClaimState::PaymentReturned
            | ClaimState::Closed
    )
}

/// Whether the office may delete the claim: before anything was approved as a whole, or when it is not payable.
#[must_use]
pub const fn is_deletable(state: ClaimState) -> bool {
    matches!(state, ClaimState::Draft | ClaimState::NeedsCorrection | ClaimState::Refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [DocumentStep; 10] = [
        DocumentStep::Upload,
        DocumentStep::Pass,
        DocumentStep::Refuse,
        DocumentStep::GiveUp,
        DocumentStep::SendAnyway,
        DocumentStep::Submit,
        DocumentStep::Approve,
        DocumentStep::Reject,
        DocumentStep::Revoke,
        DocumentStep::Withdraw,
    ];

    #[test]
    fn an_approved_paper_leaves_only_by_a_supervisor_or_by_what_came_in() {
        let opens = [DocumentStep::Revoke, DocumentStep::Withdraw];
        for step in STEPS {
            let answer = document(DocumentState::Approved, step);
            assert_eq!(answer.is_ok(), opens.contains(&step), "{step:?}");
            assert!(answer.is_ok() || answer == Err(Refusal::DocumentLocked));
        }
    }

    #[test]
    fn each_move_stands_once_and_every_state_is_reached() {
        for (i, (from, step, _)) in DOCUMENT.iter().enumerate() {
            assert!(!DOCUMENT[..i].iter().any(|(f, s, _)| (f, s) == (from, step)));
        }
        for (i, (from, step, ..)) in CLAIM.iter().enumerate() {
            assert!(!CLAIM[..i].iter().any(|(f, s, ..)| (f, s) == (from, step)));
        }
        for &state in ClaimState::ALL {
            assert!(state == ClaimState::Draft || CLAIM.iter().any(|(_, _, to, _)| *to == state), "{state}");
        }
    }

    #[test]
    fn a_claim_comes_and_goes_between_office_and_expert() {
        let back = claim(ClaimState::InReview, ClaimStep::SendBack).unwrap();
        assert!(is_editable(back));
        assert_eq!(claim(back, ClaimStep::Submit), Ok(ClaimState::InReview));
        assert_eq!(claim(ClaimState::Draft, ClaimStep::ApproveDocuments), Err(Refusal::StateNotAllowed));
    }

    #[test]
    fn nothing_is_deleted_once_its_papers_are_approved() {
        use ClaimState as S;
        for &state in S::ALL {
            let may = matches!(state, S::Draft | S::NeedsCorrection | S::Refused);
            assert_eq!(is_deletable(state), may, "{state}");
        }
    }

    #[test]
    fn the_money_moves_only_after_the_originals_are_here() {
        for (from, _, to, _) in CLAIM.iter().filter(|(_, _, to, _)| *to == ClaimState::Paying) {
            // After a returned payment the originals are here: `decide::finish` asks for that.
            assert!(matches!(from, ClaimState::OriginalsReceived | ClaimState::InReview), "{from} → {to}");
        }
    }
}
