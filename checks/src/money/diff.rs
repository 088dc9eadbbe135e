//! `AMT-DIFF` — the receipts do not add up to the bill.
//!
//! Sees bills whose payable share (the total where no share is printed) differs from the sum of the receipts. Only
//! sums whose groups of three bear them out are compared, only when every bill and every receipt was read, and only
//! where the bill's own arithmetic (total less the insurer's share) does not speak against the reading. A receipt over
//! the bill's total is taken for misread. A bill proves its sums by themselves, a receipt does not: one whose sum only one
//! reader made out is worth a look (`info`), no remark. So is a bill of which one reader alone made out all sums, if they
//! go together, and one of which the total alone is known: a share may stand there that nobody read.

use crate::dates::not_run;
use crate::dossier::{ClaimFinding, Evidence, Paper};
use crate::facts::AmountFact;
use crate::finding::{NotRun, Severity};

/// How sure a difference is that rests on a paper which one reader alone made out, 0 to 1.
const BY_ONE_READER: f64 = 0.6;

/// A sum with its place.
type Placed = (u64, Evidence);
/// A paper's sum of one name, as far as it is taken.
type Of = fn(&Paper, &str) -> Option<Placed>;

/// Holds receipts against bills.
///
/// # Errors
/// When a bill or a receipt is not there or its sum was not read.
pub fn check(papers: &[Paper]) -> Result<Vec<ClaimFinding>, NotRun> {
    let open = || not_run("AMT-DIFF", "the sums of bill and receipts were not all read");
    let bills = |owed: fn(&Paper) -> Option<Placed>| of_slot(papers, "hospital-bill", owed);
    let receipts = |of: Of| of_slot(papers, "cash-receipt", move |paper| of(paper, "paid"));
    let (bills, bills_sure) = sure_or(bills(owed), || bills(likely)).ok_or_else(open)?;
    let (receipts, receipts_sure) = sure_or(receipts(sum), || receipts(told)).ok_or_else(open)?;
    let total = |sums: &[Placed]| sums.iter().map(|(rials, _)| rials).sum::<u64>();
    let (owed, paid) = (total(&bills), total(&receipts));
    if owed == paid {
        return Ok(vec![]);
    }
    let of: Of = if bills_sure { sum } else { told };
    let whole = of_slot(papers, "hospital-bill", |paper| of(paper, "total")).map_or(u64::MAX, |bills| total(&bills));
    if paid > whole {
        return Err(open());
    }
    let (severity, confidence) =
        if bills_sure && receipts_sure { (Severity::Warn, 1.0) } else { (Severity::Info, BY_ONE_READER) };
    let facts = [("value", paid.to_string()), ("limit", owed.to_string())];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let evidence = receipts.into_iter().chain(bills).map(|(_, place)| place).collect();
    Ok(vec![ClaimFinding { confidence, ..ClaimFinding::new("AMT-DIFF", severity, &facts, evidence) }])
}

/// The sums of all papers of a slot; `None` where it has no paper or one of them has no such sum.
fn of_slot(papers: &[Paper], slot: &str, sum: impl Fn(&Paper) -> Option<Placed>) -> Option<Vec<Placed>> {
    let mut papers = papers.iter().filter(|paper| paper.slot == slot).peekable();
    papers.peek()?;
    papers.map(sum).collect()
}

/// What is sure, else what is told, and whether it is sure.
fn sure_or<T>(sure: Option<T>, told: impl FnOnce() -> Option<T>) -> Option<(T, bool)> {
    sure.map(|sums| (sums, true)).or_else(|| told().map(|sums| (sums, false)))
}

/// What the patient owes by a bill: the printed share, or the total less the insurer's share; none where these
/// three are printed and do not fit.
fn owed(paper: &Paper) -> Option<Placed> {
    match (sum(paper, "payable"), sum(paper, "total"), sum(paper, "insured-share")) {
        (Some(payable), Some(total), Some(insured)) => (payable.0 + insured.0 == total.0).then_some(payable),
        (Some(payable), Some(total), None) => (payable.0 <= total.0).then_some(payable),
        (Some(payable), None, _) => Some(payable),
        (None, Some(total), Some(insured)) => total.0.checked_sub(insured.0).map(|rest| (rest, total.1)),
        (None, _, None) | (None, None, _) => None,
    }
}

/// What the patient likely owes by a bill: the share that one reader made out, where the sums go together (two places
/// would have to be misread so that they fit), or the total of a bill that names no share.
fn likely(paper: &Paper) -> Option<Placed> {
    borne_out(paper).or_else(|| sum(paper, "total").filter(|_| !has(paper, &["payable", "insured-share"])))
}

fn borne_out(paper: &Paper) -> Option<Placed> {
    let (payable, total) = (told(paper, "payable")?, told(paper, "total")?);
    let insured = told(paper, "insured-share").map_or(0, |(rials, _)| rials);
    (payable.0 + insured == total.0).then_some(payable)
}

/// Whether the paper names such a sum, whether it was read or not.
fn has(paper: &Paper, names: &[&str]) -> bool {
    let Some(facts) = &paper.facts else { return false };
    let read = facts.amounts.iter().map(|amount| &amount.name);
    read.chain(&facts.unread_sums).any(|name| names.contains(&name.as_str()))
}

/// The paper's sum under this name that is read for sure.
fn sum(paper: &Paper, name: &str) -> Option<Placed> {
    let mut amounts = paper.facts.as_ref()?.amounts.iter();
    amounts.find(|amount| amount.name == name && amount.trusted).map(|amount| placed(paper, amount))
}

