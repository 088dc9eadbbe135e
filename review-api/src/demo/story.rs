//! What happens to the invented claims once their papers are judged, so that every desk has something on it: papers
//! that a sample lacks are made, poor copies are sent with a reason, and each claim goes as far as its fate.

use std::time::Duration;

use super::{DemoError, papers};
use crate::accounts::{Actor, Role};
use crate::claim::decide::{Decide, Ruling, decide, finish};
use crate::claim::pay::{self, Paid};
use crate::claim::post::{self, Seen};
use crate::claim::refuse::{self, Word};
use crate::claim::states::ClaimStep;
use crate::claim::submit::{send_anyway, submit};
use crate::claim::upload::{self, Target, Upload};
use crate::claim::{self, ClaimDetail, ClaimError, DocumentState, Ticks};
use crate::i18n::{self, Lang};
use crate::queue;
use crate::store::Store;
use crate::store::calendar::day_of;
use crate::store::ids::ClaimId;
use crate::views::terms;

/// How often to look whether all papers are judged.
const LOOK_AGAIN: Duration = Duration::from_millis(400);
/// How often at most: a minute for a handful of papers, and a slow machine gets three.
const MOST_LOOKS: u32 = 450;

const POOR_COPY_REASON: &str = "نسخهٔ بهتری از این برگه در دست نیست؛ اصل آن نزد بیمارستان است.";
// the papers that are made bear a seal and no signature (`papers.rs`)
const REJECTION_NOTE: &str = "لطفاً تصویر نامه را پس از امضای مدیر دفتر دوباره بفرستید.";
const REJECTION_CODE: &str = "SIG-NONE";
const REFUSAL_REASON: &str = "حادثه بر پایهٔ گزارش، خارج از تعهد این بیمه‌نامه است (مادهٔ ۴، بند ۲).";
const REFUSAL_CODE: &str = "COV-EXCL";
const APPEAL_REASON: &str = "گزارش تازهٔ مرجع حادثه پیوست شده است؛ لطفاً دوباره بررسی کنید.";
const RETURN_REASON: &str = "حساب مسدود است.";
const AMOUNT: &str = "185,000,000";

/// How far a claim goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Stays with the office as it is.
    Draft,
    /// Sent to the experts.
    Sent,
    /// Sent back for one paper.
    Ruled,
    /// Every paper approved.
    Approved,
    /// The cover sheet is printed.
    AwaitingPost,
    /// On its way.
    Posted,
    /// The originals are here.
    Received,
    /// The payment is begun.
    Paying,
    /// Paid.
    Paid,
    /// Done.
    Closed,
    /// The bank sent the money back.
    Returned,
    /// An expert proposes to refuse it.
    Proposed,
    /// Refused.
    Refused,
    /// The office objects.
    Appealed,
}

/// The fates of the samples, in their order.
const FATES: [Fate; 4] = [Fate::Sent, Fate::Ruled, Fate::Sent, Fate::Draft];

/// The claims that were brought with their offices, and everybody who works in the demonstration.
#[derive(Clone, Debug, Default)]
pub struct Story {
    pub(super) claims: Vec<(Actor, ClaimId)>,
    pub(super) people: Vec<Actor>,
}

impl Story {
    /// Somebody of this role; the n-th, round and round.
    pub(super) fn somebody(&self, role: Role, n: usize) -> Option<&Actor> {
        let people: Vec<&Actor> = self.people.iter().filter(|actor| actor.role == role).collect();
        people.get(n % people.len().max(1)).copied()
    }
}

/// Plays the story of the samples; waits for the workers, which must be running.
///
/// # Errors
/// When the database fails or a step is refused.
pub async fn play(store: &Store, story: &Story) -> Result<(), DemoError> {
    for (place, (office, claim)) in story.claims.iter().enumerate() {
        advance(store, story, office, claim, FATES[place % FATES.len()], place).await?;
    }
    Ok(())
}

/// Takes a claim as far as its fate.
pub(super) async fn advance(
    store: &Store,
    story: &Story,
    office: &Actor,
    id: &ClaimId,
    fate: Fate,
    place: usize,
) -> Result<(), DemoError> {
    let Some(expert) = story.somebody(Role::Expert, place) else { return Ok(()) };
    if fate == Fate::Draft {
        return Ok(());
    }
    complete(store, office, id, place).await?;
    let Some(judged) = judged(store, office, id).await? else { return Ok(()) };
    send(store, office, judged).await?;
    if fate == Fate::Sent {
        return Ok(());
    }
    queue::open(store, expert, id).await?;
    if matches!(fate, Fate::Proposed | Fate::Refused | Fate::Appealed) {
        return Ok(refuse(store, story, office, expert, id, fate).await?);
    }
    rule(store, expert, id, fate == Fate::Ruled, place).await?;
    if fate != Fate::Ruled {
        settle(store, story, office, id, fate).await?;
    }
    Ok(())
}

/// Puts an invented paper where a needed one is lacking.
async fn complete(store: &Store, office: &Actor, id: &ClaimId, place: usize) -> Result<(), DemoError> {
    let claim = claim::detail(store, office, id).await?;
    for (round, slot) in claim.submittable.missing.iter().enumerate() {
        let title = i18n::text(Lang::Fa, &terms::slot_key(slot), &[]);
        let bytes = papers::paper(&title, &claim.insured.name, &claim.summary.number, place * 11 + round)?;
        let target = Target::Slot(slot.clone());
        let upload = Upload { claim: id.clone(), target, file_name: format!("{slot}.pdf"), bytes };
        upload::accept(store, office, upload).await?;
    }
    Ok(())
}

