//! Which agents keep the others from being done.

use serde::Serialize;

use super::schedule::TaskGraph;

/// Agents that are done sooner than this, in milliseconds, are not worth dividing.
const LEAST_MILLIS: u64 = 120_000;

/// How much an agent holds up the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bottleneck {
    /// It takes at least a tenth longer than the mean of all agents.
    Potential,
    /// It takes at least half as long again as the mean of all agents, and everything is done later if it is.
    Definite,
}

/// Marks tasks by how long they take against the mean of all. One that is done within two minutes is never marked, and
/// neither is one alone.
///
/// ```
/// use codex_core::analyze::{Bottleneck, Task, TaskGraph, bottlenecks};
///
/// let tasks = [3, 9, 4, 10, 14].map(|minutes| Task { work_millis: minutes * 60_000, ..Task::default() });
/// let marks = bottlenecks(&TaskGraph::new(&tasks)?);
/// let (potential, definite) = (Some(Bottleneck::Potential), Some(Bottleneck::Definite));
/// assert_eq!(marks, [None, potential, None, potential, definite]);
/// # Ok::<(), codex_core::analyze::GraphError>(())
/// ```
pub fn bottlenecks(graph: &TaskGraph<'_>) -> Vec<Option<Bottleneck>> {
    let tasks = graph.tasks();
    let count = tasks.len() as u128;
    let sum: u128 = tasks.iter().map(|task| u128::from(task.total_millis())).sum();
    let mark = |(millis, slack): (u64, u64)| {
        // Both sides are multiplied by the number of tasks, so that nothing is divided and rounded.
        let scaled = u128::from(millis) * count;
        if millis < LEAST_MILLIS || scaled * 10 < sum * 11 {
            None
        } else if slack == 0 && scaled * 2 >= sum * 3 {
            Some(Bottleneck::Definite)
        } else {
            Some(Bottleneck::Potential)
        }
    };
    tasks.iter().map(|task| task.total_millis()).zip(graph.slack_millis()).map(mark).collect()
}
