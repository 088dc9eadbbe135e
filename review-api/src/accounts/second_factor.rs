//! The second factor: a code from the telephone that changes every half minute (RFC 6238), and ten codes on
//! paper for the day the telephone is lost.

use sha2::{Digest as _, Sha256};
use totp_rs::{Algorithm, Secret, TOTP};

use super::sessions::{self, OpenSession};
use super::{AccountError, Actor, Fault, throttle};
use crate::audit::{Entry, EventKind};
use crate::claim::text::ascii_digits;
use crate::i18n::msg;
use crate::store::clock::{Chance, UnixMs};
use crate::store::tables::{recovery_codes, users};
use crate::store::{Store, StoreError, hex};

/// Digits of a code, seconds it lasts, and steps to either side that a slow clock is forgiven.
const DIGITS: usize = 6;
const STEP_S: i64 = 30;
const FORGIVEN_STEPS: i64 = 1;
/// Bytes of the secret: as many as the hash has (RFC 4226, section 4).
const SECRET_BYTES: usize = 20;
/// Codes on paper, and the letters of each: no vowels, so no words, and no signs that look alike.
const RECOVERY_CODES: usize = 10;
const RECOVERY_CHARS: usize = 10;
const RECOVERY_ALPHABET: &[u8; 28] = b"23456789BCDFGHJKLMNPQRSTVWXZ";
const MILLIS: i64 = 1000;
/// The name under which telephones list the account.
const ISSUER: &str = "Sanad";

/// What the telephone needs to be told.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// The secret in letters, for typing.
    pub secret: String,
    /// The address that the picture holds.
    pub uri: String,
    /// The picture as SVG.
    pub picture: String,
}

fn totp(secret: &str) -> Option<TOTP> {
    let bytes = Secret::Encoded(secret.to_owned()).to_bytes().ok()?;
    TOTP::new(Algorithm::SHA1, DIGITS, 0, STEP_S.unsigned_abs(), bytes).ok()
}

/// The code of a secret at a moment, for tests and for nobody else.
#[must_use]
pub fn code_at(secret: &str, unix_s: u64) -> String {
    totp(secret).map(|totp| totp.generate(unix_s)).unwrap_or_default()
}

/// The time step for which this code is right now, if for any.
fn step_of(secret: &str, typed: &str, now: UnixMs) -> Option<i64> {
    let typed: String = ascii_digits(typed).chars().filter(char::is_ascii_digit).collect();
    let totp = totp(secret)?;
    let here = now.0 / MILLIS / STEP_S;
    (here - FORGIVEN_STEPS..=here + FORGIVEN_STEPS)
        .find(|step| typed.len() == DIGITS && totp.generate((step * STEP_S).unsigned_abs()) == typed)
}

fn recovery_hash(typed: &str) -> String {
    let bare: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    hex(&Sha256::digest(bare.as_bytes()))
}

fn recovery_code(chance: &dyn Chance) -> String {
    let mut random = [0; RECOVERY_CHARS];
    chance.fill(&mut random);
    let mut code = String::new();
    for (place, byte) in random.iter().enumerate() {
        if place == RECOVERY_CHARS / 2 {
            code.push('-');
        }
        code.push(char::from(RECOVERY_ALPHABET[usize::from(*byte) % RECOVERY_ALPHABET.len()]));
    }
    code
}

fn picture(uri: &str) -> String {
    let drawn = qrcode::QrCode::new(uri.as_bytes())
        .map(|code| code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(200, 200).build());
    let text = drawn.unwrap_or_default();
    // Only the element itself may stand inside a page.
    text.find("<svg").map_or_else(String::new, |at| text[at..].to_owned())
}

/// Begins or goes on with setting up the second factor of a half session: the secret stays the same until it
/// is proved, so that a reloaded page shows no other picture.
///
/// # Errors
/// [`AccountError::NotFound`] when the half session ended or a second factor is there already.
pub async fn enrol(store: &Store, half: &str) -> Result<Enrolment, AccountError> {
    let mut act = store.act(None).await?;
    let now = act.now;
    let user = sessions::half(&mut act.tx, half, now).await?.ok_or(AccountError::NotFound)?;
    if user.totp_step.is_some() {
        return Err(AccountError::NotFound);
    }
    let secret = match user.totp_secret {
        Some(secret) => secret,
        None => {
            let mut random = vec![0; SECRET_BYTES];
            act.chance().fill(&mut random);
            let secret = Secret::Raw(random).to_encoded().to_string();
            users::set_totp(&mut act.tx, &user.actor.user, Some(&secret), None).await?;
            secret
        }
    };
    act.commit().await?;
    let name = crate::http::urlencode(&user.actor.user_name);
    let uri = format!("otpauth://totp/{ISSUER}:{name}?secret={secret}&issuer={ISSUER}");
    Ok(Enrolment { picture: picture(&uri), secret, uri })
}