/// The paper's sum under this name, however it was read, where there is one alone.
fn told(paper: &Paper, name: &str) -> Option<Placed> {
    let mut named = paper.facts.as_ref()?.amounts.iter().filter(|amount| amount.name == name);
    named.next().filter(|_| named.next().is_none()).map(|amount| placed(paper, amount))
}

fn placed(paper: &Paper, amount: &AmountFact) -> Placed {
    let place = paper.place(amount.page, amount.region, &amount.name, "");
    (amount.rials, Evidence { text: Some(amount.text.clone()), role: None, ..place })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;
    use crate::page::Region;

    fn paper(slot: &str, sums: &[(&str, u64)]) -> Paper {
        let amount = |(name, rials): &(&str, u64)| AmountFact {
            name: (*name).to_owned(),
            rials: *rials,
            text: rials.to_string(),
            trusted: true,
            page: 0,
            region: Region::default(),
        };
        let facts = Facts { amounts: sums.iter().map(amount).collect(), ..Facts::default() };
        Paper { slot: slot.to_owned(), facts: Some(facts), ..Paper::default() }
    }

    #[test]
    fn receipts_are_held_against_the_patients_share() {
        let bill = || paper("hospital-bill", &[("total", 900), ("payable", 300)]);
        assert_eq!(check(&[bill(), paper("cash-receipt", &[("paid", 300)])]), Ok(vec![]));
        let halves = [bill(), paper("cash-receipt", &[("paid", 100)]), paper("cash-receipt", &[("paid", 200)])];
        assert_eq!(check(&halves), Ok(vec![]));
        let off = check(&[bill(), paper("cash-receipt", &[("paid", 250)])]).unwrap();
        assert_eq!((off[0].code.as_str(), off[0].severity), ("AMT-DIFF", Severity::Warn));
    }

    #[test]
    fn a_bill_whose_own_sums_do_not_fit_was_misread() {
        let bill = paper("hospital-bill", &[("total", 900), ("insured-share", 500), ("payable", 300)]);
        assert!(check(&[bill, paper("cash-receipt", &[("paid", 250)])]).is_err());
        let rest = paper("hospital-bill", &[("total", 900), ("insured-share", 600)]);
        assert_eq!(check(&[rest, paper("cash-receipt", &[("paid", 300)])]), Ok(vec![]));
    }

    #[test]
    fn a_receipt_that_one_reader_made_out_is_worth_a_look() {
        let bill = || paper("hospital-bill", &[("total", 900), ("payable", 300)]);
        let receipt = |paid: u64| {
            let mut receipt = paper("cash-receipt", &[("paid", paid)]);
            receipt.facts.as_mut().unwrap().amounts[0].trusted = false;
            receipt
        };
        let off = check(&[bill(), receipt(250)]).unwrap();
        assert_eq!((off[0].severity, off[0].confidence), (Severity::Info, BY_ONE_READER));
        assert_eq!(check(&[bill(), receipt(300)]), Ok(vec![]));
        assert!(check(&[bill(), receipt(950)]).is_err(), "over the total it is misread");
        let mut two = receipt(250);
        two.facts.as_mut().unwrap().amounts.push(receipt(50).facts.unwrap().amounts.remove(0));
        assert!(check(&[bill(), two]).is_err(), "which of two is not known");
    }

    #[test]
    fn a_bill_that_one_reader_made_out_is_worth_a_look_where_its_sums_go_together() {
        let bill = |sums: &[(&str, u64)]| {
            let mut bill = paper("hospital-bill", sums);
            bill.facts.iter_mut().flat_map(|facts| &mut facts.amounts).for_each(|sum| sum.trusted = false);
            bill
        };
        let paid = |rials: u64| paper("cash-receipt", &[("paid", rials)]);
        let shared = || bill(&[("total", 900), ("insured-share", 600), ("payable", 300)]);
        let off = check(&[shared(), paid(250)]).unwrap();
        assert_eq!((off[0].severity, off[0].confidence), (Severity::Info, BY_ONE_READER));
        assert_eq!(check(&[shared(), paid(300)]), Ok(vec![]));
        assert_eq!(check(&[bill(&[("total", 900), ("payable", 900)]), paid(250)]).unwrap().len(), 1);
        assert!(check(&[shared(), paid(950)]).is_err(), "over the total it is misread");
        for alone in [&[("total", 900), ("payable", 300)][..], &[("payable", 300)], &[("total", 900)]] {
            assert!(check(&[bill(alone), paid(250)]).is_err(), "{alone:?}");
        }
    }

    #[test]
    fn a_total_alone_is_worth_a_look_where_no_share_is_named() {
        let mut bill = paper("hospital-bill", &[("total", 900)]);
        let paid = || paper("cash-receipt", &[("paid", 250)]);
        assert_eq!(check(&[bill.clone(), paid()]).unwrap()[0].severity, Severity::Info);
        bill.facts.as_mut().unwrap().unread_sums = vec!["payable".to_owned()];
        assert!(check(&[bill, paid()]).is_err(), "its sum is not known");
    }

    #[test]
    fn an_unread_sum_is_held_against_nobody() {
        let mut shared = paper("hospital-bill", &[("total", 900), ("payable", 300)]);
        shared.facts.as_mut().unwrap().amounts[1].trusted = false;
        assert!(check(&[shared, paper("cash-receipt", &[("paid", 300)])]).is_err());
        assert!(check(&[paper("hospital-bill", &[]), paper("cash-receipt", &[("paid", 250)])]).is_err());
    }
}
