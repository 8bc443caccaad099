//! What is read while others write it.
#![allow(clippy::unwrap_used)]

use codex_scope::{Hazards, PatternSet, Scope, hazards};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

fn set(entries: &[&str]) -> PatternSet {
    PatternSet::parse(entries).unwrap()
}

fn scope((read, write): (&[&str], &[&str])) -> Scope {
    Scope::new(set(read), set(write))
}

fn everything_at_once(_: usize, _: usize) -> bool {
    true
}

fn find(scopes: &[Scope], concurrent: impl Fn(usize, usize) -> bool, allowed: &[&str], limit: usize) -> Hazards {
    let scopes: Vec<&Scope> = scopes.iter().collect();
    hazards(&scopes, concurrent, &set(allowed), limit)
}

/// The hazards of scopes (what each reads, and writes), `READER READS WRITER WRITES: WITNESS` each.
#[track_caller]
fn check(scopes: &[(&[&str], &[&str])], expected: &[&str]) {
    let scopes: Vec<Scope> = scopes.iter().copied().map(scope).collect();
    let found = find(&scopes, everything_at_once, &[], 100);
    let shown = found.found.iter().map(|of| {
        let witness = String::from_utf8_lossy(&of.witness);
        format!("{} {} {} {}: {witness}", of.reader, of.read_pattern, of.writer, of.write_pattern)
    });
    assert_eq!(shown.collect::<Vec<_>>(), expected);
    assert!(found.complete && found.found.iter().all(|of| of.exact));
}

#[test]
fn pairs() {
    check(&[(&["src/"], &[]), (&[], &["src/a.ts"])], &["0 src/ 1 src/a.ts: src/a.ts"]);
    check(&[(&[], &["src/a.ts"]), (&["src/"], &[])], &["1 src/ 0 src/a.ts: src/a.ts"]);
    check(&[(&["src/"], &[]), (&["src/"], &[])], &[]);
    check(&[(&["src/"], &["src/"])], &[]);
    check(&[(&["docs/"], &["src/"]), (&["src/"], &["docs/"])], &["0 docs/ 1 docs/: docs/a", "1 src/ 0 src/: src/a"]);
    check(
        &[(&["a", "src/*.ts"], &[]), (&[], &["src/api/", "src/x*", "a"])],
        &["0 a 1 a: a", "0 src/*.ts 1 src/x*: src/x.ts"],
    );
}

#[test]
fn what_the_reader_may_write_itself_is_an_overlap() {
    check(&[(&["src/"], &["src/a.ts"]), (&[], &["src/a.ts"])], &[]);
    check(&[(&["src/"], &["src/a"]), (&[], &["src/*"])], &["0 src/ 1 src/*: src/b"]);
}

#[test]
fn exclusions_end_a_hazard() {
    check(&[(&["src/", "!src/gen/"], &[]), (&[], &["src/gen/"])], &[]);
    check(&[(&["src/"], &[]), (&[], &["src/*", "!**/*"])], &[]);
}

#[test]
fn one_pattern_of_several_agents() {
    let reads: &[&str] = &["docs/", "docs/"];
    check(
        &[(reads, &["a/"]), (reads, &["docs/x", "docs/x"]), (reads, &[])],
        &["0 docs/ 1 docs/x: docs/x", "2 docs/ 1 docs/x: docs/x"],
    );
}

#[test]
fn only_concurrent_agents_and_paths_not_allowed_count() {
    let scopes = [scope((&[], &["a"])), scope((&["a"], &[])), scope((&["a"], &[]))];
    let readers = |concurrent: fn(usize, usize) -> bool, allowed: &[&str]| -> Vec<usize> {
        find(&scopes, concurrent, allowed, 100).found.iter().map(|of| of.reader).collect()
    };
    assert_eq!(readers(everything_at_once, &[]), [1, 2]);
    assert_eq!(readers(|left, right| (left, right) == (0, 2), &[]), [2]);
    assert!(readers(|left, right| left > right, &[]).is_empty(), "the lower place comes first");
    assert!(readers(everything_at_once, &["a"]).is_empty());
}

#[test]
fn a_limit_is_told() {
    let own: Vec<String> = (0..60).map(|at| format!("src/{at}/")).collect();
    let scopes: Vec<Scope> = own.iter().map(|own| scope((&["src/"], &[own.as_str()]))).collect();
    let some = find(&scopes, everything_at_once, &[], 100);
    assert_eq!((some.found.len(), some.complete), (100, false));
    let all = find(&scopes, everything_at_once, &[], 60 * 59);
    assert_eq!((all.found.len(), all.complete), (60 * 59, true));
}

#[test]
fn many_agents_that_read_the_same_and_write_their_own() {
    let scopes: Vec<Scope> = (0..1000)
        .map(|at| {
            let own = (0..20).map(|part| format!("services/s{at}/part{part}/"));
            let read = ["docs/", "package.json"].map(str::to_owned);
            Scope::new(PatternSet::parse(read).unwrap(), PatternSet::parse(own).unwrap())
        })
        .collect();
    let found = find(&scopes, everything_at_once, &[], 100);
    assert!(found.complete && found.found.is_empty());
}

const POOL: &[&str] =
    &["a", "b", "a/", "b/", "a/b", "*", "**", "a*", "*b", "a/*", "**/b", "{a,b}/a", "!a", "!a/", "!*b", "!**/a"];

fn entries() -> impl Strategy<Value = Vec<&'static str>> {
    vec(select(POOL), 0..4)
}

/// Every path of up to three components of up to two letters.
fn short_paths() -> Vec<String> {
    let names = ["a", "b", "aa", "ab", "ba", "bb"];
    let mut paths: Vec<String> = names.map(str::to_owned).to_vec();
    for depth in 1..3 {
        let longer: Vec<String> = paths
            .iter()
            .filter(|path| path.split('/').count() == depth)
            .flat_map(|path| names.map(|name| format!("{path}/{name}")))
            .collect();
        paths.extend(longer);
    }
    paths
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Two agents have a hazard exactly if some path is one, and every witness is one.
    #[test]
    fn nothing_is_missed_and_nothing_made_up(
        scopes in vec((entries(), entries()), 2..4),
        allowed in entries(),
    ) {
        let scopes: Vec<Scope> = scopes.iter().map(|(read, write)| scope((read.as_slice(), write.as_slice()))).collect();
        let allowed_set = set(&allowed);
        let found = find(&scopes, everything_at_once, &allowed, 10_000);
        prop_assert!(found.complete);
        let is_hazard = |reader: usize, writer: usize, path: &[u8]| {
            let (reader, writer) = (&scopes[reader], &scopes[writer]);
            reader.read().matches(path)
                && !reader.write().matches(path)
                && writer.write().matches(path)
                && !allowed_set.matches(path)
        };
        for of in &found.found {
            prop_assert!(of.reader != of.writer && is_hazard(of.reader, of.writer, &of.witness), "{of:?}");
        }
        for reader in 0..scopes.len() {
            for writer in (0..scopes.len()).filter(|writer| *writer != reader) {
                let told = found.found.iter().any(|of| (of.reader, of.writer) == (reader, writer));
                let exists = short_paths().iter().any(|path| is_hazard(reader, writer, path.as_bytes()));
                prop_assert!(told || !exists, "{reader} reads what {writer} writes");
            }
        }
    }
}
