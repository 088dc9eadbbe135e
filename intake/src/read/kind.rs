//! What a paper is, by the phrases on it: each adds its weight once, more in a heading, and the best kind must
//! lead clearly. A machine-readable zone is a cue of its own.

use sanad_checks::facts::KindFact;

use super::cues::Phrases;
use super::kinds::KINDS;
use super::rows::Row;
use super::text::fold;

/// Sum of weights under which nothing is said.
const FEWEST: f32 = 3.0;
/// A phrase in a heading tells this much more.
const HEADING: f32 = 1.7;
/// A heading stands in this part of the page, or its letters are this much higher than the others.
const TOP_SHARE: f32 = 0.22;
const TALLER: f32 = 1.2;
/// Weight of a machine-readable zone for an identity paper.
const ZONE: f32 = 6.0;
/// Difference of sums at which the odds are e to one.
const SOFTNESS: f32 = 1.1;
/// How sure the best must be of itself.
const SURE: f32 = 0.6;

/// The kinds with their sums, best first.
pub(crate) fn scores(rows: &[Row], page_height: u32, zone: bool) -> Vec<(&'static str, f32)> {
    let phrases = Phrases::of(rows);
    let mut heights: Vec<u32> = rows.iter().map(|row| row.height).collect();
    heights.sort_unstable();
    let usual = heights.get(heights.len() / 2).copied().unwrap_or(1) as f32;
    let heading = |row: usize| {
        let row = &rows[row];
        (row.middle() as f32) < TOP_SHARE * page_height as f32 || row.height as f32 > TALLER * usual
    };
    let mut scores: Vec<(&'static str, f32)> = KINDS
        .iter()
        .map(|(kind, cues)| {
            let told = cues.iter().map(|(cue, weight)| {
                let places = phrases.places(&fold(cue));
                let best = places.iter().map(|p| if heading(p.row) { HEADING } else { 1.0 }).fold(0.0, f32::max);
                weight * best
            });
            let sum: f32 = told.sum();
            (*kind, if zone && *kind == "identity" { sum + ZONE } else { sum })
        })
        .collect();
    scores.sort_by(|a, b| b.1.total_cmp(&a.1));
    scores
}

/// The kind of a page; `other` where the words do not tell.
pub(crate) fn kind(rows: &[Row], page_height: u32, zone: bool) -> KindFact {
    let scores = scores(rows, page_height, zone);
    let best = scores.first().copied().unwrap_or(("other", 0.0));
    let odds: f32 = scores.iter().map(|(_, score)| ((score - best.1) / SOFTNESS).exp()).sum();
    // The empty hypothesis stands at half the sum that is needed at least.
    let sure = 1.0 / (odds + ((FEWEST / 2.0 - best.1) / SOFTNESS).exp());
    let round = |v: f32| f64::from((v.clamp(0.0, 1.0) * 100.0).round()) / 100.0;
    if best.1 < FEWEST || sure < SURE {
        return KindFact { code: "other".to_owned(), confidence: round(1.0 - sure.min(1.0)) };
    }
    KindFact { code: best.0.to_owned(), confidence: round(sure) }
}

/// Whether a page may hold Latin letters that matter: identity papers, findings in Latin, or a page on which the
/// Persian reader found little.
pub(crate) fn wants_latin(rows: &[Row], page_height: u32) -> bool {
    const FEW_WORDS: usize = 25;
    const UNSURE: f32 = 0.6;
    let words = || rows.iter().flat_map(|row| &row.items);
    let count = words().count();
    let sure = words().filter(|item| item.confidence > UNSURE).count();
    let best = scores(rows, page_height, false).first().copied();
    let told = best.filter(|(_, score)| *score >= FEWEST).map(|(kind, _)| kind);
    let latin = ["identity", "driving-licence", "imaging-report", "work-permit", "translation"];
    count < FEW_WORDS || sure * 2 < count || told.is_none_or(|kind| latin.contains(&kind))
}

#[cfg(test)]
mod tests {
    use super::super::rows::rows;
    use super::super::rows::tests::line;
    use super::*;

    fn page(lines: &[&str]) -> Vec<Row> {
        let words: Vec<_> =
            lines.iter().enumerate().flat_map(|(i, text)| line(text, 1200, 40 + 40 * i as u32)).collect();
        rows(&words)
    }

    #[test]
    fn a_bill_is_a_bill_and_not_its_receipt() {
        let rows =
            page(&["صورتحساب بیمارستانی", "شماره صورتحساب: ۶۰۴", "جمع کل: ۵۹۹ ریال", "قابل پرداخت بیمار: ۲۹۹ ریال"]);
        let found = kind(&rows, 1700, false);
        assert_eq!(found.code, "hospital-bill");
        assert!(found.confidence > 0.9, "{}", found.confidence);
    }

    #[test]
    fn one_word_is_not_enough() {
        assert_eq!(kind(&page(&["در بانک نشستم", "و نوشتم"]), 1700, false).code, "other");
        assert_eq!(kind(&[], 1700, false).code, "other");
    }

    #[test]
    fn a_zone_makes_an_identity_paper() {
        assert_eq!(kind(&page(&["AFG", "P798"]), 600, true).code, "identity");
    }

    #[test]
    fn every_kind_is_known_by_several_phrases() {
        for (kind, cues) in KINDS {
            assert!(cues.len() >= 5, "{kind}");
            let all: f32 = cues.iter().map(|c| c.1).sum();
            assert!(all >= 2.0 * FEWEST, "{kind}");
        }
    }
}
