//! The four properties of a well-cut task, each with its question answered from the workflow.

use std::collections::BTreeMap;

use codex_spec::{Agent, CriterionKind};
use serde::Serialize;

use super::commands::{Shows, shows};
use super::{HazardReport, Subject, TieReport};
use crate::plan::overlaps;
use crate::plan::types::{OverlapReport, PlannedAgent};

/// A property of a well-cut task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Property {
    /// It has a clear start state and a clear end state.
    Bounded,
    /// It does not need what another agent makes meanwhile.
    Independent,
    /// It works on files of its own.
    Scoped,
    /// It can be judged without a person.
    Verifiable,
}

impl Property {
    /// All of them, in the order in which they are reported.
    pub const ALL: [Property; 4] = [Property::Bounded, Property::Independent, Property::Scoped, Property::Verifiable];

    /// The question that tells whether a task has the property.
    pub fn question(self) -> &'static str {
        match self {
            Property::Bounded => "Is there a test that definitely passes when this task is complete?",
            Property::Independent => "Would this agent go on if every other agent were paused?",
            Property::Scoped => "Is its write scope apart from that of every parallel agent?",
            Property::Verifiable => "Can its output be validated automatically when it is merged?",
        }
    }
}

/// The answer to the question of a property; yes is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// It has the property.
    Yes,
    /// It has not.
    No,
    /// A person has to look at it.
    Unclear,
}

/// Whether the task of an agent has a property, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PropertyReport {
    /// The property.
    pub property: Property,
    /// Its [question](Property::question).
    pub question: &'static str,
    /// The answer.
    pub answer: Answer,
    /// Why, in one sentence.
    pub reason: String,
}

/// The four reports of each agent of the plan.
pub(super) fn judge(subject: &Subject<'_>, hazards: &[HazardReport], ties: &[TieReport]) -> Vec<Vec<PropertyReport>> {
    let around = Around::of(subject, hazards, ties);
    let judged = |agent: &PlannedAgent| -> Vec<PropertyReport> {
        let answers = [
            bounded(subject, agent),
            independent(subject, &around, agent),
            scoped(&around, agent),
            verifiable(subject, agent),
        ];
        let report = |(property, (answer, reason)): (Property, (Answer, String))| PropertyReport {
            property,
            question: property.question(),
            answer,
            reason,
        };
        Property::ALL.into_iter().zip(answers).map(report).collect()
    };
    subject.agents.iter().map(judged).collect()
}

/// The first thing that stands between each agent and others, by its id.
struct Around<'r> {
    reads: BTreeMap<&'r str, &'r HazardReport>,
    depends: BTreeMap<&'r str, &'r TieReport>,
    /// The other agent, and a path that both may write.
    overlaps: BTreeMap<String, (String, String)>,
    /// The same where the workflow allows it.
    shared: BTreeMap<String, (String, String)>,
}

