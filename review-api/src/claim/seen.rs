//! What the register of pages says of a paper, by who asks: an office hears of its own claim, an expert of all.

use sanad_checks::duplicates::relation::Relation;
use sanad_checks::finding::{Finding, FindingBuilder, Severity};
use sanad_checks::page::Region;
use serde::Serialize;

use super::access;
use super::error::ClaimError;
use super::same_numbers::SameNumbers;
use super::words::PairAnswer;
use crate::accounts::{Action, Actor};
use crate::audit::{Entry, EventKind};
use crate::store::Store;
use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, DocumentId, PairId, VersionId};
use crate::store::sql::Tx;
use crate::store::tables::seen_pages::{self, SeenPage};
use crate::store::tables::seen_pairs::{self, PairRow};
use crate::store::tables::versions::{self, VersionRow};
use crate::store::tables::{claims, documents, pages};

/// Papers that one accident gives to all its victims.
pub(super) const SHARED: &[&str] = &["accident-report", "traffic-report"];

/// A page that a paper was held against.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeenView {
    /// The pair.
    pub pair: PairId,
    /// What the two pages are to each other.
    pub relation: Relation,
    /// Share of their ink in common, 0–1; 0 where only a number led to the pair.
    pub score: f64,
    /// A number that both bear: `invoice`, `receipt` or `tracking`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same: Option<String>,
    /// Whether their looks led to the pair; else only the number did.
    pub by_looks: bool,
    /// The other page's claim, and its number while the claim is there.
    pub claim: ClaimId,
    /// Its number.
    pub number: Option<String>,
    /// The other paper's slot.
    pub slot: String,
    /// The other version.
    pub version: VersionId,
    /// What an expert said to it.
    pub answer: Option<PairAnswer>,
}

/// What is told of a paper's pages.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(super) findings: Vec<Finding>,
    pub(super) views: Vec<SeenView>,
}

/// What the register says of a version, but for the claims and slots already named for the same bytes.
pub(super) async fn of_version(
    tx: &mut Tx,
    row: &VersionRow,
    for_office: bool,
    named: &[VersionId],
) -> Result<Seen, ClaimError> {
    let mut seen = Seen::default();
    let (mut slots, mut elsewhere, mut near) = (Vec::new(), Vec::new(), Vec::new());
    let mut numbers = SameNumbers::default();
    for pair in seen_pairs::of_version(tx, &row.id).await? {
        let (own, number) =
            if pair.later_version == row.id { (pair.later, pair.earlier) } else { (pair.earlier, pair.later) };
        let Some(other) = seen_pages::find(tx, number).await? else { continue };
        if own == number || other.document == row.document {
            continue;
        }
        let told = pair.answer != Some(PairAnswer::Dismissed) && !named.contains(&other.version);
        let same_claim = other.claim == row.claim;
        if told && pair.relation.again() && same_claim {
            let standing = documents::find(tx, &other.document).await?;
            if standing.and_then(|document| document.current).as_ref() == Some(&other.version) {
                slots.push(other.slot.clone());
            }
        } else if told && pair.relation.again() {
            elsewhere.push(other.slot.clone());
            numbers.known_by_looks(&other.version);
        } else if told && pair.by_looks {
            near.push(pair.score);
        }
        if !for_office {
            if let Some(shared) = pair.shared.as_ref().filter(|_| told) {
                numbers.stands_on(own, &other, shared);
            }
            let number = claims::find_summary(tx, &other.claim).await?.map(|claim| claim.number);
            seen.views.push(SeenView {
                pair: pair.id,
                relation: pair.relation,
                score: pair.score,
                same: pair.shared.map(|shared| shared.name),
                by_looks: pair.by_looks,
                claim: other.claim,
                number,
                slot: other.slot,
                version: other.version,
                answer: pair.answer,
            });
        }
    }
    slots.sort_unstable();
    slots.dedup();
    seen.findings.extend(slots.iter().map(|slot| told("DUP-SLOT", Severity::Warn, &[("slot", slot)])));
    // An office never learns in whose claim a paper was seen, nor that it was.
    if !for_office {
        let own_slot = documents::find(tx, &row.document).await?.map(|document| document.slot);
        let shared = |slot: &str| SHARED.contains(&slot);
        if !elsewhere.is_empty() {
            let all = elsewhere.iter().all(|slot| shared(slot)) && own_slot.as_deref().is_some_and(shared);
            let severity = if all { Severity::Info } else { Severity::Warn };
            seen.findings.push(told("DUP-CASE", severity, &[("count", &elsewhere.len().to_string())]));
        }
        seen.findings.extend(numbers.findings(tx, row, own_slot.as_deref().is_some_and(shared)).await?);
        if let Some(score) = near.into_iter().reduce(f64::max) {
            seen.findings.push(told("DUP-NEAR", Severity::Info, &[("value", &format!("{score:.2}")), ("limit", "1")]));
        }
    }
    Ok(seen)
}

