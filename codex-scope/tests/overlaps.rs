//! Overlaps and intersections that people write.
#![allow(clippy::unwrap_used, clippy::panic)]

use codex_scope::{NotContained, Overlap, Overlaps, Pattern, PatternSet, Recommendation};
use codex_scope::{contains, intersect, overlaps};

fn set(entries: &[&str]) -> PatternSet {
    PatternSet::parse(entries).unwrap()
}

fn everything_at_once(_: usize, _: usize) -> bool {
    true
}

#[test]
fn witnesses() {
    let table = [
        ("*", "*", Some("a")),
        ("src/", "src/*.rs", Some("src/.rs")),
        ("src/*.rs", "src/a*", Some("src/a.rs")),
        ("**/*.ts", "src/**", Some("src/.ts")),
        ("src", "src/", None),
        ("src/a.rs", "src/*.rs", Some("src/a.rs")),
        ("src/a.rs", "src/A.rs", None),
        ("*.ts", "*.tsx", None),
        ("a?", "?b", Some("ab")),
        ("[!a]*", "[!b]*", Some("c")),
        ("?", "[.]", None),
        ("??", "[.]*", Some(".a")),
        ("a*c", "*b*", Some("abc")),
        ("**/test/**", "src/**/*.rb", Some("src/test/.rb")),
        ("a/*/c", "a/**/b/c", Some("a/b/c")),
        ("{a,b}/x", "{b,c}/x", Some("b/x")),
        ("{a,b}/x", "{c,d}/x", None),
        ("[à-ü]", "?", Some("é")),
        ("[日本]", "[本木]", Some("本")),
    ];
    for (a, b, expected) in table {
        let (left, right) = (Pattern::parse(a).unwrap(), Pattern::parse(b).unwrap());
        let expected = expected.map(|path| path.as_bytes().to_vec());
        assert_eq!(intersect(&left, &right), expected, "`{a}` and `{b}`");
        assert_eq!(intersect(&right, &left), expected, "`{b}` and `{a}`");
    }
}

#[test]
fn a_witness_may_have_to_be_no_text() {
    let names = set(&["*"]);
    let texts = set(&["?", "?*"]);
    let Err(NotContained::Outside { path, pattern }) = contains(&texts, &names) else { panic!("it is outside") };
    assert!(names.matches(&path) && !texts.matches(&path) && pattern == "*");
}

#[test]
fn containment() {
    let table: &[(&[&str], &[&str], bool)] = &[
        (&["src/"], &["src/a/", "src/*.rs"], true),
        (&["src/*"], &["src/a/"], false),
        (&["src/", "!src/gen/"], &["src/", "!src/gen/"], true),
        (&["src/", "!src/gen/"], &["src/"], false),
        (&["src/"], &["src/", "!src/gen/"], true),
        (&["a/", "b/"], &["{a,b}/*.rs"], true),
        (&["src/*/", "src/*"], &["src/"], true),
        (&["**"], &[], true),
        (&[], &["a"], false),
        (&[], &["a", "!*"], true),
        // As people write them: many exclusions with two `**`, many `?` behind a `*`, many folders.
        (&["src/", "!**/gen/**/*.ts"], &["src/a/", "!**/gen/**/*.ts"], true),
        (&["src/", "!**/gen/**/*.ts"], &["src/a/", "!**/gen/**/*.tsx"], false),
        (&["*a????????????????????????"], &["*ba????????????????????????"], true),
        (&["*a????????????????????????"], &["*a???????????????????????*"], false),
        (&["[ab]?", "[cd]?", "[!abcd]?"], &["??"], true),
        (&["[ab]?", "[cd]?", "[!abcde]?"], &["??"], false),
    ];
    for (outer, inner, expected) in table {
        let found = contains(&set(outer), &set(inner));
        let answered = if *expected { found.is_ok() } else { matches!(found, Err(NotContained::Outside { .. })) };
        assert!(answered, "{inner:?} in {outer:?}: {found:?}");
    }
}

