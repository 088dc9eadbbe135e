//! The moment by which claims queue: kept with the claim, so that order needs no clock and nobody
//! is overtaken for ever.
//!
//! `rank_at` = first submission + time it lay with the office + limit of its type − head starts.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::claim::ClaimType;
use crate::store::calendar::{day_of, years_between};
use crate::store::clock::UnixMs;

/// Age from which a person is of age.
const OF_AGE: i64 = 18;

/// The head start of a child.
const MINOR: &str = "minor";

/// Milliseconds of an hour.
const HOUR_MS: i64 = 3_600_000;

/// One reason why a claim stands where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chip {
    /// `death`, `disability`, `minor`, `resubmitted`, `all_green`.
    pub kind: String,
    /// The head start, in hours.
    pub hours: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    kind: String,
    hours: i64,
    from: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Priority {
    limit: Vec<Row>,
    head_start: Vec<Row>,
}

static PRIORITY: LazyLock<Priority> =
    LazyLock::new(|| toml::from_str(include_str!("priority.toml")).expect("the priorities in the binary are valid"));

/// The hours of the newest row that counts on that day; 0 without one.
fn hours_on(rows: &[Row], kind: &str, day: &str) -> i64 {
    let counting = rows.iter().filter(|row| row.kind == kind && row.from.as_str() <= day);
    counting.max_by(|a, b| a.from.cmp(&b.from)).map_or(0, |row| row.hours)
}

/// What the rank goes by.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub(crate) now: UnixMs,
    pub(crate) claim_type: ClaimType,
    pub(crate) circumstances: Vec<String>,
    pub(crate) birth: Option<String>,
    pub(crate) accident_date: String,
    pub(crate) first_submitted: Option<UnixMs>,
    pub(crate) paused_since: Option<UnixMs>,
    pub(crate) paused_ms: i64,
    pub(crate) all_green: bool,
}

/// Where a claim stands in the queue, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rank {
    pub(crate) submitted_at: UnixMs,
    pub(crate) paused_ms: i64,
    pub(crate) rank_at: UnixMs,
    pub(crate) parts: Vec<Chip>,
}

/// The rank of a claim that is being submitted.
pub(crate) fn rank(standing: &Standing) -> Rank {
    let submitted_at = standing.first_submitted.unwrap_or(standing.now);
    let pause = standing.paused_since.map_or(0, |since| (standing.now.0 - since.0).max(0));
    let paused_ms = standing.paused_ms + pause;
    let day = day_of(standing.now);
    let parts: Vec<Chip> = kinds(standing)
        .into_iter()
        .map(|kind| Chip { hours: hours_on(&PRIORITY.head_start, kind, &day), kind: kind.to_owned() })
        .filter(|chip| chip.hours > 0)
        .collect();
    let head_start: i64 = parts.iter().map(|chip| chip.hours).sum();
    let limit = hours_on(&PRIORITY.limit, standing.claim_type.as_str(), &day);
    let rank_at = UnixMs(submitted_at.0 + paused_ms + (limit - head_start) * HOUR_MS);
    Rank { submitted_at, paused_ms, rank_at, parts }
}

/// Whether the claim is about a child, by word or by birth.
pub(crate) fn is_minor(circumstances: &[String], birth: Option<&str>, accident_date: &str) -> bool {
    let declared = |word: &str| circumstances.iter().any(|one| one == word);
    let age = birth.and_then(|birth| years_between(birth, accident_date));
    declared("minor") || declared("minor-heir") || age.is_some_and(|age| age < OF_AGE)
}

/// The place of a claim that is in the queue already, when the birth turns out otherwise.
pub(crate) fn with_minor(rank_at: UnixMs, mut parts: Vec<Chip>, minor: bool, day: &str) -> (UnixMs, Vec<Chip>) {
    let before: i64 = parts.iter().filter(|chip| chip.kind == MINOR).map(|chip| chip.hours).sum();
    let hours = if minor { hours_on(&PRIORITY.head_start, MINOR, day) } else { 0 };
    if (before > 0) == (hours > 0) {
        return (rank_at, parts);
    }
    parts.retain(|chip| chip.kind != MINOR);
    if hours > 0 {
        parts.push(Chip { kind: MINOR.to_owned(), hours });
    }
    (UnixMs(rank_at.0 + (before - hours) * HOUR_MS), parts)
}

