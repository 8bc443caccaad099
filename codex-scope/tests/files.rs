//! Many sets and the files that they have.
#![allow(clippy::unwrap_used)]

use codex_scope::{PatternSet, ScopeIndex};

/// The sets that have each path, by their places.
#[track_caller]
fn check(sets: &[&[&str]], table: &[(&str, &[usize])]) {
    let sets: Vec<PatternSet> = sets.iter().map(|entries| PatternSet::parse(*entries).unwrap()).collect();
    let index = ScopeIndex::new(&sets.iter().collect::<Vec<_>>());
    let mut found = vec![7];
    for (place, (path, expected)) in table.iter().enumerate() {
        index.matching_into(path.as_bytes(), &mut found);
        assert_eq!(found, *expected, "{path}");
        assert!(index.matching(path.as_bytes()).eq(expected.iter().copied()), "{path}");
        for (set, claimed) in index.claims(table.iter().map(|(path, _)| path)).iter().enumerate() {
            assert_eq!(claimed.contains(&place), expected.contains(&set), "{path} in set {set}");
        }
    }
}

#[test]
fn ends() {
    check(
        &[
            &["src/"],
            &["src/*.ts", "src/a*"],
            &["**/*.ts"],
            &["src/a.ts"],
            &["**"],
            &["{src,lib}/*.ts", "src/?.ts"],
            &[],
        ],
        &[
            ("src/a.ts", &[0, 1, 2, 3, 4, 5]),
            ("src/ab", &[0, 1, 4]),
            ("src/b/a.ts", &[0, 2, 4]),
            ("lib/a.ts", &[2, 4, 5]),
            ("src", &[4]),
            ("src/", &[]),
            ("src//a.ts", &[]),
            ("/src/a.ts", &[]),
            ("../src/a.ts", &[]),
            ("", &[]),
        ],
    );
}

#[test]
fn fixed_ends_do_not_share_bytes() {
    check(
        &[&["aba*aba"], &["ab/**/*ab/c"], &["x/**/*x"], &["a?ba"]],
        &[("aba", &[]), ("ababa", &[]), ("abaaba", &[0]), ("x/x", &[2]), ("x/", &[]), ("aba/x", &[]), ("axba", &[3])],
    );
}

#[test]
fn exclusions_hold_for_their_own_set() {
    check(
        &[&["src/", "!src/gen/"], &["src/gen/"], &["src/", "!**/*.md", "!**/*.txt"]],
        &[("src/gen/a", &[1, 2]), ("src/a.md", &[0]), ("src/gen/a.md", &[1]), ("src/a", &[0, 2])],
    );
}

#[test]
fn many_patterns_with_the_same_ends() {
    let sets: Vec<Vec<String>> = (0..50)
        .map(|at| {
            vec![
                format!("packages/*/area{at}/"),
                format!("spec/**/*_{at}_spec.rb"),
                format!("a/**/b{at}/*.rb"),
                format!("docs/{at}*"),
                "README.md".to_owned(),
            ]
        })
        .collect();
    let sets: Vec<Vec<&str>> = sets.iter().map(|set| set.iter().map(String::as_str).collect()).collect();
    let sets: Vec<&[&str]> = sets.iter().map(Vec::as_slice).collect();
    let all: Vec<usize> = (0..50).collect();
    check(
        &sets,
        &[
            ("packages/x/area7/lib/a.rb", &[7]),
            ("packages/area8/area9/a", &[9]),
            ("packages/area8/x/area9/a", &[]),
            ("packages/x/area7", &[]),
            ("spec/models/order_12_spec.rb", &[12]),
            ("spec/_3_spec.rb", &[3]),
            ("spec/order_99_spec.rb", &[]),
            ("a/x/y/b30/z.rb", &[30]),
            ("a/b30/z.rb", &[30]),
            ("a/b30/x/z.rb", &[]),
            ("a/b30/b31/z.rb", &[31]),
            ("docs/1", &[1]),
            ("docs/12.md", &[1, 12]),
            ("docs/x", &[]),
            ("README.md", &all),
        ],
    );
}

#[test]
fn no_sets() {
    check(&[], &[("a", &[])]);
    check(&[&[], &["!a"]], &[("a", &[]), ("b", &[])]);
}
