//! Numbers of invoices and receipts, and tracking numbers, that stand on two papers: a sign of its own, whatever the
//! two look like.
//!
//! Issuers count by themselves, so two of them give out the same short number sooner or later: among 100,000 papers one
//! in ten would share six figures with another by chance alone. A short number therefore speaks only with a day or a sum
//! that both papers bear, or, where it has six figures, while nothing that was read surely speaks against it, and then
//! softly. A long one speaks by itself. What a machine did not read surely on both papers is never more than *probable*.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::facts::{Facts, NumberFact, Precision, Role};

/// So many figures are not given out twice by chance.
const LONG: usize = 8;
/// So many figures are worth a word while nothing speaks against them.
const MIDDLING: usize = 6;

/// What a paper bears beside its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BorneKind {
    /// Its own day.
    Day,
    /// A sum.
    Sum,
}

/// A day or a sum of the paper that bears a number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Borne {
    /// Which.
    pub kind: BorneKind,
    /// Its value, or a digest of it: only ever compared with another of its kind.
    pub value: String,
    /// Whether it was read surely.
    pub sure: bool,
}

/// A number of a paper, with what the paper bears beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownNumber {
    /// The kind of paper, or the slot where its kind is not told.
    pub paper: String,
    /// The number as it was read.
    pub fact: NumberFact,
    /// Days and sums of the paper.
    pub borne: Vec<Borne>,
}

/// How much two papers of one number say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// The machine is not sure of a number, or the number may be another issuer's.
    Probable,
    /// Number and what bears it out were read surely on both.
    Sure,
}

/// The numbers of a paper that came in a slot.
#[must_use]
pub fn of_paper(facts: &Facts, slot: &str) -> Vec<KnownNumber> {
    let known = |fact: &NumberFact| {
        let part = facts.parts.iter().find(|part| (part.first..=part.last).contains(&fact.page));
        let here = |page: u32| part.is_none_or(|part| (part.first..=part.last).contains(&page));
        let kind = part.map_or(&facts.kind, |part| &part.kind);
        let days = facts.dates.iter().filter(|date| date.role == Role::Issue && date.precision == Precision::Day);
        let days = days.filter(|date| here(date.page)).map(|date| (BorneKind::Day, date.iso.clone(), date.trusted));
        let sums = facts.amounts.iter().filter(|sum| here(sum.page));
        let sums = sums.map(|sum| (BorneKind::Sum, sum.rials.to_string(), sum.trusted));
        let borne: BTreeSet<Borne> = days.chain(sums).map(|(kind, value, sure)| Borne { kind, value, sure }).collect();
        let paper = if kind.code == "other" { slot } else { &kind.code };
        KnownNumber { paper: paper.to_owned(), fact: fact.clone(), borne: borne.into_iter().collect() }
    };
    facts.numbers.iter().map(known).collect()
}

/// What it says that two papers of one kind bear the same number of so many figures; each with whether the number was
/// read surely and what it bears. `None` where it is most likely chance.
#[must_use]
pub fn sign(figures: usize, one: (bool, &[Borne]), other: (bool, &[Borne])) -> Option<Sign> {
    let both = one.0 && other.0;
    let shared = |a: &Borne| other.1.iter().any(|b| a.kind == b.kind && a.value == b.value);
    let surely = |a: &Borne| a.sure && other.1.iter().any(|b| a.kind == b.kind && a.value == b.value && b.sure);
    let sign = |sure: bool| if sure { Sign::Sure } else { Sign::Probable };
    if one.1.iter().any(shared) {
        return Some(sign(both && (figures >= LONG || one.1.iter().any(surely))));
    }
    if figures >= LONG {
        return Some(sign(both));
    }
    (figures >= MIDDLING && !speaks_against(one.1, other.1)).then_some(Sign::Probable)
}

/// Whether both papers surely bear a day, or both a sum: none of which is shared.
fn speaks_against(one: &[Borne], other: &[Borne]) -> bool {
    one.iter().any(|a| a.sure && other.iter().any(|b| b.sure && a.kind == b.kind))
}

/// Figures of a number.
#[must_use]
pub fn figures(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(value: &str, sure: bool) -> Borne {
        Borne { kind: BorneKind::Day, value: value.to_owned(), sure }
    }

    #[test]
    fn a_short_number_speaks_only_with_what_both_papers_bear() {
        let (one, same, other) = ([day("2024-02-05", true)], [day("2024-02-05", true)], [day("2024-03-01", true)]);
        assert_eq!(sign(4, (true, &one), (true, &same)), Some(Sign::Sure));
        assert_eq!(sign(4, (true, &one), (true, &other)), None);
        assert_eq!(sign(4, (true, &one), (true, &[])), None);
        assert_eq!(sign(6, (true, &one), (true, &other)), None, "another issuer's");
        assert_eq!(sign(6, (true, &one), (true, &[])), Some(Sign::Probable));
        assert_eq!(sign(6, (true, &one), (true, &[day("2024-03-01", false)])), Some(Sign::Probable));
    }

    #[test]
    fn what_was_not_read_surely_on_both_is_never_more_than_probable() {
        let (sure, unsure) = ([day("2024-02-05", true)], [day("2024-02-05", false)]);
        assert_eq!(sign(6, (false, &sure), (true, &sure)), Some(Sign::Probable));
        assert_eq!(sign(6, (true, &sure), (true, &unsure)), Some(Sign::Probable));
        assert_eq!(sign(9, (true, &[]), (false, &[])), Some(Sign::Probable));
        assert_eq!(
            sign(9, (true, &sure), (true, &[day("2024-03-01", true)])),
            Some(Sign::Sure),
            "the very thing to see"
        );
    }

    #[test]
    fn numbers_bear_the_days_and_sums_of_their_own_part() {
        let json = r#"{"kind":{"code":"other","confidence":0.0},
            "parts":[{"first":0,"last":0,"kind":{"code":"hospital-bill","confidence":0.9},"slot":null},
                     {"first":1,"last":1,"kind":{"code":"cash-receipt","confidence":0.9},"slot":null}],
            "dates":[{"role":"issue","iso":"2024-02-05","calendar":"jalali","text":"","trusted":true,"confidence":0.9,
                      "page":0,"region":[1,2,3,4]},
                     {"role":"admission","iso":"2024-02-01","calendar":"jalali","text":"","trusted":true,
                      "confidence":0.9,"page":0,"region":[1,2,3,4]}],
            "numbers":[{"of":"invoice","text":"0712","trusted":true,"confidence":0.9,"page":0,"region":[1,2,3,4]},
                       {"of":"receipt","text":"0713","trusted":true,"confidence":0.9,"page":1,"region":[1,2,3,4]}],
            "mrz":null,"ibans":[],"amounts":[],"stamps":[],"signatures":[],
            "certified_copy":{"phrase":false,"stamp":false}}"#;
        let known = of_paper(&serde_json::from_str(json).unwrap(), "identity");
        assert_eq!(known[0].borne, [day("2024-02-05", true)]);
        assert_eq!((known[1].paper.as_str(), known[1].borne.len()), ("cash-receipt", 0));
    }
}
