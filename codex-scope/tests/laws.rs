//! The laws of the crate page, on generated patterns: against every short path of a tiny alphabet, and against globset.
#![allow(clippy::unwrap_used)]

use codex_scope::{NotContained, Overlap, Overlaps, Pattern, PatternSet, ScopeIndex, contains, intersect, overlaps};
use globset::GlobBuilder;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// The parts of one component. Braces hold no stars: text and alternatives could join to a `**` that is not one.
const PARTS: &[&str] = &["a", "b", "ab", "?", "*", "[ab]", "[a-b]", "{a,b}", "{a,ba}", "a{,b}", "a*"];
/// These mean something else to globset, or nothing: `a/{,b}` has the folder `a/` among its alternatives.
const OWN_PARTS: &[&str] = &["[!a]", "[^b]", "{a/b,b}", "{a,{b,ab}}", "{,b}"];

fn component(parts: Vec<&'static str>) -> impl Strategy<Value = String> {
    prop_oneof![
        4 => vec(select(parts), 1..3).prop_map(|parts| parts.concat()),
        1 => Just("**".to_owned()),
    ]
}

fn text(parts: Vec<&'static str>, folders: bool) -> impl Strategy<Value = String> {
    (vec(component(parts), 1..4), proptest::bool::ANY).prop_map(move |(components, folder)| {
        let slash = if folder && folders { "/" } else { "" };
        components.join("/") + slash
    })
}

/// Patterns of all kinds. A component that may be empty makes some texts no patterns; those are left out.
fn pattern() -> impl Strategy<Value = Pattern> {
    let parts = [PARTS, OWN_PARTS].concat();
    text(parts, true).prop_filter_map("not a pattern", |text| Pattern::parse(&text).ok())
}

fn set() -> impl Strategy<Value = PatternSet> {
    (vec(pattern(), 1..4), vec(pattern(), 0..3)).prop_map(|(included, excluded)| {
        let excluded = excluded.iter().map(|pattern| format!("!{pattern}"));
        PatternSet::parse(included.iter().map(Pattern::to_string).chain(excluded)).unwrap()
    })
}

/// Every path of up to six bytes of `a`, `b` and `/`.
fn short_paths() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    let mut longest = vec![Vec::new()];
    for _ in 0..6 {
        let longer = longest.iter().flat_map(|text: &Vec<u8>| b"ab/".map(|next| [text.as_slice(), &[next]].concat()));
        longest = longer.collect();
        all.extend(longest.iter().filter(|text| is_path(text)).cloned());
    }
    all
}

