//! Sums of money: figures in groups of three with a label and, most often, the currency. Kept in rials.

use sanad_checks::facts::{AmountFact, KindFact};
use sanad_checks::page::Region;

use super::belief::Seen;
use super::cues::{Phrases, Place};
use super::rows::{Row, gap, right};
use super::second::{sure, surest};
use super::tally::{Entry, FEWEST, adds_up};
use super::text::{digit, fold, is_mark};
use super::unnamed::add_unnamed;
use crate::ocr::SecondReading;

/// What a sum is, by the words before it.
const NAMES: &[(&str, &[&str])] = &[
    (
        "payable",
        &["قابل پرداخت بیمار", "سهم بیمار", "قابل پرداخت", "پرداختی بیمار", "مبلغ قابل پرداخت", "سهم بیمه شده"],
    ),
    ("total", &["جمع کل", "مبلغ کل", "جمع صورتحساب", "جمع هزینه ها", "جمع مبالغ", "کل هزینه"]),
    ("insured-share", &["سهم بیمه پایه", "سهم بیمه", "سهم سازمان", "سهم بیمه گر"]),
    ("paid", &["مبلغ دریافتی", "مبلغ پرداختی", "مبلغ", "دریافت مبلغ", "مبلغ واریزی"]),
];

/// Ten rials.
const TOMAN: [&str; 2] = ["تومان", "تومن"];
/// A word of nearly the same shape that most bills bear: treatment.
const TREATMENT: &str = "درمان";

/// A run of figures that may be a sum.
struct Sum {
    /// What the reader of words made of it; `None` where its groups make no number.
    value: Option<u64>,
    text: String,
    region: Region,
    row: usize,
    grouped: bool,
}

/// A sum with its label, and what both readers made of it.
struct Labelled {
    name: &'static str,
    factor: u64,
    text: String,
    region: Region,
    /// By the reader of words.
    words: Option<u64>,
    /// By the reader of numbers, with how sure it is.
    figures: Option<(u64, f32)>,
    /// What else the reader of numbers holds possible.
    others: Vec<u64>,
    /// By the reader of words, asked about the field by itself.
    alone: Option<u64>,
}

impl Labelled {
    /// Whether both readers say the sum that is told.
    fn agreed(&self) -> bool {
        let by_words = |sum: u64| [self.words, self.alone].contains(&Some(sum));
        self.figures.is_some_and(|(sum, sure)| sure >= sure::AGREES && by_words(sum) && self.told() == Some(sum))
    }

    /// The sum to tell: that of the reader of figures first, who must be the surer the more the reader of words gainsays it.
    fn told(&self) -> Option<u64> {
        let least = |sum: u64| match (self.alone, self.words) {
            (Some(alone), _) if alone == sum => sure::AGREES,
            (None, None) => sure::UNOPPOSED,
            _ => sure::ALONE,
        };
        self.figures.filter(|(sum, sure)| *sure >= least(*sum)).map(|(sum, _)| sum).or(self.words)
    }

    /// What it may be, for a proof.
    fn candidates(&self) -> Vec<u64> {
        let figures = self.figures.filter(|(_, sure)| *sure >= sure::IN_PROOF).map(|(sum, _)| sum);
        let mut all: Vec<u64> = self.words.into_iter().chain(figures).collect();
        all.dedup();
        all
    }
}

/// The labelled sums of a page. A sum is trusted when both readers say the same, when total, insurer's share and
/// patient's share prove each other, or when the lines of the bill add up to it.
pub(crate) fn find(rows: &[Row], seen: Seen<'_>, by_ink: &ByInk, kind: &KindFact, page: u32) -> Vec<AmountFact> {
    let mut labelled = labelled(rows, seen);
    // what a label has by the ink alone, where the reader of words left it without a sum
    let told = |known: &[Labelled], sum: &Labelled| {
        known.iter().any(|other| other.told().is_some() && (other.region.near(sum.region, 0) || other.name == sum.name))
    };
    for sum in self::labelled(&by_ink.rows, seen).into_iter().filter(|sum| by_ink.places.contains(&sum.region)) {
        if !told(&labelled, &sum) {
            labelled.retain(|other| !other.region.near(sum.region, 0));
            labelled.push(Labelled { words: None, ..sum });
        }
    }
    let mut proved = proof(&labelled);
    let entries = lines(rows, seen);
    if proved.is_empty() {
        proved = by_lines(&labelled, &entries);
    }
    let mut found: Vec<AmountFact> = labelled
        .iter()
        .enumerate()
        .filter_map(|(at, sum)| {
            let by_proof = proved.iter().find(|(place, _)| *place == at).map(|(_, value)| *value);
            let value = by_proof.or_else(|| sum.told())?;
            Some(AmountFact {
                name: sum.name.to_owned(),
                rials: value.saturating_mul(sum.factor),
                text: sum.text.clone(),
                trusted: by_proof.is_some() || sum.agreed(),
                page,
                region: sum.region,
            })
        })
        .collect();
    let phrases = Phrases::of(rows);
    if tomans(rows, &phrases).is_empty() {
        add_unnamed(&mut found, &entries, kind, page);
    }
    found
}

