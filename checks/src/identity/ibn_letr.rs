//! `IBN-LETR` — an account number in the office's letter.
//!
//! Sees a whole account number in the letter of the office. Only the bank's own slip counts for payment, and a number
//! copied into a letter has sent money astray before.

use crate::dates::not_run;
use crate::dossier::{ClaimFinding, Evidence, Paper};
use crate::finding::{NotRun, Severity};

/// Looks for account numbers in the letters.
///
/// # Errors
/// When no letter was read.
pub fn check(papers: &[Paper]) -> Result<Vec<ClaimFinding>, NotRun> {
    let letters: Vec<&Paper> =
        papers.iter().filter(|paper| paper.slot == "office-letter" && paper.facts.is_some()).collect();
    if letters.is_empty() {
        return Err(not_run("IBN-LETR", "no letter was read"));
    }
    let found = letters.iter().filter_map(|paper| {
        let ibans = &paper.facts.as_ref()?.ibans;
        let evidence: Vec<Evidence> = ibans
            .iter()
            .map(|iban| Evidence {
                text: Some(iban.text.clone()),
                role: None,
                ..paper.place(iban.page, iban.region, "", "")
            })
            .collect();
        let where_ = ibans.first()?.text.clone();
        Some(ClaimFinding::new("IBN-LETR", Severity::Warn, &[("where", &where_)], evidence))
    });
    Ok(found.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Facts, IbanFact};
    use crate::page::Region;

    #[test]
    fn a_number_in_the_letter_is_told_and_on_the_slip_it_is_not() {
        let iban = IbanFact {
            text: "IR062960000000100324200001".to_owned(),
            valid: true,
            page: 0,
            region: Region::default(),
            bank: None,
            holder: None,
        };
        let facts = Facts { ibans: vec![iban], ..Facts::default() };
        let paper = |slot: &str, facts: Facts| Paper { slot: slot.to_owned(), facts: Some(facts), ..Paper::default() };
        let papers = [paper("office-letter", facts.clone()), paper("bank-slip", facts.clone())];
        assert_eq!(check(&papers).unwrap().len(), 1);
        assert_eq!(check(&[paper("office-letter", Facts::default()), paper("bank-slip", facts)]), Ok(vec![]));
    }
}
