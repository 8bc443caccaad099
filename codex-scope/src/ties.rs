//! Who depends on what another writes, by what files say of each other.

use rustc_hash::FxHashSet;

use crate::files::ScopeIndex;
use crate::set::PatternSet;

/// One file imports, requires or names another. Where edges come from is not this crate's business.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edge {
    /// The file that says so.
    pub from: Vec<u8>,
    /// The file that it means.
    pub to: Vec<u8>,
    /// The line in which it says so, counted from 1.
    pub line: usize,
    /// What the line says of it, such as `../types`.
    pub text: String,
}

/// What one agent writes depends on what another writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tie {
    /// The agent that may write the file that says so, by its place in the list of writers.
    pub from: usize,
    /// The agent that may write the file that is meant.
    pub to: usize,
    /// The edge that ties them, by its place in the list of edges.
    pub edge: usize,
}

/// Finds edges that lead from what one agent may write to what another may write at the same time.
///
/// `writers` are the write sets of the agents, which are named by their place in that list. `concurrent` says whether
/// two agents may run at the same time, with the lower place first. Two agents that share one of the two files are not
/// tied by the edge: they overlap, see [`overlaps`](crate::overlaps). The answer is ordered by the edges and then by
/// the agents; the same two files tie two agents once, by the first edge.
///
/// ```
/// use codex_scope::{Edge, PatternSet, Tie, ties};
///
/// let backend = PatternSet::parse(["config/routes.rb"])?;
/// let frontend = PatternSet::parse(["src/"])?;
/// let edge = Edge {
///     from: b"src/api/payments.ts".to_vec(),
///     to: b"config/routes.rb".to_vec(),
///     line: 3,
///     text: "routes".to_owned(),
/// };
/// assert_eq!(ties(&[&backend, &frontend], &[edge], |_, _| true), [Tie { from: 1, to: 0, edge: 0 }]);
/// # Ok::<(), codex_scope::SetError>(())
/// ```
pub fn ties(writers: &[&PatternSet], edges: &[Edge], concurrent: impl Fn(usize, usize) -> bool) -> Vec<Tie> {
    let index = ScopeIndex::new(writers);
    let mut known: FxHashSet<(usize, usize, &[u8], &[u8])> = FxHashSet::default();
    let (mut sources, mut targets) = (Vec::new(), Vec::new());
    let mut ties = Vec::new();
    for (at, edge) in edges.iter().enumerate() {
        index.matching_into(&edge.from, &mut sources);
        index.matching_into(&edge.to, &mut targets);
        for &from in sources.iter().filter(|from| !targets.contains(from)) {
            for &to in targets.iter().filter(|to| !sources.contains(to)) {
                let together = concurrent(from.min(to), from.max(to));
                if together && known.insert((from, to, edge.from.as_slice(), edge.to.as_slice())) {
                    ties.push(Tie { from, to, edge: at });
                }
            }
        }
    }
    ties
}
