//! The papers each type of claim asks for.

use sanad_checks::finding::Bilingual;

use super::words::{Channel, ClaimType};

/// One paper that is asked for.
#[derive(Clone, Debug)]
pub(super) struct Requirement {
    pub(super) slot: String,
    pub(super) need: String,
    pub(super) why: Bilingual,
    pub(super) order: i64,
}

const ALWAYS: &[&str] = &["policy", "identity", "accident-report", "bank-slip"];
const OFFICE: &[&str] = &["office-letter"];
const TREATED: &[&str] = &["admission-record", "hospital-bill", "cash-receipt"];
const DISABILITY: &[&str] = &["imaging-report", "treatment-end-certificate", "disability-opinion"];
const DEATH: &[&str] = &["death-certificate", "death-registration", "burial-permit", "heirs-identity"];

/// The papers for this type, circumstances and channel.
pub(super) fn required(claim_type: ClaimType, circumstances: &[String], channel: Channel) -> Vec<Requirement> {
    let declared = |word: &str| circumstances.iter().any(|one| one == word);
    let mut slots: Vec<&str> = ALWAYS.to_vec();
    if channel == Channel::Office {
        slots.extend(OFFICE);
    }
    if !declared("no-treatment-cost") {
        slots.extend(TREATED);
    }
    match claim_type {
        ClaimType::Death => slots.extend(DEATH),
        ClaimType::Disability => slots.extend(DISABILITY),
        ClaimType::Injury => {}
    }
    let mut lines: Vec<Requirement> = slots.into_iter().map(line).collect();
    if declared("traffic") {
        lines.push(Requirement { need: "conditional".to_owned(), ..line("traffic-report") });
    }
    lines
}

fn line(slot: &str) -> Requirement {
    let place = super::words::SLOTS.iter().position(|known| *known == slot).unwrap_or(usize::MAX);
    Requirement {
        slot: slot.to_owned(),
        need: "required".to_owned(),
        why: Bilingual {
            fa: "برای این نوع حادثه لازم است.".to_owned(),
            en: "This kind of accident asks for it.".to_owned(),
        },
        order: i64::try_from(place).unwrap_or(i64::MAX),
    }
}
