//! The rules about papers as versions: drafts that admins edit, published ones that never change again, and the one a
//! claim stands under.

use std::borrow::Cow;

use sanad_checks::completeness::{Need, Requirement, Rules, Slot};
use serde::Serialize;

use super::checklist::{self, rules_channel, rules_type};
use super::error::{ClaimError, Refusal};
use super::text::line;
use super::words::ClaimState;
use crate::accounts::{self, Action, Actor};
use crate::audit::{Entry, EventKind};
use crate::i18n::msg;
use crate::store::Store;
use crate::store::calendar::{day_of, is_day};
use crate::store::clock::UnixMs;
use crate::store::ids::{ClaimId, RulesId};
use crate::store::sql::Tx;
use crate::store::tables::claims::{self, ClaimRow, Narrow};
use crate::store::tables::rule_versions::{self as rows, RulesRow};

/// The name of the version that is in the binary.
pub const BUILT_IN: &str = "built-in";

/// Pages of a paper at most that a rule may ask for.
const MOST_PAGES: u32 = 50;

/// Signs of a label at most.
const LABEL_SIGNS: usize = 120;

/// Claims that are looked at to show what a draft changes.
const LOOKED_AT: i64 = 500;

/// A version in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RulesSummary {
    /// Its name: an identifier, or `built-in`.
    pub id: String,
    /// The day from which it holds; `None` for a draft.
    pub valid_from: Option<String>,
    /// Who made it; `None` for the one in the binary.
    pub made_by: Option<String>,
    /// When.
    pub made_at: Option<UnixMs>,
    /// It can still be edited.
    pub draft: bool,
    /// It holds today.
    pub holds: bool,
}

/// A version with its rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RulesDetail {
    /// The version in short.
    #[serde(flatten)]
    pub summary: RulesSummary,
    /// Counts up with every change; sent back with one.
    pub revision: i64,
    /// Its rows, in the order in which papers are listed and posted.
    pub rows: Vec<Slot>,
    /// What it changes for claims that are not sent yet; claims that were sent stay under their own version.
    pub effect: Vec<Effect>,
    /// Drafts that were looked at for that.
    pub looked_at: i64,
}

/// What a draft changes for one claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Effect {
    /// The claim.
    pub claim: ClaimId,
    /// Its number.
    pub number: String,
    /// Slots that it would ask for besides.
    pub more: Vec<String>,
    /// Slots that it would no longer ask for.
    pub fewer: Vec<String>,
}

fn read(row: &RulesRow) -> Result<Rules, ClaimError> {
    Ok(serde_json::from_str(&row.rules)?)
}

/// The version that holds at this moment: its name and its rules.
pub(super) async fn holding(tx: &mut Tx, now: UnixMs) -> Result<(String, Cow<'static, Rules>), ClaimError> {
    match rows::holding(tx, &day_of(now)).await? {
        Some(row) => Ok((row.id.to_string(), Cow::Owned(read(&row)?))),
        None => Ok((BUILT_IN.to_owned(), Cow::Borrowed(Rules::built_in()))),
    }
}

/// The rules that a claim stands under: those of its first submission, before that those that hold.
pub(super) async fn of_claim(tx: &mut Tx, claim: &ClaimRow, now: UnixMs) -> Result<Cow<'static, Rules>, ClaimError> {
    match claim.rule_version.as_deref().map(|name| (name, RulesId::parse(name))) {
        None => Ok(holding(tx, now).await?.1),
        Some((_, Some(id))) => {
            let row = rows::find(tx, &id).await?.ok_or(ClaimError::NotFound)?;
            Ok(Cow::Owned(read(&row)?))
        }
        Some((_, None)) => Ok(Cow::Borrowed(Rules::built_in())),
    }
}

fn summary(row: &RulesRow, holding: &str) -> RulesSummary {
    RulesSummary {
        id: row.id.to_string(),
        valid_from: row.valid_from.clone(),
        made_by: Some(row.made_by.clone()),
        made_at: Some(row.made_at),
        draft: row.published_at.is_none(),
        holds: row.id.as_str() == holding,
    }
}