/// The claim once no paper is being checked; none when that takes too long.
async fn judged(store: &Store, office: &Actor, claim: &ClaimId) -> Result<Option<ClaimDetail>, ClaimError> {
    for _ in 0..MOST_LOOKS {
        let detail = claim::detail(store, office, claim).await?;
        if detail.submittable.checking.is_empty() {
            return Ok(Some(detail));
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    Ok(None)
}

async fn send(store: &Store, office: &Actor, claim: ClaimDetail) -> Result<(), ClaimError> {
    let id = &claim.summary.id;
    for paper in claim.documents.iter().filter(|paper| paper.state == DocumentState::Refused) {
        if let Some(version) = &paper.current {
            send_anyway(store, office, &version.summary.id, POOR_COPY_REASON).await?;
        }
    }
    let revision = claim::detail(store, office, id).await?.revision;
    submit(store, office, id, revision).await?;
    Ok(())
}

/// Rules on every paper; the first goes back where one is to be mended.
async fn rule(store: &Store, expert: &Actor, claim: &ClaimId, mend: bool, place: usize) -> Result<(), ClaimError> {
    let papers = claim::detail(store, expert, claim).await?.documents;
    for (round, paper) in papers.into_iter().enumerate() {
        let Some(version) = paper.current else { continue };
        let ruling = if mend && round == 0 {
            Ruling::Reject { codes: vec![REJECTION_CODE.to_owned()], note: Some(REJECTION_NOTE.to_owned()) }
        } else {
            let iban = (paper.slot == "bank-slip").then(|| account(place));
            Ruling::Approve(Ticks { iban, ..Ticks::original() })
        };
        let ruling = Decide { document: paper.id, version: version.summary.id, revision: paper.revision, ruling };
        decide(store, expert, &ruling).await?;
    }
    finish(store, expert, claim).await?;
    Ok(())
}

/// An invented account whose check digits hold (ISO 13616: 98 less the rest of the number with zeros in their place).
fn account(place: usize) -> String {
    let inner = format!("0120000000000{:09}", place + 1);
    let turned = format!("{inner}182700");
    let rest = turned.bytes().fold(0_u32, |rest, digit| (rest * 10 + u32::from(digit - b'0')) % 97);
    format!("IR{:02}{inner}", 98 - rest)
}

async fn refuse(
    store: &Store,
    story: &Story,
    office: &Actor,
    expert: &Actor,
    id: &ClaimId,
    fate: Fate,
) -> Result<(), ClaimError> {
    let word = async |reason: &str, codes: Vec<String>| {
        let revision = claim::detail(store, expert, id).await?.revision;
        Ok::<_, ClaimError>(Word { revision, codes, reason: reason.to_owned() })
    };
    refuse::propose(store, expert, id, &word(REFUSAL_REASON, vec![REFUSAL_CODE.to_owned()]).await?).await?;
    let Some(second) = story.somebody(Role::SeniorExpert, 0) else { return Ok(()) };
    if fate != Fate::Proposed {
        refuse::settle(store, second, id, &word("", Vec::new()).await?, true).await?;
    }
    if fate == Fate::Appealed {
        refuse::appeal(store, office, id, &word(APPEAL_REASON, Vec::new()).await?).await?;
    }
    Ok(())
}

/// The post and the money.
async fn settle(store: &Store, story: &Story, office: &Actor, id: &ClaimId, fate: Fate) -> Result<(), ClaimError> {
    let far = |step: Fate| fate as u8 >= step as u8;
    let revision = async || Ok::<_, ClaimError>(claim::detail(store, office, id).await?.revision);
    if far(Fate::AwaitingPost) {
        post::prepare(store, office, id, revision().await?).await?;
    }
    if far(Fate::Posted) {
        let number = claim::detail(store, office, id).await?.summary.number.replace('-', "");
        post::posted(store, office, id, revision().await?, &format!("99{number:0>22}")).await?;
    }
    let (Some(desk), Some(finance)) = (story.somebody(Role::PostDesk, 0), story.somebody(Role::Finance, 0)) else {
        return Ok(());
    };
    if far(Fate::Received) {
        let papers = claim::detail(store, desk, id).await?.documents;
        let seen: Vec<Seen> =
            papers.into_iter().map(|paper| Seen { document: paper.id, arrived: true, code: None }).collect();
        post::receive(store, desk, id, revision().await?, &seen).await?;
    }
    if far(Fate::Paying) {
        pay::step(store, finance, id, revision().await?, ClaimStep::StartPayment).await?;
    }
    if far(Fate::Paid) {
        let (amount, paid_on) = (AMOUNT.to_owned(), day_of(store.now()));
        let paid = Paid { revision: revision().await?, amount, reference: format!("{}", id.as_str().len()), paid_on };
        pay::record(store, finance, id, &paid).await?;
    }
    if fate == Fate::Closed {
        pay::step(store, finance, id, revision().await?, ClaimStep::Close).await?;
    }
    if fate == Fate::Returned {
        pay::returned(store, finance, id, revision().await?, RETURN_REASON).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invented_accounts_hold_their_check() {
        for place in 0..60 {
            assert!(sanad_checks::identity::ibn_bad::is_valid(&account(place)), "{}", account(place));
        }
    }
}
