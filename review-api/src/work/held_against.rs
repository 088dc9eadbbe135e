//! Pages of the register that are held against a new one.
//!
//! A first look at all of them tells which are worth a closer one, and those that are other people's for certain tell what the
//! form prints.

use std::borrow::Cow;
use std::sync::Arc;

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use sanad_checks::duplicates::align::Prepared;
use sanad_checks::duplicates::mates::Kin;
use sanad_checks::duplicates::relation::{Answer, Closer, FirstLook, Form, RelationThresholds};
use sanad_intake::ocr::figures;
use sanad_intake::ocr::number::NumberReader;

use super::candidates::Candidate;
use super::errand::{Undone, aside};
use super::seen_before::ready;
use crate::store::Store;
use crate::store::tables::seen_pages::SeenPage;

/// Pages that are held against a new one at the same time, and statements that look for them: with both cores of a small machine an
/// answer is there in half the time, and more would only keep those waiting who send a paper meanwhile.
pub const AT_ONCE: usize = 2;

/// A page of the register and what it is to the new one.
pub(super) struct Met {
    pub(super) other: SeenPage,
    pub(super) answer: Answer,
    candidate: Candidate,
    theirs: Prepared,
}

/// A page of the register that lies on the new one.
struct Held {
    other: SeenPage,
    candidate: Candidate,
    theirs: Prepared,
    look: FirstLook,
}

/// The new page, and with what it is looked at.
struct New {
    page: Prepared,
    number: i64,
    limits: RelationThresholds,
    reader: NumberReader,
}

/// Two pages, the earlier one as it stands and the later one turned to it.
struct InOneFrame<'p> {
    pages: [&'p Prepared; 2],
    /// Clockwise quarters by which the new page stands turned.
    turned: u8,
}

/// What pages of the register are to a new one of this number, of those that lie on it.
///
/// # Errors
/// When a page cannot be read.
pub(super) async fn held_against(
    store: &Store,
    page: Prepared,
    number: i64,
    others: Vec<(SeenPage, Candidate)>,
) -> Result<Vec<Met>, Undone> {
    let (limits, reader) = (RelationThresholds::default(), NumberReader::new());
    let new = Arc::new(New { page, number, limits, reader });
    let looking = others.into_iter().map(|(other, candidate)| looked_at(store, Arc::clone(&new), other, candidate));
    let looks: Vec<Option<Held>> = stream::iter(looking).buffered(AT_ONCE).try_collect().await?;
    let held: Vec<Held> = looks.into_iter().flatten().collect();
    let (mut closer, mut next) = Closer::of(held.iter().map(|held| Some(&held.look)));
    let mut met: Vec<Option<Met>> = held.iter().map(|_| None).collect();
    let mut held: Vec<Option<Held>> = held.into_iter().map(Some).collect();
    while !next.is_empty() {
        let looked_at: Vec<(usize, Held)> = next.into_iter().filter_map(|at| Some((at, held[at].take()?))).collect();
        let meeting = looked_at.into_iter().map(|(at, held)| {
            let new = Arc::clone(&new);
            aside(move || (at, new.meets(held)))
        });
        let found: Vec<(usize, Option<Met>)> = stream::iter(meeting).buffered(AT_ONCE).try_collect().await?;
        let again = found.iter().filter(|(_, met)| met.as_ref().is_some_and(|met| met.answer.may_be_again()));
        next = closer.further(again.count());
        found.into_iter().for_each(|(at, found)| met[at] = found);
    }
    aside(move || {
        for (met, held) in met.iter_mut().zip(held) {
            *met = held.map(|held| new.of_another(held)).or_else(|| met.take());
        }
        new.settled_by_the_form(met.into_iter().flatten().collect())
    })
    .await
}

async fn looked_at(
    store: &Store,
    new: Arc<New>,
    other: SeenPage,
    candidate: Candidate,
) -> Result<Option<Held>, Undone> {
    let Some(print) = other.print.as_deref() else { return Ok(None) };
    let Some(theirs) = ready(store, print).await? else { return Ok(None) };
    aside(move || {
        let in_turn = |quarters| new.beside(&theirs, candidate.standing(quarters)).pages;
        let (quarters, look) = FirstLook::in_turns((candidate.quarters, candidate.others), in_turn, &new.limits)?;
        Some(Held { other, candidate: candidate.standing(quarters), theirs, look })
    })
    .await
}

impl New {
    /// Beside a page of the register.
    fn beside<'p>(&'p self, other: &'p Prepared, candidate: Candidate) -> InOneFrame<'p> {
        if candidate.page < self.number {
            let turned = candidate.quarters;
            InOneFrame { pages: [other, self.page.standing(turned)], turned }
        } else {
            InOneFrame { pages: [&self.page, other.standing(candidate.back())], turned: 0 }
        }
    }

    /// What a closer look at a page says.
    fn meets(&self, Held { other, candidate, theirs, look }: Held) -> Option<Met> {
        let pages = self.beside(&theirs, candidate).pages;
        let answer = figures::looked_at_again(look, pages, &self.limits, &self.reader)?;
        Some(Met { other, answer, candidate, theirs })
    }

    /// A page that is not worth one.
    fn of_another(&self, Held { other, candidate, theirs, look }: Held) -> Met {
        let [first, second] = self.beside(&theirs, candidate).pages;
        let answer = look.of_one_form(first, second);
        Met { other, answer, candidate, theirs }
    }

    /// What pages left open, once those of the others that are of their form were asked.
    fn settled_by_the_form(&self, mut met: Vec<Met>) -> Vec<Met> {
        let settle = |open: &Met| {
            let InOneFrame { pages: [first, second], turned } = self.beside(&open.theirs, open.candidate);
            let mates = || {
                let of_the_form = met.iter().filter_map(|met| Some((Kin::of(&met.answer)?, met)));
                let asked = Kin::asked(of_the_form.collect()).into_iter();
                asked.map(|met| (Cow::Borrowed(&met.theirs), (met.candidate.back() + turned) % 4)).collect::<Vec<_>>()
            };
            let forms = [first, second].map(|page| Form::of(page, mates()));
            figures::settled_by_form([first, second], forms.each_ref(), &self.limits, &self.reader)
        };
        let open = met.iter().enumerate().filter(|(_, met)| met.answer.open_to_form);
        let settled: Vec<(usize, Answer)> = open.filter_map(|(at, met)| Some((at, settle(met)?))).collect();
        for (at, answer) in settled {
            met[at].answer = answer;
        }
        met
    }
}
