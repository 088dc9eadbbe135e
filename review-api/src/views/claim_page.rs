//! A claim as its office sees it: the slots as cards, in their order, and what is still missing.

use std::collections::BTreeMap;

use askama::Template;
use sanad_checks::finding::Bilingual;
use sanad_checks::reasons::{self, Reason};

use super::Shell;
use super::claim_acts::{self, ActPaper, Graver, SaidLine, Trouble};
use super::shots::{Group, Shot, groups, shots};
use super::terms::{self, Badge};
use crate::claim::notes::NoteView;
use crate::claim::states::{self, ClaimStep};
use crate::claim::{
    ChecklistLine, ClaimDetail, ClaimState, DecisionView, DocumentDetail, DocumentState, VersionDetail, VersionState,
};
use crate::i18n::msg;
use crate::store::clock::UnixMs;
use crate::store::ids::DocumentId;

/// Pictures shown on a card; the rest are on the version's own page.
const SHOTS_ON_CARD: usize = 3;

/// Words of earlier acts that are shown, latest first.
const SAID_SHOWN: usize = 4;

/// Notes by document.
pub type Notes = BTreeMap<DocumentId, Vec<NoteView>>;

/// An expert's decision with its reasons in words.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Approved or not.
    pub approved: bool,
    /// Why not.
    pub reasons: Vec<&'static Reason>,
    /// The expert's own words.
    pub note: Option<String>,
    /// When.
    pub at: UnixMs,
}

impl Decision {
    fn of(view: &DecisionView) -> Self {
        Self {
            approved: view.approved,
            reasons: view.codes.iter().filter_map(|code| reasons::find(code)).collect(),
            note: view.note.clone().filter(|note| !note.is_empty()),
            at: view.at,
        }
    }

    /// Its icon.
    #[must_use]
    pub const fn icon(&self) -> &'static str {
        if self.approved { "ok" } else { "stop" }
    }
}

/// Checks that gave no answer; a verdict says nothing about them.
fn not_run(version: &VersionDetail) -> Vec<&'static Reason> {
    let pages = version.report.iter().flat_map(|report| &report.pages);
    let mut codes: Vec<&str> = pages.flat_map(|page| &page.not_run).map(|check| check.check.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.into_iter().filter_map(reasons::find).filter(|reason| !reason.internal).collect()
}

fn uncertain(version: &VersionDetail) -> bool {
    version.report.iter().flat_map(|report| &report.pages).any(|page| page.uncertain)
}

/// A share as whole percent; `as` saturates, and a share lies in 0–1.
fn percent(share: f64) -> i64 {
    (share * 100.0).round() as i64
}

/// Which of several papers of its slot a paper is, and where it may be moved.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SheetOf {
    pub(crate) place: i64,
    pub(crate) count: i64,
    pub(crate) revision: i64,
    pub(crate) earlier: Option<i64>,
    pub(crate) later: Option<i64>,
}

impl SheetOf {
    /// Nothing for a paper that is alone in its slot.
    pub(crate) fn of(document: &DocumentDetail) -> Option<Self> {
        let (place, count) = (document.position, document.sheets);
        (count > 1).then_some(Self { place, count, revision: document.revision, earlier: None, later: None })
    }

    /// With the places beside it that it may go to: no approved paper is moved.
    fn movable(self, document: &DocumentDetail, all: &[DocumentDetail]) -> Self {
        let free = |place: i64| {
            let mut sheets = all.iter().filter(|other| other.slot == document.slot);
            !document.locked && sheets.any(|other| other.position == place && !other.locked)
        };
        let beside = |step: i64| Some(self.place + step).filter(|place| free(*place));
        Self { earlier: beside(-1), later: beside(1), ..self }
    }
}

/// One paper: its current version with verdict, spots and what can be done about it.
#[derive(Clone, Debug)]
pub struct PaperCard {
    pub(crate) id: String,
    pub(crate) sheet: Option<SheetOf>,
    pub(crate) version: Option<VersionDetail>,
    pub(crate) version_id: String,
    pub(crate) version_href: String,
    pub(crate) badge: Badge,
    pub(crate) shots: Vec<Shot>,
    pub(crate) more_pages: i64,
    pub(crate) many_pages: bool,
    pub(crate) groups: Vec<Group>,
    pub(crate) clean: bool,
    pub(crate) judging: bool,
    pub(crate) not_judged: bool,
    pub(crate) not_run: Vec<&'static Reason>,
    pub(crate) uncertain: bool,
    pub(crate) readability: Option<i64>,
    pub(crate) decision: Option<Decision>,
    pub(crate) replaceable: bool,
    pub(crate) replace_href: String,
    pub(crate) replace_tone: &'static str,
    pub(crate) may_send_anyway: bool,
    pub(crate) notes: Vec<NoteView>,
    pub(crate) unread: i64,
    pub(crate) notes_open: bool,
    pub(crate) talk_open: bool,
}

