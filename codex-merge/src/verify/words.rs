//! Words are neither lost nor brought back.
//!
//! A word is a longest run of letters, digits, `_` and bytes outside ASCII, so this needs no grammar. From the base to
//! each side, the words that were put in and those that were taken out are counted apart, so that one put in here and
//! taken out there is both. With `b` the count of a word in the base, a merge of all edits holds it at least `b` and the
//! most any side put in, less all that was taken out; and at most `b` and all that was put in, less the most any side
//! took out.

use rustc_hash::FxHashMap;

use crate::conflict::Check;
use crate::diff::{By, Numbers, hunks};

/// Checks the words of `out`.
pub(super) fn failed(out: &[u8], base: Option<&[u8]>, sides: &[&[u8]]) -> Option<Check> {
    let mut numbers = Numbers::new();
    let mut all = |bytes| -> Vec<u32> { words(bytes).map(|word| numbers.of(word)).collect() };
    let base = all(base.unwrap_or_default());
    let mut bounds: FxHashMap<u32, Bounds> = FxHashMap::default();
    for side in sides {
        let side = all(side);
        let mut own: FxHashMap<u32, (i64, i64)> = FxHashMap::default();
        for hunk in hunks(By::Myers, &base, &side) {
            side[hunk.after].iter().for_each(|word| own.entry(*word).or_default().0 += 1);
            base[hunk.before].iter().for_each(|word| own.entry(*word).or_default().1 += 1);
        }
        for (word, (added, removed)) in own {
            let of = bounds.entry(word).or_default();
            of.added += added;
            of.removed += removed;
            of.most_added = of.most_added.max(added);
            of.most_removed = of.most_removed.max(removed);
        }
    }
    let count = |words: &[u32]| {
        let mut counts: FxHashMap<u32, i64> = FxHashMap::default();
        words.iter().for_each(|word| *counts.entry(*word).or_insert(0) += 1);
        counts
    };
    let (before, after) = (count(&base), count(&all(out)));
    let mut undone = false;
    for word in before.keys().chain(after.keys()) {
        let of = bounds.get(word).copied().unwrap_or_default();
        let base = before.get(word).copied().unwrap_or(0);
        let out = after.get(word).copied().unwrap_or(0);
        if out < base + of.most_added - of.removed {
            return Some(Check::LostEdit);
        }
        undone |= out > base + of.added - of.most_removed;
    }
    for (word, of) in &bounds {
        if !before.contains_key(word) && !after.contains_key(word) && of.most_added > of.removed {
            return Some(Check::LostEdit);
        }
    }
    undone.then_some(Check::UndoneDeletion)
}

/// How often a word was put in and taken out: by all sides, and by the one that did it most.
#[derive(Clone, Copy, Debug, Default)]
struct Bounds {
    added: i64,
    removed: i64,
    most_added: i64,
    most_removed: i64,
}

fn words(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|b| !(b.is_ascii_alphanumeric() || *b == b'_' || !b.is_ascii())).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::failed;
    use crate::Check;

    #[test]
    fn words_are_bounded() {
        let check = |out: &str, base: &str, sides: [&str; 2]| {
            failed(out.as_bytes(), Some(base.as_bytes()), &sides.map(str::as_bytes))
        };
        assert_eq!(check("a b c", "a", ["a b", "a c"]), None);
        assert_eq!(check("a b", "a", ["a b", "a c"]), Some(Check::LostEdit));
        assert_eq!(check("a b", "a b", ["a", "a b"]), Some(Check::UndoneDeletion));
        assert_eq!(check("a b", "a", ["a b", "a b"]), None);
        assert_eq!(check("", "a b", ["a", "b"]), None);
        // Both took out the first `a`, and one put in two at the end.
        assert_eq!(check("b a a", "a b", ["b a a", "b"]), None);
    }
}
