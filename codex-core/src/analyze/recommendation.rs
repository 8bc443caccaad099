//! What would make a run shorter, tried on the schedule.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::bottleneck::Bottleneck;
use super::calibration::scale;
use super::error::AnalyzeError;
use super::estimate::Estimate;
use super::facts::AgentFacts;
use super::schedule::{Gate, StartOrder, Task, TaskGraph};
use super::split::{NoSplit, ScopePart, part_ids, split_scope};
use super::survey::Survey;
use crate::plan::Plan;

/// An agent is divided into at most so many.
const MOST_PARTS: usize = 4;
/// For more bottlenecks than this no division is looked for: the slowest are.
const MOST_SPLITS: usize = 8;
/// So many more slots are tried than a workflow has.
const MOST_MORE_SLOTS: usize = 64;

/// A change to the workflow that makes the predicted run at least a twentieth shorter.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Recommendation {
    /// Divide an agent into several.
    Split(Split),
    /// A definite bottleneck that can't be divided.
    NoSplit {
        /// The agent.
        agent: String,
        /// Why not.
        why: String,
    },
    /// Have those start first that have the longest way before them.
    Priorities {
        /// `execution.agent_priority` for that.
        agent_priority: BTreeMap<String, i64>,
        /// How long the agents then take, in milliseconds, without any other of the recommendations.
        makespan_millis: u64,
    },
    /// Let more agents run at once.
    MoreAtOnce {
        /// `execution.max_concurrent_agents` for that.
        max_concurrent_agents: usize,
        /// How long the agents then take, in milliseconds, without any other of the recommendations.
        makespan_millis: u64,
    },
}

/// How to divide an agent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Split {
    /// The agent.
    pub agent: String,
    /// How much it holds up the others.
    pub bottleneck: Bottleneck,
    /// The agents to take its place. They share no path that they may write, and together may write what it may.
    pub parts: Vec<SplitPart>,
    /// How long the agents take with this split and those that stand before it in the list, in milliseconds.
    pub makespan_millis: u64,
}

/// An agent to take a part of another's place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SplitPart {
    /// An id that is free.
    pub id: String,
    /// Its write scope, as a workflow writes it.
    pub write: Vec<String>,
    /// Lines that it will probably add.
    pub lines: u64,
    /// How long it will probably take, in milliseconds.
    pub total_millis: u64,
}

/// A plan in numbers.
pub(super) struct Numbers<'a> {
    pub(super) plan: &'a Plan,
    pub(super) estimates: &'a [Estimate],
    pub(super) tasks: &'a [Task],
    pub(super) marks: &'a [Option<Bottleneck>],
    /// How many agents run at once.
    pub(super) slots: usize,
    /// How long they take like that, in milliseconds.
    pub(super) makespan_millis: u64,
    /// How many can be at work at once, were there enough slots.
    pub(super) width: usize,
}

/// What to change, splits first.
pub(super) fn recommend(numbers: &Numbers<'_>, survey: &mut Survey<'_>) -> Result<Vec<Recommendation>, AnalyzeError> {
    let mut found = splits(numbers, survey)?;
    found.extend(priorities(numbers)?);
    found.extend(more_at_once(numbers)?);
    Ok(found)
}

/// Whether a change is worth being recommended.
fn pays(before: u64, after: u64) -> bool {
    before > 0 && u128::from(after) * 20 <= u128::from(before) * 19
}

