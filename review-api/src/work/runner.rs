//! The workers: they take owed work, do it, and say that they are alive while they do.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::judge_upload::{self, Undone};
use super::reader::{PaperReader, ReadPaper};
use crate::store::tables::jobs::{self, Taken};
use crate::store::tables::versions::VersionRow;
use crate::store::{Store, StoreError, ids};

/// How the workers work.
#[derive(Clone, Copy, Debug)]
pub struct RunnerConfig {
    /// Papers read at the same time.
    pub at_once: usize,
    /// How long a worker may be silent before its work is given to another.
    pub lease: Duration,
    /// How often to look for work that nobody rang for.
    pub poll: Duration,
    /// How often a paper is tried before a person has to look.
    pub attempts: i64,
}

impl Default for RunnerConfig {
    fn default() -> Self {
        Self { at_once: 2, lease: Duration::from_secs(15), poll: Duration::from_secs(2), attempts: 5 }
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
    workers: Vec<JoinHandle<()>>,
}

impl Runner {
    /// Starts the workers; they begin with whatever is owed from before.
    #[must_use]
    pub fn start(store: &Store, reader: &Arc<dyn PaperReader>, config: RunnerConfig) -> Self {
        let (stop, stopped) = watch::channel(false);
        let workers = (0..config.at_once.max(1))
            .map(|_| {
                let worker = Worker {
                    name: ids::fresh(store.now(), store.chance()),
                    store: store.clone(),
                    reader: Arc::clone(reader),
                    config,
                };
                tokio::spawn(worker.work(stopped.clone()))
            })
            .collect();
        Self { stop, workers }
    }

    /// Lets every worker finish what it has in hand, and ends them.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for worker in self.workers {
            if let Err(error) = worker.await {
                tracing::error!(%error, "a worker ended in a panic");
            }
        }
    }
}

struct Worker {
    name: String,
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
        let job = jobs::take(&mut tx, &self.name, now, now.plus(self.config.lease)).await?;
        tx.commit().await?;
        Ok(job)
    }

    async fn perform(&self, job: &Taken) {
        if let Err(undone) = self.judge(job).await {
            tracing::warn!(job = %job.id, attempts = job.attempts, error = %undone, "a paper was not judged");
            if let Err(error) = self.put_back(job, &undone).await {
                // The lease runs out and another worker takes it.
                tracing::error!(job = %job.id, %error, "the job could not be put back");
            }
        }
    }

    async fn judge(&self, job: &Taken) -> Result<(), Undone> {
        if job.kind != judge_upload::KIND {
            tracing::error!(kind = job.kind, "a kind of work this program does not know");
            return self.done(job).await;
        }
        let Some(version) = judge_upload::owed(&self.store, job).await? else { return self.done(job).await };
        if job.attempts > self.config.attempts {
            // The worker died of it each time: no attempt of this one was ever reported.
            return judge_upload::give_up(&self.store, job, &self.name, &version, "attempts used up").await;
        }
        match self.read_alive(job, &version).await {
            Ok(read) => judge_upload::answer(&self.store, job, &self.name, &version, read).await,
            Err(undone) if job.attempts >= self.config.attempts && !undone.passes() => {
                tracing::error!(version = %version.id, error = %undone, "a paper is given up");
                judge_upload::give_up(&self.store, job, &self.name, &version, &undone.to_string()).await
            }
            Err(undone) => Err(undone),
        }
    }

    /// Reads the paper and says meanwhile that this worker is alive. The writing comes after: a
    /// sign of life in the middle of it would wait for the very transaction it is part of.
    async fn read_alive(&self, job: &Taken, version: &VersionRow) -> Result<ReadPaper, Undone> {
        let reading = judge_upload::read(&self.store, Arc::clone(&self.reader), version);
        tokio::pin!(reading);
        loop {
            tokio::select! {
                read = &mut reading => return read,
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