impl PaperCard {
    /// Number of the version that counts.
    pub(crate) fn newest(&self) -> i64 {
        self.version.as_ref().map_or(0, |version| version.summary.number)
    }

    /// The card of a document; `editable` when its claim is with the office.
    #[must_use]
    pub fn new(document: &DocumentDetail, notes: &[NoteView], editable: bool) -> Self {
        let version = document.current.clone();
        let mut shots = version.as_ref().map(shots).unwrap_or_default();
        let pages = shots.len();
        shots.truncate(SHOTS_ON_CARD);
        let groups = version.as_ref().map(groups).unwrap_or_default();
        let state = version.as_ref().map(|version| version.summary.state);
        let judged = state == Some(VersionState::Judged);
        let refused = document.state == DocumentState::Refused;
        let sent_anyway = version.as_ref().is_some_and(|version| version.summary.sent_anyway.is_some());
        let version_id = version.as_ref().map(|version| version.summary.id.to_string()).unwrap_or_default();
        Self {
            id: document.id.to_string(),
            sheet: SheetOf::of(document),
            version_href: format!("/documents/{}/versions/{version_id}", document.id),
            version_id,
            badge: terms::document_badge(document),
            more_pages: i64::try_from(pages - shots.len()).unwrap_or(0),
            many_pages: pages > 1,
            clean: judged
                && document.decision.is_none()
                && !version.as_ref().is_some_and(uncertain)
                && groups.iter().all(|group| group.findings.is_empty()),
            judging: state == Some(VersionState::Checking),
            not_run: version.as_ref().map(not_run).unwrap_or_default(),
            uncertain: judged && version.as_ref().is_some_and(uncertain),
            readability: version
                .as_ref()
                .filter(|version| !uncertain(version))
                .and_then(|version| version.summary.readability)
                .map(percent),
            not_judged: state == Some(VersionState::NotJudged),
            decision: document.decision.as_ref().map(Decision::of),
            replaceable: editable && !document.locked,
            replace_href: format!("/documents/{}/versions", document.id),
            replace_tone: if refused || document.state == DocumentState::Rejected {
                "btn-primary"
            } else {
                "btn-quiet"
            },
            may_send_anyway: refused && judged && !sent_anyway,
            notes_open: version.is_some(),
            talk_open: document.unread_notes > 0 || (document.state == DocumentState::Rejected && !notes.is_empty()),
            unread: document.unread_notes,
            notes: notes.to_vec(),
            shots,
            groups,
            version,
        }
    }
}

/// One slot of the list of documents.
#[derive(Clone, Debug)]
pub struct SlotCard {
    pub(crate) slot: String,
    pub(crate) number: i64,
    pub(crate) key: String,
    pub(crate) need_key: &'static str,
    pub(crate) badge: Badge,
    pub(crate) why: Bilingual,
    pub(crate) explanation: Option<String>,
    pub(crate) explainable: bool,
    pub(crate) editable: bool,
    pub(crate) refused: bool,
    pub(crate) papers: Vec<PaperCard>,
    pub(crate) upload_href: String,
    pub(crate) another_id: String,
    pub(crate) extra: bool,
    pub(crate) marks: Vec<&'static str>,
    pub(crate) account: Option<AccountField>,
}

/// The account number beside the bank's slip.
#[derive(Clone, Debug)]
pub struct AccountField {
    pub(crate) revision: i64,
    pub(crate) iban: String,
    pub(crate) fault: Option<String>,
}

impl AccountField {
    fn of(claim: &ClaimDetail, trouble: &Trouble) -> Self {
        let here = trouble.at("iban");
        let iban = if here { trouble.typed("iban", "iban").to_owned() } else { claim.iban.clone().unwrap_or_default() };
        Self { revision: claim.revision, iban, fault: trouble.message.clone().filter(|_| here) }
    }
}

