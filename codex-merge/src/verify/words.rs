//! Words are neither lost nor brought back.
//!
//! This needs no grammar. From the base to each side, the words that were put in and those that were taken out are
//! counted apart, so that one put in here and taken out there is both. A merge of all edits gains at least the most any
//! side put in, less all that was taken out; and at most all that was put in, less the most any side took out.

use super::edits::{Change, Changes};
use crate::conflict::Check;

/// Checks the words of an answer, given what the sides did to them, and the answer.
pub(super) fn failed(sides: &[Changes<'_>], out: &Changes<'_>) -> Option<Check> {
    let mut undone = false;
    for word in sides.iter().chain([out]).flat_map(|changes| changes.keys()) {
        let of = |changes: &Changes<'_>| changes.get(word).copied().unwrap_or_default();
        let own: Vec<Change> = sides.iter().map(of).collect();
        let added = own.iter().map(|change| change.added);
        let removed = own.iter().map(|change| change.removed);
        let least = added.clone().max().unwrap_or(0) - removed.clone().sum::<i64>();
        let most = added.sum::<i64>() - removed.max().unwrap_or(0);
        let gained = of(out).net();
        if gained < least {
            return Some(Check::LostEdit);
        }
        undone |= gained > most;
    }
    undone.then_some(Check::UndoneDeletion)
}

#[cfg(test)]
mod tests {
    use super::failed;
    use crate::Check;
    use crate::verify::edits::Edits;

    #[test]
    fn words_are_bounded() {
        let check = |out: &str, base: &str, sides: [&str; 2]| {
            let edits = Edits::new(base.as_bytes(), &sides.map(str::as_bytes), out.as_bytes());
            let mut changes = edits.of_words();
            let out = changes.pop().unwrap_or_default();
            failed(&changes, &out)
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
