//! Gates against the order in which stages are merged.
//!
//! An agent that waits for another starts from what that one has made, so its result cannot be
//! merged before the other's. `depends_on` of stages says in which order stages are merged. Both
//! hold together exactly if the stages can still be put into an order once every gate between
//! agents of two stages counts as an order of these stages too.

use std::collections::BTreeMap;

use super::graph;
use super::stages::After;
use crate::lower::Marks;
use crate::quote::Quoted;
use crate::report::Report;
use crate::workflow::Workflow;
use crate::{Diagnostic, Span};

/// One agent waits for another.
#[derive(Clone, Copy)]
struct Gate<'w> {
    waits: &'w str,
    for_whom: &'w str,
    span: Span,
}

/// `after` is the order of the stages, which has no circle; neither have the agents.
pub(super) fn check(workflow: &Workflow, marks: &Marks, after: After, report: &mut Report) {
    let After { mut edges, places } = after;
    let stages = &workflow.merge.stages;
    let mut merged_by: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, stage) in stages.iter().enumerate() {
        for agent in &stage.agents {
            // An agent in two stages is a problem of its own.
            merged_by.entry(agent).or_insert(index);
        }
    }
    let mut gates: BTreeMap<(usize, usize), Gate<'_>> = BTreeMap::new();
    for (agent, marks) in workflow.agents.iter().zip(&marks.agents) {
        let Some(&from) = merged_by.get(agent.id.as_str()) else {
            continue;
        };
        for (dependency, &span) in agent.depends_on.iter().zip(&marks.depends_on) {
            let Some(&to) = merged_by.get(dependency.agent.as_str()) else {
                continue;
            };
            let pair = (from, to);
            if from == to || places.contains_key(&pair) || gates.contains_key(&pair) {
                continue;
            }
            gates.insert(pair, Gate { waits: &agent.id, for_whom: &dependency.agent, span });
            edges[from].push(to);
        }
    }
    let name = |stage: usize| Quoted(&stages[stage].name);
    for cycle in graph::cycles(&edges) {
        let pairs = || cycle.windows(2).map(|pair| (pair[0], pair[1]));
        // Without the gates there is no circle, so one of them is in it.
        let Some((first, gate)) = pairs().find_map(|pair| Some((pair, *gates.get(&pair)?))) else {
            continue;
        };
        let (from, to) = (name(first.0), name(first.1));
        let message = format!(
            "`{}` waits for `{}`, but its stage `{from}` is to be merged before `{to}`",
            Quoted(gate.waits),
            Quoted(gate.for_whom)
        );
        let mut problem = Diagnostic::error("gate-against-stages", message)
            .at(gate.span, format!("`{to}` has to come first"))
            .help("merge both in one stage, or change the order of the stages");
        for pair in pairs().filter(|&pair| pair != first) {
            let (later, earlier) = (name(pair.0), name(pair.1));
            problem = match (places.get(&pair), gates.get(&pair)) {
                (Some(&span), _) => problem.also(span, format!("`{later}` comes after `{earlier}`")),
                (None, Some(gate)) => {
                    let (waits, for_whom) = (Quoted(gate.waits), Quoted(gate.for_whom));
                    problem.also(gate.span, format!("`{waits}` of `{later}` waits for `{for_whom}` of `{earlier}`"))
                }
                (None, None) => problem,
            };
        }
        report.push(problem);
    }
}
