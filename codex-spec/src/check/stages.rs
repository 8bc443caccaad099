//! The stages of a staged merge.

use std::collections::{BTreeMap, BTreeSet};

use super::agents::unknown_agent;
use super::gates;
use super::graph::{self, Order};
use crate::lower::Marks;
use crate::quote::Quoted;
use crate::report::Report;
use crate::workflow::{MergeStrategy, Workflow};
use crate::{Diagnostic, Span, suggest};

/// `agents` is whether the agents can be put into an order.
pub(super) fn check(workflow: &Workflow, marks: &Marks, agents: Order, report: &mut Report) {
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
    let after = after(workflow, marks, report);
    let stages = graph::report_circles(
        "these stages wait for each other",
        &after.edges,
        &after.places,
        |node| workflow.merge.stages[node].name.as_str(),
        report,
    );
    // What waits in a circle contradicts every order, and was reported.
    if staged && stages == Order::Exists && agents == Order::Exists {
        gates::check(workflow, marks, after, report);
    }
}

/// Which stages come after which.
pub(super) struct After {
    /// By the index of a stage, the indices of those that come before it.
    pub(super) edges: Vec<Vec<usize>>,
    /// Where it is said that one comes after another.
    pub(super) places: BTreeMap<(usize, usize), Span>,
}

/// Every agent is in exactly one stage.
fn members(workflow: &Workflow, marks: &Marks, staged: bool, report: &mut Report) {
    let known: BTreeSet<&str> = workflow.agents.iter().map(|agent| agent.id.as_str()).collect();
    let mut merged: BTreeMap<&str, (usize, Span)> = BTreeMap::new();
    for (index, (stage, marks)) in workflow.merge.stages.iter().zip(&marks.stages).enumerate() {
        for (id, &span) in stage.agents.iter().zip(&marks.agents) {
            if !known.contains(id.as_str()) {
                report.push(unknown_agent(id, &workflow.agents, span, report.advises()));
            } else if let Some(&(by, first)) = merged.get(id.as_str()) {
                let twice = if by == index { "stands twice in one stage" } else { "is merged by two stages" };
                report.push(
                    Diagnostic::error("merged-twice", format!("`{}` {twice}", Quoted(id)))
                        .at(span, "again")
                        .also(first, "first")
                        .help("keep one of the two"),
                );
            } else {
                merged.insert(id, (index, span));
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
        let message = format!("no stage merges `{}`", Quoted(&agent.id));
        let mut problem = Diagnostic::error("not-merged", message)
            .at(agent_marks.id, "")
            .help("name it in the `agents` of a stage: what no stage merges would be lost");
        if let Some(span) = marks.stages_key {
            problem = problem.also(span, "in none of these");
        }
        report.push(problem);
    }
}

/// Stages come after stages that exist.
fn after(workflow: &Workflow, marks: &Marks, report: &mut Report) -> After {
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
                let names = index.keys().copied();
                let help = if report.advises() { suggest::did_you_mean(name, names) } else { None };
                report.push(
                    Diagnostic::error("unknown-stage", format!("no stage has the name `{}`", Quoted(name)))
                        .at(span, "")
                        .maybe_help(help),
                );
                continue;
            };
            if from == to {
                let message = format!("the stage `{}` waits for itself", Quoted(name));
                report.push(Diagnostic::error("self-dependency", message).at(span, ""));
            } else if places.insert((from, to), span).is_none() {
                edges[from].push(to);
            }
        }
    }
    After { edges, places }
}
