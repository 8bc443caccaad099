//! Circles among things that wait for each other.

/// More circles than this are not looked for: the first is error enough, and each may be long.
const MAX_CYCLES: usize = 100;

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

/// A circle in words: `a -> b -> a`.
pub(super) fn spell<'n>(cycle: &[usize], name: impl Fn(usize) -> &'n str) -> String {
    let names: Vec<&str> = cycle.iter().map(|&node| name(node)).collect();
    names.join(" -> ")
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
