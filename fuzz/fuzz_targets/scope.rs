//! A witness of two patterns is matched by both, whichever comes first, and every way to ask about them says the same.
//!
//! Input: two patterns, divided by a line break.
#![no_main]

use codex_scope::{
    Access, NotContained, Pattern, PatternSet, Scope, ScopeIndex, Verdict, contains, intersect, overlaps,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (left, right) = text.split_once('\n').unwrap_or((text, "**"));
    let (Ok(left), Ok(right)) = (Pattern::parse(left), Pattern::parse(right)) else { return };
    assert!(left.hints().iter().chain(&right.hints()).all(|hint| !hint.to_string().is_empty()));
    let witness = intersect(&left, &right);
    if let Some(path) = &witness {
        assert!(left.matches(path) && right.matches(path), "{left} and {right} do not both match {path:?}");
        for (at, _) in path.iter().enumerate().filter(|(_, byte)| **byte == b'/') {
            assert!(left.may_match_below(&path[..at]), "{left} matches below {:?}", &path[..at]);
        }
    }
    assert_eq!(intersect(&right, &left).is_some(), witness.is_some(), "the order of {left} and {right} matters");

    let set = |entries: &[&str]| PatternSet::parse(entries);
    let (Ok(left_set), Ok(right_set)) = (set(&[left.as_str()]), set(&[right.as_str()])) else {
        panic!("a pattern is an entry of a set")
    };
    let found = overlaps(&[&left_set, &right_set], |_, _| true, &PatternSet::empty());
    assert_eq!(!found.is_empty(), witness.is_some(), "overlaps and intersect disagree about {left} and {right}");
    match contains(&left_set, &right_set) {
        Ok(()) => {
            let path = intersect(&right, &right);
            assert!(path.is_none_or(|path| left.matches(&path)), "{left} contains {right}, but not its witness");
        }
        Err(NotContained::Outside { path, .. }) => {
            assert!(right.matches(&path) && !left.matches(&path), "{path:?} is not outside of {left} in {right}");
        }
        Err(NotContained::Unsettled { .. }) => {}
    }

    // What one excludes the other may have, and nobody else.
    let Ok(rest) = set(&[right.as_str(), &format!("!{left}")]) else { panic!("a pattern can be excluded") };
    let found = overlaps(&[&left_set, &rest], |_, _| true, &PatternSet::empty());
    assert!(found.iter().all(|overlap| !overlap.exact), "{left} overlaps with {right} without {left}: {found:?}");

    let index = ScopeIndex::new(&[&left_set, &right_set, &rest]);
    let scope = Scope::new(right_set.clone(), rest.clone());
    for path in witness.iter().map(Vec::as_slice).chain([text.as_bytes(), b"a/b", b".git"]) {
        let expected = [&left_set, &right_set, &rest].map(|set| set.matches(path));
        let indexed: Vec<usize> = index.matching(path).collect();
        for (number, matches) in expected.into_iter().enumerate() {
            assert_eq!(indexed.contains(&number), matches, "{left} and {right} on {path:?}");
        }
        for access in [Access::Read, Access::Write] {
            let allowed = scope.check(path, access) == Verdict::Allowed;
            assert_eq!(scope.explain(path, access).is_ok(), allowed, "{left} and {right} on {path:?}");
        }
    }
});
