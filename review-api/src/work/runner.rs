//! The workers: they take owed work, do it, and say that they are alive while they do.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::errand::{Errand, InHand, Undone};
use super::judge_upload::{self, JudgeUpload};
use super::keys_anew::{self, KeysAnew};
use super::read_paper::{self, ReadWordsOf};
use super::reader::PaperReader;
use super::same_numbers::{self, SameNumbers};
use super::seen_before::{self, SeenBefore};
use crate::store::tables::jobs::{self, Lane, Taken};
use crate::store::{Store, StoreError, ids};

/// How the workers work.
#[derive(Clone, Copy, Debug)]
pub struct RunnerConfig {
    /// Papers judged at the same time.
    pub at_once: usize,
    /// Papers whose words are read at the same time, by workers of their own: no verdict waits for them.
    pub words_at_once: usize,
    /// How long a worker may be silent before its work is given to another.
    pub lease: Duration,
    /// How often to look for work that nobody rang for.
    pub poll: Duration,
    /// How often a paper is tried before a person has to look.
    pub attempts: i64,
}

impl Default for RunnerConfig {
    fn default() -> Self {
        let (lease, poll) = (Duration::from_secs(15), Duration::from_secs(2));
        Self { at_once: 2, words_at_once: 1, lease, poll, attempts: 5 }
    }
}

/// The first pause after a failure; each further failure doubles it.
const FIRST_PAUSE: Duration = Duration::from_secs(1);

/// The longest pause after a failure.
const LONGEST_PAUSE: Duration = Duration::from_secs(120);

/// The pause while a disk is full or the database away.
const PASSING_PAUSE: Duration = Duration::from_secs(5);

/// Signs of life within a lease.
const SIGNS_OF_LIFE: u32 = 3;

/// The running workers.
#[derive(Debug)]
pub struct Runner {
    stop: watch::Sender<bool>,
    workers: Vec<(Lane, JoinHandle<()>)>,
}

impl Runner {
    /// Starts the workers; they begin with whatever is owed from before.
    #[must_use]
    pub fn start(store: &Store, reader: &Arc<dyn PaperReader>, config: RunnerConfig) -> Self {
        let (stop, stopped) = watch::channel(false);
        let quick = std::iter::repeat_n(Lane::Quick, config.at_once.max(1));
        let slow = std::iter::repeat_n(Lane::Slow, config.words_at_once.max(1));
        let workers = quick
            .chain(slow)
            .map(|lane| {
                let worker = Worker {
                    name: ids::fresh(store.now(), store.chance()),
                    lane,
                    store: store.clone(),
                    reader: Arc::clone(reader),
                    config,
                };
                (lane, tokio::spawn(worker.work(stopped.clone())))
            })
            .collect();
        Self { stop, workers }
    }

    /// Ends the workers. What somebody waits for is finished first; what takes its time is left owed, and taken up
    /// again at the next start.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for (lane, worker) in self.workers {
            if lane == Lane::Slow {
                worker.abort();
            } else if let Err(error) = worker.await {
                tracing::error!(%error, "a worker ended in a panic");
            }
        }
    }
}

struct Worker {
    name: String,
    lane: Lane,
    store: Store,
    reader: Arc<dyn PaperReader>,
    config: RunnerConfig,
}

