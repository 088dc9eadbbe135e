//! An act: one writing transaction with its time, its actor, its entry in the record, and what
//! is told once it is committed.

use super::clock::{Chance, UnixMs};
use super::ids::{JobId, UserId};
use super::sql::Tx;
use super::tables::events::EventRow;
use super::tables::jobs::{self, Owed};
use super::{Live, Store, StoreError};
use crate::audit::{Entry, chain};

/// An open act; dropped without [`Act::commit`] it never happened.
#[derive(Debug)]
pub(crate) struct Act<'s> {
    store: &'s Store,
    pub(crate) tx: Tx,
    pub(crate) now: UnixMs,
    actor: Option<UserId>,
    told: Vec<Live>,
    owes_work: bool,
}

impl Store {
    /// Begins an act of this person; of the office's own machinery when there is none.
    pub(crate) async fn act(&self, actor: Option<&UserId>) -> Result<Act<'_>, StoreError> {
        Ok(Act {
            store: self,
            tx: self.write().await?,
            now: self.now(),
            actor: actor.cloned(),
            told: Vec::new(),
            owes_work: false,
        })
    }
}

impl Act<'_> {
    /// Chance, for fresh identifiers.
    pub(crate) fn chance(&self) -> &dyn Chance {
        self.store.chance()
    }

    /// Appends an entry to the record and remembers to tell it. Call it last: it holds the chain.
    pub(crate) async fn record(&mut self, entry: Entry) -> Result<EventRow, StoreError> {
        let row = chain::append(&mut self.tx, self.now, self.actor.as_ref(), &entry).await?;
        let subject = entry.subject;
        if let (true, Some(office), Some(claim)) = (entry.kind.told(), subject.office, subject.claim) {
            let (document, version) = (subject.document, subject.version);
            self.told.push(Live { seq: row.seq, kind: entry.kind.as_str(), office, claim, document, version });
        }
        Ok(row)
    }

    /// Hands in work; a worker is woken for it when the act is committed.
    pub(crate) async fn owe(&mut self, owed: &Owed) -> Result<(), StoreError> {
        let (id, now) = (JobId::fresh(self.now, self.chance()), self.now);
        jobs::insert(&mut self.tx, &id, owed, now).await?;
        self.owes_work = true;
        Ok(())
    }

    /// Makes the act durable, then tells of it.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        self.tx.commit().await?;
        for live in self.told {
            // Nobody listening is no fault.
            drop(self.store.live.send(live));
        }
        if self.owes_work {
            self.store.bell.send_modify(|rung| *rung = rung.wrapping_add(1));
        }
        Ok(())
    }
}
