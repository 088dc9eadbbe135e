//! What can be done with a claim as it stands, and the words of what was done before.

use std::collections::BTreeMap;

use sanad_checks::completeness::Certifier;
use sanad_checks::dossier::Form;
use sanad_checks::reasons::{self, Reason};

use super::Shell;
use super::claim_page::SheetOf;
use super::terms;
use crate::accounts::{self, Action};
use crate::claim::post::POST_CODES;
use crate::claim::states::ClaimStep;
use crate::claim::{ChecklistLine, ClaimDetail, ClaimState, ClaimType, DocumentDetail, DocumentState, Said, SaidKind};
use crate::i18n::msg;
use crate::store::clock::UnixMs;

/// A form that was refused: which one, why, and what was typed into it.
#[derive(Clone, Debug, Default)]
pub struct Trouble {
    /// Why, in the language of the page.
    pub message: Option<String>,
    /// The form's own mark: the id of its field.
    pub form: &'static str,
    /// What was typed, by field.
    pub fields: BTreeMap<&'static str, String>,
}

impl Trouble {
    /// Whether it is this form.
    #[must_use]
    pub fn at(&self, form: &str) -> bool {
        self.form == form
    }

    /// Whether this word was among those chosen in a field; words are kept with spaces between them.
    #[must_use]
    pub fn chose(&self, field: &str, word: &str) -> bool {
        self.fields.get(field).is_some_and(|chosen| chosen.split(' ').any(|one| one == word))
    }

    /// What was typed into a field; a reason belongs to its own form alone.
    #[must_use]
    pub fn typed(&self, field: &str, form: &str) -> &str {
        self.fields.get(field).filter(|_| field != "reason" || self.form == form).map_or("", String::as_str)
    }
}

/// Words of an act, with their looks.
#[derive(Clone, Debug)]
pub struct SaidLine {
    pub(crate) key: &'static str,
    pub(crate) tone: &'static str,
    pub(crate) icon: &'static str,
    pub(crate) at: UnixMs,
    pub(crate) reasons: Vec<&'static Reason>,
    pub(crate) text: String,
}

impl SaidLine {
    /// The line.
    #[must_use]
    pub fn of(said: &Said) -> Self {
        let (key, tone, icon) = match said.kind {
            SaidKind::RefusalProposed => (msg("said-refusal-proposed"), "bad", "stop"),
            SaidKind::RefusalConfirmed => (msg("said-refusal-confirmed"), "bad", "stop"),
            SaidKind::RefusalDeclined => (msg("said-refusal-declined"), "calm", "info"),
            SaidKind::Appealed => (msg("said-appealed"), "care", "chat"),
            SaidKind::RefusalUpheld => (msg("said-refusal-upheld"), "bad", "stop"),
            SaidKind::Reopened => (msg("said-reopened"), "calm", "info"),
            SaidKind::ApprovalRevoked => (msg("said-approval-revoked"), "care", "warn"),
            SaidKind::PaymentReturned => (msg("said-payment-returned"), "bad", "swap"),
            SaidKind::Deleted => (msg("said-deleted"), "calm", "info"),
            SaidKind::TypeRaised => (msg("said-type-raised"), "care", "warn"),
        };
        let reasons = said.codes.iter().filter_map(|code| reasons::find(code)).collect();
        Self { key, tone, icon, at: said.at, reasons, text: said.text.clone() }
    }
}

/// A paper on which somebody may act.
#[derive(Clone, Debug)]
pub struct ActPaper {
    pub(crate) id: String,
    pub(crate) key: String,
    pub(crate) revision: i64,
    pub(crate) sheet: Option<SheetOf>,
    pub(crate) marks: Vec<&'static str>,
}

/// What the rule asks to be seen on a paper, as message keys.
#[must_use]
pub fn marks(line: &ChecklistLine) -> Vec<&'static str> {
    let form = match (line.form, line.certifier) {
        (Some(Form::Original), _) => Some(msg("mark-original")),
        (Some(Form::CertifiedCopy), Some(Certifier::Issuer)) => Some(msg("mark-issuer")),
        (Some(Form::CertifiedCopy), _) => Some(msg("mark-certified")),
        _ => None,
    };
    let stamp = line.stamp.then(|| msg("mark-stamp"));
    let signature = line.signature.then(|| msg("mark-signature"));
    form.into_iter().chain(stamp).chain(signature).collect()
}

/// Approved papers in the order in which they are posted.
pub(super) fn approved(claim: &ClaimDetail) -> Vec<ActPaper> {
    let line = |document: &DocumentDetail| claim.checklist.iter().find(|line| line.slot == document.slot);
    let mut papers: Vec<&DocumentDetail> =
        claim.documents.iter().filter(|document| document.state == DocumentState::Approved).collect();
    papers.sort_by_key(|document| (line(document).map_or(i64::MAX, |line| line.order), document.position));
    let paper = |document: &&DocumentDetail| ActPaper {
        id: document.id.to_string(),
        key: terms::slot_key(&document.slot),
        revision: document.revision,
        sheet: SheetOf::of(document),
        marks: line(document).map(marks).unwrap_or_default(),
    };
    papers.iter().map(paper).collect()
}

/// Approved papers whose approval the visitor may take back.
pub(super) fn revocable(shell: &Shell, claim: &ClaimDetail) -> Vec<ActPaper> {
    let may = shell.actor.as_ref().is_some_and(|actor| accounts::may(actor, Action::ReopenClaim).any());
    let open = matches!(
        claim.summary.state,
        ClaimState::InReview
            | ClaimState::NeedsCorrection
            | ClaimState::DocumentsApproved
            | ClaimState::AwaitingPost
            | ClaimState::Posted
            | ClaimState::OriginalsReceived
    );
    if may && open { approved(claim) } else { Vec::new() }
}

/// Reasons of the post desk.
pub(super) fn post_reasons() -> Vec<&'static Reason> {
    POST_CODES.iter().filter_map(|code| reasons::find(code)).collect()
}

/// Whether the refusal that waits for a second person is the visitor's own.
pub(super) fn own_proposal(shell: &Shell, claim: &ClaimDetail) -> bool {
    let last = claim.said.iter().rev().find(|said| said.kind == SaidKind::RefusalProposed);
    last.zip(shell.actor.as_ref()).is_some_and(|(said, actor)| said.user == actor.user)
}

/// A graver type that the claim may be raised to.
#[derive(Clone, Debug)]
pub struct Graver {
    pub(crate) value: &'static str,
    pub(crate) key: &'static str,
}

/// The graver types that the visitor may raise the claim to; a draft is simply changed.
pub(super) fn graver(shell: &Shell, claim: &ClaimDetail) -> Vec<Graver> {
    let open = claim.summary.state == ClaimState::NeedsCorrection || claim.steps.contains(&ClaimStep::Escalate);
    if !shell.office() || !open {
        return Vec::new();
    }
    let above: &[ClaimType] = match claim.summary.claim_type {
        ClaimType::Injury => &[ClaimType::Disability, ClaimType::Death],
        ClaimType::Disability => &[ClaimType::Death],
        ClaimType::Death => &[],
    };
    above.iter().map(|&kind| Graver { value: kind.as_str(), key: terms::claim_type_key(kind) }).collect()
}