fn is_path(text: &[u8]) -> bool {
    text.split(|byte| *byte == b'/').all(|component| !component.is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_globset(text in text(PARTS.to_vec(), false)) {
        let parsed = Pattern::parse(&text);
        let glob = GlobBuilder::new(&text).literal_separator(true).empty_alternates(true).build();
        if let (Ok(pattern), Ok(glob)) = (parsed, glob) {
            let matcher = glob.compile_matcher();
            for path in short_paths() {
                let shown = String::from_utf8(path.clone()).unwrap();
                prop_assert_eq!(pattern.matches(&path), matcher.is_match(&shown), "`{}` on `{}`", text, shown);
            }
        }
    }

    #[test]
    fn intersections_are_exact_and_shortest(a in pattern(), b in pattern()) {
        let found = intersect(&a, &b);
        if let Some(witness) = &found {
            prop_assert!(a.matches(witness) && b.matches(witness), "`{}` `{}` {:?}", a, b, found);
        }
        let other_way = intersect(&b, &a);
        prop_assert_eq!(found.as_ref().map(Vec::len), other_way.as_ref().map(Vec::len));
        for path in short_paths() {
            if a.matches(&path) && b.matches(&path) {
                let short = found.as_ref().is_some_and(|witness| witness.len() <= path.len());
                prop_assert!(short, "`{}` `{}` {:?} {:?}", a, b, found, path);
            }
        }
    }

    #[test]
    fn containment_is_exact(outer in set(), inner in set()) {
        let found = contains(&outer, &inner);
        match &found {
            Err(NotContained::Outside { path, pattern }) => {
                prop_assert!(inner.matches(path) && !outer.matches(path), "{:?} {:?} {:?}", outer, inner, found);
                prop_assert!(Pattern::parse(pattern).unwrap().matches(path), "{:?}", found);
            }
            other => {
                prop_assert_eq!(other, &Ok(()));
                for path in short_paths() {
                    prop_assert!(!inner.matches(&path) || outer.matches(&path), "{:?} {:?} {:?}", outer, inner, path);
                }
            }
        }
    }

    /// Two sets with many exclusions in common, which a walk has to follow at the same time.
    #[test]
    fn shared_exclusions_are_exact(a in set(), b in set(), shared in vec(pattern(), 1..4)) {
        let with = |set: &PatternSet| {
            let excluded = set.excluded().iter().chain(&shared).map(|pattern| format!("!{pattern}"));
            PatternSet::parse(set.patterns().iter().map(Pattern::to_string).chain(excluded)).unwrap()
        };
        let (outer, inner) = (with(&a), with(&b));
        let found = contains(&outer, &inner);
        match &found {
            Err(NotContained::Outside { path, .. }) => {
                prop_assert!(inner.matches(path) && !outer.matches(path), "{:?} {:?} {:?}", outer, inner, found);
            }
            other => prop_assert_eq!(other, &Ok(())),
        }
        for path in short_paths().iter().filter(|path| inner.matches(path) && !outer.matches(path)) {
            prop_assert!(found.is_err(), "{:?} {:?} {:?}", outer, inner, path);
        }
    }

    #[test]
    fn overlaps_are_exact(left in set(), right in set(), allowed in set()) {
        let found = overlaps(&[&left, &right], |_, _| true, &allowed);
        for overlap in &found {
            prop_assert!(overlap.exact);
            let both = left.matches(&overlap.witness) && right.matches(&overlap.witness);
            prop_assert!(both && !allowed.matches(&overlap.witness), "{:?}", overlap);
        }
        for path in short_paths() {
            if left.matches(&path) && right.matches(&path) && !allowed.matches(&path) {
                let mine: Vec<_> = left.patterns().iter().filter(|pattern| pattern.matches(&path)).collect();
                let theirs: Vec<_> = right.patterns().iter().filter(|pattern| pattern.matches(&path)).collect();
                for (a, b) in mine.iter().flat_map(|a| theirs.iter().map(move |b| (a, b))) {
                    let pair = found.iter().filter(|overlap| {
                        overlap.left_pattern == a.as_str() && overlap.right_pattern == b.as_str()
                    });
                    prop_assert_eq!(pair.count(), 1, "`{}` `{}` {:?}", a, b, path);
                }
            }
        }
    }

    /// What many agents have in common is what each two of them have.
    #[test]
    fn overlaps_of_many_are_those_of_pairs(sets in vec(set(), 2..6), allowed in set(), asked in any::<u8>()) {
        let agents: Vec<&PatternSet> = sets.iter().collect();
        let concurrent = |left: usize, right: usize| (asked >> (left + right)) & 1 == 0;
        let mut pairs: Vec<Overlap> = Vec::new();
        for (left, a) in agents.iter().enumerate() {
            for (right, b) in agents.iter().enumerate().skip(left + 1).filter(|(right, _)| concurrent(left, *right)) {
                let found = overlaps(&[*a, *b], |_, _| true, &allowed);
                pairs.extend(found.into_iter().map(|overlap| Overlap { left, right, ..overlap }));
            }
        }
        let found = overlaps(&agents, concurrent, &allowed);
        let shown = |found: &[Overlap]| -> Vec<String> {
            let one = |overlap: &Overlap| {
                let Overlap { left, right, left_pattern, right_pattern, witness, exact, .. } = overlap;
                format!("{left} {right} {left_pattern} {right_pattern} {witness:?} {exact}")
            };
            found.iter().map(one).collect()
        };
        prop_assert_eq!(shown(&found), shown(&pairs));
        prop_assert_eq!(Overlaps::new(&agents, concurrent, &allowed).count(), found.len());
    }

    #[test]
    fn an_index_finds_the_sets_that_match(sets in vec(set(), 0..8), unions in any::<bool>()) {
        // Unions have several groups, each with its own exclusions.
        let joined: Vec<PatternSet> = match unions {
            true => sets.windows(2).map(|two| two[0].union(&two[1])).collect(),
            false => sets,
        };
        let index = ScopeIndex::new(&joined.iter().collect::<Vec<_>>());
        let mut paths = short_paths();
        paths.extend(["", "/a", "a//b", "..", "a/\u{e9}", "b/"].map(|path| path.as_bytes().to_vec()));
        let mut claims = vec![Vec::new(); joined.len()];
        for (place, path) in paths.iter().enumerate() {
            let expected: Vec<usize> = (0..joined.len()).filter(|set| joined[*set].matches(path)).collect();
            for set in &expected {
                claims[*set].push(place);
            }
            prop_assert_eq!(index.matching(path).collect::<Vec<_>>(), expected, "{:?} on {:?}", joined, path);
        }
        prop_assert_eq!(index.claims(&paths), claims);
    }

    #[test]
    fn unions_have_the_paths_of_both(a in set(), b in set()) {
        let union = a.union(&b);
        for path in short_paths() {
            prop_assert_eq!(union.matches(&path), a.matches(&path) || b.matches(&path));
        }
        prop_assert_eq!(contains(&union, &a), Ok(()));
        prop_assert_eq!(contains(&union, &b), Ok(()));
    }

    #[test]
    fn no_match_is_below_a_pruned_folder(set in set()) {
        for path in short_paths().iter().filter(|path| set.matches(path)) {
            prop_assert!(set.may_match_below(b""));
            for (at, _) in path.iter().enumerate().filter(|(_, byte)| **byte == b'/') {
                prop_assert!(set.may_match_below(&path[..at]), "{:?} {:?}", set, path);
            }
        }
    }

    #[test]
    fn nothing_panics(text in ".{0,40}", path in vec(any::<u8>(), 0..20)) {
        if let Ok(pattern) = Pattern::parse(&text) {
            pattern.matches(&path);
            pattern.may_match_below(&path);
            if let Some(witness) = intersect(&pattern, &pattern) {
                prop_assert!(pattern.matches(&witness));
            }
        }
    }
}
