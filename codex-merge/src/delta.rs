//! How many lines two versions differ by.

use similar::{Algorithm, DiffOp, capture_diff_slices};

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
    let old: Vec<&[u8]> = before.split_inclusive(|&b| b == b'\n').collect();
    let new: Vec<&[u8]> = after.split_inclusive(|&b| b == b'\n').collect();
    let (mut added, mut removed) = (0, 0);
    for op in capture_diff_slices(Algorithm::Histogram, &old, &new) {
        match op {
            DiffOp::Equal { .. } => {}
            DiffOp::Delete { old_len, .. } => removed += old_len,
            DiffOp::Insert { new_len, .. } => added += new_len,
            DiffOp::Replace { old_len, new_len, .. } => {
                removed += old_len;
                added += new_len;
            }
        }
    }
    (added, removed)
}