/// Splits of bottlenecks, the worst first, each on top of those before it.
fn splits(numbers: &Numbers<'_>, survey: &mut Survey<'_>) -> Result<Vec<Recommendation>, AnalyzeError> {
    let mut marked: Vec<(Bottleneck, u64, usize)> = Vec::new();
    for (at, mark) in numbers.marks.iter().enumerate() {
        marked.extend(mark.map(|mark| (mark, numbers.tasks[at].total_millis(), at)));
    }
    marked.sort_by_key(|(mark, millis, at)| (Reverse(*mark), Reverse(*millis), *at));
    let mut found = Vec::new();
    let (mut tasks, mut makespan) = (numbers.tasks.to_vec(), numbers.makespan_millis);
    for (bottleneck, _, at) in marked.into_iter().take(MOST_SPLITS) {
        let (agent, estimate) = (&numbers.plan.agents[at], &numbers.estimates[at]);
        let facts = survey.facts(numbers.plan, agent)?;
        match best_split(&tasks, numbers.slots, &facts, estimate)? {
            Ok((parts, divided, after)) if pays(makespan, after) => {
                let split = Split { agent: agent.id.clone(), bottleneck, parts, makespan_millis: after };
                found.push(Recommendation::Split(split));
                (tasks, makespan) = (divided, after);
            }
            Err(why) if bottleneck == Bottleneck::Definite => {
                found.push(Recommendation::NoSplit { agent: agent.id.clone(), why: why.to_string() });
            }
            _ => {}
        }
    }
    Ok(found)
}

/// The parts of an agent, the tasks with them in its place, and how long these take.
type Divided = (Vec<SplitPart>, Vec<Task>, u64);

/// The division with the shortest schedule; more parts only where they make it clearly shorter.
fn best_split(
    tasks: &[Task],
    slots: usize,
    facts: &AgentFacts,
    estimate: &Estimate,
) -> Result<Result<Divided, NoSplit>, AnalyzeError> {
    let lines = lines_by_pattern(facts, estimate);
    let mut best: Result<Divided, NoSplit> = Err(NoSplit::Indivisible);
    for count in 2..=MOST_PARTS {
        let scopes = match split_scope(facts.scope.write(), &facts.writable, &lines, count) {
            Ok(scopes) => scopes,
            Err(why) if count == 2 => return Ok(Err(why)),
            Err(_) => break,
        };
        let parts = estimates_of(&facts.id, &scopes, estimate, |id| tasks.iter().any(|task| task.id == id));
        let divided = divide(tasks, &facts.id, &parts, estimate);
        let after = TaskGraph::new(&divided)?.schedule(slots, StartOrder::File).makespan_millis;
        let better = match &best {
            Ok((_, _, known)) => pays(*known, after),
            Err(_) => true,
        };
        if better {
            best = Ok((parts, divided, after));
        }
    }
    Ok(best)
}

/// What is expected for each pattern; what falls to no one in particular is spread over all.
fn lines_by_pattern(facts: &AgentFacts, estimate: &Estimate) -> BTreeMap<String, u64> {
    let patterns = facts.scope.write().patterns();
    if estimate.parts.is_empty() || patterns.is_empty() {
        return BTreeMap::new();
    }
    let mut lines: BTreeMap<String, u64> = patterns.iter().map(|pattern| (pattern.to_string(), 0)).collect();
    let mut spread = 0_u64;
    for part in &estimate.parts {
        match part.pattern.as_ref().and_then(|pattern| lines.get_mut(pattern)) {
            Some(known) => *known = known.saturating_add(part.lines),
            None => spread = spread.saturating_add(part.lines),
        }
    }
    let each = spread / lines.len() as u64;
    for known in lines.values_mut() {
        *known = known.saturating_add(each);
    }
    lines
}

/// Each part needs the whole start and the whole criteria, and its share of the rest.
fn estimates_of(
    agent: &str,
    scopes: &[ScopePart],
    estimate: &Estimate,
    taken: impl Fn(&str) -> bool,
) -> Vec<SplitPart> {
    let part = |(id, scope): (String, &ScopePart)| {
        let work_millis = scale(estimate.work_millis, scope.share);
        let total = Estimate { work_millis, parts: Vec::new(), factors: None, ..*estimate }.total_millis();
        SplitPart { id, write: scope.write.clone(), lines: scale(estimate.lines, scope.share), total_millis: total }
    };
    part_ids(agent, scopes, taken).into_iter().zip(scopes).map(part).collect()
}

