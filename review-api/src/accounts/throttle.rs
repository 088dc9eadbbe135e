//! The brake on guessing: for each account and address together and for each alone, longer with each failure.

use std::time::Duration;

use crate::store::clock::UnixMs;
use crate::store::tables::login_failures::{self as rows, Failures};
use crate::store::{Store, StoreError};

/// Wrong passwords that cost nothing: people mistype. For one account from one address, for one account from
/// everywhere, and from one address for all accounts; an office shares one address.
const FREE_FAILURES: i64 = 5;
const FREE_OF_ACCOUNT: i64 = 40;
const FREE_OF_ADDRESS: i64 = 60;

/// Stands for every account or every address; no typed name and no address is spelled so.
const EVERY: &str = "*";

/// The first wait; every further failure doubles it.
const FIRST_WAIT: Duration = Duration::from_secs(30);

/// The longest wait.
const LONGEST_WAIT: Duration = Duration::from_secs(3600);

/// Failures older than this are forgotten.
const FORGET_AFTER: Duration = Duration::from_secs(24 * 3600);

/// Characters of a typed name that are kept: nobody fills the table with long ones.
const KEPT_CHARS: usize = 100;

fn account(name: &str) -> String {
    name.to_lowercase().chars().take(KEPT_CHARS).collect()
}

/// The three brakes of an attempt, each with the failures it lets pass.
fn brakes<'a>(account: &'a str, address: &'a str) -> [(&'a str, &'a str, i64); 3] {
    [(account, address, FREE_FAILURES), (account, EVERY, FREE_OF_ACCOUNT), (EVERY, address, FREE_OF_ADDRESS)]
}

/// When the next attempt is heard, if not now.
pub(super) async fn blocked_until(store: &Store, name: &str, address: &str) -> Result<Option<UnixMs>, StoreError> {
    let name = account(name);
    let mut tx = store.read().await?;
    let mut latest = None;
    for (account, address, _) in brakes(&name, address) {
        let until = rows::find(&mut tx, account, address).await?.map(|known| known.blocked_until);
        latest = latest.max(until);
    }
    Ok(latest.filter(|until| *until > store.now()))
}

/// Counts a wrong password.
pub(super) async fn count(store: &Store, name: &str, address: &str) -> Result<(), StoreError> {
    let (name, now) = (account(name), store.now());
    let mut tx = store.write().await?;
    for (account, address, free) in brakes(&name, address) {
        let known = rows::find(&mut tx, account, address).await?;
        let before = known.filter(|known| known.last_at > now.minus(FORGET_AFTER)).map_or(0, |known| known.count);
        let count = before + 1;
        let failures = Failures { count, last_at: now, blocked_until: now.plus(wait(count, free)) };
        rows::set(&mut tx, account, address, &failures).await?;
    }
    Ok(tx.commit().await?)
}

/// Forgets the failures of this account here after a right password; what others did stays counted.
pub(super) async fn forgive(store: &Store, name: &str, address: &str) -> Result<(), StoreError> {
    let mut tx = store.write().await?;
    rows::clear(&mut tx, &account(name), address).await?;
    Ok(tx.commit().await?)
}

fn wait(failures: i64, free: i64) -> Duration {
    let beyond = failures - free;
    if beyond < 0 {
        return Duration::ZERO;
    }
    let doublings = u32::try_from(beyond).unwrap_or(u32::MAX);
    let factor = 1_u32.checked_shl(doublings).unwrap_or(u32::MAX);
    FIRST_WAIT.saturating_mul(factor).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        assert_eq!(wait(4, 5), Duration::ZERO);
        assert_eq!(wait(5, 5), FIRST_WAIT);
        assert_eq!(wait(6, 5), 2 * FIRST_WAIT);
        assert_eq!(wait(500, 40), LONGEST_WAIT);
    }
}
