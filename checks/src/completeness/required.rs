//! The papers that a claim needs, by its type, circumstances and channel.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::dossier::Form;
use crate::finding::Bilingual;

/// What kind of harm the claim is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClaimType {
    /// فوت.
    Death,
    /// نقص عضو.
    Disability,
    /// جرح.
    Injury,
}

/// Who sends the claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// A sponsorship office.
    #[default]
    Office,
    /// The insured.
    Individual,
}

/// A circumstance of the accident that changes which papers are needed; a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are those of the contract's closed list and say what they are")]
pub enum Circumstance {
    Traffic,
    Driving,
    Work,
    Home,
    Quarrel,
    SuspiciousDeath,
    Hospitalised,
    Surgery,
    Outpatient,
    NoTreatmentCost,
    Dependant,
    Minor,
    MinorHeir,
    NoNamedBeneficiary,
    Represented,
    ForeignLanguage,
    BodyRepatriated,
}

/// Whether a paper is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Need {
    /// Always, for this type of claim.
    Required,
    /// Because of a circumstance.
    Conditional,
    /// May be added.
    Optional,
}

/// A paper's place in a claim.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// Name of the contract's closed list, e.g. `hospital-bill`.
    pub name: String,
    /// Its label.
    pub label: Bilingual,
    /// Need by type; absent: not needed.
    #[serde(default)]
    death: Option<Need>,
    #[serde(default)]
    disability: Option<Need>,
    #[serde(default)]
    injury: Option<Need>,
    /// Circumstances any of which make a conditional paper needed.
    #[serde(default)]
    when: Vec<Circumstance>,
    /// Circumstances any of which lift a required paper.
    #[serde(default)]
    unless: Vec<Circumstance>,
    /// Kinds of papers that fill it besides its own.
    #[serde(default)]
    pub(super) kinds: Vec<String>,
    /// Only on this channel.
    #[serde(default)]
    channel: Option<Channel>,
    /// The form in which it is posted; absent: any.
    #[serde(default)]
    form: Option<Form>,
    /// Whether it must bear a stamp.
    #[serde(default)]
    stamp: bool,
}

impl Slot {
    /// Need for a type of claim before circumstances are looked at.
    const fn need(&self, claim_type: ClaimType) -> Option<Need> {
        match claim_type {
            ClaimType::Death => self.death,
            ClaimType::Disability => self.disability,
            ClaimType::Injury => self.injury,
        }
    }
}

/// A paper that a claim must hold or may hold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Requirement {
    /// The slot's name.
    pub slot: &'static str,
    /// The slot's label.
    pub label: &'static Bilingual,
    /// How much it is needed.
    pub need: Need,
    /// Why.
    pub why: Bilingual,
    /// Place in the order in which papers are listed and posted, from 1.
    pub order: u32,
    /// The form in which it is posted; absent: any.
    pub form: Option<Form>,
    /// Whether it must bear a stamp.
    pub stamp: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    /// Day from which the rules hold, `YYYY-MM-DD`.
    #[serde(rename = "valid_from")]
    _valid_from: String,
    circumstance: Vec<CircumstanceLabel>,
    slot: Vec<Slot>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CircumstanceLabel {
    name: Circumstance,
    label: Bilingual,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    toml::from_str(include_str!("required-documents.toml")).expect("the rules in the binary are valid")
});

/// All slots in their order.
#[must_use]
pub fn slots() -> &'static [Slot] {
    &RULES.slot
}

/// The slot with this name.
#[must_use]
pub fn slot(name: &str) -> Option<&'static Slot> {
    slots().iter().find(|slot| slot.name == name)
}

/// All circumstances with their labels, asked as plain questions.
pub fn circumstances() -> impl Iterator<Item = (Circumstance, &'static Bilingual)> {
    RULES.circumstance.iter().map(|c| (c.name, &c.label))
}

/// The papers of a claim, in their order: needed ones and those that may be added.
#[must_use]
pub fn required(claim_type: ClaimType, given: &[Circumstance], channel: Channel) -> Vec<Requirement> {
    let numbered = slots().iter().zip(1..);
    numbered.filter_map(|(slot, order)| requirement(slot, order, claim_type, given, channel)).collect()
}