/// Names of the labels of sums that are not among those told.
pub(super) fn unread(phrases: &Phrases<'_>, told: &[AmountFact]) -> Vec<String> {
    let stands = |cues: &[&str]| cues.iter().any(|cue| phrases.has(&fold(cue)));
    let open = NAMES.iter().filter(|(name, _)| !told.iter().any(|sum| sum.name == *name));
    open.filter(|(_, cues)| stands(cues)).map(|(name, _)| (*name).to_owned()).collect()
}

/// Rows in which numbers found by their ink stand among the words, and where those stand.
#[derive(Default)]
pub(crate) struct ByInk {
    /// The rows.
    pub(crate) rows: Vec<Row>,
    /// Places of the numbers.
    pub(crate) places: Vec<Region>,
}

/// Sums in groups of three, wherever they stand.
pub(super) fn sums_of(rows: &[Row]) -> Vec<u64> {
    let sums = rows.iter().enumerate().flat_map(|(at, row)| of_row(row, at));
    sums.filter(|sum| sum.grouped).filter_map(|sum| sum.value).collect()
}

/// The sum a text says, where its groups of three bear it out.
pub(super) fn grouped_sum(text: &str) -> Option<u64> {
    value(text).filter(|(sum, grouped)| *grouped && *sum >= LEAST).map(|(sum, _)| sum)
}

/// Places of labelled sums, for the reader of numbers.
pub(crate) fn fields(rows: &[Row]) -> Vec<Region> {
    labelled(rows, Seen::default()).into_iter().map(|sum| sum.region).collect()
}

/// Labelled sums that the reader of numbers made out and the reader of words did not, for a look at each by itself.
/// `places` are those of the numbers among the rows that were put there by the reader of numbers.
pub(crate) fn sums_to_prove(rows: &[Row], second: &[SecondReading], places: &[Region]) -> Vec<Region> {
    let open = |sum: &Labelled| {
        let by_figures = sum.figures.filter(|(_, sure)| *sure >= sure::AGREES).map(|(sum, _)| sum);
        by_figures.is_some() && (places.contains(&sum.region) || by_figures != sum.words)
    };
    let labelled = labelled(rows, Seen { second, alone: &[] });
    labelled.into_iter().filter(open).map(|sum| sum.region).collect()
}

fn labelled(rows: &[Row], seen: Seen<'_>) -> Vec<Labelled> {
    let phrases = Phrases::of(rows);
    let tomans = tomans(rows, &phrases);
    let sums: Vec<Sum> = rows.iter().enumerate().flat_map(|(at, row)| of_row(row, at)).collect();
    let labels: Vec<(&str, Place)> = NAMES
        .iter()
        .flat_map(|(name, cues)| cues.iter().map(move |cue| (*name, fold(cue))))
        .flat_map(|(name, cue)| phrases.places(&cue).into_iter().map(move |place| (name, place)))
        .collect();
    let mut found = Vec::new();
    let mut used = vec![false; sums.len()];
    for (name, place) in &labels {
        let height = rows[place.row].height.max(1);
        let nearest = sums
            .iter()
            .enumerate()
            .filter(|(at, sum)| !used[*at] && !anothers(sum, name, place, &labels))
            .filter_map(|(at, sum)| distance(sum, place.row, place.region, height).map(|d| (d, at)))
            .min();
        if let Some((_, at)) = nearest {
            used[at] = true;
            let sum = &sums[at];
            found.push(Labelled {
                name,
                factor: factor(&rows[sum.row], &tomans, sum, place.region),
                text: sum.text.clone(),
                region: sum.region,
                words: sum.value.filter(|_| sum.grouped),
                figures: by_figures(seen.second, sum.region),
                others: other_figures(seen.second, sum.region),
                alone: surest(seen.alone, sum.region).and_then(|reading| grouped_sum(&reading.text)),
            });
        }
    }
    found
}

