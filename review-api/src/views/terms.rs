//! The words and looks of states, verdicts, slots and other closed lists of the field.

use sanad_checks::finding::{Severity, Verdict};

use crate::accounts::Role;
#[cfg(test)]
use crate::audit::EventKind;
#[cfg(test)]
use crate::claim::{CIRCUMSTANCES, SLOTS};
use crate::claim::{ClaimState, ClaimType, DocumentDetail, DocumentState, VersionState, VersionSummary};
use crate::i18n::msg;
use crate::policies::Standing;

/// A state as a badge: word, tone and icon together, so that colour never stands alone.
#[derive(Clone, Copy, Debug)]
pub struct Badge {
    /// Message key of the word.
    pub key: &'static str,
    /// Class of the colour: `good`, `care`, `bad`, `calm` or none.
    pub tone: &'static str,
    /// Icon in the sprite.
    pub icon: &'static str,
}

const fn badge(key: &'static str, tone: &'static str, icon: &'static str) -> Badge {
    Badge { key, tone, icon }
}

/// The badge of a slot without a paper.
pub const EMPTY: Badge = badge(msg("document-empty"), "", "file");

/// Nationalities offered in the form; another three-letter code may be typed through the API.
pub const NATIONALITIES: [&str; 7] = ["AFG", "IRQ", "PAK", "SYR", "TUR", "IND", "IRN"];

/// Message key of a slot's name.
#[must_use]
pub fn slot_key(slot: &str) -> String {
    format!("slot-{slot}")
}

/// Message key of an act in the record, by the permanent word of its kind.
#[must_use]
pub fn act_key(kind: &str) -> String {
    format!("act-{kind}")
}

/// Message key of what a paper is; papers that tell nothing of it are `other`.
#[must_use]
pub fn kind_key(kind: &str) -> String {
    if kind == "other" { msg("kind-other").to_owned() } else { slot_key(kind) }
}

/// Message key of the question about a circumstance.
#[must_use]
pub fn circumstance_key(word: &str) -> String {
    format!("ask-{word}")
}

/// Message key of a nationality's name; `None` outside the list.
#[must_use]
pub fn nation_key(code: &str) -> Option<String> {
    NATIONALITIES.contains(&code).then(|| format!("nation-{code}"))
}

/// The badge of a claim's state.
#[must_use]
pub const fn claim_state(state: ClaimState) -> Badge {
    match state {
        ClaimState::Draft => badge(msg("claim-draft"), "", "file"),
        ClaimState::InReview => badge(msg("claim-in-review"), "calm", "clock"),
        ClaimState::NeedsCorrection => badge(msg("claim-needs-correction"), "bad", "swap"),
        ClaimState::DocumentsApproved => badge(msg("claim-documents-approved"), "good", "ok"),
        ClaimState::AwaitingPost => badge(msg("claim-awaiting-post"), "care", "print"),
        ClaimState::Posted => badge(msg("claim-posted"), "calm", "send"),
        ClaimState::OriginalsReceived => badge(msg("claim-originals-received"), "good", "inbox"),
        ClaimState::Paying => badge(msg("claim-paying"), "calm", "clock"),
        ClaimState::Paid => badge(msg("claim-paid"), "good", "ok"),
        ClaimState::Closed => badge(msg("claim-closed"), "", "lock"),
        ClaimState::PaymentReturned => badge(msg("claim-payment-returned"), "bad", "swap"),
        ClaimState::RefusalProposed => badge(msg("claim-refusal-proposed"), "care", "warn"),
        ClaimState::Refused => badge(msg("claim-refused"), "bad", "stop"),
        ClaimState::Appealed => badge(msg("claim-appealed"), "calm", "chat"),
    }
}

/// Message key of a claim's type.
#[must_use]
pub const fn claim_type_key(kind: ClaimType) -> &'static str {
    match kind {
        ClaimType::Death => msg("type-death"),
        ClaimType::Disability => msg("type-disability"),
        ClaimType::Injury => msg("type-injury"),
    }
}

/// The badge of a document's state.
const fn document_state(state: DocumentState) -> Badge {
    match state {
        DocumentState::Empty => EMPTY,
        DocumentState::Checking => badge(msg("document-checking"), "calm", "clock"),
        DocumentState::Refused => badge(msg("document-refused"), "bad", "stop"),
        DocumentState::Uploaded => badge(msg("document-uploaded"), "good", "check"),
        DocumentState::InReview => badge(msg("document-in-review"), "calm", "clock"),
        DocumentState::Approved => badge(msg("document-approved"), "good", "lock"),
        DocumentState::Rejected => badge(msg("document-rejected"), "bad", "stop"),
    }
}

/// The badge that says most about a document now: its verdict while the office can still act on
/// it, else its state.
#[must_use]
pub fn document_badge(document: &DocumentDetail) -> Badge {
    match (document.state, &document.current) {
        (DocumentState::Uploaded | DocumentState::Checking | DocumentState::Refused, Some(version)) => {
            version_badge(&version.summary)
        }
        (state, _) => document_state(state),
    }
}

