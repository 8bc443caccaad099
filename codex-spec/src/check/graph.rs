//! Circles among things that wait for each other.

use std::collections::BTreeMap;

use crate::quote::Quoted;
use crate::report::Report;
use crate::{Diagnostic, Span};

/// More circles than this are not looked for: the first is error enough, and each may be long.
const MAX_CYCLES: usize = 100;

/// Whether things that wait for each other can be put into an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// They can.
    Exists,
    /// Some wait in a circle, which was reported.
    Circular,
}

/// Reports every circle: spelled out, with every place at which one of it waits for the next.
/// `places` has the place of each edge, `what` says who waits.
pub(super) fn report_circles<'n>(
    what: &str,
    edges: &[Vec<usize>],
    places: &BTreeMap<(usize, usize), Span>,
    name: impl Fn(usize) -> &'n str,
    report: &mut Report,
) -> Order {
    let cycles = cycles(edges);
    for cycle in &cycles {
        let path: Vec<String> = cycle.iter().map(|&node| Quoted(name(node)).to_string()).collect();
        let mut problem = Diagnostic::error("cycle", format!("{what}: {}", path.join(" -> ")));
        for (number, pair) in cycle.windows(2).enumerate() {
            let span = places.get(&(pair[0], pair[1])).copied().unwrap_or_default();
            let text = format!("`{}` waits here", Quoted(name(pair[0])));
            problem = if number == 0 { problem.at(span, text) } else { problem.also(span, text) };
        }
        report.push(problem);
    }
    if cycles.is_empty() { Order::Exists } else { Order::Circular }
}

/// Finds circles. `edges[a]` lists what `a` waits for; every index is below the length. Each
/// circle is a path whose last element equals its first. An edge from a thing to itself is left
/// to the caller.
pub(super) fn cycles(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; edges.len()];
    let mut cycles = Vec::new();
    for start in 0..edges.len() {
        if states[start] != State::New {
            continue;
        }
        states[start] = State::Open;
        // Each step is a node and the number of its edges that were followed.
        let mut path = vec![(start, 0)];
        while let Some((node, followed)) = path.last_mut() {
            let node = *node;
            let Some(&next) = edges[node].get(*followed) else {
                states[node] = State::Done;
                path.pop();
                continue;
            };
            *followed += 1;
            if next == node {
                continue;
            }
            match states[next] {
                State::Done => {}
                State::New => {
                    states[next] = State::Open;
                    path.push((next, 0));
                }
                State::Open => {
                    let from = path.iter().position(|&(node, _)| node == next);
                    let circle = path.iter().skip(from.unwrap_or(0)).map(|&(node, _)| node);
                    cycles.push(circle.chain([next]).collect());
                    if cycles.len() >= MAX_CYCLES {
                        return cycles;
                    }
                }
            }
        }
    }
    cycles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_found_once() {
        for (edges, expected) in [
            (vec![], vec![]),
            (vec![vec![1], vec![]], vec![]),
            (vec![vec![0]], vec![]),
            (vec![vec![1], vec![0]], vec![vec![0, 1, 0]]),
            (vec![vec![1], vec![2], vec![1]], vec![vec![1, 2, 1]]),
            (vec![vec![1, 2], vec![3], vec![3], vec![]], vec![]),
            (vec![vec![1], vec![0], vec![3], vec![2]], vec![vec![0, 1, 0], vec![2, 3, 2]]),
        ] {
            let edges: Vec<Vec<usize>> = edges;
            let expected: Vec<Vec<usize>> = expected;
            assert_eq!(cycles(&edges), expected, "{edges:?}");
        }
    }
}
