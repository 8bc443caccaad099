//! How many tasks can be at work at once, however many slots there are.

use std::collections::VecDeque;

use super::graph::TaskGraph;

impl TaskGraph<'_> {
    /// The most tasks of which none waits for another, directly or over others.
    ///
    /// By Dilworth's theorem that is the least number of chains that have every task, and by Fulkerson's construction
    /// the number of tasks without the size of a largest matching between tasks and those behind them. Time grows with
    /// the cube of the number of tasks, in steps of 64 at once.
    pub fn width(&self) -> usize {
        self.tasks.len() - largest_matching(&self.reach())
    }

    /// For each task the set of those that wait for it, directly or over others: a bit each.
    fn reach(&self) -> Vec<Vec<u64>> {
        let words = self.tasks.len().div_ceil(64);
        let mut reach: Vec<Vec<u64>> = vec![Vec::new(); self.tasks.len()];
        for &at in self.order.iter().rev() {
            let mut row = vec![0_u64; words];
            for &(follower, _) in &self.followers[at] {
                row[follower / 64] |= 1 << (follower % 64);
                for (word, behind) in row.iter_mut().zip(&reach[follower]) {
                    *word |= behind;
                }
            }
            reach[at] = row;
        }
        reach
    }
}

/// The size of a largest set of pairs (a task, one behind it) in which no task stands twice on the same side: by
/// augmenting paths, shortest first.
fn largest_matching(reach: &[Vec<u64>]) -> usize {
    let count = reach.len();
    let mut right_of: Vec<Option<usize>> = vec![None; count];
    let mut left_of: Vec<Option<usize>> = vec![None; count];
    let mut found_by = vec![0_usize; count];
    let mut size = 0;
    for start in 0..count {
        let end = free_end(start, reach, &left_of, &mut found_by);
        let Some(mut right) = end else { continue };
        size += 1;
        loop {
            let left = found_by[right];
            let before = right_of[left].replace(right);
            left_of[right] = Some(left);
            match before {
                Some(before) => right = before,
                None => break,
            }
        }
    }
    size
}

/// A right end without a partner that can be reached from `start` by turns: to any behind, back to that one's partner.
/// `found_by` says for each right end on the way from which left end it was reached.
fn free_end(start: usize, reach: &[Vec<u64>], left_of: &[Option<usize>], found_by: &mut [usize]) -> Option<usize> {
    let mut unseen = vec![u64::MAX; reach.len().div_ceil(64)];
    let mut queue = VecDeque::from([start]);
    while let Some(left) = queue.pop_front() {
        for ((word, unseen), row) in unseen.iter_mut().enumerate().zip(&reach[left]) {
            let mut found = row & *unseen;
            *unseen &= !found;
            while found != 0 {
                let right = word * 64 + found.trailing_zeros() as usize;
                found &= found - 1;
                found_by[right] = left;
                match left_of[right] {
                    Some(next) => queue.push_back(next),
                    None => return Some(right),
                }
            }
        }
    }
    None
}
