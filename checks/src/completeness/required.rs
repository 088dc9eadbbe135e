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

/// Who says that a copy is the original's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certifier {
    /// The authority that issued the paper itself.
    Issuer,
    /// Any authority that may certify: a hospital, a notary, a consulate.
    Authority,
}

/// A paper's place in a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// Name of the contract's closed list, e.g. `hospital-bill`.
    pub name: String,
    /// Its label.
    pub label: Bilingual,
    /// Need for a death; absent: not needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub death: Option<Need>,
    /// Need for a disability.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disability: Option<Need>,
    /// Need for an injury.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub injury: Option<Need>,
    /// Circumstances any of which make a conditional paper needed.
    #[serde(default)]
    pub when: Vec<Circumstance>,
    /// Circumstances any of which lift a required paper.
    #[serde(default)]
    pub unless: Vec<Circumstance>,
    /// Types of claim for which it may stay away with a reason that is written down.
    #[serde(default)]
    pub waivable: Vec<ClaimType>,
    /// Kinds of papers that fill it besides its own.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Only on this channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The form in which it is posted; absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// Who certifies a copy of it; absent: whoever may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certifier: Option<Certifier>,
    /// The form in a death, where it is stricter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub death_form: Option<Form>,
    /// Who certifies a copy in a death, where that is stricter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub death_certifier: Option<Certifier>,
    /// Whether it must bear a stamp.
    #[serde(default)]
    pub stamp: bool,
    /// Whether it must be signed by the head of the office.
    #[serde(default)]
    pub signature: bool,
    /// Whether it states the day of the accident, which must be the declared one.
    #[serde(default)]
    pub states_accident: bool,
    /// Whether no account number may stand in it.
    #[serde(default)]
    pub no_iban: bool,
    /// Pages it has at least.
    #[serde(default = "one")]
    pub min_pages: u32,
}

const fn one() -> u32 {
    1
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Requirement {
    /// The slot's name.
    pub slot: String,
    /// The slot's label.
    pub label: Bilingual,
    /// How much it is needed.
    pub need: Need,
    /// Why.
    pub why: Bilingual,
    /// Place in the order in which papers are listed and posted, from 1.
    pub order: u32,
    /// The form in which it is posted; absent: any.
    pub form: Option<Form>,
    /// Who certifies a copy of it; absent: whoever may.
    pub certifier: Option<Certifier>,
    /// Whether it must bear a stamp.
    pub stamp: bool,
    /// Whether it must be signed by the head of the office.
    pub signature: bool,
    /// Whether it states the day of the accident, which must be the declared one.
    pub states_accident: bool,
    /// Whether no account number may stand in it.
    pub no_iban: bool,
    /// Whether it may stay away with a reason that is written down.
    pub waivable: bool,
    /// Pages it has at least.
    pub min_pages: u32,
}

/// One version of the rules: which papers a claim needs, in what form, from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Day from which the rules hold, `YYYY-MM-DD`.
    pub valid_from: String,
    /// The circumstances with their labels.
    pub circumstance: Vec<CircumstanceLabel>,
    /// The papers in the order in which they are listed and posted.
    pub slot: Vec<Slot>,
}

/// A circumstance and what it is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CircumstanceLabel {
    /// The circumstance.
    pub name: Circumstance,
    /// Its label.
    pub label: Bilingual,
}

static BUILT_IN: LazyLock<Rules> = LazyLock::new(|| {
    toml::from_str(include_str!("required-documents.toml")).expect("the rules in the binary are valid")
});

impl Rules {
    /// The rules in the binary.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// The papers of a claim, in their order: needed ones and those that may be added.
    #[must_use]
    pub fn required(&self, claim_type: ClaimType, given: &[Circumstance], channel: Channel) -> Vec<Requirement> {
        let numbered = self.slot.iter().zip(1..);
        numbered.filter_map(|(slot, order)| self.requirement(slot, order, claim_type, given, channel)).collect()
    }

    fn requirement(
        &self,
        slot: &Slot,
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
            (Need::Required, _, Some(c)) => {
                (Need::Optional, self.because(*c, "لازم نیست؛ زیرا: ", "not needed, because: "))
            }
            (Need::Required, _, None) => (Need::Required, for_type(claim_type)),
            (Need::Conditional, Some(c), _) => {
                (Need::Conditional, self.because(*c, "لازم است؛ زیرا: ", "needed, because: "))
            }
            (Need::Conditional, None, _) => return None,
            (Need::Optional, _, _) => {
                (Need::Optional, Bilingual { fa: "اختیاری است".to_owned(), en: "optional".to_owned() })
            }
        };
        let death = claim_type == ClaimType::Death;
        Some(Requirement {
            slot: slot.name.clone(),
            label: slot.label.clone(),
            need,
            why,
            order,
            form: slot.death_form.filter(|_| death).or(slot.form),
            certifier: slot.death_certifier.filter(|_| death).or(slot.certifier),
            stamp: slot.stamp,
            signature: slot.signature,
            states_accident: slot.states_accident,
            no_iban: slot.no_iban,
            waivable: slot.waivable.contains(&claim_type),
            min_pages: slot.min_pages,
        })
    }

    fn because(&self, circumstance: Circumstance, fa: &str, en: &str) -> Bilingual {
        let label = self.circumstance.iter().find(|one| one.name == circumstance).map(|one| &one.label);
        let text = |lead: &str, pick: fn(&Bilingual) -> &str| format!("{lead}{}", label.map_or("", pick));
        Bilingual { fa: text(fa, |l| &l.fa), en: text(en, |l| &l.en) }
    }
}

