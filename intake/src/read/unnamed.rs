//! Sums whose captions were lost, named by what they add up to: captions are small and the first to go on a soft scan,
//! while the figures prove each other.

use sanad_checks::facts::{AmountFact, KindFact};

use super::amounts::grouped_sum;
use super::tally::{Entry, adds_up};

/// Lines that bear out a total that nothing names.
const FEWEST_LINES: usize = 3;
/// A total and what it is shared into.
const SHARED: [&str; 3] = ["total", "insured-share", "payable"];
/// Kinds of paper that say one sum: what was paid.
const PAID: [&str; 2] = ["cash-receipt", "bank-slip"];
/// How sure the kind of such a paper must be, and the reader of numbers of its one sum.
const SURE_KIND: f64 = 0.8;
const SURE_SUM: f32 = 0.9;

/// Adds to the sums that are named those that follow from them or from the lines of a bill. Rials only: where the words
/// beside a lost caption say toman is not known.
pub(super) fn add_unnamed(known: &mut Vec<AmountFact>, entries: &[Entry], kind: &KindFact, page: u32) {
    let sum = |name: &str, entry: &Entry, trusted: bool| AmountFact {
        name: name.to_owned(),
        rials: entry.first(),
        text: entry.text.clone(),
        trusted,
        page,
        region: entry.region,
    };
    let free = |known: &[AmountFact], entry: &Entry| !known.iter().any(|sum| sum.region.near(entry.region, 0));
    if value_of(known, "total").is_none() {
        let total = entries.iter().filter(|entry| free(known, entry));
        let total = total.filter(|entry| adds_up(entry.first(), entry.region, entries, FEWEST_LINES));
        if let Some(entry) = total.max_by_key(|entry| entry.region.y) {
            known.push(sum("total", entry, true));
        }
    }
    for (name, other) in [("insured-share", "payable"), ("payable", "insured-share")] {
        let rest = value_of(known, "total").zip(value_of(known, other)).and_then(|(all, part)| all.checked_sub(part));
        let Some(rest) = rest.filter(|rest| *rest > 0 && value_of(known, name).is_none()) else { continue };
        let left =
            entries.iter().find(|entry| entry.first() == rest && free(known, entry) && beside_total(known, entry));
        if let Some(entry) = left {
            known.push(sum(name, entry, true));
        }
    }
    trust_what_adds_up(known);
    if known.is_empty() && PAID.contains(&kind.code.as_str()) && kind.confidence >= SURE_KIND {
        // what is a sum by an unlikely reading alone is the number of the receipt
        let grouped = |entry: &&Entry| grouped_sum(&entry.text) == Some(entry.first());
        let mut sums: Vec<&Entry> = entries.iter().filter(|entry| entry.sure >= SURE_SUM).filter(grouped).collect();
        sums.dedup_by_key(|entry| entry.first());
        if let [one] = sums[..] {
            known.push(sum("paid", one, false));
        }
    }
}

/// A total and both its shares bear each other out, also where the total has its name from here.
fn trust_what_adds_up(known: &mut [AmountFact]) {
    let [total, insured, payable] = SHARED.map(|name| value_of(known, name));
    let shares = insured.zip(payable).and_then(|(one, other)| one.checked_add(other));
    if total.is_some() && total == shares {
        for name in SHARED {
            if let Some(first) = known.iter_mut().find(|sum| sum.name == name) {
                first.trusted = true;
            }
        }
    }
}

/// The value told first under a name.
fn value_of(known: &[AmountFact], name: &str) -> Option<u64> {
    known.iter().find(|sum| sum.name == name).map(|sum| sum.rials)
}

/// Whether a sum stands in the row of the total, or in the one above or under it.
fn beside_total(known: &[AmountFact], entry: &Entry) -> bool {
    let near =
        |sum: &AmountFact| sum.region.y.abs_diff(entry.region.y) <= 3 * sum.region.height.max(entry.region.height);
    known.iter().any(|sum| sum.name == "total" && near(sum))
}

