//! Templates of workers. The guide to them stands at [`AgentTemplate`].

mod compile;
mod expression;
mod fill;
mod names;
mod shell;
mod source;
mod tree;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::lower::Marks;
use crate::report::Report;
use crate::workflow::{Agent, Role, Workflow};
use crate::yaml::{self, Node};
use crate::{Assignment, Data, Diagnostic, KeyUse, Span, check, keys, lower};
use fill::Filled;
use source::Source;
use tree::Tree;

/// The template of a worker: one agent with variables, which becomes an agent for each assignment.
///
/// ```
/// use codex_spec::{AssignmentRules, CriterionKind, parse_assignment, parse_template};
///
/// let template = parse_template(br#"
/// agent_template:
///   id: "migration-{{worker_id}}"
///   scope:
///     read: "{{assignment.read_scope}}"
///     write: "{{assignment.write_scope}}"
///   instructions: |
///     Migrate these files:
///     - {{assignment.files}}
///   success_criteria:
///     commands:
///       - npx tsc --noEmit {{assignment.files}}
/// "#);
/// let template = template.template.ok_or("the template has errors")?;
/// let rules = AssignmentRules { template: Some(&template), ..AssignmentRules::default() };
/// let text = br#"{"files": ["a.js", "b c.js"], "read_scope": ["src/"], "write_scope": ["src/"]}"#;
/// let assignment = parse_assignment(text, "cart", rules).assignment.ok_or("the assignment has errors")?;
///
/// let agent = template.instantiate("cart", &assignment).agent.ok_or("they do not fit")?;
/// assert_eq!(agent.id, "migration-cart");
/// assert_eq!(agent.scope.read, ["src/"]);
/// assert_eq!(agent.instructions, "Migrate these files:\n- a.js\n- b c.js\n");
/// let command = "npx tsc --noEmit a.js 'b c.js'".to_owned();
/// assert_eq!(agent.success_criteria[0].kind, CriterionKind::Command { command });
/// # Ok::<(), &str>(())
/// ```
///
/// # Variables
///
/// `{{worker_id}}` is the id that the host gives the worker. `{{assignment.NAME}}` is a field of the
/// assignment: `id`, `files`, `read_scope`, `write_scope`, `test_pattern`, `depends_on`, or any other
/// that it has. Dots go on into mappings, numbers (from 0) into lists. Two braces as they are are written
/// `\{{`. A value of YAML that starts with a variable has to be quoted.
///
/// What becomes of a value depends on where it stands:
///
/// * A value that is nothing but a variable keeps its type: a list stays a list, a number a number. As
///   an item of a list, a list stands for all its items.
/// * In a command (`setup`, `commands`, `run`, the command of a criterion or of a checkpoint) a value is
///   quoted for the shell, as it has to be between blanks, in single or in double quotes. A list between
///   blanks becomes one word for each item. Where no quoting is safe, there is an error: for the program of
///   a command, in `$(...)`, `${...}` and backticks, behind a here-document, in what `sh -c` runs.
/// * In `instructions` and in criteria for people, a list that has its line for itself becomes a line for each
///   item, with the mark of that line (blanks, `-`, `*`); else there are commas.
/// * Inside of any other text, a list is an error. A mapping is one everywhere.
///
/// Values are put in after the template was parsed, and criteria are divided into words and command
/// before: no value becomes a key, a command or a variable.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentTemplate {
    tree: Tree,
    variables: Vec<Variable>,
}

/// A variable that a template uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Variable {
    /// Its name, such as `assignment.files`.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// What a template file says, and what is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedTemplate {
    /// The template; there exactly if no diagnostic is an error.
    pub template: Option<AgentTemplate>,
    /// Every problem, ordered by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Every key of the agent, as if it were an item of `agents`: `agents[].scope`.
    pub keys: Vec<KeyUse>,
}

/// What became of a template and an assignment.
#[derive(Clone, Debug, PartialEq)]
pub struct Instantiated {
    /// The agent; there exactly if no diagnostic is an error. Its places are those of the template.
    pub agent: Option<Agent>,
    /// Every problem, with its place in the template.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a template file: one mapping `agent_template`, with the keys of an agent but `spawn_workers`.
///
/// Everything is checked that does not depend on an assignment.
///
/// ```
/// let parsed = codex_spec::parse_template(br#"
/// agent_template:
///   id: "worker-{{worker}}"
///   instructions: Migrate {{assignment.files}}.
///   scope: { write: "{{assignment.write_scope}}" }
/// "#);
/// assert_eq!(parsed.diagnostics[0].to_string(), "3:15: error[unknown-variable]: there is no variable `worker`");
/// assert_eq!(parsed.diagnostics[0].help.as_deref(), Some("did you mean `worker_id`?"));
/// ```
#[must_use]
pub fn parse_template(text: &[u8]) -> ParsedTemplate {
    let mut report = Report::default();
    let mut template = None;
    let mut keys = Vec::new();
    if let Some(root) = yaml::read(text, &mut report)
        && let Some(agent) = agent_of(&root, &mut report)
    {
        keys = keys::collect_agent(agent, &mut report);
        let source = Source::new(std::str::from_utf8(text).unwrap_or_default());
        let (tree, variables) = compile::compile(agent, &source, &mut report);
        try_out(&tree, agent, &mut report);
        template = Some(AgentTemplate { tree, variables });
    }
    let template = template.filter(|_| !report.has_errors());
    let diagnostics = report.finish_as("not-a-template");
    let diagnostics = diagnostics.into_iter().map(|problem| with_quotes(problem, text)).collect();
    ParsedTemplate { template, diagnostics, keys }
}

impl AgentTemplate {
    /// The variables, in the order of the text; one that is used twice comes twice.
    #[must_use]
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// The names of the fields of an assignment that it uses; one that is used twice comes twice.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.variables.iter().filter_map(|variable| {
            let mut parts = variable.name.split('.');
            parts.next().filter(|first| *first == names::ASSIGNMENT)?;
            parts.next()
        })
    }

    /// The agent for an assignment. `worker_id` is up to the host and usually the id of the assignment.
    ///
    /// A template without `role` makes a worker. `depends_on` of the agent is that of the template;
    /// that of the assignment names other assignments, and only the host knows what became of them.
    #[must_use]
    pub fn instantiate(&self, worker_id: &str, assignment: &Assignment) -> Instantiated {
        let mut report = Report::default();
        let agent = worker(&self.tree, &values(worker_id, assignment), false, &mut report);
        let agent = agent.filter(|_| !report.has_errors());
        Instantiated { agent, diagnostics: report.finish() }
    }
}