impl Worker {
    async fn work(self, mut stopped: watch::Receiver<bool>) {
        let mut bell = self.store.bell();
        while !*stopped.borrow() {
            // Marked as heard before looking: what is rung for from here on wakes us below.
            bell.borrow_and_update();
            match self.take().await {
                Ok(Some(job)) => {
                    self.perform(&job).await;
                    continue;
                }
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "owed work could not be looked for"),
            }
            tokio::select! {
                _ = bell.changed() => {}
                _ = stopped.changed() => {}
                () = tokio::time::sleep(self.config.poll) => {}
            }
        }
    }

    async fn take(&self) -> Result<Option<Taken>, StoreError> {
        let mut tx = self.store.write().await?;
        let now = self.store.now();
        let job = jobs::take(&mut tx, &self.name, self.lane, now, now.plus(self.config.lease)).await?;
        tx.commit().await?;
        Ok(job)
    }

    async fn perform(&self, job: &Taken) {
        let done = match job.kind.as_str() {
            judge_upload::KIND => self.run::<JudgeUpload>(job).await,
            read_paper::KIND => self.run::<ReadWordsOf>(job).await,
            seen_before::KIND => self.run::<SeenBefore>(job).await,
            same_numbers::KIND => self.run::<SameNumbers>(job).await,
            keys_anew::KIND => self.run::<KeysAnew>(job).await,
            kind => {
                tracing::error!(kind, "a kind of work this program does not know");
                self.done(job).await
            }
        };
        if let Err(undone) = done {
            tracing::warn!(job = %job.id, kind = job.kind, attempts = job.attempts, error = %undone, "work was not done");
            if let Err(error) = self.put_back(job, &undone).await {
                // The lease runs out and another worker takes it.
                tracing::error!(job = %job.id, %error, "the job could not be put back");
            }
        }
    }

    async fn run<E: Errand>(&self, job: &Taken) -> Result<(), Undone> {
        let at = InHand { store: &self.store, job, worker: &self.name };
        let Some(subject) = E::subject(&self.store, job).await? else { return self.done(job).await };
        if job.attempts > self.config.attempts {
            // The worker died of it each time: no attempt of this one was ever reported.
            return E::give_up(at, &subject, "attempts used up").await;
        }
        match self.make_alive::<E>(job, &subject).await {
            Ok(made) => E::answer(at, &subject, made).await,
            Err(undone) if job.attempts >= self.config.attempts && !undone.passes() => {
                tracing::error!(job = %job.id, kind = job.kind, error = %undone, "work is given up");
                E::give_up(at, &subject, &undone.to_string()).await
            }
            Err(undone) => Err(undone),
        }
    }

    /// Does the long part and says meanwhile that this worker is alive. The writing comes after: a
    /// sign of life in the middle of it would wait for the very transaction it is part of.
    async fn make_alive<E: Errand>(&self, job: &Taken, subject: &E::Subject) -> Result<E::Made, Undone> {
        let making = E::make(&self.store, Arc::clone(&self.reader), subject);
        tokio::pin!(making);
        loop {
            tokio::select! {
                made = &mut making => return made,
                () = tokio::time::sleep(self.config.lease / SIGNS_OF_LIFE) => self.sign_of_life(job).await?,
            }
        }
    }

    async fn sign_of_life(&self, job: &Taken) -> Result<(), Undone> {
        let mut tx = self.store.write().await?;
        let until = self.store.now().plus(self.config.lease);
        if !jobs::renew(&mut tx, &job.id, &self.name, until).await? {
            tracing::warn!(job = %job.id, "the job was given to another worker");
        }
        Ok(tx.commit().await.map_err(StoreError::from)?)
    }

    async fn done(&self, job: &Taken) -> Result<(), Undone> {
        let mut tx = self.store.write().await?;
        jobs::finish(&mut tx, &job.id, &self.name).await?;
        Ok(tx.commit().await.map_err(StoreError::from)?)
    }

    async fn put_back(&self, job: &Taken, why: &Undone) -> Result<(), StoreError> {
        let (now, words) = (self.store.now(), why.to_string());
        let mut tx = self.store.write().await?;
        if why.passes() {
            jobs::wait(&mut tx, &job.id, &self.name, now.plus(PASSING_PAUSE), &words).await?;
        } else {
            jobs::put_back(&mut tx, &job.id, &self.name, now.plus(pause(job.attempts)), &words).await?;
        }
        Ok(tx.commit().await?)
    }
}

fn pause(attempts: i64) -> Duration {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0);
    let factor = 1_u32.checked_shl(doublings).unwrap_or(u32::MAX);
    FIRST_PAUSE.saturating_mul(factor).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        assert_eq!(pause(1), FIRST_PAUSE);
        assert_eq!(pause(3), 4 * FIRST_PAUSE);
        assert_eq!(pause(60), LONGEST_PAUSE);
    }
}