#[test]
fn large_sets_are_settled() {
    let names = ["dist", "build", "gen", "node_modules", "vendor", "tmp", "cache", "out", "target", "log", "pkg"];
    let shapes = ["!**/NAME/**/*.ts", "!**/NAME/**/*.js", "!packages/*/NAME/**/test/**", "!**/NAME_*/"];
    let exclusions = names.iter().flat_map(|name| shapes.map(|shape| shape.replace("NAME", name)));
    let exclusions: Vec<String> = exclusions.collect();
    let with = |entries: &[&str], last: &str| {
        let entries = entries.iter().copied().map(str::to_owned).chain(exclusions.iter().cloned());
        PatternSet::parse(entries.chain((!last.is_empty()).then(|| last.to_owned()))).unwrap()
    };
    let outer = with(&["**"], "");
    assert_eq!(contains(&outer, &with(&["packages/", "src/**/*.ts", "*"], "")), Ok(()));
    assert_eq!(contains(&outer, &with(&["packages/", "src/**/*.ts", "*"], "!**/a/**/b/**/*.ts")), Ok(()));
    let fewer = PatternSet::parse(["packages/a/", "!**/dist/**"]).unwrap();
    let Err(NotContained::Outside { path, .. }) = contains(&outer, &fewer) else { panic!("fewer exclusions") };
    assert!(fewer.matches(&path) && !outer.matches(&path));
    let found = overlaps(&[&outer, &fewer], everything_at_once, &PatternSet::empty());
    assert!(found.len() == 1 && found[0].exact);

    let folders = |count: usize| {
        let own = (0..count).flat_map(|at| [format!("area{at}/"), format!("src/**/part{at}/*.rb"), format!("x{at}*")]);
        PatternSet::parse(own).unwrap()
    };
    assert_eq!(contains(&folders(100), &folders(99)), Ok(()));
    let inside = PatternSet::parse((0..100).map(|at| format!("area{at}/*/lib/**/*.rb"))).unwrap();
    assert_eq!(contains(&folders(100), &inside), Ok(()));
    assert!(matches!(contains(&inside, &folders(100)), Err(NotContained::Outside { .. })));
}

#[test]
fn recommendations() {
    let exclusive = |owner, pattern: &str| Recommendation::Exclusive { owner, pattern: pattern.to_owned() };
    let gate = Recommendation::Gate { first: 0, then: 1 };
    let table = [
        ("config/routes.rb", "config/", exclusive(0, "config/routes.rb")),
        ("config/", "config/routes.rb", exclusive(1, "config/routes.rb")),
        ("src/", "src/api/", exclusive(1, "src/api/")),
        ("a.rs", "a.rs", exclusive(0, "a.rs")),
        ("src/", "src/**", gate.clone()),
        ("src/a*", "src/*b", gate),
    ];
    for (left, right, expected) in table {
        let found = overlaps(&[&set(&[left]), &set(&[right])], everything_at_once, &PatternSet::empty());
        assert_eq!(found.len(), 1, "{left} {right}");
        assert_eq!(found[0].recommendation, expected, "{left} {right}");
    }
}

#[test]
fn only_concurrent_agents_and_paths_not_allowed_count() {
    let agents = [set(&["src/", "Gemfile"]), set(&["src/a/", "Gemfile"]), set(&["src/b/", "Gemfile"])];
    let agents: Vec<&PatternSet> = agents.iter().collect();
    let pairs = |concurrent: fn(usize, usize) -> bool, allowed: &[&str]| -> Vec<(usize, usize, String)> {
        let found = overlaps(&agents, concurrent, &set(allowed));
        found.into_iter().map(|one| (one.left, one.right, one.left_pattern)).collect()
    };
    let row = |left, right, pattern: &str| (left, right, pattern.to_owned());
    assert_eq!(
        pairs(everything_at_once, &[]),
        [row(0, 1, "src/"), row(0, 1, "Gemfile"), row(0, 2, "src/"), row(0, 2, "Gemfile"), row(1, 2, "Gemfile"),],
    );
    assert_eq!(pairs(everything_at_once, &["Gemfile"]), [row(0, 1, "src/"), row(0, 2, "src/")]);
    assert_eq!(pairs(everything_at_once, &["Gemfile", "src/a/"]), [row(0, 2, "src/")]);
    assert_eq!(pairs(|left, _| left > 0, &[]), [row(1, 2, "Gemfile")]);
    assert!(pairs(|_, _| false, &[]).is_empty());
}

#[test]
fn exclusions_end_an_overlap() {
    let found =
        |left: &[&str], right: &[&str]| overlaps(&[&set(left), &set(right)], everything_at_once, &set(&[])).len();
    assert_eq!(found(&["src/"], &["src/gen/"]), 1);
    assert_eq!(found(&["src/", "!src/gen/"], &["src/gen/"]), 0);
    assert_eq!(found(&["src/", "!src/gen/*"], &["src/gen/"]), 1);
    assert_eq!(found(&["src/", "!**/*.md"], &["src/**/*.{md,txt}", "!**/*.txt"]), 0);
    assert_eq!(found(&["src/", "src/"], &["src/a", "src/a"]), 1);
}

#[test]
fn many_agents_that_keep_to_their_own() {
    let sets: Vec<PatternSet> = (0..1000)
        .map(|agent| {
            let own = (0..20).map(|part| format!("services/s{agent}/part{part}/**/*.rs"));
            PatternSet::parse(own.chain([format!("docs/{}.md", agent / 2)])).unwrap()
        })
        .collect();
    let agents: Vec<&PatternSet> = sets.iter().collect();
    let found = overlaps(&agents, everything_at_once, &PatternSet::empty());
    assert_eq!(found.len(), 500);
    assert!(found.iter().all(|overlap| overlap.right == overlap.left + 1));
}

