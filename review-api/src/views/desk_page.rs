//! The expert's desk: the papers of a claim at one side, one page large, the verdict and the
//! decision at the other.

use askama::Template;
use sanad_checks::completeness::Certifier;
use sanad_checks::dossier::Form;
use sanad_checks::finding::Severity;
use sanad_checks::reasons::Reason;

use super::Shell;
use super::claim_acts::Trouble;
use super::claim_page::{Notes, PaperCard, SheetOf, SlotName};
use super::shots::{Shot, shots};
use super::terms::{self, Badge};
use crate::claim::seen::SeenView;
use crate::claim::{
    ChecklistLine, ClaimDetail, ClaimState, DocumentDetail, DocumentState, RepeatView, SLOTS, decide::codes_for_people,
};
use crate::i18n::msg;
use crate::queue::LeaseView;

/// Which paper and page are wanted on the desk.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Id of the document; `None` takes the first that waits for a decision.
    pub document: Option<String>,
    /// Page of it, from 1.
    pub page: Option<i64>,
}

struct PaperLine {
    key: String,
    sheet: Option<SheetOf>,
    href: String,
    badge: Badge,
    notes: i64,
    chosen: bool,
}

struct MissingSlot {
    key: String,
    explanation: Option<String>,
}

struct Open {
    key: String,
    paper: PaperCard,
    revision: i64,
    shot: Option<Shot>,
    page_number: i64,
    pages: i64,
    previous_page: Option<String>,
    next_page: Option<String>,
    previous_paper: Option<String>,
    next_paper: Option<String>,
    repeats: Vec<RepeatView>,
    seen: Vec<SeenView>,
    decidable: bool,
    suggested: Vec<String>,
    ticks: Vec<Tick>,
    form: Option<FormTick>,
    slip: bool,
}

/// Something that the rule asks to be seen.
struct Tick {
    value: &'static str,
    key: &'static str,
}

/// The form that the rule asks for.
struct FormTick {
    /// Whether a certified copy serves.
    copy: bool,
    /// Whether only its issuer may have certified it.
    issuer: bool,
}

fn ticks(line: &ChecklistLine) -> Vec<Tick> {
    let all = [
        (line.stamp, "stamp", msg("tick-stamp")),
        (line.signature, "signature", msg("tick-signature")),
        (line.states_accident, "same_date", msg("tick-same-date")),
        (line.no_iban, "no_iban", msg("tick-no-iban")),
    ];
    all.into_iter().filter(|(asked, ..)| *asked).map(|(_, value, key)| Tick { value, key }).collect()
}

fn form_tick(line: &ChecklistLine) -> Option<FormTick> {
    let copy = line.form? != Form::Original;
    Some(FormTick { copy, issuer: line.certifier == Some(Certifier::Issuer) })
}

impl Open {
    /// Whether the rule asks for anything to be seen before the paper is approved.
    fn asks_anything(&self) -> bool {
        !self.ticks.is_empty() || self.form.is_some() || self.slip
    }

    /// Whether a finding of the machine speaks for this reason.
    fn suggests(&self, code: &str) -> bool {
        self.suggested.iter().any(|suggested| suggested == code)
    }
}

struct DeskContext {
    badge: Badge,
    type_key: &'static str,
    mine: bool,
    held: Option<LeaseView>,
    takeable: bool,
    decided: i64,
    total: i64,
    finishable: bool,
    finish_key: &'static str,
    papers: Vec<PaperLine>,
    missing: Vec<MissingSlot>,
    open: Option<Open>,
    reasons: Vec<&'static Reason>,
    askable: Vec<SlotName>,
    trouble: Trouble,
}

#[derive(Template)]
#[template(path = "desk/show.html")]
struct DeskPage<'a> {
    shell: &'a Shell,
    view: &'a ClaimDetail,
    page: DeskContext,
}

fn href(claim: &ClaimDetail, document: &DocumentDetail, page: i64) -> String {
    let base = format!("/claims/{}/desk?document={}", claim.summary.id, document.id);
    if page > 1 { format!("{base}&page={page}") } else { base }
}

/// Papers on the desk: those with a version, in the order of the list of documents.
fn papers(claim: &ClaimDetail) -> Vec<&DocumentDetail> {
    let order = |document: &DocumentDetail| {
        let line = claim.checklist.iter().find(|line| line.slot == document.slot);
        (line.map_or(i64::MAX, |line| line.order), document.position)
    };
    let mut papers: Vec<&DocumentDetail> =
        claim.documents.iter().filter(|document| document.current.is_some()).collect();
    papers.sort_by_key(|document| order(document));
    papers
}

fn waits(document: &DocumentDetail) -> bool {
    !matches!(document.state, DocumentState::Approved | DocumentState::Rejected)
}