impl<'r> Around<'r> {
    fn of(subject: &Subject<'_>, hazards: &'r [HazardReport], ties: &'r [TieReport]) -> Around<'r> {
        let shared = match subject.workflow.coordination.allow_overlap.is_empty() {
            true => Vec::new(),
            false => overlaps::find(subject.agents, subject.order, &codex_scope::PatternSet::empty()),
        };
        let mut around = Around {
            reads: BTreeMap::new(),
            depends: BTreeMap::new(),
            overlaps: by_agent(subject.overlaps),
            shared: by_agent(&shared),
        };
        for hazard in hazards {
            around.reads.entry(hazard.reader.0.as_str()).or_insert(hazard);
        }
        for tie in ties {
            around.depends.entry(tie.from.as_str()).or_insert(tie);
        }
        around
    }
}

fn by_agent(overlaps: &[OverlapReport]) -> BTreeMap<String, (String, String)> {
    let mut known = BTreeMap::new();
    for overlap in overlaps {
        for (own, other) in [(&overlap.left.0, &overlap.right.0), (&overlap.right.0, &overlap.left.0)] {
            known.entry(own.clone()).or_insert_with(|| (other.clone(), overlap.witness.clone()));
        }
    }
    known
}

fn bounded(subject: &Subject<'_>, agent: &PlannedAgent) -> (Answer, String) {
    if writes_nothing(agent) {
        return match declared(subject, agent).and_then(|agent| agent.output_schema.as_deref()) {
            Some(schema) => (Answer::Yes, format!("it is done when it hands over a report as `{schema}` has it")),
            None => (Answer::Unclear, "it changes nothing: done is when it says so".to_owned()),
        };
    }
    match best_command(agent) {
        Some((Shows::Work, command)) => (Answer::Yes, format!("`{command}`")),
        Some((Shows::Form, command)) => {
            (Answer::Unclear, format!("`{command}` judges form alone, and may pass before the work is done"))
        }
        Some((Shows::Nothing, command)) => (Answer::No, format!("`{command}` passes whatever was done")),
        None => match first_judged(agent) {
            Some(text) => (Answer::Unclear, format!("its criteria are words that no command decides: \"{text}\"")),
            None => (Answer::No, "it has no success criteria".to_owned()),
        },
    }
}

fn independent(subject: &Subject<'_>, around: &Around<'_>, agent: &PlannedAgent) -> (Answer, String) {
    let waits = declared(subject, agent).map(|agent| agent.depends_on.as_slice()).unwrap_or_default();
    if !waits.is_empty() {
        let waits = waits.iter().map(|wait| match &wait.checkpoint {
            Some(checkpoint) => format!("{} ({checkpoint})", wait.agent),
            None => wait.agent.clone(),
        });
        return (Answer::No, format!("it waits for {}", waits.collect::<Vec<_>>().join(", ")));
    }
    if let Some(hazard) = around.reads.get(agent.id.as_str()) {
        let (writer, witness) = (&hazard.writer.0, &hazard.witness);
        let reason = format!("it would go on, but on the old state of what {writer} writes, such as {witness}");
        return (Answer::Unclear, reason);
    }
    if let Some(tie) = around.depends.get(agent.id.as_str())
        && let Some(edge) = tie.edges.first()
    {
        let reason =
            format!("{}:{} {} {}, which {} may change meanwhile", edge.from, edge.line, edge.how, edge.to, tie.to);
        return (Answer::Unclear, reason);
    }
    (Answer::Yes, "it waits for nobody, and reads nothing that others write meanwhile".to_owned())
}

fn scoped(around: &Around<'_>, agent: &PlannedAgent) -> (Answer, String) {
    if let Some((other, witness)) = around.overlaps.get(&agent.id) {
        return (Answer::No, format!("it shares {witness} with {other}"));
    }
    if let Some((other, witness)) = around.shared.get(&agent.id) {
        return (Answer::Unclear, format!("it shares {witness} with {other} on purpose"));
    }
    let reason = match writes_nothing(agent) {
        true => "it writes nothing",
        false => "no agent that runs at the same time may write any of its paths",
    };
    (Answer::Yes, reason.to_owned())
}

fn verifiable(subject: &Subject<'_>, agent: &PlannedAgent) -> (Answer, String) {
    let workflow = subject.workflow;
    if writes_nothing(agent) {
        return match declared(subject, agent).and_then(|agent| agent.output_schema.as_deref()) {
            Some(schema) => (Answer::Yes, format!("its report has to fit `{schema}`")),
            None => (Answer::Unclear, "it lands nothing; its report has no schema".to_owned()),
        };
    }
    if let Some((Shows::Work | Shows::Form, command)) = best_command(agent) {
        return (Answer::Yes, format!("`{command}` is run on its result, and again on the merged tree"));
    }
    let validation = workflow.merge.validation.as_ref().map(|validation| validation.commands.as_slice());
    let mut validation = validation.unwrap_or_default().iter();
    if let Some(command) = validation.find(|command| shows(command) > Shows::Nothing) {
        return (Answer::Yes, format!("merge.validation runs `{command}` on the merged tree"));
    }
    match (first_judged(agent), &workflow.coordination.judge) {
        (Some(_), Some(judge)) => (Answer::Unclear, format!("the model {judge} judges it, and no command")),
        (Some(text), None) => (Answer::No, format!("nothing decides \"{text}\"")),
        (None, _) => (Answer::No, "no command judges it, neither alone nor merged".to_owned()),
    }
}

fn declared<'w>(subject: &Subject<'w>, agent: &PlannedAgent) -> Option<&'w Agent> {
    subject.workflow.agent(&agent.id)
}

fn writes_nothing(agent: &PlannedAgent) -> bool {
    agent.scope.write().patterns().is_empty()
}

/// The command that says most about the work, the first of several.
fn best_command(agent: &PlannedAgent) -> Option<(Shows, &str)> {
    let mut best: Option<(Shows, &str)> = None;
    for (_, command) in agent.commands() {
        let says = shows(command);
        if best.is_none_or(|(known, _)| says > known) {
            best = Some((says, command));
        }
    }
    best
}

fn first_judged(agent: &PlannedAgent) -> Option<&str> {
    let judged = agent.criteria.iter().find(|criterion| matches!(criterion.kind, CriterionKind::Judged));
    judged.map(|criterion| criterion.text.as_str())
}