fn built_in(holding: &str) -> RulesSummary {
    let valid_from = Some(Rules::built_in().valid_from.clone());
    let holds = holding == BUILT_IN;
    RulesSummary { id: BUILT_IN.to_owned(), valid_from, made_by: None, made_at: None, draft: false, holds }
}

/// All versions, latest first, the one in the binary last.
///
/// # Errors
/// [`ClaimError::Forbidden`] for others than those who edit rules; when the database fails.
pub async fn list(store: &Store, actor: &Actor) -> Result<Vec<RulesSummary>, ClaimError> {
    accounts::require(actor, Action::EditRules)?;
    let mut tx = store.read().await?;
    let (holds, _) = holding(&mut tx, store.now()).await?;
    let rows = rows::list(&mut tx).await?;
    Ok(rows.iter().map(|row| summary(row, &holds)).chain([built_in(&holds)]).collect())
}

/// One version with its rows and, for a draft, what it changes.
///
/// # Errors
/// [`ClaimError::NotFound`] when there is none; others as [`list`].
pub async fn show(store: &Store, actor: &Actor, name: &str) -> Result<RulesDetail, ClaimError> {
    accounts::require(actor, Action::EditRules)?;
    let mut tx = store.read().await?;
    let (holds, now) = holding(&mut tx, store.now()).await?;
    if name == BUILT_IN {
        let rows = Rules::built_in().slot.clone();
        return Ok(RulesDetail { summary: built_in(&holds), revision: 0, rows, effect: Vec::new(), looked_at: 0 });
    }
    let id = RulesId::parse(name).ok_or(ClaimError::NotFound)?;
    let row = rows::find(&mut tx, &id).await?.ok_or(ClaimError::NotFound)?;
    let rules = read(&row)?;
    let (effect, looked_at) =
        if row.published_at.is_none() { effect(&mut tx, &now, &rules).await? } else { (Vec::new(), 0) };
    Ok(RulesDetail { summary: summary(&row, &holds), revision: row.revision, rows: rules.slot, effect, looked_at })
}

/// What the new rules change for claims that are not sent yet.
async fn effect(tx: &mut Tx, now: &Rules, new: &Rules) -> Result<(Vec<Effect>, i64), ClaimError> {
    let draft = (ClaimState::Draft, ClaimState::Draft);
    let narrow = Narrow { states: Some(draft), ..Narrow::default() };
    let (drafts, total) = claims::list(tx, &narrow, LOOKED_AT, 0).await?;
    let mut found = Vec::new();
    for one in drafts {
        let Some(claim) = claims::find(tx, &one.id).await? else { continue };
        let circumstances: Vec<_> = serde_json::from_str(&claim.circumstances)?;
        let asked = |rules: &Rules| -> Vec<String> {
            let lines = rules.required(rules_type(claim.claim_type), &circumstances, rules_channel(claim.channel));
            let needed = lines.into_iter().filter(|line: &Requirement| line.need != Need::Optional);
            needed.map(|line| line.slot).collect()
        };
        let (before, after) = (asked(now), asked(new));
        let more: Vec<String> = after.iter().filter(|slot| !before.contains(slot)).cloned().collect();
        let fewer: Vec<String> = before.iter().filter(|slot| !after.contains(slot)).cloned().collect();
        if !more.is_empty() || !fewer.is_empty() {
            found.push(Effect { claim: one.id, number: one.number, more, fewer });
        }
    }
    Ok((found, total.min(LOOKED_AT)))
}

/// Begins a draft from the version that holds.
///
/// # Errors
/// As [`list`].
pub async fn draft(store: &Store, actor: &Actor) -> Result<RulesDetail, ClaimError> {
    accounts::require(actor, Action::EditRules)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let now = act.now;
    let (_, rules) = holding(&mut act.tx, now).await?;
    let id = RulesId::fresh(now, act.chance());
    rows::insert(&mut act.tx, &id, &serde_json::to_string(&*rules)?, &actor.user, now).await?;
    act.record(Entry::new(EventKind::RulesDrafted).with("rules", id.as_str())).await?;
    act.commit().await?;
    show(store, actor, id.as_str()).await
}