fn told(code: &str, severity: Severity, facts: &[(&str, &str)]) -> Finding {
    let builder = FindingBuilder::new(code, severity);
    let finding = facts.iter().fold(builder, |builder, (name, value)| builder.fact(name, value)).build();
    finding.expect("a fact is evidence")
}

/// One page of a pair.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PairSide {
    /// Its claim.
    pub claim: ClaimId,
    /// The claim's number, while it is there.
    pub number: Option<String>,
    /// Its paper.
    pub document: DocumentId,
    /// Its slot.
    pub slot: String,
    /// Its version.
    pub version: VersionId,
    /// Place in the file, from 0.
    pub page: i64,
    /// Size of the upright page, pixels; 0 where the page is gone.
    pub size: (i64, i64),
    /// When it was sent, while it is there.
    pub sent_at: Option<UnixMs>,
    /// Places that differ or bear a later mark, pixels of this page.
    pub regions: Vec<Region>,
}

/// Two pages that have to do with each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PairDetail {
    /// Identifier.
    pub id: PairId,
    /// What they are to each other.
    pub relation: Relation,
    /// Share of their ink in common, 0–1; 0 where only a number led to the pair.
    pub score: f64,
    /// A number that both bear: `invoice`, `receipt` or `tracking`.
    pub same: Option<String>,
    /// Whether their looks led to the pair; else only the number did.
    pub by_looks: bool,
    /// When it was found.
    pub found_at: UnixMs,
    /// The page that came first.
    pub earlier: PairSide,
    /// The other.
    pub later: PairSide,
    /// The projective map, row by row, that lays the later page's pixels on the earlier one's.
    pub plane: [f64; 9],
    /// What an expert said.
    pub answer: Option<PairAnswer>,
    /// Who.
    pub answered_by: Option<String>,
    /// When.
    pub answered_at: Option<UnixMs>,
}

/// A pair, for those who decide about papers.
///
/// # Errors
/// [`ClaimError::NotFound`], [`ClaimError::Forbidden`], or when the database fails.
pub async fn pair(store: &Store, actor: &Actor, id: &PairId) -> Result<PairDetail, ClaimError> {
    access::allowed(actor, Action::DecidePaper)?;
    let mut tx = store.read().await?;
    detail(&mut tx, id).await
}

async fn detail(tx: &mut Tx, id: &PairId) -> Result<PairDetail, ClaimError> {
    let pair = seen_pairs::find(tx, id).await?.ok_or(ClaimError::NotFound)?;
    let (earlier, later) = both(tx, &pair).await?;
    let earlier = side(tx, earlier, pair.regions).await?;
    let later = side(tx, later, pair.others).await?;
    Ok(PairDetail {
        id: pair.id,
        relation: pair.relation,
        score: pair.score,
        same: pair.shared.map(|shared| shared.name),
        by_looks: pair.by_looks,
        found_at: pair.found_at,
        earlier,
        later,
        plane: pair.plane,
        answer: pair.answer,
        answered_by: pair.answered_by_name,
        answered_at: pair.answered_at,
    })
}

async fn both(tx: &mut Tx, pair: &PairRow) -> Result<(SeenPage, SeenPage), ClaimError> {
    let earlier = seen_pages::find(tx, pair.earlier).await?.ok_or(ClaimError::NotFound)?;
    let later = seen_pages::find(tx, pair.later).await?.ok_or(ClaimError::NotFound)?;
    Ok((earlier, later))
}

async fn side(tx: &mut Tx, page: SeenPage, regions: Vec<Region>) -> Result<PairSide, ClaimError> {
    let drawn = pages::of_version(tx, &page.version).await?.into_iter().find(|row| row.position == page.position);
    Ok(PairSide {
        number: claims::find_summary(tx, &page.claim).await?.map(|claim| claim.number),
        sent_at: versions::find(tx, &page.version).await?.map(|version| version.uploaded_at),
        size: drawn.filter(|row| row.preview.is_some()).map_or((0, 0), |row| (row.width_px, row.height_px)),
        claim: page.claim,
        document: page.document,
        slot: page.slot,
        version: page.version,
        page: page.position,
        regions,
    })
}

/// Keeps what an expert says of a pair; the last word counts.
///
/// # Errors
/// As [`pair`].
pub async fn answer(store: &Store, actor: &Actor, id: &PairId, word: PairAnswer) -> Result<PairDetail, ClaimError> {
    access::allowed(actor, Action::DecidePaper)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let now = act.now;
    let pair = seen_pairs::find(&mut act.tx, id).await?.ok_or(ClaimError::NotFound)?;
    seen_pairs::answer(&mut act.tx, id, word, &actor.user, now).await?;
    let (_, later) = both(&mut act.tx, &pair).await?;
    let mut entry = Entry::new(EventKind::PairAnswered).document(&later.document).version(&later.version);
    if let Some(claim) = claims::find(&mut act.tx, &later.claim).await? {
        entry = entry.claim(&claim.office, &claim.id);
    }
    act.record(entry.with("pair", id.as_str()).with("answer", word.as_str())).await?;
    act.commit().await?;
    let mut tx = store.read().await?;
    detail(&mut tx, id).await
}