/// Patterns for names of `2 * half` letters `a` and `b`. Together they match all in which a letter of the first half
/// comes again at the same place of the second half.
fn tied(half: usize) -> Vec<String> {
    let tie = |at: usize, letter: char| {
        let gap = |length: usize| "?".repeat(length);
        format!("{}{letter}{}{letter}{}", gap(at), gap(half - 1), gap(half - 1 - at))
    };
    (0..half).flat_map(|at| [tie(at, 'a'), tie(at, 'b')]).collect()
}

#[test]
fn intricate_exclusions_still_come_to_an_end() {
    let letters = |length: usize| "[ab]".repeat(length);
    for (half, settled) in [(4, true), (30, false)] {
        let all = set(&[&letters(2 * half)]);
        let ties = PatternSet::parse(tied(half)).unwrap();
        let exclusions = tied(half).into_iter().map(|tie| format!("!{tie}"));
        let left = PatternSet::parse(["*".to_owned()].into_iter().chain(exclusions)).unwrap();

        let found = contains(&ties, &all);
        match &found {
            Err(NotContained::Outside { path, .. }) if settled => assert!(all.matches(path) && !ties.matches(path)),
            Err(NotContained::Unsettled { pattern }) if !settled => assert_eq!(*pattern, letters(2 * half)),
            _ => panic!("{half}: {found:?}"),
        }
        // What is not settled is reported, and said not to be proven.
        let found = overlaps(&[&left, &all], everything_at_once, &PatternSet::empty());
        assert_eq!((found.len(), found[0].exact), (1, settled), "{half}");
        assert_eq!(left.matches(&found[0].witness), settled);
    }
}

#[test]
fn what_one_pattern_excludes_another_may_have() {
    let hard = format!("*a{}", "?".repeat(24));
    let left = PatternSet::parse(["*", &format!("!{hard}")]).unwrap();
    let found = overlaps(&[&left, &set(&["*b"])], everything_at_once, &PatternSet::empty());
    assert_eq!((found[0].witness.as_slice(), found[0].exact), (b"b".as_slice(), true));
    assert!(overlaps(&[&left, &set(&[&hard])], everything_at_once, &PatternSet::empty()).is_empty());
}

/// The pairs of agents that overlap, by the index and by comparing each pattern with each.
#[track_caller]
fn check_pairs(sets: &[PatternSet], expected: usize) {
    let agents: Vec<&PatternSet> = sets.iter().collect();
    let found = overlaps(&agents, everything_at_once, &PatternSet::empty());
    let pair = |one: &Overlap| (one.left, one.right, one.left_pattern.clone(), one.right_pattern.clone());
    let pairs: Vec<_> = found.iter().map(pair).collect();
    let mut by_comparing = Vec::new();
    for (at, left) in sets.iter().enumerate() {
        for (other, right) in sets.iter().enumerate().skip(at + 1) {
            for (a, b) in left.patterns().iter().flat_map(|a| right.patterns().iter().map(move |b| (a, b))) {
                if intersect(a, b).is_some() {
                    by_comparing.push((at, other, a.to_string(), b.to_string()));
                }
            }
        }
    }
    assert_eq!(pairs, by_comparing);
    assert_eq!(pairs.len(), expected);
    let nothing = PatternSet::empty();
    assert_eq!(Overlaps::new(&agents, everything_at_once, &nothing).count(), expected);
}

#[test]
fn what_only_the_middle_tells_apart() {
    let agent = |at: usize| {
        PatternSet::parse([
            format!("packages/*/orders_{at}/*.json"),
            format!("**/area_{at}/*.ts"),
            format!("*/area_{at}/**/*.rb"),
            format!("a/*/{at}/?/x"),
        ])
        .unwrap()
    };
    let mut sets: Vec<PatternSet> = (0..40).map(agent).collect();
    check_pairs(&sets, 0);
    // Each of these two meets two of the patterns of each agent.
    sets.push(set(&["packages/*/*/x/", "a/b/**"]));
    check_pairs(&sets, 4 * 40);
}

#[test]
fn many_ends_of_each_kind() {
    let sets: Vec<PatternSet> = (0..30)
        .map(|at| {
            PatternSet::parse([
                format!("src/a{at}*"),
                format!("src/*{at}.ts"),
                format!("src/**/*_{at}.ts"),
                format!("{{src,lib}}/{at}/"),
                format!("src/{}", "a".repeat(at + 1)),
            ])
            .unwrap()
        })
        .collect();
    let agents: Vec<&PatternSet> = sets.iter().collect();
    let found = overlaps(&agents, everything_at_once, &PatternSet::empty());
    check_pairs(&sets, found.len());
    assert!(!found.is_empty());
}
