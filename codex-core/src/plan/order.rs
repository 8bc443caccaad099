//! Which agents can be at work at the same time.

use std::collections::HashMap;

use codex_spec::{Agent, CheckpointCondition, Dependency, Workflow};

use super::types::PlannedAgent;

/// The gates of a workflow, as far as they keep agents from writing at the same time.
///
/// An agent that waits for another to be complete, or for a checkpoint of the condition `write_complete`, starts when
/// the other has written all that it will. A checkpoint of any other condition opens while its owner may still be at
/// work, so such a gate orders nothing here.
pub(crate) struct Order {
    /// For each agent of the workflow the bits of those that have written all before it starts.
    before: Vec<Vec<u64>>,
    /// For each agent of the plan its place in the workflow.
    places: Vec<usize>,
}

impl Order {
    /// The order of the agents of a plan; those of the workflow that do not take part order others all the same.
    pub(crate) fn new(workflow: &Workflow, agents: &[PlannedAgent]) -> Order {
        let index: HashMap<&str, usize> =
            workflow.agents.iter().enumerate().map(|(at, agent)| (agent.id.as_str(), at)).collect();
        let waits = |agent: &Agent| {
            let known = agent.depends_on.iter().filter(|dependency| ends_before(workflow, dependency));
            known.filter_map(|dependency| index.get(dependency.agent.as_str()).copied()).collect::<Vec<usize>>()
        };
        let direct: Vec<Vec<usize>> = workflow.agents.iter().map(waits).collect();
        // Every planned agent is one of the workflow.
        let places = agents.iter().filter_map(|agent| index.get(agent.id.as_str()).copied()).collect();
        Order { before: behind(&direct), places }
    }

    /// Whether two agents, by their places in the plan, can be at work at the same time.
    pub(crate) fn concurrent(&self, left: usize, right: usize) -> bool {
        let (Some(&left), Some(&right)) = (self.places.get(left), self.places.get(right)) else { return true };
        left != right && !self.precedes(left, right) && !self.precedes(right, left)
    }

    fn precedes(&self, first: usize, then: usize) -> bool {
        let word = self.before.get(then).and_then(|before| before.get(first / 64));
        word.is_some_and(|word| (word >> (first % 64)) & 1 == 1)
    }
}

/// Whether a dependency is met only when the other agent has written all that it will.
fn ends_before(workflow: &Workflow, dependency: &Dependency) -> bool {
    let Some(id) = &dependency.checkpoint else { return true };
    let owner = workflow.agent(&dependency.agent);
    let checkpoint = owner.and_then(|owner| owner.checkpoints.iter().find(|checkpoint| checkpoint.id == *id));
    checkpoint.is_some_and(|checkpoint| checkpoint.condition == CheckpointCondition::WriteComplete)
}

/// For each node the bits of all that it waits for, over any number of steps. What waits for itself in a circle has some
/// of them only; a workflow with a circle has no plan.
fn behind(direct: &[Vec<usize>]) -> Vec<Vec<u64>> {
    let mut before = vec![vec![0_u64; direct.len().div_ceil(64)]; direct.len()];
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); direct.len()];
    let mut left: Vec<usize> = direct.iter().map(Vec::len).collect();
    for (node, waits) in direct.iter().enumerate() {
        for first in waits {
            followers[*first].push(node);
        }
    }
    let mut ready: Vec<usize> = (0..direct.len()).filter(|node| left[*node] == 0).collect();
    while let Some(done) = ready.pop() {
        let mut own = before[done].clone();
        own[done / 64] |= 1 << (done % 64);
        for next in &followers[done] {
            for (word, more) in before[*next].iter_mut().zip(&own) {
                *word |= more;
            }
            left[*next] -= 1;
            if left[*next] == 0 {
                ready.push(*next);
            }
        }
    }
    before
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn waits_for(before: &[Vec<u64>], then: usize, first: usize) -> bool {
        (before[then][first / 64] >> (first % 64)) & 1 == 1
    }

    proptest! {
        /// Against a walk from each node; edges lead to lower nodes, so that there is no circle.
        #[test]
        fn all_that_is_waited_for(edges in proptest::collection::vec((0_usize..80, 0_usize..80), 0..120)) {
            let mut direct = vec![Vec::new(); 80];
            for (a, b) in edges.into_iter().filter(|(a, b)| a != b) {
                direct[a.max(b)].push(a.min(b));
            }
            let before = behind(&direct);
            for (node, own) in direct.iter().enumerate() {
                let (mut reached, mut pending) = (vec![false; 80], own.clone());
                while let Some(here) = pending.pop() {
                    if !std::mem::replace(&mut reached[here], true) {
                        pending.extend(&direct[here]);
                    }
                }
                for (first, expected) in reached.into_iter().enumerate() {
                    prop_assert_eq!(waits_for(&before, node, first), expected, "{} waits for {}", node, first);
                }
            }
        }
    }

    #[test]
    fn a_circle_ends() {
        assert_eq!(behind(&[vec![1], vec![0], vec![]]), [vec![0], vec![0], vec![0]]);
    }
}