fn kinds(standing: &Standing) -> Vec<&'static str> {
    let minor = is_minor(&standing.circumstances, standing.birth.as_deref(), &standing.accident_date);
    let mut kinds = Vec::new();
    match standing.claim_type {
        ClaimType::Death => kinds.push("death"),
        ClaimType::Disability => kinds.push("disability"),
        ClaimType::Injury => {}
    }
    if minor {
        kinds.push(MINOR);
    }
    if standing.first_submitted.is_some() {
        kinds.push("resubmitted");
    }
    if standing.all_green {
        kinds.push("all_green");
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn injury(now: i64) -> Standing {
        Standing {
            now: UnixMs(now),
            claim_type: ClaimType::Injury,
            circumstances: Vec::new(),
            birth: Some("1980-01-01".to_owned()),
            accident_date: "2025-01-01".to_owned(),
            first_submitted: None,
            paused_since: None,
            paused_ms: 0,
            all_green: false,
        }
    }

    const NOW: i64 = 1_750_000_000_000;

    #[test]
    fn a_death_overtakes_injuries_of_three_days_and_no_more() {
        let death = rank(&Standing { claim_type: ClaimType::Death, ..injury(NOW) });
        let younger = rank(&injury(NOW - 71 * HOUR_MS));
        let older = rank(&injury(NOW - 73 * HOUR_MS));
        assert!(death.rank_at < younger.rank_at);
        assert!(older.rank_at < death.rank_at);
        assert_eq!(death.parts, [Chip { kind: "death".to_owned(), hours: 72 }]);
    }

    #[test]
    fn a_resubmission_keeps_its_place_less_the_time_at_the_office() {
        let first = rank(&injury(NOW));
        let again = rank(&Standing {
            now: UnixMs(NOW + 50 * HOUR_MS),
            first_submitted: Some(first.submitted_at),
            paused_since: Some(UnixMs(NOW + 10 * HOUR_MS)),
            ..injury(NOW)
        });
        assert_eq!(again.submitted_at, first.submitted_at);
        assert_eq!(again.paused_ms, 40 * HOUR_MS);
        assert_eq!(again.rank_at.0 - first.rank_at.0, (40 - 12) * HOUR_MS);
    }

    #[test]
    fn a_child_by_birth_or_by_word_starts_ahead_once() {
        let by_birth = rank(&Standing { birth: Some("2010-05-05".to_owned()), ..injury(NOW) });
        let both = rank(&Standing {
            birth: Some("2010-05-05".to_owned()),
            circumstances: vec!["minor".to_owned()],
            ..injury(NOW)
        });
        assert_eq!(by_birth, both);
        assert_eq!(by_birth.parts, [Chip { kind: "minor".to_owned(), hours: 24 }]);
    }

    #[test]
    fn a_birth_that_turns_out_otherwise_moves_the_claim_and_back() {
        let grown = rank(&injury(NOW));
        let day = day_of(UnixMs(NOW));
        let (ahead, parts) = with_minor(grown.rank_at, grown.parts.clone(), true, &day);
        let child = rank(&Standing { birth: Some("2010-05-05".to_owned()), ..injury(NOW) });
        assert_eq!((ahead, &parts), (child.rank_at, &child.parts));
        assert_eq!(with_minor(ahead, parts.clone(), true, &day), (ahead, parts.clone()));
        assert_eq!(with_minor(ahead, parts, false, &day), (grown.rank_at, grown.parts));
    }

    #[test]
    fn the_newest_row_that_counts_wins() {
        let row = |hours, from: &str| Row { kind: "death".to_owned(), hours, from: from.to_owned() };
        let rows = [row(72, "2020-01-01"), row(48, "2025-06-01")];
        assert_eq!(hours_on(&rows, "death", "2025-05-31"), 72);
        assert_eq!(hours_on(&rows, "death", "2025-06-01"), 48);
        assert_eq!(hours_on(&rows, "death", "2019-01-01"), 0);
    }
}