/// Changes one row of a draft and, where asked, its place.
///
/// # Errors
/// [`Refusal::RulesPublished`] for a published version; [`ClaimError::Stale`]; others as [`list`].
pub async fn set_row(
    store: &Store,
    actor: &Actor,
    id: &RulesId,
    revision: i64,
    slot: Slot,
    place: Option<usize>,
) -> Result<RulesDetail, ClaimError> {
    accounts::require(actor, Action::EditRules)?;
    if !(1..=MOST_PAGES).contains(&slot.min_pages) {
        return Err(Refusal::BadPages.into());
    }
    let mut slot = slot;
    for (field, label) in [("label_fa", &mut slot.label.fa), ("label_en", &mut slot.label.en)] {
        let kept = line(field, label)?.filter(|kept| kept.chars().count() <= LABEL_SIGNS);
        *label = kept.ok_or_else(|| Refusal::typed(field, msg("refusal-bad-label")))?;
    }
    let mut act = store.act(Some(&actor.user)).await?;
    let row = rows::find(&mut act.tx, id).await?.ok_or(ClaimError::NotFound)?;
    if row.published_at.is_some() {
        return Err(Refusal::RulesPublished.into());
    }
    let mut rules = read(&row)?;
    let at = rules.slot.iter().position(|known| known.name == slot.name).ok_or(Refusal::SlotUnknown)?;
    rules.slot.remove(at);
    let place = place.map_or(at, |place| place.saturating_sub(1)).min(rules.slot.len());
    rules.slot.insert(place, slot);
    if !rows::save(&mut act.tx, id, &serde_json::to_string(&rules)?, revision).await? {
        return Err(ClaimError::Stale);
    }
    act.commit().await?;
    show(store, actor, id.as_str()).await
}

/// Publishes a draft from a day on, today at the earliest: what was asked for in the past stays as it was.
///
/// # Errors
/// [`Refusal::BadDate`] for an earlier day; others as [`set_row`].
pub async fn publish(
    store: &Store,
    actor: &Actor,
    id: &RulesId,
    revision: i64,
    valid_from: &str,
) -> Result<RulesDetail, ClaimError> {
    accounts::require(actor, Action::EditRules)?;
    let mut act = store.act(Some(&actor.user)).await?;
    let now = act.now;
    if !is_day(valid_from) || valid_from < day_of(now).as_str() {
        return Err(Refusal::BadDate("valid_from").into());
    }
    let row = rows::find(&mut act.tx, id).await?.ok_or(ClaimError::NotFound)?;
    if row.published_at.is_some() {
        return Err(Refusal::RulesPublished.into());
    }
    let mut rules = read(&row)?;
    valid_from.clone_into(&mut rules.valid_from);
    let text = serde_json::to_string(&rules)?;
    if !rows::publish(&mut act.tx, id, (&text, valid_from), &actor.user, now, revision).await? {
        return Err(ClaimError::Stale);
    }
    act.record(Entry::new(EventKind::RulesPublished).with("rules", id.as_str()).with("from", valid_from)).await?;
    act.commit().await?;
    show(store, actor, id.as_str()).await
}

/// The papers that a claim would be asked for today, before there is one.
///
/// # Errors
/// When the database fails; `Ok(None)` where a circumstance is not of the list.
pub async fn asked_today(
    store: &Store,
    claim_type: super::ClaimType,
    circumstances: &[String],
    channel: super::Channel,
) -> Result<Option<Vec<Requirement>>, ClaimError> {
    let mut tx = store.read().await?;
    let (_, rules) = holding(&mut tx, store.now()).await?;
    Ok(checklist::asked_before(&rules, claim_type, circumstances, channel))
}
