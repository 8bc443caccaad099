//! In which order files can be done.

use thiserror::Error;

use super::graph::Graph;

/// Groups in which no order is possible: files need each other in a circle that leads through several groups.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{} files never get ready: files that need each other in a circle are in different groups", .files.len())]
pub struct Stuck {
    /// The nodes that never get ready, in order: those of such circles, and all that need them.
    pub files: Vec<usize>,
}

/// What keeps a file from being ready: the files that it needs and that are neither done nor in its own group.
///
/// A file is ready when nothing keeps it. So the files of a group that need only each other are ready together, and one
/// worker can do them in any order. `group` are the nodes that are done together with `file`.
///
/// ```
/// use codex_scope::decompose::{Graph, blockers};
///
/// let graph = Graph::new(["a", "b", "c"], [("a", "b"), ("a", "c")]);
/// let nothing_done = |_: usize| false;
/// assert_eq!(blockers(&graph, 0, &[0, 1], nothing_done), [2]);
/// assert!(blockers(&graph, 0, &[0, 1], |file| file == 2).is_empty(), "b is in the group, c is done");
/// ```
pub fn blockers(graph: &Graph, file: usize, group: &[usize], done: impl Fn(usize) -> bool) -> Vec<usize> {
    graph.needs(file).iter().copied().filter(|need| !done(*need) && !group.contains(need)).collect()
}

/// All nodes in waves: a file is in the first wave before which all that it needs is done or in its own group.
///
/// A node that is in none of the groups is a group of its own; one that is in several counts for the first. Takes time
/// in proportion to nodes and edges.
///
/// # Errors
///
/// [`Stuck`] if groups part files that need each other in a circle. Groups of [`group`](super::group) never do.
///
/// ```
/// use codex_scope::decompose::{Graph, waves};
///
/// let graph = Graph::new(["a", "b"], [("a", "b"), ("b", "a")]);
/// assert_eq!(waves(&graph, &[vec![0, 1]])?, [vec![0, 1]]);
/// assert_eq!(waves(&graph, &[vec![0], vec![1]]).unwrap_err().files, [0, 1]);
/// # Ok::<(), codex_scope::decompose::Stuck>(())
/// ```
pub fn waves(graph: &Graph, groups: &[Vec<usize>]) -> Result<Vec<Vec<usize>>, Stuck> {
    let group_of = group_of(graph.len(), groups);
    let apart = |from: usize, to: usize| group_of[from].is_none() || group_of[from] != group_of[to];
    let mut waits_for = vec![0_usize; graph.len()];
    let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); graph.len()];
    for (from, to) in graph.edges().filter(|(from, to)| apart(*from, *to)) {
        waits_for[from] += 1;
        needed_by[to].push(from);
    }
    let mut wave: Vec<usize> = (0..graph.len()).filter(|file| waits_for[*file] == 0).collect();
    let mut waves = Vec::new();
    while !wave.is_empty() {
        let mut next = Vec::new();
        for file in &wave {
            for waiting in &needed_by[*file] {
                waits_for[*waiting] -= 1;
                if waits_for[*waiting] == 0 {
                    next.push(*waiting);
                }
            }
        }
        next.sort_unstable();
        waves.push(std::mem::replace(&mut wave, next));
    }
    let files: Vec<usize> = (0..graph.len()).filter(|file| waits_for[*file] > 0).collect();
    if files.is_empty() { Ok(waves) } else { Err(Stuck { files }) }
}

fn group_of(files: usize, groups: &[Vec<usize>]) -> Vec<Option<usize>> {
    let mut group_of = vec![None; files];
    for (group, members) in groups.iter().enumerate() {
        for member in members {
            if let Some(place @ None) = group_of.get_mut(*member) {
                *place = Some(group);
            }
        }
    }
    group_of
}