fn open(claim: &ClaimDetail, papers: &[&DocumentDetail], notes: &Notes, wanted: &Wanted, mine: bool) -> Option<Open> {
    let named = wanted.document.as_ref().and_then(|id| papers.iter().position(|paper| paper.id.as_str() == id));
    let place = named.or_else(|| papers.iter().position(|paper| waits(paper))).or(Some(0))?;
    let document = *papers.get(place)?;
    let none = Vec::new();
    let paper = PaperCard::new(document, notes.get(&document.id).unwrap_or(&none), false);
    let all = document.current.as_ref().map(shots).unwrap_or_default();
    let pages = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let number = wanted.page.unwrap_or(1).clamp(1, pages.max(1));
    let findings = paper.groups.iter().flat_map(|group| &group.findings);
    let suggested = findings.filter(|finding| finding.severity == Severity::Reject);
    let sent_anyway = paper.version.as_ref().is_some_and(|version| version.summary.sent_anyway.is_some());
    let beside = |step: isize| {
        place.checked_add_signed(step).and_then(|place| papers.get(place)).map(|other| href(claim, other, 1))
    };
    let rule = claim.checklist.iter().find(|line| line.slot == document.slot);
    Some(Open {
        ticks: rule.map(ticks).unwrap_or_default(),
        form: rule.and_then(form_tick),
        slip: document.slot == "bank-slip",
        key: terms::slot_key(&document.slot),
        revision: document.revision,
        page_number: number,
        pages,
        previous_page: (number > 1).then(|| href(claim, document, number - 1)),
        next_page: (number < pages).then(|| href(claim, document, number + 1)),
        previous_paper: beside(-1),
        next_paper: beside(1),
        repeats: document.current.as_ref().map(|version| version.repeats.clone()).unwrap_or_default(),
        seen: document.current.as_ref().map(|version| version.seen.clone()).unwrap_or_default(),
        decidable: mine && waits(document) && !paper.judging,
        suggested: if sent_anyway { Vec::new() } else { suggested.map(|f| f.code.as_str().to_owned()).collect() },
        shot: all.into_iter().nth(usize::try_from(number - 1).unwrap_or(0)),
        paper,
    })
}

fn context(claim: &ClaimDetail, notes: &Notes, wanted: &Wanted, expert: bool) -> DeskContext {
    let papers = papers(claim);
    let reviewing = claim.summary.state == ClaimState::InReview;
    let mine = claim.lease.as_ref().is_some_and(|lease| lease.mine);
    let held = claim.lease.clone().filter(|lease| !lease.mine);
    let open = open(claim, &papers, notes, wanted, mine && reviewing);
    let chosen = open.as_ref().map(|open| open.paper.id.clone());
    let decided = papers.iter().filter(|paper| !waits(paper)).count();
    let refused = papers.iter().any(|paper| paper.state == DocumentState::Rejected);
    let count = |value: usize| i64::try_from(value).unwrap_or(i64::MAX);
    let missing = claim.checklist.iter().filter(|line| !line.filled && line.need != "optional");
    DeskContext {
        badge: terms::claim_state(claim.summary.state),
        type_key: terms::claim_type_key(claim.summary.claim_type),
        mine,
        takeable: expert && reviewing && claim.lease.is_none(),
        held,
        decided: count(decided),
        total: count(papers.len()),
        finishable: decided == papers.len() && !papers.is_empty(),
        finish_key: if refused { msg("outcome-return") } else { msg("outcome-approve") },
        papers: papers
            .iter()
            .map(|paper| PaperLine {
                key: terms::slot_key(&paper.slot),
                sheet: SheetOf::of(paper),
                href: href(claim, paper, 1),
                badge: terms::document_badge(paper),
                notes: paper.notes,
                chosen: chosen.as_deref() == Some(paper.id.as_str()),
            })
            .collect(),
        missing: missing
            .map(|line| MissingSlot { key: terms::slot_key(&line.slot), explanation: line.explanation.clone() })
            .collect(),
        open,
        reasons: codes_for_people(),
        askable: SLOTS
            .iter()
            .filter(|slot| !claim.checklist.iter().any(|line| line.slot == **slot && line.need != "optional"))
            .map(|slot| SlotName::new(slot))
            .collect(),
        trouble: Trouble::default(),
    }
}

/// The page of the desk; with trouble where one of its forms was refused.
///
/// # Errors
/// When the template fails.
pub fn draw(
    shell: &Shell,
    claim: &ClaimDetail,
    notes: &Notes,
    wanted: &Wanted,
    trouble: Trouble,
) -> Result<String, askama::Error> {
    let mut page = context(claim, notes, wanted, shell.expert());
    // What the expert ticked comes before what the machine suggests.
    if let Some(open) = page.open.as_mut().filter(|_| trouble.at("reject")) {
        let chosen = trouble.typed("codes", "reject").split(' ').filter(|code| !code.is_empty());
        open.suggested = chosen.map(str::to_owned).collect();
    }
    page.trouble = trouble;
    DeskPage { shell, view: claim, page }.render()
}
