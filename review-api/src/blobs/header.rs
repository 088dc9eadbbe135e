//! The first bytes of every blob: what it is and which key it is sealed with.

/// Marks a file as one of ours.
const MAGIC: [u8; 8] = *b"SANADBLB";

/// The layout this program writes.
const VERSION: u32 = 1;

/// The key that stands for no sealing.
const PLAIN: u32 = 0;

/// Layout: magic (8 bytes), version (u32, little-endian), key (u32, little-endian).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// The key the bytes are sealed with, 0 for none.
    pub(super) key: u32,
}

impl Header {
    /// Bytes the header takes.
    pub(super) const LENGTH: usize = 16;

    /// The header of unsealed bytes.
    pub(super) const fn plain() -> Self {
        Self { key: PLAIN }
    }

    /// Whether the bytes behind it are unsealed.
    pub(super) const fn is_plain(self) -> bool {
        self.key == PLAIN
    }

    /// As it is written.
    pub(super) fn to_bytes(self) -> [u8; Self::LENGTH] {
        let mut bytes = [0; Self::LENGTH];
        bytes[..8].copy_from_slice(&MAGIC);
        bytes[8..12].copy_from_slice(&VERSION.to_le_bytes());
        bytes[12..].copy_from_slice(&self.key.to_le_bytes());
        bytes
    }

    /// The header at the start of a file; `None` when it is not one of ours.
    pub(super) fn read(file: &[u8]) -> Option<Self> {
        let head: &[u8; Self::LENGTH] = file.first_chunk()?;
        let number = |from: usize| head[from..].first_chunk().map(|bytes| u32::from_le_bytes(*bytes));
        (head.starts_with(&MAGIC) && number(8) == Some(VERSION)).then_some(())?;
        Some(Self { key: number(12)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_reads_back() {
        let header = Header { key: 77 };
        assert_eq!(Header::read(&header.to_bytes()), Some(header));
        assert_eq!(Header::read(b"short"), None);
        let mut future = header.to_bytes();
        future[8] = 9;
        assert_eq!(Header::read(&future), None);
    }
}
