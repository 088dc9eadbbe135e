//! What a page is known again by, taken in the child beside its judgement.

use sanad_checks::duplicates::fingerprint::{Unfit, fingerprint_by};
use sanad_checks::legibility::marks::Marks;
use sanad_checks::page::Luma;
use sha2::{Digest, Sha256};

/// Bytes of a SHA-256.
const HASH_BYTES: usize = 32;

/// What a page is known again by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageIdentity {
    /// SHA-256 of the size and brightness of the upright page: the same picture in another wrapping (a PDF around
    /// a scan, other metadata) has the same.
    pub pixels_sha256: [u8; HASH_BYTES],
    /// The stored form of [`sanad_checks::duplicates::fingerprint::Fingerprint`], or why there is none.
    pub fingerprint: Result<Vec<u8>, Unfit>,
}

impl PageIdentity {
    /// The identity of an upright page with these marks.
    pub(crate) fn of(luma: &Luma, marks: &Marks) -> Self {
        let mut hash = Sha256::new();
        hash.update((luma.width() as u64).to_le_bytes());
        hash.update((luma.height() as u64).to_le_bytes());
        hash.update(luma.pixels());
        let fingerprint = fingerprint_by(luma, marks).map(|print| print.to_bytes());
        Self { pixels_sha256: hash.finalize().into(), fingerprint }
    }

    /// As it travels from the child: hash, one byte for the outcome, the fingerprint.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = self.pixels_sha256.to_vec();
        match &self.fingerprint {
            Ok(bytes) => {
                out.push(0);
                out.extend(bytes);
            }
            Err(Unfit::Small) => out.push(1),
            Err(Unfit::Plain) => out.push(2),
            Err(Unfit::Texture) => out.push(3),
        }
        out
    }

    /// Reads what [`Self::to_bytes`] wrote; `None` for anything else.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (hash, rest) = bytes.split_first_chunk::<HASH_BYTES>()?;
        let (outcome, print) = rest.split_first()?;
        let fingerprint = match outcome {
            0 => Ok(print.to_vec()),
            1 => Err(Unfit::Small),
            2 => Err(Unfit::Plain),
            3 => Err(Unfit::Texture),
            _ => return None,
        };
        Some(Self { pixels_sha256: *hash, fingerprint })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_survive_the_pipe() {
        let identity = |luma: Luma| PageIdentity::of(&luma, &Marks::of(&luma));
        let blank = identity(Luma::filled(300, 200, 255));
        assert_eq!(blank.fingerprint, Err(Unfit::Plain));
        assert_eq!(identity(Luma::filled(20, 900, 255)).fingerprint, Err(Unfit::Small));
        let some = PageIdentity { fingerprint: Ok(vec![1, 2, 3]), ..blank.clone() };
        for identity in [blank, some] {
            assert_eq!(PageIdentity::from_bytes(&identity.to_bytes()), Some(identity));
        }
        assert_eq!(PageIdentity::from_bytes(&[7; 20]), None);
    }
}
