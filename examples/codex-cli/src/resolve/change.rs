//! From what is recommended for an overlap to a changed text.

use codex_core::plan::{OverlapReport, Resolution};
use codex_scope::{PatternSet, contains};
use codex_spec::{Agent, Dependency, Workflow};

use super::edit::Document;

/// More overlaps are not settled at once; what is left is asked about again.
const AT_ONCE: usize = 50;

/// One change of one agent.
#[derive(Debug, Clone)]
enum Step {
    /// The first entry of its write scope that is this one goes.
    StopWriting(String),
    /// An entry is added to its write scope.
    Write(String),
    /// An entry is added to its read scope.
    Read(String),
    /// It waits for another agent.
    WaitFor(String),
}

/// The text with what is recommended for these overlaps done, and why some of it was not.
pub(super) fn apply(text: &str, overlaps: &[OverlapReport]) -> (String, Vec<String>) {
    let mut text = text.to_owned();
    let mut left = Vec::new();
    for overlap in overlaps.iter().take(AT_ONCE) {
        match settle(&text, overlap) {
            Ok(changed) => text = changed,
            Err(reason) => left.push(format!("Not done: {} {reason}.", overlap.recommendation)),
        }
    }
    (text, left)
}

fn settle(text: &str, overlap: &OverlapReport) -> Result<String, String> {
    let Some(workflow) = codex_spec::parse(text.as_bytes()).workflow else {
        return Err("The workflow has errors".to_owned());
    };
    let (agent, steps) = steps(&workflow, overlap)?;
    let mut text = text.to_owned();
    for step in steps {
        let changed = step.apply(&text, &agent);
        text = changed.ok_or_else(|| format!("The layout of `{agent}` in the file is one to change by hand"))?;
    }
    Ok(text)
}

/// What is to be done, and to which agent.
fn steps(workflow: &Workflow, overlap: &OverlapReport) -> Result<(String, Vec<Step>), String> {
    match &overlap.resolution {
        Resolution::Exclusive { pattern, other, .. } => {
            let Some(agent) = workflow.agent(other) else { return Err(format!("There is no agent `{other}`")) };
            let given = if overlap.left.0 == *other { &overlap.left.1 } else { &overlap.right.1 };
            Ok((other.clone(), giving_up(workflow, agent, given, pattern)?))
        }
        Resolution::Gate { first, then } => {
            let Some(agent) = workflow.agent(then) else { return Err(format!("There is no agent `{then}`")) };
            let waits = agent.depends_on.iter().any(|wait| wait.agent == *first && wait.checkpoint.is_none());
            let steps = if waits { Vec::new() } else { vec![Step::WaitFor(first.clone())] };
            Ok((then.clone(), steps))
        }
        _ => Err("This program knows no change for it".to_owned()),
    }
}

/// How an agent that writes by the entry `given` stops writing what `pattern` matches, and goes on reading it.
fn giving_up(workflow: &Workflow, agent: &Agent, given: &str, pattern: &str) -> Result<Vec<Step>, String> {
    let mut steps = Vec::new();
    if given == pattern {
        let is_given = |entry: &&String| plain(entry) == given;
        let gone = agent.scope.write.iter().filter(is_given).count();
        let writes = |entry: &&String| !entry.starts_with('!') && plain(entry) != given;
        if !agent.scope.write.iter().any(|entry| writes(&entry)) {
            return Err(format!("`{}` would have nothing left to write", agent.id));
        }
        steps.extend(std::iter::repeat_n(Step::StopWriting(given.to_owned()), gone));
    } else {
        let exclusion = format!("!{pattern}");
        if !agent.scope.write.contains(&exclusion) {
            steps.push(Step::Write(exclusion));
        }
    }
    // What it may no longer write it may have relied on reading.
    let read = agent.scope.read.iter().chain(&workflow.context.shared_interfaces);
    let covered = match (PatternSet::parse(read), PatternSet::parse([pattern])) {
        (Ok(read), Ok(pattern)) => contains(&read, &pattern).is_ok(),
        _ => false,
    };
    if !covered && !steps.is_empty() {
        steps.push(Step::Read(pattern.to_owned()));
    }
    Ok(steps)
}

fn plain(entry: &str) -> &str {
    entry.trim_start_matches("./")
}

impl Step {
    /// The text with this done to an agent, if there is a way to write it that means this and nothing else.
    fn apply(&self, text: &str, agent: &str) -> Option<String> {
        let parsed = codex_spec::parse(text.as_bytes());
        let workflow = parsed.workflow?;
        let mut wanted = workflow.clone();
        self.change(wanted.agents.iter_mut().find(|known| known.id == agent)?)?;
        let document = Document { text, keys: &parsed.keys, agent: workflow.agent(agent)? };
        let ways = match self {
            Step::StopWriting(entry) => document.without_write(entry),
            Step::Write(entry) => document.with_write(entry),
            Step::Read(entry) => document.with_read(entry),
            Step::WaitFor(other) => document.with_wait(other),
        };
        ways.into_iter().find(|changed| means(changed, &wanted))
    }

    /// The same as data.
    fn change(&self, agent: &mut Agent) -> Option<()> {
        match self {
            Step::StopWriting(entry) => {
                let at = agent.scope.write.iter().position(|known| plain(known) == entry)?;
                agent.scope.write.remove(at);
            }
            Step::Write(entry) => agent.scope.write.push(entry.clone()),
            Step::Read(entry) => agent.scope.read.push(entry.clone()),
            Step::WaitFor(other) => {
                agent.depends_on.insert(0, Dependency { agent: other.clone(), checkpoint: None });
            }
        }
        Some(())
    }
}

/// Whether a text is a workflow that is equal to another, places aside.
fn means(text: &str, wanted: &Workflow) -> bool {
    let found = codex_spec::parse(text.as_bytes()).workflow;
    let value = |workflow: &Workflow| serde_json::to_value(workflow).ok();
    found.is_some_and(|found| {
        let found = value(&found);
        found.is_some() && found == value(wanted)
    })
}

#[cfg(test)]
#[path = "change_tests.rs"]
mod tests;