/// Whether a label of another sum stands between this label and the sum on their line, apart from this label: what was
/// «جمع کل» and lost its sum does not take the one beside the next label.
fn anothers(sum: &Sum, name: &str, label: &Place, labels: &[(&str, Place)]) -> bool {
    let apart = |other: Region| right(other) + label.region.height < label.region.x && right(sum.region) <= other.x;
    sum.row == label.row
        && labels.iter().any(|(called, other)| *called != name && other.row == label.row && apart(other.region))
}

/// What the reader of numbers made of a place, where its groups of three bear it out. What else it holds possible and is no
/// sum speaks for the sum: a sum stands there.
fn by_figures(second: &[SecondReading], field: Region) -> Option<(u64, f32)> {
    let best = surest(second, field)?;
    Some((grouped_sum(&best.text)?, sureness(best)))
}

/// How sure the reader of numbers is of a sum, with what it holds possible that is none.
fn sureness(reading: &SecondReading) -> f32 {
    let no_sums = reading.others.iter().filter(|(text, _)| grouped_sum(text).is_none()).map(|(_, share)| share);
    (reading.confidence + no_sums.sum::<f32>()).min(1.0)
}

/// What else the reader of numbers holds possible there.
fn other_figures(second: &[SecondReading], field: Region) -> Vec<u64> {
    let others = surest(second, field).map(|best| best.others.as_slice()).unwrap_or_default();
    others.iter().filter_map(|(text, _)| grouped_sum(text)).collect()
}

/// The places whose sums prove each other, with their values: one reading of each name by which what the patient pays
/// is the total less the insurer's share, one of the three at most otherwise than as it is likeliest.
fn proof(sums: &[Labelled]) -> Vec<(usize, u64)> {
    let named = |name: &str| sums.iter().enumerate().filter(move |(_, sum)| sum.name == name).collect::<Vec<_>>();
    for (total_at, total) in named("total") {
        for (insured_at, insured) in named("insured-share") {
            for (payable_at, payable) in named("payable") {
                let tries = [
                    (total.candidates(), insured.candidates(), payable.candidates()),
                    (total.others.clone(), insured.candidates(), payable.candidates()),
                    (total.candidates(), insured.others.clone(), payable.candidates()),
                    (total.candidates(), insured.candidates(), payable.others.clone()),
                ];
                if let Some((whole, share, rest)) = tries.into_iter().find_map(that_adds_up) {
                    return vec![(total_at, whole), (insured_at, share), (payable_at, rest)];
                }
            }
        }
    }
    Vec::new()
}

/// The first of these totals, insurer's shares and patient's shares that go together.
fn that_adds_up((totals, shares, rests): (Vec<u64>, Vec<u64>, Vec<u64>)) -> Option<(u64, u64, u64)> {
    let pairs = totals.iter().flat_map(|whole| shares.iter().map(move |share| (*whole, *share)));
    let mut with_rest = pairs.filter_map(|(whole, share)| Some((whole, share, whole.checked_sub(share)?)));
    with_rest.find(|(_, _, rest)| rests.contains(rest))
}

/// The totals that the lines of the bill add up to, and shares that are the whole of such a total.
fn by_lines(sums: &[Labelled], lines: &[Entry]) -> Vec<(usize, u64)> {
    let whole = |sum: &Labelled| sum.candidates().into_iter().find(|total| adds_up(*total, sum.region, lines, FEWEST));
    let of = |name: &'static str| sums.iter().enumerate().filter(move |(_, sum)| sum.name == name);
    let mut proved: Vec<(usize, u64)> = of("total").filter_map(|(at, sum)| Some((at, whole(sum)?))).collect();
    let totals: Vec<u64> = proved.iter().map(|(_, total)| *total).collect();
    let same = |sum: &Labelled| sum.candidates().into_iter().find(|share| totals.contains(share));
    proved.extend(of("payable").filter_map(|(at, sum)| Some((at, same(sum).or_else(|| whole(sum))?))));
    proved
}

/// All sums of a page with what the readers made of each, the reader of numbers first.
fn lines(rows: &[Row], seen: Seen<'_>) -> Vec<Entry> {
    let by_figures = |reading: &SecondReading| {
        let others = reading.others.iter().map(|(text, _)| text.as_str());
        let values: Vec<u64> = std::iter::once(reading.text.as_str()).chain(others).filter_map(grouped_sum).collect();
        let (text, sure) = (reading.text.clone(), sureness(reading));
        (!values.is_empty()).then_some(Entry { region: reading.region, values, text, sure })
    };
    let mut surest: Vec<&SecondReading> = seen.second.iter().collect();
    surest.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let mut lines: Vec<Entry> = Vec::new();
    for entry in surest.into_iter().filter_map(by_figures) {
        if !lines.iter().any(|known| known.region.near(entry.region, 0)) {
            lines.push(entry);
        }
    }
    for sum in rows.iter().enumerate().flat_map(|(at, row)| of_row(row, at)).filter(|sum| sum.grouped) {
        let Some(value) = sum.value else { continue };
        match lines.iter_mut().find(|known| known.region.near(sum.region, 0)) {
            Some(known) => known.values.push(value),
            None => lines.push(Entry { region: sum.region, values: vec![value], text: sum.text.clone(), sure: 0.0 }),
        }
    }
    lines
}

