//! A witness of two patterns is matched by both, whichever comes first.
//!
//! Input: two patterns, divided by a line break.
#![no_main]

use codex_scope::{Pattern, PatternSet, contains, intersect, overlaps};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (left, right) = text.split_once('\n').unwrap_or((text, "**"));
    let (Ok(left), Ok(right)) = (Pattern::parse(left), Pattern::parse(right)) else { return };
    let witness = intersect(&left, &right);
    if let Some(path) = &witness {
        assert!(left.matches(path) && right.matches(path), "{left} and {right} do not both match {path:?}");
        for (at, _) in path.iter().enumerate().filter(|(_, byte)| **byte == b'/') {
            assert!(left.may_match_below(&path[..at]), "{left} matches below {:?}", &path[..at]);
        }
    }
    assert_eq!(intersect(&right, &left).is_some(), witness.is_some(), "the order of {left} and {right} matters");

    let set = |pattern: &Pattern| PatternSet::parse([pattern.as_str()]);
    let (Ok(left_set), Ok(right_set)) = (set(&left), set(&right)) else { panic!("a pattern is an entry of a set") };
    let found = overlaps(&[&left_set, &right_set], |_, _| true, &PatternSet::empty());
    assert_eq!(!found.is_empty(), witness.is_some(), "overlaps and intersect disagree about {left} and {right}");
    if let (Ok(()), Some(path)) = (contains(&left_set, &right_set), intersect(&right, &right)) {
        assert!(left.matches(&path), "{left} contains {right}, but not {path:?}");
    }
});