impl SlotCard {
    fn new(
        claim: &ClaimDetail,
        line: &ChecklistLine,
        number: i64,
        papers: Vec<PaperCard>,
        editable: bool,
        trouble: &Trouble,
    ) -> Self {
        let slip = line.slot == "bank-slip" && editable && papers.iter().any(|paper| paper.replaceable);
        Self {
            extra: line.extra,
            marks: claim_acts::marks(line),
            account: slip.then(|| AccountField::of(claim, trouble)),
            key: terms::slot_key(&line.slot),
            number,
            need_key: terms::need_key(&line.need),
            badge: terms::EMPTY,
            why: line.why.clone(),
            explanation: line.explanation.clone(),
            explainable: line.waivable && line.explanation.is_none(),
            editable,
            refused: papers.iter().any(|paper| paper.badge.tone == "bad"),
            papers,
            upload_href: format!("/claims/{}/documents", claim.summary.id),
            another_id: format!("another-{}", line.slot),
            slot: line.slot.clone(),
        }
    }
}

/// A slot named in a list of what is missing.
#[derive(Clone, Debug)]
pub struct SlotName {
    pub(crate) slot: String,
    pub(crate) key: String,
}

impl SlotName {
    pub(super) fn new(slot: &str) -> Self {
        Self { slot: slot.to_owned(), key: terms::slot_key(slot) }
    }
}

/// What the page of a claim shows beside the claim itself.
#[derive(Clone, Debug)]
pub struct ClaimContext {
    pub(crate) badge: Badge,
    pub(crate) type_key: &'static str,
    pub(crate) cards: Vec<SlotCard>,
    pub(crate) optional: Vec<SlotCard>,
    pub(crate) editable: bool,
    pub(crate) judging: bool,
    pub(crate) done: i64,
    pub(crate) needed: i64,
    pub(crate) lacking: Vec<SlotName>,
    pub(crate) blocking: Vec<SlotName>,
    pub(crate) checking: bool,
    pub(crate) progress_key: &'static str,
    pub(crate) submit_key: &'static str,
    pub(crate) next_key: &'static str,
    pub(crate) max_bytes: u64,
    pub(crate) trouble: Trouble,
    pub(crate) said: Vec<SaidLine>,
    pub(crate) steps: Vec<&'static str>,
    pub(crate) parcel: Vec<ActPaper>,
    pub(crate) revocable: Vec<ActPaper>,
    pub(crate) post_reasons: Vec<&'static Reason>,
    pub(crate) own_proposal: bool,
    pub(crate) cover_kept: bool,
    pub(crate) changeable: bool,
    pub(crate) graver: Vec<Graver>,
}

/// Steps that have a form among the acts of the claim's page.
const ACTS: &[ClaimStep] = &[
    ClaimStep::PreparePost,
    ClaimStep::Post,
    ClaimStep::Receive,
    ClaimStep::StartPayment,
    ClaimStep::Pay,
    ClaimStep::ReturnPayment,
    ClaimStep::Close,
    ClaimStep::ConfirmRefusal,
    ClaimStep::Appeal,
    ClaimStep::UpholdRefusal,
    ClaimStep::Reopen,
];

impl ClaimContext {
    /// Whether the visitor may take this step.
    pub(crate) fn may(&self, step: &str) -> bool {
        self.steps.contains(&step)
    }

    /// Whether the acts come before everything else: there is a next step, a fault, or something that was said. What
    /// is rarely wanted, as deleting, stands last.
    pub(crate) fn acts_first(&self) -> bool {
        self.may_act() || !self.said.is_empty() || self.trouble.message.is_some()
    }

    /// Whether there is anything to do besides papers.
    pub(crate) fn may_act(&self) -> bool {
        !self.revocable.is_empty() || ACTS.iter().any(|step| self.may(step.as_str()))
    }

