//! How many lines two versions differ by.

use crate::diff::{By, Numbers, hunks};
use crate::lines::Lines;

/// Past this size the lines of a binary-looking or huge file are not worth counting.
const LIMIT: usize = 4 << 20;

/// Lines added and lines removed from `before` to `after`. Both are 0 for binary files (a NUL byte) and for files over
/// 4 MiB.
///
/// ```
/// assert_eq!(codex_merge::line_delta(b"a\nb\n", b"a\nc\nd\n"), (2, 1));
/// ```
pub fn line_delta(before: &[u8], after: &[u8]) -> (usize, usize) {
    let uncounted = |bytes: &[u8]| bytes.len() > LIMIT || bytes.contains(&0);
    if uncounted(before) || uncounted(after) {
        return (0, 0);
    }
    let mut numbers = Numbers::new();
    let old = Lines::new(before, &mut numbers);
    let new = Lines::new(after, &mut numbers);
    let hunks = hunks(By::Histogram, &old.ids, &new.ids);
    hunks.iter().fold((0, 0), |(added, removed), hunk| (added + hunk.after.len(), removed + hunk.before.len()))
}
