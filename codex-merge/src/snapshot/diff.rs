//! What leads from one tree to another.

use super::types::{Change, Changes, Snapshot};

/// The changes that lead from one tree to another, without renames: a path that is only in `base` is deleted, one that is
/// only in `side` is added.
///
/// ```
/// use codex_merge::{Entry, Mode, Snapshot, diff_snapshots};
///
/// let file = |id| Entry { mode: Mode::File, id };
/// let base = Snapshot::from([(b"a".to_vec(), file(1)), (b"b".to_vec(), file(2))]);
/// let side = Snapshot::from([(b"a".to_vec(), file(1)), (b"c".to_vec(), file(2))]);
///
/// let changes = diff_snapshots(&base, &side);
/// assert!(changes[&b"b"[..]].after.is_none());
/// assert_eq!(changes[&b"c"[..]].after, Some(file(2)));
/// assert_eq!(changes.len(), 2);
/// ```
#[must_use]
pub fn diff_snapshots<I: Clone + Eq>(base: &Snapshot<I>, side: &Snapshot<I>) -> Changes<I> {
    let mut changes = Changes::new();
    for (path, before) in base {
        let after = side.get(path);
        if after != Some(before) {
            changes.insert(path.clone(), Change { before: Some(before.clone()), after: after.cloned() });
        }
    }
    for (path, after) in side {
        if !base.contains_key(path) {
            changes.insert(path.clone(), Change { before: None, after: Some(after.clone()) });
        }
    }
    changes
}
