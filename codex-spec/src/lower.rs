//! From the tree to typed data. Everything that can be said of one place is said here; what
//! needs two places is left to `check`.

mod agent;
mod assignment;
mod coordination;
mod fields;
mod phrase;
mod sections;
mod values;

use std::collections::BTreeMap;

use crate::workflow::Workflow;
use crate::yaml::{Entry, Node, Value};
use crate::{Diagnostic, Span, report::Report};
pub(crate) use agent::{agent as agent_of, doubtful};
pub(crate) use assignment::assignment;
use fields::Fields;
use values::Spanned;

/// The most agents, and the most stages, of a workflow.
const MAX_ITEMS: usize = 1_000;

/// Where things stand that the checks speak of and the data does not remember.
#[derive(Default)]
pub(crate) struct Marks {
    pub(crate) name: Option<Span>,
    pub(crate) agents: Vec<AgentMarks>,
    pub(crate) stages: Vec<StageMarks>,
    pub(crate) base_branch: Option<Span>,
    pub(crate) feature_branch: Option<Span>,
    pub(crate) strategy: Option<Span>,
    pub(crate) review_required: Option<Span>,
    pub(crate) review_triggers: Option<Span>,
    pub(crate) prefer_agent: Option<Span>,
    pub(crate) merge_strategy: Option<Span>,
    pub(crate) stages_key: Option<Span>,
    pub(crate) priorities: BTreeMap<String, Span>,
}

/// The places of one agent's parts, one for one.
#[derive(Default)]
pub(crate) struct AgentMarks {
    pub(crate) id: Span,
    pub(crate) scope: Option<Span>,
    pub(crate) depends_on: Vec<Span>,
    pub(crate) checkpoints: Vec<Span>,
}

/// The places of one stage's parts, one for one.
#[derive(Default)]
pub(crate) struct StageMarks {
    pub(crate) name: Span,
    pub(crate) agents: Vec<Span>,
    pub(crate) depends_on: Vec<Span>,
}

/// The workflow as far as it could be read; what could not be is in the report.
pub(crate) fn lower(root: &Node, report: &mut Report) -> Option<(Workflow, Marks)> {
    let Value::Map(top) = &root.value else {
        let message = format!("a workflow file is a mapping, and this is {}", root.found());
        report.push(Diagnostic::error("wrong-type", message).at(root.head(), ""));
        return None;
    };
    if let Some(entry) = top.iter().find(|entry| entry.key == "agent_template") {
        report.push(
            Diagnostic::error("not-a-workflow", "this is the template of a worker, not a workflow")
                .at(entry.key_span, "")
                .help("name it as `worker_template` of an agent's `spawn_workers`"),
        );
        return None;
    }
    let (entries, at) = sections_of(root, top, report);
    let mut marks = Marks::default();
    let mut fields = Fields::new("a workflow", at, entries, report);
    let workflow = sections::workflow(&mut fields, &mut marks);
    fields.finish();
    Some((workflow, marks))
}

/// The entries under `workflow:` and those beside it, as one mapping.
fn sections_of<'t>(root: &Node, top: &'t [Entry], report: &mut Report) -> (Vec<&'t Entry>, Span) {
    let nested = top.iter().find(|entry| entry.key == "workflow");
    let at = nested.map_or(root.head(), |entry| entry.key_span);
    let mut entries: Vec<&Entry> = Vec::new();
    match nested.map(|entry| &entry.value) {
        Some(Node { value: Value::Map(inner), .. }) => entries.extend(inner),
        Some(node) => values::wrong_type("workflow", "a mapping", node, report),
        None => {}
    }
    let first: BTreeMap<&str, Span> = entries.iter().map(|entry| (entry.key.as_str(), entry.key_span)).collect();
    for entry in top.iter().filter(|entry| entry.key != "workflow") {
        match first.get(entry.key.as_str()) {
            None => entries.push(entry),
            Some(&nested) => report.push(
                Diagnostic::error(
                    "duplicate-section",
                    format!("`{}` stands both under `workflow:` and at the top level", entry.key),
                )
                .at(entry.key_span, "at the top level")
                .also(nested, "under `workflow:`")
                .help("keep one of the two"),
            ),
        }
    }
    (entries, at)
}

/// Takes texts and places apart.
fn unzip(items: Vec<Spanned>) -> (Vec<String>, Vec<Span>) {
    items.into_iter().map(|item| (item.text, item.span)).unzip()
}

/// The place of a value that was read without one.
fn value_span(entry: Option<&Entry>) -> Option<Span> {
    entry.map(|entry| entry.value.head())
}