fn requirement(
    slot: &'static Slot,
    order: u32,
    claim_type: ClaimType,
    given: &[Circumstance],
    channel: Channel,
) -> Option<Requirement> {
    let need = slot.need(claim_type)?;
    if slot.channel.is_some_and(|only| only != channel) {
        return None;
    }
    let cause = slot.when.iter().find(|c| given.contains(c));
    let lifted = slot.unless.iter().find(|c| given.contains(c));
    let (need, why) = match (need, cause, lifted) {
        (Need::Required, _, Some(c)) => (Need::Optional, because(*c, "لازم نیست؛ زیرا: ", "not needed, because: ")),
        (Need::Required, _, None) => (Need::Required, for_type(claim_type)),
        (Need::Conditional, Some(c), _) => (Need::Conditional, because(*c, "لازم است؛ زیرا: ", "needed, because: ")),
        (Need::Conditional, None, _) => return None,
        (Need::Optional, _, _) => {
            (Need::Optional, Bilingual { fa: "اختیاری است".to_owned(), en: "optional".to_owned() })
        }
    };
    Some(Requirement { slot: &slot.name, label: &slot.label, need, why, order, form: slot.form, stamp: slot.stamp })
}

fn because(circumstance: Circumstance, fa: &str, en: &str) -> Bilingual {
    let label = circumstances().find(|(name, _)| *name == circumstance).map(|(_, label)| label);
    let text = |lead: &str, pick: fn(&Bilingual) -> &str| format!("{lead}{}", label.map_or("", pick));
    Bilingual { fa: text(fa, |l| &l.fa), en: text(en, |l| &l.en) }
}

fn for_type(claim_type: ClaimType) -> Bilingual {
    let (fa, en) = match claim_type {
        ClaimType::Death => ("فوت", "death"),
        ClaimType::Disability => ("نقص عضو", "disability"),
        ClaimType::Injury => ("جرح", "injury"),
    };
    Bilingual { fa: format!("برای خسارت {fa} لازم است"), en: format!("needed for a claim for {en}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needed(claim_type: ClaimType, given: &[Circumstance]) -> Vec<&'static str> {
        let all = required(claim_type, given, Channel::Office);
        all.into_iter().filter(|r| r.need != Need::Optional).map(|r| r.slot).collect()
    }

    #[test]
    fn an_injury_needs_its_bill_and_receipts() {
        let plain = needed(ClaimType::Injury, &[]);
        for slot in [
            "office-letter",
            "policy",
            "identity",
            "accident-report",
            "admission-record",
            "hospital-bill",
            "cash-receipt",
            "bank-slip",
        ] {
            assert!(plain.contains(&slot), "{slot} is missing from {plain:?}");
        }
        assert!(!plain.contains(&"traffic-report") && !plain.contains(&"death-certificate"));
    }

    #[test]
    fn circumstances_add_and_lift() {
        assert!(needed(ClaimType::Injury, &[Circumstance::Traffic]).contains(&"traffic-report"));
        assert!(needed(ClaimType::Injury, &[Circumstance::Surgery]).contains(&"operation-note"));
        assert!(!needed(ClaimType::Death, &[Circumstance::NoTreatmentCost]).contains(&"hospital-bill"));
        assert!(needed(ClaimType::Death, &[]).contains(&"hospital-bill"));
    }

    #[test]
    fn an_individual_sends_no_office_letter() {
        let all = required(ClaimType::Injury, &[], Channel::Individual);
        assert!(all.iter().all(|r| r.slot != "office-letter"));
    }

    #[test]
    fn the_slots_are_those_of_the_closed_list_in_order() {
        let names: Vec<&str> = slots().iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names.len(), 32);
        assert_eq!((names[0], names[14], names[31]), ("office-letter", "hospital-bill", "id-cancellation"));
    }

    #[test]
    fn bills_are_originals_and_copies_of_hospitals_are_certified() {
        let all = required(ClaimType::Death, &[Circumstance::Hospitalised], Channel::Office);
        let of = |slot: &str| all.iter().find(|r| r.slot == slot).map(|r| (r.form, r.stamp));
        assert_eq!(of("hospital-bill"), Some((Some(Form::Original), false)));
        assert_eq!(of("discharge-summary"), Some((Some(Form::CertifiedCopy), false)));
        assert_eq!(of("death-certificate"), Some((Some(Form::CertifiedCopy), false)));
        assert_eq!(of("accident-report"), Some((None, true)));
    }

    #[test]
    fn every_circumstance_has_a_label() {
        assert_eq!(circumstances().count(), 17);
    }
}
