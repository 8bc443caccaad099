//! What agents wait for.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{self, Order};
use crate::lower::Marks;
use crate::quote::Quoted;
use crate::report::Report;
use crate::workflow::{Agent, Workflow};
use crate::{Diagnostic, Span, suggest};

/// Says also whether the agents can be put into an order.
pub(super) fn check(workflow: &Workflow, marks: &Marks, report: &mut Report) -> Order {
    let agents = &workflow.agents;
    let index: BTreeMap<&str, usize> = agents
        .iter()
        .enumerate()
        .rev() // the first of two with one id stays
        .map(|(index, agent)| (agent.id.as_str(), index))
        .collect();
    let checkpoints: BTreeSet<(usize, &str)> = agents
        .iter()
        .enumerate()
        .flat_map(|(index, agent)| agent.checkpoints.iter().map(move |checkpoint| (index, checkpoint.id.as_str())))
        .collect();
    let mut edges: Vec<Vec<usize>> = vec![Vec::new(); agents.len()];
    let mut places: BTreeMap<(usize, usize), Span> = BTreeMap::new();
    for (from, (agent, own)) in agents.iter().zip(&marks.agents).enumerate() {
        for (dependency, &span) in agent.depends_on.iter().zip(&own.depends_on) {
            let Some(&to) = index.get(dependency.agent.as_str()) else {
                report.push(unknown_agent(&dependency.agent, agents, span, report.advises()));
                continue;
            };
            if let Some(checkpoint) = dependency.checkpoint.as_deref()
                && !checkpoints.contains(&(to, checkpoint))
            {
                let place = marks.agents.get(to).map(|marks| marks.id).unwrap_or_default();
                report.push(unknown_checkpoint(&agents[to], place, checkpoint, span, report.advises()));
            }
            if from == to {
                let message = format!("`{}` waits for itself", Quoted(&agent.id));
                report.push(Diagnostic::error("self-dependency", message).at(span, ""));
            } else if places.insert((from, to), span).is_none() {
                edges[from].push(to);
            }
        }
    }
    for (id, &span) in &marks.priorities {
        if !index.contains_key(id.as_str()) {
            report.push(unknown_agent(id, agents, span, report.advises()));
        }
    }
    if let (Some(id), Some(span)) = (&workflow.coordination.prefer_agent, marks.prefer_agent)
        && !index.contains_key(id.as_str())
    {
        report.push(unknown_agent(id, agents, span, report.advises()));
    }
    let what = "these agents wait for each other and never start";
    graph::report_circles(what, &edges, &places, |node| agents[node].id.as_str(), report)
}

/// That no agent has an id; `advise` looks for one that was meant, which costs.
pub(super) fn unknown_agent(id: &str, agents: &[Agent], span: Span, advise: bool) -> Diagnostic {
    let ids = agents.iter().map(|agent| agent.id.as_str());
    let help = if advise { suggest::did_you_mean(id, ids) } else { None };
    Diagnostic::error("unknown-agent", format!("no agent has the id `{}`", Quoted(id))).at(span, "").maybe_help(help)
}

/// That an agent, whose id stands at `place`, has no such checkpoint.
fn unknown_checkpoint(agent: &Agent, place: Span, id: &str, span: Span, advise: bool) -> Diagnostic {
    let name = Quoted(&agent.id);
    let help = if agent.checkpoints.is_empty() {
        Some(format!("`{name}` has no checkpoints; without `checkpoint` the gate opens when it is complete"))
    } else if advise {
        suggest::did_you_mean(id, agent.checkpoints.iter().map(|checkpoint| checkpoint.id.as_str()))
    } else {
        None
    };
    let message = format!("`{name}` has no checkpoint `{}`", Quoted(id));
    Diagnostic::error("unknown-checkpoint", message).at(span, "").also(place, "this agent").maybe_help(help)
}