/// All slots in their order, by the rules in the binary.
#[must_use]
pub fn slots() -> &'static [Slot] {
    &Rules::built_in().slot
}

/// The slot with this name, by the rules in the binary.
#[must_use]
pub fn slot(name: &str) -> Option<&'static Slot> {
    slots().iter().find(|slot| slot.name == name)
}

/// All circumstances with their labels, asked as plain questions.
pub fn circumstances() -> impl Iterator<Item = (Circumstance, &'static Bilingual)> {
    Rules::built_in().circumstance.iter().map(|c| (c.name, &c.label))
}

/// The papers of a claim by the rules in the binary.
#[must_use]
pub fn required(claim_type: ClaimType, given: &[Circumstance], channel: Channel) -> Vec<Requirement> {
    Rules::built_in().required(claim_type, given, channel)
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

    fn needed(claim_type: ClaimType, given: &[Circumstance]) -> Vec<String> {
        let all = required(claim_type, given, Channel::Office);
        all.into_iter().filter(|r| r.need != Need::Optional).map(|r| r.slot).collect()
    }

    fn needs(claim_type: ClaimType, given: &[Circumstance], slot: &str) -> bool {
        needed(claim_type, given).iter().any(|one| one == slot)
    }

    #[test]
    fn a_death_is_certified_by_the_issuer_and_only_bills_may_be_waived() {
        let death = required(ClaimType::Death, &[Circumstance::Hospitalised], Channel::Office);
        let of = |slot: &str| death.iter().find(|r| r.slot == slot).map(|r| (r.form, r.certifier));
        let issuer = Some((Some(Form::CertifiedCopy), Some(Certifier::Issuer)));
        for slot in ["admission-record", "discharge-summary", "identity", "accident-report", "death-certificate"] {
            assert_eq!(of(slot), issuer, "{slot}");
        }
        let injury = required(ClaimType::Injury, &[Circumstance::Hospitalised], Channel::Office);
        let admission = injury.iter().find(|r| r.slot == "admission-record").unwrap();
        assert_eq!((admission.form, admission.certifier), (Some(Form::CertifiedCopy), None));
        for (claim_type, waived) in [(ClaimType::Death, 2), (ClaimType::Disability, 2), (ClaimType::Injury, 0)] {
            let lines = required(claim_type, &[], Channel::Office);
            let waivable: Vec<&str> = lines.iter().filter(|r| r.waivable).map(|r| r.slot.as_str()).collect();
            assert_eq!(waivable.len(), waived, "{waivable:?}");
            assert!(waivable.iter().all(|slot| ["hospital-bill", "cash-receipt"].contains(slot)));
        }
    }

    #[test]
    fn the_rules_survive_being_written_and_read() {
        let text = serde_json::to_string(Rules::built_in()).unwrap();
        assert_eq!(serde_json::from_str::<Rules>(&text).unwrap(), *Rules::built_in());
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
            assert!(plain.iter().any(|one| one == slot), "{slot} is missing from {plain:?}");
        }
        assert!(plain.iter().all(|one| one != "traffic-report" && one != "death-certificate"));
    }

    #[test]
    fn circumstances_add_and_lift() {
        assert!(needs(ClaimType::Injury, &[Circumstance::Traffic], "traffic-report"));
        assert!(needs(ClaimType::Injury, &[Circumstance::Surgery], "operation-note"));
        assert!(!needs(ClaimType::Death, &[Circumstance::NoTreatmentCost], "hospital-bill"));
        assert!(needs(ClaimType::Death, &[], "hospital-bill"));
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
        assert_eq!(of("accident-report"), Some((Some(Form::CertifiedCopy), true)), "of a death, by who issued it");
        let injury = required(ClaimType::Injury, &[], Channel::Office);
        let report = injury.iter().find(|r| r.slot == "accident-report").map(|r| (r.form, r.stamp));
        assert_eq!(report, Some((None, true)));
    }

    #[test]
    fn every_circumstance_has_a_label() {
        assert_eq!(circumstances().count(), 17);
    }
}