/// The badge of one upload: how it was judged, or that it is being judged.
#[must_use]
pub fn version_badge(version: &VersionSummary) -> Badge {
    match (version.state, version.verdict) {
        (VersionState::Checking, _) => badge(msg("verdict-checking"), "calm", "clock"),
        (VersionState::NotJudged, _) | (_, None) => badge(msg("verdict-not-judged"), "care", "info"),
        (_, Some(verdict)) => verdict_badge(verdict),
    }
}

/// The badge of a verdict.
const fn verdict_badge(verdict: Verdict) -> Badge {
    match verdict {
        Verdict::Accept => badge(msg("verdict-accept"), "good", "ok"),
        Verdict::Warn => badge(msg("verdict-warn"), "care", "warn"),
        Verdict::Reject => badge(msg("verdict-reject"), "bad", "stop"),
    }
}

/// Class of a finding by its severity.
#[must_use]
pub const fn severity_class(severity: &Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warn => "warn",
        Severity::Reject => "reject",
    }
}

/// The badge of how far a policy was confirmed.
#[must_use]
pub const fn standing(standing: Standing) -> Badge {
    match standing {
        Standing::Unchecked => badge(msg("standing-unchecked"), "", "info"),
        Standing::Awaiting => badge(msg("standing-awaiting"), "care", "clock"),
        Standing::Confirmed => badge(msg("standing-confirmed"), "good", "ok"),
        Standing::Refused => badge(msg("standing-refused"), "bad", "stop"),
    }
}

/// Message key of a dependant's kinship.
#[must_use]
pub fn kinship_key(word: &str) -> &'static str {
    match word {
        "spouse" => msg("kinship-spouse"),
        "child" => msg("kinship-child"),
        "parent" => msg("kinship-parent"),
        "sibling" => msg("kinship-sibling"),
        _ => msg("kinship-other"),
    }
}

/// Message key of a sex.
#[must_use]
pub fn sex_key(word: &str) -> &'static str {
    if word == "female" { msg("sex-female") } else { msg("sex-male") }
}

/// Message key of a column of a register.
#[must_use]
pub fn column_key(column: &str) -> &'static str {
    match column {
        "policy_number" => msg("field-policy-number"),
        "document_number" => msg("field-document-number"),
        "name" => msg("field-name"),
        "nationality" => msg("field-nationality"),
        "birth" => msg("field-birth"),
        "office" => msg("column-office"),
        "cover_from" => msg("field-cover-from"),
        "cover_to" => msg("field-cover-to"),
        _ => msg("column-file"),
    }
}

/// Message key of how much a slot is needed.
#[must_use]
pub fn need_key(need: &str) -> &'static str {
    match need {
        "required" => msg("need-required"),
        "conditional" => msg("need-conditional"),
        _ => msg("need-optional"),
    }
}

/// Message key of one part of a claim's rank.
#[must_use]
pub fn chip_key(kind: &str) -> &'static str {
    match kind {
        "death" => msg("chip-death"),
        "disability" => msg("chip-disability"),
        "minor" => msg("chip-minor"),
        "hospitalised" => msg("chip-hospitalised"),
        "resubmitted" => msg("chip-resubmitted"),
        "all_green" => msg("chip-all-green"),
        _ => msg("chip-other"),
    }
}

/// Keys made from the closed lists above, for the test of the catalogues.
#[cfg(test)]
pub(crate) fn listed_keys() -> Vec<String> {
    let slots = SLOTS.iter().map(|slot| slot_key(slot));
    let circumstances = CIRCUMSTANCES.iter().map(|word| circumstance_key(word));
    let nations = NATIONALITIES.iter().filter_map(|code| nation_key(code));
    let acts = EventKind::ALL.iter().map(|kind| act_key(kind.as_str()));
    slots.chain(circumstances).chain(nations).chain(acts).collect()
}

/// The word for a role.
pub(crate) const fn role_key(role: Role) -> &'static str {
    match role {
        Role::Individual => msg("role-individual"),
        Role::Clerk => msg("role-office"),
        Role::OfficeManager => msg("role-office-manager"),
        Role::Expert => msg("role-expert"),
        Role::SeniorExpert => msg("role-senior-expert"),
        Role::Manager => msg("role-manager"),
        Role::PostDesk => msg("role-post-desk"),
        Role::Finance => msg("role-finance"),
        Role::Admin => msg("role-admin"),
    }
}

/// The icon of a role.
pub(super) const fn role_icon(role: Role) -> &'static str {
    match role {
        Role::Individual => "person",
        Role::Clerk | Role::OfficeManager => "home",
        Role::Expert | Role::SeniorExpert => "eye",
        Role::Manager => "chart",
        Role::PostDesk => "inbox",
        Role::Finance => "list",
        Role::Admin => "lock",
    }
}
