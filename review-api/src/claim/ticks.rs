//! What an expert has seen on a paper itself, and what the rule asks to be seen before it is approved.

use sanad_checks::completeness::Certifier;
use sanad_checks::dossier::Form;
use serde::{Deserialize, Serialize};

use super::checklist::ChecklistLine;

/// What an expert has seen on a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ticks {
    /// The paper itself, a certified copy, or a plain one.
    pub form: Option<Form>,
    /// Who certified the copy.
    pub certifier: Option<Certifier>,
    /// A stamp is on it.
    pub stamp: bool,
    /// The head of the office has signed it.
    pub signature: bool,
    /// The accident's day that it states is the declared one.
    pub same_date: bool,
    /// No account number stands in it.
    pub no_iban: bool,
    /// The account number that the bank's slip shows.
    pub iban: Option<String>,
}

impl Ticks {
    /// The paper itself with stamp and signature: what every rule is content with.
    #[must_use]
    pub fn original() -> Self {
        let form = Some(Form::Original);
        Self { form, stamp: true, signature: true, same_date: true, no_iban: true, ..Self::default() }
    }

    /// What the rule asks for and was not seen.
    #[must_use]
    pub fn lacking(&self, rule: &ChecklistLine) -> Vec<&'static str> {
        let mut lacking = Vec::new();
        let certified = self.form == Some(Form::CertifiedCopy)
            && self.certifier.is_some_and(|by| rule.certifier.is_none_or(|asked| by == asked));
        let form = match rule.form {
            Some(Form::Original) => self.form == Some(Form::Original),
            // The paper itself is more than a copy of it.
            Some(Form::CertifiedCopy) => self.form == Some(Form::Original) || certified,
            Some(Form::PlainCopy) => self.form.is_some(),
            None => true,
        };
        for (seen, asked, name) in [
            (form, true, "form"),
            (self.stamp, rule.stamp, "stamp"),
            (self.signature, rule.signature, "signature"),
            (self.same_date, rule.states_accident, "same_date"),
            (self.no_iban, rule.no_iban, "no_iban"),
        ] {
            if asked && !seen {
                lacking.push(name);
            }
        }
        lacking
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sanad_checks::completeness::Rules;

    use crate::claim::checklist::asked_before;
    use crate::claim::words::{Channel, ClaimType};

    fn rule(claim_type: ClaimType, slot: &str) -> ChecklistLine {
        let all = asked_before(Rules::built_in(), claim_type, &[], Channel::Office).unwrap();
        ChecklistLine::of(all.into_iter().find(|rule| rule.slot == slot).unwrap())
    }

    #[test]
    fn a_copy_serves_where_the_rule_says_so() {
        let bill = rule(ClaimType::Injury, "hospital-bill");
        let copy = |by| Ticks { form: Some(Form::CertifiedCopy), certifier: Some(by), ..Ticks::default() };
        assert_eq!(copy(Certifier::Issuer).lacking(&bill), ["form"], "a bill is an original, never a copy");
        let admission = rule(ClaimType::Injury, "admission-record");
        assert!(copy(Certifier::Authority).lacking(&admission).is_empty());
        let plain = Ticks { form: Some(Form::PlainCopy), ..Ticks::default() };
        assert_eq!(plain.lacking(&admission), ["form"]);
        let death = rule(ClaimType::Death, "death-certificate");
        assert_eq!(copy(Certifier::Authority).lacking(&death), ["form"], "only the issuer certifies a death paper");
        assert!(copy(Certifier::Issuer).lacking(&death).is_empty());
    }

    #[test]
    fn stamp_signature_and_no_account_are_asked_of_the_letter() {
        let letter = rule(ClaimType::Injury, "office-letter");
        assert_eq!(Ticks::default().lacking(&letter), ["stamp", "signature", "no_iban"]);
        assert!(Ticks::original().lacking(&letter).is_empty());
        assert_eq!(Ticks::default().lacking(&rule(ClaimType::Injury, "accident-report")), ["stamp", "same_date"]);
    }
}
