//! The stages of a staged merge.

use std::collections::{BTreeMap, BTreeSet};

use super::agents::unknown_agent;
use super::graph;
use crate::lower::Marks;
use crate::report::Report;
use crate::workflow::{MergeStrategy, Workflow};
use crate::{Diagnostic, Span, suggest};

pub(super) fn check(workflow: &Workflow, marks: &Marks, report: &mut Report) {
    let staged = workflow.merge.strategy == MergeStrategy::Staged;
    match (staged, marks.stages_key) {
        (true, None) => {
            let problem = Diagnostic::error("missing-key", "a staged merge needs `stages`");
            report.push(match marks.merge_strategy {
                Some(span) => problem.at(span, ""),
                None => problem,
            });
        }
        (false, Some(span)) => report.push(
            Diagnostic::warning("no-effect", "`stages` have no effect without `strategy: staged`")
                .at(span, "")
                .help("set `strategy: staged`"),
        ),
        _ => {}
    }
    members(workflow, marks, staged, report);
    order(workflow, marks, report);
}

/// Every agent is in exactly one stage.
fn members(workflow: &Workflow, marks: &Marks, staged: bool, report: &mut Report) {
    let known: BTreeSet<&str> = workflow.agents.iter().map(|agent| agent.id.as_str()).collect();
    let mut merged: BTreeMap<&str, Span> = BTreeMap::new();
    for (stage, marks) in workflow.merge.stages.iter().zip(&marks.stages) {
        for (id, &span) in stage.agents.iter().zip(&marks.agents) {
            if !known.contains(id.as_str()) {
                let problem = unknown_agent(id, &workflow.agents, span, report.is_full());
                report.push(problem);
            } else if let Some(&first) = merged.get(id.as_str()) {
                report.push(
                    Diagnostic::error("merged-twice", format!("`{id}` is merged by two stages"))
                        .at(span, "again")
                        .also(first, "first"),
                );
            } else {
                merged.insert(id, span);
            }
        }
    }
    if !staged || workflow.merge.stages.is_empty() {
        return;
    }
    for (agent, agent_marks) in workflow.agents.iter().zip(&marks.agents) {
        if agent.id.is_empty() || merged.contains_key(agent.id.as_str()) {
            continue;
        }
        let mut problem =
            Diagnostic::error("not-merged", format!("no stage merges `{}`", agent.id)).at(agent_marks.id, "");
        if let Some(span) = marks.stages_key {
            problem = problem.also(span, "in none of these");
        }
        report.push(problem);
    }
}

/// Stages come after stages that exist, and not in a circle.
fn order(workflow: &Workflow, marks: &Marks, report: &mut Report) {
    let stages = &workflow.merge.stages;
    let index: BTreeMap<&str, usize> = stages
        .iter()
        .enumerate()
        .rev() // the first of two with one name stays
        .map(|(index, stage)| (stage.name.as_str(), index))
        .collect();
    let mut edges: Vec<Vec<usize>> = vec![Vec::new(); stages.len()];
    let mut places: BTreeMap<(usize, usize), Span> = BTreeMap::new();
    for (from, (stage, marks)) in stages.iter().zip(&marks.stages).enumerate() {
        for (name, &span) in stage.depends_on.iter().zip(&marks.depends_on) {
            let Some(&to) = index.get(name.as_str()) else {
                let help = if report.is_full() { None } else { suggest::did_you_mean(name, index.keys().copied()) };
                report.push(
                    Diagnostic::error("unknown-stage", format!("no stage has the name `{name}`"))
                        .at(span, "")
                        .maybe_help(help),
                );
                continue;
            };
            if from == to {
                let message = format!("the stage `{name}` waits for itself");
                report.push(Diagnostic::error("self-dependency", message).at(span, ""));
            } else if places.insert((from, to), span).is_none() {
                edges[from].push(to);
            }
        }
    }
    for cycle in graph::cycles(&edges) {
        let path = graph::spell(&cycle, |node| stages[node].name.as_str());
        let span = places.get(&(cycle[0], cycle[1])).copied().unwrap_or_default();
        report.push(
            Diagnostic::error("cycle", format!("these stages wait for each other: {path}")).at(span, "starts here"),
        );
    }
}
