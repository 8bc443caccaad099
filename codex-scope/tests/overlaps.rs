//! Overlaps and intersections that people write.
#![allow(clippy::unwrap_used)]

use codex_scope::{Pattern, PatternSet, Recommendation, contains, intersect, overlaps};

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
    let witness = contains(&texts, &names).unwrap_err();
    assert!(names.matches(&witness) && !texts.matches(&witness));
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
    ];
    for (outer, inner, expected) in table {
        assert_eq!(contains(&set(outer), &set(inner)).is_ok(), *expected, "{inner:?} in {outer:?}");
    }
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

#[test]
fn intricate_exclusions_still_come_to_an_end() {
    let hard = format!("*a{}", "?".repeat(24));
    let left = PatternSet::parse(["*", &format!("!{hard}")]).unwrap();
    let proven = overlaps(&[&left, &set(&["*b"])], everything_at_once, &PatternSet::empty());
    assert_eq!(proven.len(), 1);
    assert_eq!((proven[0].witness.as_slice(), proven[0].exact), (b"b".as_slice(), true));

    // No path is in both, but nothing short of two to the 24 steps shows it.
    let unsettled = overlaps(&[&left, &set(&[&hard])], everything_at_once, &PatternSet::empty());
    assert_eq!(unsettled.len(), 1);
    assert!(!unsettled[0].exact);
}
