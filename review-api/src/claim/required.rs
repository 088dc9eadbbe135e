//! The papers each type of claim asks for, by the rules of the checks in the words of the store.

use sanad_checks::completeness::{self, Circumstance, Need};
use sanad_checks::finding::Bilingual;
use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};

use super::words::{Channel, ClaimType};

/// One paper that is asked for.
#[derive(Clone, Debug)]
pub(super) struct Requirement {
    pub(super) slot: String,
    pub(super) need: String,
    pub(super) why: Bilingual,
    pub(super) order: i64,
}

/// The papers for this type, circumstances and channel; those that may be added stand among them.
pub(super) fn required(claim_type: ClaimType, circumstances: &[String], channel: Channel) -> Vec<Requirement> {
    let given: Vec<Circumstance> = circumstances.iter().filter_map(|word| circumstance(word)).collect();
    completeness::required(rule_type(claim_type), &given, rule_channel(channel))
        .into_iter()
        .map(|line| Requirement {
            slot: line.slot.to_owned(),
            need: need(line.need).to_owned(),
            why: line.why,
            order: i64::from(line.order),
        })
        .collect()
}

/// The circumstance of this word; stored words were checked when they came in.
fn circumstance(word: &str) -> Option<Circumstance> {
    Circumstance::deserialize(StrDeserializer::<Error>::new(word)).ok()
}

const fn rule_type(claim_type: ClaimType) -> completeness::ClaimType {
    match claim_type {
        ClaimType::Death => completeness::ClaimType::Death,
        ClaimType::Disability => completeness::ClaimType::Disability,
        ClaimType::Injury => completeness::ClaimType::Injury,
    }
}

const fn rule_channel(channel: Channel) -> completeness::Channel {
    match channel {
        Channel::Office => completeness::Channel::Office,
        Channel::Individual => completeness::Channel::Individual,
    }
}

const fn need(need: Need) -> &'static str {
    match need {
        Need::Required => "required",
        Need::Conditional => "conditional",
        Need::Optional => "optional",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_office_is_a_circumstance_of_the_rules() {
        for (name, _) in completeness::required::circumstances() {
            let word = serde_json::to_value(name).unwrap();
            assert_eq!(circumstance(word.as_str().unwrap()), Some(name));
        }
        assert_eq!(circumstance("sunshine"), None);
    }
}
