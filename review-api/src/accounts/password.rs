//! Passwords as argon2id hashes.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

use crate::claim::text::ascii_digits;
use crate::store::StoreError;
use crate::store::clock::Chance;

/// Random bytes that make equal passwords hash differently.
const SALT_BYTES: usize = 16;

/// Stands in where there is no account, so that the answer takes as long.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash_with("nobody has this password", &[0; SALT_BYTES]).unwrap_or_default());

fn hash_with(password: &str, salt: &[u8]) -> Result<String, StoreError> {
    let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), salt);
    hash.map(|hash| hash.to_string()).map_err(|_| StoreError::PasswordHash)
}

/// A password is the same whether its digits were typed on a Persian, an Arabic or a Latin keyboard: else a
/// keyboard that stands otherwise the next day would lock its owner out.
pub(super) fn normal(password: &str) -> String {
    ascii_digits(password)
}

/// The hash of a password with a fresh salt. Takes tens of milliseconds of one core.
pub(crate) fn hash(password: &str, chance: &dyn Chance) -> Result<String, StoreError> {
    let mut salt = [0; SALT_BYTES];
    chance.fill(&mut salt);
    hash_with(&normal(password), &salt)
}

/// Whether the password is that of the hash; without a hash never, and as slowly.
pub(super) async fn verify(password: String, hash: Option<String>) -> Result<bool, StoreError> {
    let check = tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        let parsed = PasswordHash::new(&hash).map_err(|_| StoreError::PasswordHash)?;
        Ok(Argon2::default().verify_password(normal(&password).as_bytes(), &parsed).is_ok() && known)
    });
    check.await.map_err(|_| StoreError::Stopped)?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::clock::SeededChance;

    #[tokio::test]
    async fn only_the_right_password_opens() {
        let hash = hash("گذرواژه ۱", &SeededChance::new(3)).unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify("گذرواژه ۱".into(), Some(hash.clone())).await.unwrap());
        assert!(verify("گذرواژه 1".into(), Some(hash.clone())).await.unwrap(), "another keyboard, the same digit");
        assert!(!verify("گذرواژه ۲".into(), Some(hash)).await.unwrap());
        assert!(!verify("nobody has this password".into(), None).await.unwrap());
    }
}