    fn new(shell: &Shell, claim: &ClaimDetail, notes: &Notes, trouble: Trouble, max_bytes: u64) -> Self {
        let state = claim.summary.state;
        let editable = shell.office() && states::is_editable(state);
        let mut lines: Vec<ChecklistLine> = claim.checklist.clone();
        lines.sort_by_key(|line| line.order);
        let (mut cards, mut optional) = (Vec::new(), Vec::new());
        for (place, line) in (1..).zip(&lines) {
            let none = Vec::new();
            let papers: Vec<PaperCard> = claim
                .documents
                .iter()
                .filter(|document| document.slot == line.slot && document.current.is_some())
                .map(|document| {
                    let card = PaperCard::new(document, notes.get(&document.id).unwrap_or(&none), editable);
                    let movable =
                        |sheet: SheetOf| if editable { sheet.movable(document, &claim.documents) } else { sheet };
                    PaperCard { sheet: card.sheet.map(movable), ..card }
                })
                .collect();
            let set_aside = line.need == "optional" && papers.is_empty();
            let card = SlotCard::new(claim, line, place, papers, editable, &trouble);
            if set_aside { optional.push(card) } else { cards.push(card) }
        }
        let needed: Vec<&ChecklistLine> = lines.iter().filter(|line| line.need != "optional").collect();
        let count = |lines: usize| i64::try_from(lines).unwrap_or(i64::MAX);
        // a refused paper is none yet
        let refused = |line: &ChecklistLine| claim.submittable.blocking.contains(&line.slot);
        let there = |line: &&&ChecklistLine| (line.filled || line.explanation.is_some()) && !refused(line);
        Self {
            badge: terms::claim_state(state),
            type_key: terms::claim_type_key(claim.summary.claim_type),
            judging: cards.iter().flat_map(|card| &card.papers).any(|paper| paper.judging),
            cards,
            optional,
            editable,
            done: count(needed.iter().filter(there).count()),
            needed: count(needed.len()),
            lacking: claim.submittable.missing.iter().map(|slot| SlotName::new(slot)).collect(),
            blocking: claim.submittable.blocking.iter().map(|slot| SlotName::new(slot)).collect(),
            checking: !claim.submittable.checking.is_empty(),
            progress_key: if editable { msg("progress-draft") } else { msg("progress-sent") },
            submit_key: if state == ClaimState::Draft { msg("submit-first") } else { msg("submit-again") },
            next_key: match state {
                ClaimState::InReview => msg("next-in-review"),
                ClaimState::RefusalProposed => msg("next-in-review"),
                ClaimState::DocumentsApproved => msg("next-approved"),
                ClaimState::Draft | ClaimState::NeedsCorrection => msg("next-draft"),
                ClaimState::AwaitingPost => msg("next-awaiting-post"),
                ClaimState::Posted => msg("next-posted"),
                ClaimState::OriginalsReceived => msg("next-originals-received"),
                ClaimState::Paying => msg("next-paying"),
                ClaimState::Paid => msg("next-paid"),
                ClaimState::Closed => msg("next-closed"),
                ClaimState::PaymentReturned => msg("next-payment-returned"),
                ClaimState::Refused => msg("next-refused"),
                ClaimState::Appealed => msg("next-appealed"),
            },
            max_bytes,
            trouble,
            said: claim.said.iter().rev().take(SAID_SHOWN).map(SaidLine::of).collect(),
            steps: claim.steps.iter().map(|step| step.as_str()).collect(),
            parcel: claim_acts::approved(claim),
            revocable: claim_acts::revocable(shell, claim),
            post_reasons: claim_acts::post_reasons(),
            own_proposal: claim_acts::own_proposal(shell, claim),
            cover_kept: states::has_cover(state) && state != ClaimState::AwaitingPost,
            changeable: shell.office() && matches!(state, ClaimState::Draft | ClaimState::NeedsCorrection),
            graver: claim_acts::graver(shell, claim),
        }
    }

    /// Every slot, also the optional ones that are folded away.
    pub(crate) fn all_cards(&self) -> impl Iterator<Item = &SlotCard> {
        self.cards.iter().chain(&self.optional)
    }
}

#[derive(Template)]
#[template(path = "claims/show.html")]
struct ClaimPage<'a> {
    shell: &'a Shell,
    view: &'a ClaimDetail,
    page: ClaimContext,
}

/// The page of a claim; with trouble where one of its forms was refused.
///
/// # Errors
/// When the template fails.
pub fn draw(
    shell: &Shell,
    claim: &ClaimDetail,
    notes: &Notes,
    trouble: Trouble,
    max_bytes: u64,
) -> Result<String, askama::Error> {
    ClaimPage { shell, view: claim, page: ClaimContext::new(shell, claim, notes, trouble, max_bytes) }.render()
}