/// The tasks with one of them replaced by several: who waited for it waits for all of them.
fn divide(tasks: &[Task], agent: &str, parts: &[SplitPart], estimate: &Estimate) -> Vec<Task> {
    let Some(at) = tasks.iter().position(|task| task.id == agent) else { return tasks.to_vec() };
    let more = parts.len().saturating_sub(1);
    let moved = |gate: &Gate| -> Vec<Gate> {
        let to = match gate.task {
            before if before < at => before..before + 1,
            here if here == at => at..at + more + 1,
            behind => behind + more..behind + more + 1,
        };
        to.map(|task| Gate { task, opens: gate.opens }).collect()
    };
    let mut divided = Vec::with_capacity(tasks.len() + more);
    for (place, task) in tasks.iter().enumerate() {
        let after: Vec<Gate> = task.after.iter().flat_map(moved).collect();
        if place != at {
            divided.push(Task { after, ..task.clone() });
            continue;
        }
        for part in parts {
            divided.push(Task {
                id: part.id.clone(),
                priority: task.priority,
                work_millis: part.total_millis.saturating_sub(estimate.check_millis),
                check_millis: estimate.check_millis,
                after: after.clone(),
            });
        }
    }
    divided
}

fn priorities(numbers: &Numbers<'_>) -> Result<Option<Recommendation>, AnalyzeError> {
    let graph = TaskGraph::new(numbers.tasks)?;
    let makespan_millis = graph.schedule(numbers.slots, StartOrder::LongestPathFirst).makespan_millis;
    if !pays(numbers.makespan_millis, makespan_millis) {
        return Ok(None);
    }
    let order = graph.start_order(StartOrder::LongestPathFirst);
    let ranks = order.iter().rev().zip(1..).map(|(&at, rank)| (numbers.tasks[at].id.clone(), rank));
    Ok(Some(Recommendation::Priorities { agent_priority: ranks.collect(), makespan_millis }))
}

/// The fewest slots with which the agents take hardly longer than with any number.
fn more_at_once(numbers: &Numbers<'_>) -> Result<Option<Recommendation>, AnalyzeError> {
    let graph = TaskGraph::new(numbers.tasks)?;
    let most = numbers.width.min(numbers.slots.saturating_add(MOST_MORE_SLOTS));
    let tried: Vec<(usize, u64)> = (numbers.slots + 1..=most)
        .map(|slots| (slots, graph.schedule(slots, StartOrder::File).makespan_millis))
        .collect();
    let Some(shortest) = tried.iter().map(|(_, millis)| *millis).min() else { return Ok(None) };
    let close = |millis: u64| u128::from(millis) * 50 <= u128::from(shortest) * 51;
    let found = tried.into_iter().find(|(_, millis)| close(*millis));
    let paying = found.filter(|(_, millis)| pays(numbers.makespan_millis, *millis));
    Ok(paying.map(|(max_concurrent_agents, makespan_millis)| Recommendation::MoreAtOnce {
        max_concurrent_agents,
        makespan_millis,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::schedule::Opens;

    #[test]
    fn who_waited_for_an_agent_waits_for_its_parts() {
        let task = |id: &str, after: &[usize]| Task {
            id: id.to_owned(),
            work_millis: 10,
            after: after.iter().map(|&task| Gate { task, opens: Opens::Complete }).collect(),
            ..Task::default()
        };
        let tasks = [task("a", &[]), task("b", &[0]), task("c", &[1]), task("d", &[2, 0])];
        let part = |id: &str| SplitPart { id: id.to_owned(), write: Vec::new(), lines: 1, total_millis: 7 };
        let estimate = Estimate { check_millis: 2, ..Estimate::default() };
        let divided = divide(&tasks, "b", &[part("b-1"), part("b-2")], &estimate);
        let shown: Vec<(&str, Vec<usize>, u64)> = divided
            .iter()
            .map(|task| (task.id.as_str(), task.after.iter().map(|gate| gate.task).collect(), task.work_millis))
            .collect();
        let expected: [(&str, Vec<usize>, u64); 5] =
            [("a", vec![], 10), ("b-1", vec![0], 5), ("b-2", vec![0], 5), ("c", vec![1, 2], 10), ("d", vec![3, 0], 10)];
        assert_eq!(shown, expected);
    }
}