#[cfg(test)]
mod tests {
    use sanad_checks::page::Region;

    use super::*;

    fn entry(value: u64, x: u32, y: u32) -> Entry {
        let text = format!("{},{:03},{:03}", value / 1_000_000, value / 1000 % 1000, value % 1000);
        Entry { region: Region::new(x, y, 120, 24), values: vec![value], text, sure: 0.95 }
    }

    fn kind(code: &str) -> KindFact {
        KindFact { code: code.to_owned(), confidence: 0.95 }
    }

    fn told(known: &[AmountFact], entries: &[Entry], code: &str) -> Vec<(String, u64, bool)> {
        let mut known = known.to_vec();
        add_unnamed(&mut known, entries, &kind(code), 0);
        known.into_iter().map(|sum| (sum.name, sum.rials, sum.trusted)).collect()
    }

    fn lines() -> Vec<Entry> {
        vec![entry(1_000_000, 200, 100), entry(2_500_000, 200, 140), entry(4_000_000, 200, 180)]
    }

    #[test]
    fn a_sum_under_a_column_that_adds_up_to_it_is_the_total() {
        let mut all = lines();
        all.push(entry(7_500_000, 500, 260));
        assert_eq!(told(&[], &all, "hospital-bill"), [("total".to_owned(), 7_500_000, true)]);
        all[3] = entry(7_600_000, 500, 260);
        assert!(told(&[], &all, "hospital-bill").is_empty());
    }

    #[test]
    fn what_is_left_of_a_total_is_the_share_nothing_names() {
        let mut all = lines();
        all.extend([entry(7_500_000, 500, 260), entry(5_000_000, 700, 262), entry(2_500_000, 900, 258)]);
        let payable = AmountFact {
            name: "payable".to_owned(),
            rials: 5_000_000,
            text: "5,000,000".to_owned(),
            trusted: false,
            page: 0,
            region: Region::new(700, 262, 120, 24),
        };
        let sums = told(&[payable], &all, "hospital-bill");
        assert!(sums.contains(&("insured-share".to_owned(), 2_500_000, true)), "{sums:?}");
        assert!(sums.iter().all(|sum| sum.2), "{sums:?}");
    }

    #[test]
    fn a_total_and_its_named_shares_bear_each_other_out() {
        let mut all = lines();
        all.push(entry(7_500_000, 500, 260));
        let named = |name: &str, rials: u64, x: u32| AmountFact {
            name: name.to_owned(),
            rials,
            text: rials.to_string(),
            trusted: false,
            page: 0,
            region: Region::new(x, 262, 120, 24),
        };
        let trusted = |share: u64| {
            let known = [named("payable", 5_000_000, 700), named("insured-share", share, 900)];
            told(&known, &all, "hospital-bill").iter().map(|sum| (sum.0.clone(), sum.2)).collect::<Vec<_>>()
        };
        let all_three = ["payable", "insured-share", "total"].map(|name| (name.to_owned(), true));
        assert_eq!(trusted(2_500_000), all_three);
        let total_alone = [("payable", false), ("insured-share", false), ("total", true)];
        assert_eq!(trusted(2_400_000), total_alone.map(|(name, trusted)| (name.to_owned(), trusted)));
    }

    #[test]
    fn the_one_sum_of_a_receipt_was_paid() {
        assert_eq!(
            told(&[], &[entry(460_980_000, 300, 90)], "cash-receipt"),
            [("paid".to_owned(), 460_980_000, false)]
        );
        let number = Entry { text: "523694".to_owned(), ..entry(523_694, 700, 90) };
        assert_eq!(told(&[], &[number, entry(460_980_000, 300, 90)], "cash-receipt").len(), 1);
        assert!(told(&[], &[entry(460_980_000, 300, 90)], "office-letter").is_empty());
        assert!(told(&[], &[entry(1_000, 300, 90), entry(2_000, 300, 190)], "cash-receipt").is_empty());
    }
}
