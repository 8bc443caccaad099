//! What agents wait for.

use std::collections::BTreeMap;

use super::graph;
use crate::lower::Marks;
use crate::report::Report;
use crate::workflow::{Agent, Workflow};
use crate::{Diagnostic, Span, suggest};

pub(super) fn check(workflow: &Workflow, marks: &Marks, report: &mut Report) {
    let agents = &workflow.agents;
    let index: BTreeMap<&str, usize> = agents
        .iter()
        .enumerate()
        .rev() // the first of two with one id stays
        .map(|(index, agent)| (agent.id.as_str(), index))
        .collect();
    let mut edges: Vec<Vec<usize>> = vec![Vec::new(); agents.len()];
    let mut places: BTreeMap<(usize, usize), Span> = BTreeMap::new();
    for (from, (agent, marks)) in agents.iter().zip(&marks.agents).enumerate() {
        for (dependency, &span) in agent.depends_on.iter().zip(&marks.depends_on) {
            let Some(&to) = index.get(dependency.agent.as_str()) else {
                report.push(unknown_agent(&dependency.agent, agents, span, report.is_full()));
                continue;
            };
            if let Some(checkpoint) = &dependency.checkpoint {
                checkpoint_exists(&agents[to], checkpoint, span, report);
            }
            if from == to {
                let message = format!("`{}` waits for itself", agent.id);
                report.push(Diagnostic::error("self-dependency", message).at(span, ""));
            } else if places.insert((from, to), span).is_none() {
                edges[from].push(to);
            }
        }
    }
    for cycle in graph::cycles(&edges) {
        let path = graph::spell(&cycle, |node| agents[node].id.as_str());
        let mut problem =
            Diagnostic::error("cycle", format!("these agents wait for each other and never start: {path}"));
        for (number, pair) in cycle.windows(2).enumerate() {
            let span = places.get(&(pair[0], pair[1])).copied().unwrap_or_default();
            let text = format!("`{}` waits here", agents[pair[0]].id);
            problem = if number == 0 { problem.at(span, text) } else { problem.also(span, text) };
        }
        report.push(problem);
    }
    for (id, &span) in &marks.priorities {
        if !index.contains_key(id.as_str()) {
            report.push(unknown_agent(id, agents, span, report.is_full()));
        }
    }
    if let (Some(id), Some(span)) = (&workflow.coordination.prefer_agent, marks.prefer_agent)
        && !index.contains_key(id.as_str())
    {
        report.push(unknown_agent(id, agents, span, report.is_full()));
    }
}

/// That no agent has an id; `brief` leaves out the costly advice.
pub(super) fn unknown_agent(id: &str, agents: &[Agent], span: Span, brief: bool) -> Diagnostic {
    let ids = agents.iter().map(|agent| agent.id.as_str());
    let help = if brief { None } else { suggest::did_you_mean(id, ids) };
    Diagnostic::error("unknown-agent", format!("no agent has the id `{id}`")).at(span, "").maybe_help(help)
}

fn checkpoint_exists(agent: &Agent, id: &str, span: Span, report: &mut Report) {
    if agent.checkpoints.iter().any(|checkpoint| checkpoint.id == id) {
        return;
    }
    let ids: Vec<&str> = agent.checkpoints.iter().map(|checkpoint| checkpoint.id.as_str()).collect();
    let help = if report.is_full() {
        None
    } else if ids.is_empty() {
        Some(format!("`{}` has no checkpoints", agent.id))
    } else {
        suggest::did_you_mean(id, ids.iter().copied())
    };
    let message = format!("`{}` has no checkpoint `{id}`", agent.id);
    report.push(Diagnostic::error("unknown-checkpoint", message).at(span, "").maybe_help(help));
}
