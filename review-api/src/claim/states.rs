//! Where claims and papers may go from where they stand: the two tables, and nothing else decides.

use super::error::Refusal;
use super::words::{ClaimState, DocumentState};

/// What moves a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimStep {
    /// The office sends it to the experts.
    Submit,
    /// The expert sends it back with refused papers.
    SendBack,
    /// The expert has approved every paper.
    ApproveDocuments,
}

/// What moves a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

const CLAIM: &[(ClaimState, ClaimStep, ClaimState)] = &[
    (ClaimState::Draft, ClaimStep::Submit, ClaimState::InReview),
    (ClaimState::InReview, ClaimStep::SendBack, ClaimState::NeedsCorrection),
    (ClaimState::NeedsCorrection, ClaimStep::Submit, ClaimState::InReview),
    (ClaimState::InReview, ClaimStep::ApproveDocuments, ClaimState::DocumentsApproved),
];

const DOCUMENT: &[(DocumentState, DocumentStep, DocumentState)] = &[
    (DocumentState::Empty, DocumentStep::Upload, DocumentState::Checking),
    (DocumentState::Checking, DocumentStep::Upload, DocumentState::Checking),
    (DocumentState::Refused, DocumentStep::Upload, DocumentState::Checking),
    (DocumentState::Uploaded, DocumentStep::Upload, DocumentState::Checking),
    (DocumentState::Rejected, DocumentStep::Upload, DocumentState::Checking),
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
];

/// Where the claim goes.
///
/// # Errors
/// [`Refusal::StateNotAllowed`] when it cannot.
pub fn claim(from: ClaimState, step: ClaimStep) -> Result<ClaimState, Refusal> {
    let row = CLAIM.iter().find(|(state, by, _)| (*state, *by) == (from, step));
    row.map(|(_, _, to)| *to).ok_or(Refusal::StateNotAllowed)
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

/// Whether the office may still change the claim.
#[must_use]
pub const fn is_editable(state: ClaimState) -> bool {
    matches!(state, ClaimState::Draft | ClaimState::NeedsCorrection)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_an_approved_paper() {
        use DocumentStep as S;
        for step in [S::Upload, S::Pass, S::Refuse, S::GiveUp, S::SendAnyway, S::Submit, S::Approve, S::Reject] {
            assert_eq!(document(DocumentState::Approved, step), Err(Refusal::DocumentLocked));
        }
    }

    #[test]
    fn each_move_stands_once() {
        for (i, (from, step, _)) in DOCUMENT.iter().enumerate() {
            assert!(!DOCUMENT[..i].iter().any(|(f, s, _)| (f, s) == (from, step)));
        }
        for (i, (from, step, _)) in CLAIM.iter().enumerate() {
            assert!(!CLAIM[..i].iter().any(|(f, s, _)| (f, s) == (from, step)));
        }
    }

    #[test]
    fn a_claim_comes_and_goes_between_office_and_expert() {
        let back = claim(ClaimState::InReview, ClaimStep::SendBack).unwrap();
        assert!(is_editable(back));
        assert_eq!(claim(back, ClaimStep::Submit), Ok(ClaimState::InReview));
        assert_eq!(claim(ClaimState::Draft, ClaimStep::ApproveDocuments), Err(Refusal::StateNotAllowed));
    }
}
