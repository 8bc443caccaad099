//! What runs when: list scheduling on a number of slots.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::graph::{Opens, TaskGraph};

/// Who starts first of those that could, after the priorities.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StartOrder {
    /// Who stands first in the list: what a [run](crate::run::Machine) does.
    #[default]
    File,
    /// Who has the longest path before it until everything behind it has ended.
    LongestPathFirst,
}

/// When each task runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schedule {
    /// Start and end of each task, in milliseconds from the start of the first, in the order of the tasks.
    pub spans: Vec<(u64, u64)>,
    /// When the last one has ended, in milliseconds.
    pub makespan_millis: u64,
}

impl TaskGraph<'_> {
    /// The tasks by who starts first of those that could: the highest priority, then as `order` says.
    pub fn start_order(&self, order: StartOrder) -> Vec<usize> {
        let tails = match order {
            StartOrder::File => vec![0; self.tasks.len()],
            StartOrder::LongestPathFirst => self.tails(),
        };
        let mut all: Vec<usize> = (0..self.tasks.len()).collect();
        all.sort_by_key(|&at| (Reverse(self.tasks[at].priority), Reverse(tails[at]), at));
        all
    }

    /// Runs the tasks on so many slots (at least one): whenever a slot is free and a task waits for nothing any more,
    /// the one with the highest priority starts, and of several the one that `order` says.
    ///
    /// This is Graham's list scheduling (1966): never more than twice as long as the best possible schedule.
    pub fn schedule(&self, slots: usize, order: StartOrder) -> Schedule {
        let slots = slots.max(1);
        let mut places = vec![0_usize; self.tasks.len()];
        for (place, at) in self.start_order(order).into_iter().enumerate() {
            places[at] = place;
        }
        let place = |at: usize| (places[at], at);
        let mut closed: Vec<usize> = self.tasks.iter().map(|task| task.after.len()).collect();
        let mut ready: BTreeSet<_> = (0..self.tasks.len()).filter(|&at| closed[at] == 0).map(place).collect();
        let mut spans = vec![(0_u64, 0_u64); self.tasks.len()];
        let mut coming: BinaryHeap<Reverse<(u64, usize, Opens)>> = BinaryHeap::new();
        let (mut now, mut busy) = (0_u64, 0_usize);
        loop {
            while busy < slots
                && let Some((_, at)) = ready.pop_first()
            {
                busy += 1;
                let written = now.saturating_add(self.tasks[at].work_millis);
                let end = now.saturating_add(self.tasks[at].total_millis());
                spans[at] = (now, end);
                coming.push(Reverse((written, at, Opens::Written)));
                coming.push(Reverse((end, at, Opens::Complete)));
            }
            let Some(Reverse((next, _, _))) = coming.peek().copied() else { break };
            now = next;
            // What happens at one moment has happened before anybody starts.
            while let Some(&Reverse((when, at, opened))) = coming.peek()
                && when == now
            {
                coming.pop();
                busy -= usize::from(opened == Opens::Complete);
                for &(follower, opens) in &self.followers[at] {
                    if opens == opened {
                        closed[follower] -= 1;
                        if closed[follower] == 0 {
                            ready.insert(place(follower));
                        }
                    }
                }
            }
        }
        Schedule { makespan_millis: now, spans }
    }
}