fn values(worker_id: &str, assignment: &Assignment) -> Data {
    let worker_id = (names::WORKER_ID.to_owned(), Data::Text(worker_id.to_owned()));
    Data::Map(BTreeMap::from([worker_id, (names::ASSIGNMENT.to_owned(), assignment.data())]))
}

/// The value of `agent_template`.
fn agent_of<'t>(root: &'t Node, report: &mut Report) -> Option<&'t Node> {
    let yaml::Value::Map(entries) = &root.value else {
        let message = format!("a template file is a mapping, and this is {}", root.found());
        report.push(Diagnostic::error("wrong-type", message).at(root.head(), ""));
        return None;
    };
    let Some(agent) = entries.iter().find(|entry| entry.key == "agent_template") else {
        let problem = Diagnostic::error("not-a-template", "a template file needs the key `agent_template`");
        report.push(problem.at(root.head(), "").help("put the keys of the agent below `agent_template:`"));
        return None;
    };
    for entry in entries.iter().filter(|entry| entry.key != "agent_template") {
        let message = "a template file has no key but `agent_template`";
        report.push(Diagnostic::error("unknown-key", message).at(entry.key_span, "unknown"));
    }
    if !matches!(agent.value.value, yaml::Value::Map(_)) {
        let message = format!("`agent_template` has to be a mapping, not {}", agent.value.found());
        report.push(Diagnostic::error("wrong-type", message).at(agent.value.head(), "expected a mapping"));
        return None;
    }
    Some(&agent.value)
}

/// Finds what is wrong whatever the assignment says, by making an agent for one that has a bit of everything.
fn try_out(tree: &Tree, agent: &Node, report: &mut Report) {
    let some = || vec!["value".to_owned()];
    let sample = Assignment {
        id: "value".to_owned(),
        files: some(),
        read_scope: some(),
        write_scope: some(),
        test_pattern: Some("value".to_owned()),
        depends_on: some(),
        ..Assignment::default()
    };
    let made = worker(tree, &values("value", &sample), true, report);
    let yaml::Value::Map(entries) = &agent.value else {
        return;
    };
    for entry in entries {
        if entry.key == "spawn_workers" {
            let message = "a worker cannot have workers of its own";
            report.push(Diagnostic::error("unknown-key", message).at(entry.key_span, "remove this"));
        } else if entry.key == "role" && made.as_ref().is_some_and(|made| made.role == Role::Orchestrator) {
            let message = "a worker cannot be an orchestrator";
            report.push(Diagnostic::error("unknown-value", message).at(entry.value.head(), "expected `worker`"));
        }
    }
}

/// Fills a template and reads it as an agent.
fn worker(tree: &Tree, values: &Data, sample: bool, report: &mut Report) -> Option<Agent> {
    let Filled { node, unsure } = fill::fill(tree, values, sample, report);
    let mut own = Report::default();
    let agent = lowered(&node, &mut own);
    for problem in own.finish() {
        if !problem.primary.as_ref().is_some_and(|label| unsure.contains(&label.span)) {
            report.push(problem);
        }
    }
    agent
}

fn lowered(node: &Node, report: &mut Report) -> Option<Agent> {
    let (mut agent, marks) = lower::agent_of(node, report)?;
    let has_role = matches!(&node.value, yaml::Value::Map(entries) if entries.iter().any(|entry| entry.key == "role"));
    if !has_role {
        agent.role = Role::Worker;
    }
    // The checks see it as the only agent of a workflow, where nothing is that it could wait for.
    let depends_on = std::mem::take(&mut agent.depends_on);
    let workflow = Workflow { agents: vec![agent], ..Workflow::default() };
    check::check(&workflow, &Marks { agents: vec![marks], ..Marks::default() }, report);
    let mut agent = workflow.agents.into_iter().next()?;
    agent.depends_on = depends_on;
    Some(agent)
}

/// Braces without quotes are a mapping to YAML, which is what most people meet first.
fn with_quotes(problem: Diagnostic, text: &[u8]) -> Diagnostic {
    let Some(label) = problem.primary.as_ref().filter(|_| problem.code.as_str() == "bad-yaml") else {
        return problem;
    };
    let (before, after) = text.split_at(label.span.start.offset.min(text.len()));
    let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let end = after.iter().position(|&byte| byte == b'\n').unwrap_or(after.len());
    let line = text.get(start..before.len() + end).unwrap_or_default();
    if line.windows(2).any(|pair| pair == b"{{") {
        return problem.help("put quotes around a value that starts with `{{`");
    }
    problem
}