/// Where the words say toman.
fn tomans(rows: &[Row], phrases: &Phrases<'_>) -> Vec<Region> {
    let treatment = fold(TREATMENT);
    let said = |place: &Place| {
        let items = &rows[place.row].items[place.items.0..place.items.1];
        items.iter().map(|item| fold(&item.text)).collect::<String>() != treatment
    };
    let places = TOMAN.iter().flat_map(|word| phrases.places(&fold(word)));
    places.filter(said).map(|place| place.region).collect()
}

/// Ten where the words beside the sum say toman.
fn factor(row: &Row, tomans: &[Region], sum: &Sum, label: Region) -> u64 {
    let near = |region: &Region| region.near(sum.region, 4 * row.height) || region.near(label, 2 * row.height);
    if tomans.iter().any(near) { 10 } else { 1 }
}

/// How far a sum stands after its label: left of it on the line, or under it.
fn distance(sum: &Sum, row: usize, label: Region, height: u32) -> Option<u32> {
    if sum.row == row {
        let white = label.x.checked_sub(right(sum.region))?;
        return (white < 14 * height).then_some(white);
    }
    let below = sum.region.y.checked_sub(label.y + label.height)?;
    let shared = right(sum.region).min(right(label)) > sum.region.x.max(label.x);
    (sum.row > row && shared && below < 2 * height).then_some(below + 2 * height)
}

/// The least sum that is one, in its unit.
const LEAST: u64 = 1_000;

/// Sums of one row: figures in threes, or one long run; also what has the look of one and is garbled, for the reader of
/// numbers.
fn of_row(row: &Row, at: usize) -> Vec<Sum> {
    const FEWEST_FIGURES: usize = 4;
    let mut sums: Vec<Sum> = Vec::new();
    for item in row.items.iter().rev() {
        let text: String = item.text.chars().filter(|c| !is_mark(*c)).collect();
        let trimmed = text.trim_matches(|c: char| digit(c).is_none());
        let figures = trimmed.chars().filter(|c| digit(*c).is_some()).count();
        let others = trimmed.chars().filter(|c| digit(*c).is_none() && !parts(*c)).count();
        if trimmed.is_empty() || others > figures / 3 {
            continue;
        }
        // A sum torn at its thousands: the rest of it follows at once.
        let joins = |last: &Sum| {
            gap(last.region, item.region) * 2 < row.height && (last.text.ends_with(parts) || text.starts_with(parts))
        };
        match sums.last_mut().filter(|last| joins(last)) {
            Some(last) => {
                last.text.push_str(&text);
                last.region = last.region.union(item.region);
            }
            None => sums.push(Sum { value: None, text, region: item.region, row: at, grouped: false }),
        }
    }
    for sum in &mut sums {
        let read = value(&sum.text).filter(|(value, _)| *value >= LEAST);
        (sum.value, sum.grouped) = (read.map(|(value, _)| value), read.is_some_and(|(_, grouped)| grouped));
    }
    sums.retain(|sum| sum.text.chars().filter(|c| digit(*c).is_some()).count() >= FEWEST_FIGURES);
    sums
}

/// Signs between thousands.
const fn parts(c: char) -> bool {
    matches!(c, '٬' | ',' | '،' | '.' | '\'' | '’' | '٫')
}

/// The number a text stands for, and whether its groups of three bear it out.
fn value(text: &str) -> Option<(u64, bool)> {
    let figures: String = text.chars().filter_map(digit).map(|d| char::from(b'0' + d)).collect();
    let inside = text.trim_matches(|c: char| digit(c).is_none());
    if !inside.chars().all(|c| digit(c).is_some() || parts(c)) {
        return None;
    }
    let groups: Vec<usize> = text
        .trim_matches(|c: char| digit(c).is_none())
        .split(parts)
        .map(|group| group.chars().filter(|c| digit(*c).is_some()).count())
        .collect();
    let threes = groups.len() > 1 && groups[1..].iter().all(|n| *n == 3) && (1..=3).contains(&groups[0]);
    if groups.len() > 1 && !threes {
        return None;
    }
    Some((figures.parse().ok()?, threes))
}

#[cfg(test)]
mod tests;
