//! Files in parts: what every way of dividing comes to before it is written as a workflow.

use std::collections::BTreeMap;

use super::facts::Facts;
use super::survey::Survey;

/// A repository in parts.
#[derive(Debug, Default)]
pub(super) struct Division {
    /// In the order of the workflow: a part stands behind those that it waits for.
    pub(super) parts: Vec<Part>,
    /// Whether files that are in no part may fall to whoever has their folder, as far as their imports can't be read.
    pub(super) neutral: bool,
    /// Folders that no part gets as a whole.
    pub(super) shared: Vec<Vec<u8>>,
    /// Where parts need each other.
    pub(super) ties: Vec<Tie>,
    /// What all agents may read and nobody writes while they work.
    pub(super) interfaces: Vec<String>,
    pub(super) notes: Vec<String>,
}

/// What becomes one agent.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    /// What its id is made of.
    pub(super) name: String,
    /// Its name for people.
    pub(super) title: String,
    /// What its agent is told beside what only the user knows.
    pub(super) task: String,
    /// Its files, by their places in the survey, sorted.
    pub(super) files: Vec<usize>,
    /// Further path patterns that it may write.
    pub(super) write: Vec<String>,
    /// Further path patterns that it may read.
    pub(super) read: Vec<String>,
    /// Parts whose files it may read.
    pub(super) reads: Vec<usize>,
    /// Parts that have to be written before it starts.
    pub(super) waits_for: Vec<usize>,
    pub(super) tables: Vec<String>,
    /// How many of its files are ready in each wave.
    pub(super) ready: Vec<usize>,
    pub(super) oversized: bool,
    /// Those of its files that are named one by one, so that nothing new beside them falls to it. Sorted.
    pub(super) exact: Vec<usize>,
    /// Files of other parts that its own need; empty where it may read all of `reads`.
    pub(super) needed: Vec<usize>,
}

/// One part needs another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tie {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) count: usize,
    pub(super) example: String,
}

/// The part of each file of the survey.
pub(super) fn part_of(survey: &Survey, parts: &[Part]) -> Vec<Option<usize>> {
    let mut part_of = vec![None; survey.files.len()];
    for (at, part) in parts.iter().enumerate() {
        for file in &part.files {
            part_of[*file] = Some(at);
        }
    }
    part_of
}

/// The imports between parts, added up; the most first.
pub(super) fn ties(survey: &Survey, facts: &[Facts], part_of: &[Option<usize>]) -> Vec<Tie> {
    let mut ties: BTreeMap<(usize, usize), Tie> = BTreeMap::new();
    for fact in facts {
        let Some(from) = part_of[fact.file] else { continue };
        for import in &fact.imports {
            let Some(to) = part_of[import.to].filter(|to| *to != from) else { continue };
            let tie = ties.entry((from, to)).or_insert_with(|| {
                let (file, needed) = (&survey.files[fact.file].path, &survey.files[import.to].path);
                Tie { from, to, count: 0, example: format!("{file}:{} -> {needed}", import.line) }
            });
            tie.count += 1;
        }
    }
    sorted(ties.into_values().collect())
}

/// The most first; then in the order of the parts.
pub(super) fn sorted(mut ties: Vec<Tie>) -> Vec<Tie> {
    ties.sort_by_key(|tie| (std::cmp::Reverse(tie.count), tie.from, tie.to));
    ties
}

/// Leaves out of each list what is reached through others of it anyway. `waits_for` leads backwards only.
pub(super) fn only_direct(waits_for: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut reached: Vec<Vec<bool>> = Vec::with_capacity(waits_for.len());
    let mut direct = Vec::with_capacity(waits_for.len());
    for list in waits_for {
        let mut all = vec![false; waits_for.len()];
        let mut through_others = vec![false; waits_for.len()];
        for other in list {
            all[*other] = true;
            // Lists lead backwards, so what the other reaches is known.
            for (at, reaches) in reached.get(*other).into_iter().flatten().enumerate() {
                if *reaches {
                    all[at] = true;
                    through_others[at] = true;
                }
            }
        }
        direct.push(list.iter().copied().filter(|other| !through_others[*other]).collect());
        reached.push(all);
    }
    direct
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_waited_for_anyway_is_left_out() {
        for (given, expected) in [
            (vec![vec![], vec![0], vec![0, 1]], vec![vec![], vec![0], vec![1]]),
            (vec![vec![], vec![], vec![0, 1]], vec![vec![], vec![], vec![0, 1]]),
            (vec![vec![], vec![0], vec![1], vec![0, 2, 1]], vec![vec![], vec![0], vec![1], vec![2]]),
        ] {
            assert_eq!(only_direct(&given), expected, "{given:?}");
        }
    }
}
