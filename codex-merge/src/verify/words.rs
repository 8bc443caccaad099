//! Words are neither lost nor brought back.
//!
//! A word is a longest run of letters, digits, `_` and bytes outside ASCII, so this needs no grammar. With `b` the count
//! of a word in the base and `s` in a side, a merge of all edits holds it at least `b` and the most any side added,
//! less all that was removed; and at most `b` and all that was added, less the most any side removed.

use rustc_hash::FxHashMap;

use crate::conflict::Check;

/// Checks the words of `out`.
pub(super) fn failed(out: &[u8], base: Option<&[u8]>, sides: &[&[u8]]) -> Option<Check> {
    // Counts of the result, the base, and each side.
    let width = sides.len() + 2;
    let mut counts: FxHashMap<&[u8], Vec<i64>> = FxHashMap::default();
    let versions = [out, base.unwrap_or_default()].into_iter().chain(sides.iter().copied());
    for (version, bytes) in versions.enumerate() {
        for word in words(bytes) {
            if let Some(count) = counts.entry(word).or_insert_with(|| vec![0; width]).get_mut(version) {
                *count += 1;
            }
        }
    }
    let mut undone = false;
    for of in counts.values() {
        let [out, base, sides @ ..] = of.as_slice() else { continue };
        let added = sides.iter().map(|s| (s - base).max(0));
        let removed = sides.iter().map(|s| (base - s).max(0));
        let least = base + added.clone().max().unwrap_or(0) - removed.clone().sum::<i64>();
        let most = base + added.sum::<i64>() - removed.max().unwrap_or(0);
        if *out < least {
            return Some(Check::LostEdit);
        }
        undone |= *out > most;
    }
    undone.then_some(Check::UndoneDeletion)
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
    }
}
