//! How much of a content is in another one.
//!
//! The idea is that of git's rename detection, as its documentation tells it (gitdiffcore, "diffcore-rename"): contents are
//! cut into lines, long ones into pieces, and what counts is how many bytes of equal pieces both have, wherever they
//! stand. It needs no alignment, so each content is cut once however often it is compared.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// The longest piece, in bytes.
const PIECE: usize = 64;

/// A content cut into pieces.
#[derive(Debug)]
pub(super) struct Pieces {
    /// The length of the content in bytes.
    size: usize,
    /// The hash of each different piece and the bytes of all pieces that have it, ascending.
    bytes: Vec<(u64, usize)>,
}

impl Pieces {
    pub(super) fn new(content: &[u8]) -> Self {
        let lines = content.split_inclusive(|b| *b == b'\n');
        let mut all: Vec<(u64, usize)> =
            lines.flat_map(|line| line.chunks(PIECE)).map(|piece| (hash(piece), piece.len())).collect();
        all.sort_unstable();
        let mut bytes: Vec<(u64, usize)> = Vec::with_capacity(all.len());
        for (hash, len) in all {
            match bytes.last_mut() {
                Some((last, sum)) if *last == hash => *sum += len,
                _ => bytes.push((hash, len)),
            }
        }
        Self { size: content.len(), bytes }
    }

    /// How much of the larger content is in the other one too, in per cent of its bytes, rounded down. Nothing is like an
    /// empty content.
    pub(super) fn similarity(&self, other: &Self) -> u8 {
        let larger = self.size.max(other.size);
        if larger == 0 {
            return 0;
        }
        let (mut common, mut ours, mut theirs) = (0_usize, self.bytes.as_slice(), other.bytes.as_slice());
        while let (Some(((a, own), rest)), Some(((b, others), others_rest))) =
            (ours.split_first(), theirs.split_first())
        {
            if a == b {
                common += own.min(others);
            }
            if a <= b {
                ours = rest;
            }
            if b <= a {
                theirs = others_rest;
            }
        }
        u8::try_from(common.saturating_mul(100) / larger).unwrap_or(100)
    }
}

/// The hash of a piece; how its line ends does not count.
fn hash(piece: &[u8]) -> u64 {
    let piece = piece.strip_suffix(b"\n").unwrap_or(piece);
    let piece = piece.strip_suffix(b"\r").unwrap_or(piece);
    let mut hasher = FxHasher::default();
    hasher.write(piece);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::Pieces;

    fn of(one: &[u8], other: &[u8]) -> u8 {
        let (one, other) = (Pieces::new(one), Pieces::new(other));
        assert_eq!(one.similarity(&other), other.similarity(&one));
        one.similarity(&other)
    }

    #[test]
    fn equal_pieces_count_by_their_bytes() {
        assert_eq!(of(b"", b""), 0);
        assert_eq!(of(b"", b"a\n"), 0);
        assert_eq!(of(b"a\n", b"a\n"), 100);
        assert_eq!(of(b"a\nb\nc\nd\n", b"a\nb\nx\ny\n"), 50);
        assert_eq!(of(b"a\nb\nc\n", b"a\nx\ny\n"), 33);
        // Where a line stands does not matter; how often it does.
        assert_eq!(of(b"a\nb\n", b"b\na\n"), 100);
        assert_eq!(of(b"a\na\na\na\n", b"a\nb\nc\nd\n"), 25);
        // A long line weighs more than a short one.
        assert_eq!(of(b"aaaaaaaa\nb\n", b"aaaaaaaa\nc\n"), 81);
        // The last line end and the kind of line ends matter little.
        assert_eq!(of(b"aaa\nbbb", b"aaa\nbbb\n"), 87);
        assert_eq!(of(b"aaaa\r\nbbbb\r\n", b"aaaa\nbbbb\n"), 83);
    }

    #[test]
    fn long_lines_are_compared_in_pieces() {
        let long = [b'x'; 6400];
        let mut edited = long;
        edited[6399] = b'y';
        assert_eq!(of(&long, &edited), 99);
    }
}
