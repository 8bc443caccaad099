//! Tasks that wait for each other: their order, the longest path through them, and who can spare time.

use std::collections::VecDeque;

/// A piece of work that takes one slot from its start to its end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Task {
    /// Its name.
    pub id: String,
    /// Higher starts first.
    pub priority: i64,
    /// How long it works until its files are written, in milliseconds.
    pub work_millis: u64,
    /// How long it is judged after that, in milliseconds; it keeps its slot meanwhile.
    pub check_millis: u64,
    /// What it waits for: all of these.
    pub after: Vec<Gate>,
}

impl Task {
    /// How long it keeps its slot, in milliseconds.
    pub fn total_millis(&self) -> u64 {
        self.work_millis.saturating_add(self.check_millis)
    }

    /// How long after its start others may go on that wait for it.
    fn millis_until(&self, opens: Opens) -> u64 {
        match opens {
            Opens::Written => self.work_millis,
            Opens::Complete => self.total_millis(),
        }
    }
}

/// A wait for another task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    /// The other task, by its place in the list.
    pub task: usize,
    /// When it lets others pass.
    pub opens: Opens,
}

/// When a task lets those pass that wait for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Opens {
    /// When its files are written, though they are not judged yet.
    Written,
    /// When it was judged too.
    Complete,
}

/// Tasks that can't be put into an order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GraphError {
    /// A gate names a task that is not in the list.
    #[error("`{task}` waits for task {gate}, and there are {count}, counted from 0")]
    Unknown {
        /// Who waits.
        task: String,
        /// For whom, by place.
        gate: usize,
        /// How many tasks there are.
        count: usize,
    },
    /// Tasks wait for each other.
    #[error("these wait for each other, or for those that do, and never start: {}", .tasks.join(", "))]
    Circle {
        /// The tasks that never start.
        tasks: Vec<String>,
    },
}

/// Tasks whose waits make sense.
#[derive(Debug, Clone)]
pub struct TaskGraph<'t> {
    pub(super) tasks: &'t [Task],
    /// Every task behind those that it waits for.
    pub(super) order: Vec<usize>,
    /// Who waits for each task, and until when.
    pub(super) followers: Vec<Vec<(usize, Opens)>>,
}

/// The longest way through tasks that wait for each other: no number of slots makes them faster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CriticalPath {
    /// The tasks on it, first to last, by their place in the list.
    pub tasks: Vec<usize>,
    /// How long it takes, in milliseconds.
    pub millis: u64,
}

impl<'t> TaskGraph<'t> {
    /// Looks at who waits for whom.
    ///
    /// # Errors
    /// [`GraphError`] for a gate that leads nowhere and for tasks that wait for each other.
    pub fn new(tasks: &'t [Task]) -> Result<TaskGraph<'t>, GraphError> {
        let count = tasks.len();
        let mut followers: Vec<Vec<(usize, Opens)>> = vec![Vec::new(); count];
        for (at, task) in tasks.iter().enumerate() {
            for gate in &task.after {
                let Some(known) = followers.get_mut(gate.task) else {
                    return Err(GraphError::Unknown { task: task.id.clone(), gate: gate.task, count });
                };
                known.push((at, gate.opens));
            }
        }
        let mut closed: Vec<usize> = tasks.iter().map(|task| task.after.len()).collect();
        let mut open: VecDeque<usize> = (0..count).filter(|&at| closed[at] == 0).collect();
        let mut order = Vec::with_capacity(count);
        while let Some(at) = open.pop_front() {
            order.push(at);
            for &(follower, _) in &followers[at] {
                closed[follower] -= 1;
                if closed[follower] == 0 {
                    open.push_back(follower);
                }
            }
        }
        if order.len() < count {
            let waiting = tasks.iter().zip(&closed).filter(|(_, closed)| **closed > 0);
            return Err(GraphError::Circle { tasks: waiting.map(|(task, _)| task.id.clone()).collect() });
        }
        Ok(TaskGraph { tasks, order, followers })
    }

    /// The tasks.
    pub fn tasks(&self) -> &'t [Task] {
        self.tasks
    }

    /// The longest path; of several equally long ones that through the tasks that stand first in the list.
    pub fn critical_path(&self) -> CriticalPath {
        let starts = self.earliest_starts();
        let end = |at: usize| starts[at].saturating_add(self.tasks[at].total_millis());
        let last = (0..self.tasks.len()).rev().max_by_key(|&at| end(at));
        let millis = last.map_or(0, end);
        let mut path = Vec::new();
        let mut here = last;
        while let Some(at) = here {
            path.push(at);
            let decides = |gate: &&Gate| {
                let opens = starts[gate.task].saturating_add(self.tasks[gate.task].millis_until(gate.opens));
                opens == starts[at]
            };
            here = self.tasks[at].after.iter().find(decides).map(|gate| gate.task);
        }
        path.reverse();
        CriticalPath { tasks: path, millis }
    }

    /// By how much each task could end later without the end of all being later, in milliseconds, were there a slot for
    /// everyone.
    pub fn slack_millis(&self) -> Vec<u64> {
        let (starts, tails) = (self.earliest_starts(), self.tails());
        let through = |at: usize| starts[at].saturating_add(tails[at]);
        let longest = (0..self.tasks.len()).map(through).max().unwrap_or(0);
        (0..self.tasks.len()).map(|at| longest.saturating_sub(through(at))).collect()
    }

    /// When each task can start at the earliest.
    fn earliest_starts(&self) -> Vec<u64> {
        let mut starts = vec![0_u64; self.tasks.len()];
        for &at in &self.order {
            for &(follower, opens) in &self.followers[at] {
                let open = starts[at].saturating_add(self.tasks[at].millis_until(opens));
                starts[follower] = starts[follower].max(open);
            }
        }
        starts
    }

    /// How long it takes from each task's start until the last of those that wait for it has ended.
    pub(super) fn tails(&self) -> Vec<u64> {
        let mut tails = vec![0_u64; self.tasks.len()];
        for &at in self.order.iter().rev() {
            let task = &self.tasks[at];
            let behind = self.followers[at]
                .iter()
                .map(|&(follower, opens)| task.millis_until(opens).saturating_add(tails[follower]));
            tails[at] = behind.fold(task.total_millis(), u64::max);
        }
        tails
    }
}
