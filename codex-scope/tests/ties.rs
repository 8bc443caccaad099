//! Who depends on what another writes.
#![allow(clippy::unwrap_used)]

use codex_scope::{Edge, PatternSet, Tie, ties};

fn edge((from, to): &(&str, &str)) -> Edge {
    Edge { from: from.as_bytes().to_vec(), to: to.as_bytes().to_vec(), line: 1, text: (*to).to_owned() }
}

/// The ties of write scopes over edges: who depends on whom, and by which edge.
#[track_caller]
fn check(writers: &[&[&str]], edges: &[(&str, &str)], expected: &[(usize, usize, usize)]) {
    let sets: Vec<PatternSet> = writers.iter().map(|entries| PatternSet::parse(*entries).unwrap()).collect();
    let sets: Vec<&PatternSet> = sets.iter().collect();
    let edges: Vec<Edge> = edges.iter().map(edge).collect();
    let found = ties(&sets, &edges, |left, right| left < right && (left, right) != (7, 8));
    let expected: Vec<Tie> = expected.iter().map(|&(from, to, edge)| Tie { from, to, edge }).collect();
    assert_eq!(found, expected);
}

#[test]
fn edges_tie_agents() {
    check(&[&["api/"], &["web/"]], &[("web/a", "api/a")], &[(1, 0, 0)]);
    check(&[&["api/"], &["web/"]], &[("api/a", "web/a"), ("web/a", "api/a")], &[(0, 1, 0), (1, 0, 1)]);
    check(&[&["api/"], &["web/"]], &[("web/a", "web/b"), ("docs/a", "api/a"), ("web/a", "docs/a")], &[]);
    check(&[&["api/", "!api/a"], &["web/"]], &[("web/a", "api/a"), ("web/a", "api/b")], &[(1, 0, 1)]);
}

#[test]
fn two_files_tie_two_agents_once() {
    check(&[&["a"], &["b"]], &[("a", "b"), ("a", "b")], &[(0, 1, 0)]);
    check(&[&["a"], &["b"], &["b"]], &[("a", "b")], &[(0, 1, 0), (0, 2, 0)]);
}

#[test]
fn agents_that_share_a_file_overlap_and_are_not_tied() {
    check(&[&["a", "b"], &["b"]], &[("a", "b")], &[]);
    check(&[&["a"], &["a", "b"]], &[("a", "b")], &[]);
}

#[test]
fn agents_that_never_run_at_once_are_not_tied() {
    let none: &[&str] = &[];
    let writers: [&[&str]; 9] = [none, none, none, none, none, none, &["c"], &["a"], &["b"]];
    check(&writers, &[("b", "a"), ("b", "c")], &[(8, 6, 1)]);
}
