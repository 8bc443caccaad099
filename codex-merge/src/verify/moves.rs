//! What one side moves and another deletes is not settled by keeping it.
//!
//! Line by line a move is a deletion here and an addition there. The deletion is what the other side did as well, so
//! that the addition stands alone and looks like something new.

use rustc_hash::FxHashMap;

use super::edits::{Changes, Edits, is_telling};
use crate::flag::Flag;

/// A line that one side took out altogether, another moved, and the answer has.
pub(super) fn undone(edits: &Edits<'_>, sides: &[Changes<'_>], out: &Changes<'_>) -> Option<Flag> {
    let of = |line: &[u8], wanted: fn(i64, i64) -> bool| -> Vec<usize> {
        let change = |side: &Changes<'_>| side.get(line).copied().unwrap_or_default();
        let found = sides.iter().map(change).enumerate().filter(|(_, change)| wanted(change.added, change.removed));
        found.map(|(side, _)| side).collect()
    };
    let moved_by = |line: &[u8]| of(line, |added, removed| removed > 0 && added == removed);
    let removed_by = |line: &[u8]| of(line, |added, removed| removed > 0 && added == 0);
    let doubtful: Vec<&[u8]> = sides
        .iter()
        .flat_map(|side| side.iter().filter(|(_, change)| change.added > 0 && change.removed > 0))
        .map(|(line, _)| *line)
        .filter(|line| is_telling(line) && !moved_by(line).is_empty() && !removed_by(line).is_empty())
        .filter(|line| out.get(line).is_none_or(|change| change.net() >= 0))
        .collect();
    if doubtful.is_empty() {
        return None;
    }
    let mut count: FxHashMap<&[u8], i64> = doubtful.iter().map(|line| (*line, 0)).collect();
    for line in edits.base_lines() {
        if let Some(count) = count.get_mut(line) {
            *count += 1;
        }
    }
    // Of several equal lines one may have been moved and another taken out.
    let line = doubtful.iter().filter(|line| count.get(*line) == Some(&1)).min()?;
    Some(Flag::MovedAndRemoved {
        line: String::from_utf8_lossy(line).into_owned(),
        moved_by: moved_by(line),
        removed_by: removed_by(line),
    })
}

#[cfg(test)]
mod tests {
    use super::undone;
    use crate::verify::edits::Edits;

    #[test]
    fn what_is_moved_and_removed_is_found() {
        let check = |out: &str, base: &str, sides: [&str; 2]| {
            let edits = Edits::new(base.as_bytes(), &sides.map(str::as_bytes), out.as_bytes());
            let mut changes = edits.of_lines();
            let out = changes.pop().unwrap_or_default();
            undone(&edits, &changes, &out).is_some()
        };
        let base = "total\none\ntwo\nthree\nfour\n";
        assert!(check(
            "one\ntwo\nthree\nfour\ntotal\n",
            base,
            ["one\ntwo\nthree\nfour\ntotal\n", "one\ntwo\nthree\nfour\n"]
        ));
        assert!(!check("one\ntwo\nthree\nfour\n", base, ["one\ntwo\nthree\nfour\ntotal\n", "one\ntwo\nthree\nfour\n"]));
        let base = "total\none\ntwo\nthree\ntotal\n";
        assert!(!check(
            "one\ntotal\ntwo\nthree\n",
            base,
            ["one\ntotal\ntwo\nthree\ntotal\n", "total\none\ntwo\nthree\n"]
        ));
    }
}
