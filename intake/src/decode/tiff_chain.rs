//! The chain of directories in a TIFF, walked before any picture is decoded: how many pages there
//! are, which are mere thumbnails, and whether the chain is sound.
//!
//! Source of the layout: TIFF 6.0, section 2, and the BigTIFF proposal for the wider offsets.

/// Longest chain that is walked; far over any allowed count of pages.
const MAX_DIRECTORIES: usize = 100_000;

/// Tag that marks a reduced copy of another picture with its lowest bit.
const NEW_SUBFILE_TYPE: u16 = 254;

/// The chain of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chain {
    /// For each directory in order, whether it is a page and not a reduced copy.
    pub(super) is_page: Vec<bool>,
    /// The chain bites its own tail or leads out of the file.
    pub(super) broken: bool,
}

impl Chain {
    /// How many pages there are.
    pub(super) fn pages(&self) -> u64 {
        self.is_page.iter().filter(|&&page| page).count() as u64
    }
}

/// Numbers in the file's byte order and width.
struct Layout<'b> {
    bytes: &'b [u8],
    little: bool,
    big: bool,
}

impl Layout<'_> {
    fn number(&self, at: u64, width: usize) -> Option<u64> {
        let at = usize::try_from(at).ok()?;
        let field = self.bytes.get(at..at.checked_add(width)?)?;
        let fold = |value, &byte: &u8| value << 8 | u64::from(byte);
        Some(if self.little { field.iter().rev().fold(0, fold) } else { field.iter().fold(0, fold) })
    }

    /// Whether the directory at this place is a page, and where the next one is.
    fn directory(&self, at: u64) -> Option<(bool, u64)> {
        let (count_width, entry, offset_width) = if self.big { (8, 20, 8) } else { (2, 12, 4) };
        let count = self.number(at, count_width)?;
        let first = at.checked_add(count_width as u64)?;
        let after = first.checked_add(count.checked_mul(entry)?)?;
        let next = self.number(after, offset_width)?;
        let mut is_page = true;
        for index in 0..count {
            let place = first + index * entry;
            if self.number(place, 2)? == u64::from(NEW_SUBFILE_TYPE) {
                let value = place + if self.big { 12 } else { 8 };
                is_page = self.number(value, 4)? & 1 == 0;
            }
        }
        Some((is_page, next))
    }
}

/// Walks the chain.
pub(super) fn walk(bytes: &[u8]) -> Chain {
    let little = bytes.first() == Some(&b'I');
    let mut layout = Layout { bytes, little, big: false };
    layout.big = layout.number(2, 2) == Some(43);
    let first = if layout.big { layout.number(8, 8) } else { layout.number(4, 4) };
    let mut chain = Chain::default();
    let mut seen = std::collections::HashSet::new();
    let mut at = first.unwrap_or(0);
    while at != 0 {
        let fresh = seen.insert(at) && chain.is_page.len() < MAX_DIRECTORIES;
        let Some((is_page, next)) = layout.directory(at).filter(|_| fresh) else {
            chain.broken = true;
            break;
        };
        chain.is_page.push(is_page);
        at = next;
    }
    // Some writers mark every page as a reduced copy; then the mark means nothing.
    if chain.pages() == 0 {
        chain.is_page.fill(true);
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A little-endian file of directories without entries, each leading to the next offset given.
    fn file(nexts: &[u32]) -> Vec<u8> {
        let mut bytes = b"II\x2a\0\x08\0\0\0".to_vec();
        for next in nexts {
            bytes.extend([0, 0]);
            bytes.extend(next.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn chains_are_counted() {
        assert_eq!(walk(&file(&[14, 0])), Chain { is_page: vec![true, true], broken: false });
    }

    #[test]
    fn loops_and_ways_out_of_the_file_are_seen() {
        assert_eq!(walk(&file(&[14, 8])), Chain { is_page: vec![true, true], broken: true });
        assert_eq!(walk(&file(&[9999])), Chain { is_page: vec![true], broken: true });
        assert_eq!(walk(b"II\x2a\0\xff\xff\xff\xff"), Chain { is_page: vec![], broken: true });
        assert_eq!(walk(b"II\x2a"), Chain::default());
    }
}