/// A session that a second factor completed.
#[derive(Clone)]
pub struct Completed {
    /// The session.
    pub session: OpenSession,
    /// Fresh codes on paper, told once, after the first code.
    pub recovery: Vec<String>,
}

/// Takes a code of the telephone or of the paper and makes the half session whole.
///
/// # Errors
/// [`AccountError::NotFound`] when the half session ended; a [`Fault`] when the code does not count;
/// [`AccountError::Throttled`] after too many of them.
pub async fn complete(store: &Store, half: &str, typed: &str, address: &str) -> Result<Completed, AccountError> {
    let now = store.now();
    let mut tx = store.read().await?;
    let user = sessions::half(&mut tx, half, now).await?.ok_or(AccountError::NotFound)?;
    drop(tx);
    let brake = format!("code:{}", user.actor.user_name);
    if let Some(until) = throttle::blocked_until(store, &brake, address).await? {
        return Err(AccountError::Throttled { until });
    }
    let secret = user.totp_secret.as_deref().ok_or(AccountError::NotFound)?;
    let mut act = store.act(Some(&user.actor.user)).await?;
    let first = user.totp_step.is_none();
    let taken = match step_of(secret, typed, now) {
        Some(step) => users::take_step(&mut act.tx, &user.actor.user, step).await?,
        None if first => false,
        None => recovery_codes::take(&mut act.tx, &user.actor.user, &recovery_hash(typed), now).await?,
    };
    if !taken {
        drop(act);
        throttle::count(store, &brake, address).await?;
        return Err(Fault { field: "code", key: msg("refusal-code-wrong") }.into());
    }
    let mut recovery = Vec::new();
    if first {
        recovery = (0..RECOVERY_CODES).map(|_| recovery_code(act.chance())).collect();
        let hashes: Vec<String> = recovery.iter().map(|code| recovery_hash(code)).collect();
        recovery_codes::replace(&mut act.tx, &user.actor.user, &hashes, now).await?;
        act.record(Entry::new(EventKind::SecondFactorSet)).await?;
    }
    act.commit().await?;
    throttle::forgive(store, &brake, address).await?;
    let session = sessions::complete(store, half, user.actor, address).await?;
    Ok(Completed { session, recovery })
}

/// Codes on paper that still count; none for somebody without a second factor.
///
/// # Errors
/// When the database fails.
pub async fn recovery_left(store: &Store, actor: &Actor) -> Result<Option<i64>, StoreError> {
    let mut tx = store.read().await?;
    let proved = users::by_id(&mut tx, &actor.user).await?.is_some_and(|user| user.totp_step.is_some());
    if proved { Ok(Some(recovery_codes::left(&mut tx, &actor.user).await?)) } else { Ok(None) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B, whose eight digits end in these six.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_are_those_of_the_standard() {
        assert_eq!(code_at(SECRET, 59), "287082");
        assert_eq!(code_at(SECRET, 1_111_111_109), "081804");
        assert_eq!(step_of(SECRET, "۲۸۷ ۰۸۲", UnixMs(59_000)), Some(1));
        assert_eq!(step_of(SECRET, "287082", UnixMs(89_000)), Some(1), "half a minute late is forgiven");
        assert_eq!(step_of(SECRET, "287082", UnixMs(120_000)), None);
        assert_eq!(step_of(SECRET, "", UnixMs(59_000)), None);
    }

    #[test]
    fn paper_codes_fold() {
        assert_eq!(recovery_hash("bcd23-fghjk"), recovery_hash("BCD23FGHJK"));
        let code = recovery_code(&crate::store::clock::SeededChance::new(1));
        assert_eq!(code.len(), RECOVERY_CHARS + 1);
    }
}
