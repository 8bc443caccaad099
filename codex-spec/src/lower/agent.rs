//! The items of `agents`, and `defaults`.

use super::fields::Fields;
use super::{AgentMarks, phrase, unzip, values};
use crate::quote::Quoted;
use crate::report::Report;
use crate::workflow::{
    Agent, AgentDefaults, AgentScope, Budget, Checkpoint, CheckpointCondition, Criterion, CriterionKind, Dependency,
    FindingMap, ScopeSpans, SpawnWorkers,
};
use crate::yaml::{Node, Value};
use crate::{Diagnostic, Span, criterion};

/// The most attempts after a failure.
const MAX_RETRIES: u32 = 100;

pub(crate) fn agent(node: &Node, report: &mut Report) -> Option<(Agent, AgentMarks)> {
    let mut fields = Fields::of("an agent", "agents", node, report)?;
    let id = fields.need_text("id");
    let span = id.as_ref().map_or(fields.at, |id| id.span);
    fields.at = span;
    let mut marks = AgentMarks { id: span, ..AgentMarks::default() };
    let scope = fields.take("scope");
    marks.scope = scope.map(|entry| entry.key_span);
    let (scope, scope_spans) = match scope {
        Some(entry) => agent_scope(&entry.value, fields.report),
        None => Default::default(),
    };
    let (depends_on, places) = dependencies(&mut fields);
    marks.depends_on = places;
    let (checkpoints, places) = checkpoints(&mut fields);
    marks.checkpoints = places;
    let own = run_options(&mut fields);
    let agent = Agent {
        id: id.map(|id| id.text).unwrap_or_default(),
        name: fields.text("name"),
        role: fields.choice("role").unwrap_or_default(),
        model: fields.text("model"),
        scope,
        instructions: fields.need_text("instructions").map(|instructions| instructions.text).unwrap_or_default(),
        success_criteria: criteria(&mut fields),
        checkpoints,
        depends_on,
        output_format: fields.choice("output_format"),
        output_schema: fields.text("output_schema"),
        spawn_workers: match fields.take("spawn_workers") {
            Some(entry) => spawn_workers(&entry.value, fields.report),
            None => None,
        },
        timeout: own.timeout,
        retries: own.retries,
        budget: own.budget,
        env: own.env,
        setup: own.setup,
        tools: own.tools,
        finding_map: own.finding_map,
        visibility: fields.choice("visibility").unwrap_or_default(),
        span,
        scope_spans,
    };
    fields.finish();
    Some((agent, marks))
}

pub(super) fn defaults(node: &Node, report: &mut Report) -> Option<AgentDefaults> {
    let mut fields = Fields::of("`defaults`", "defaults", node, report)?;
    let defaults = run_options(&mut fields);
    fields.finish();
    Some(defaults)
}

/// The keys that an agent shares with `defaults`.
fn run_options(fields: &mut Fields<'_, '_>) -> AgentDefaults {
    AgentDefaults {
        timeout: fields.duration("timeout"),
        retries: fields.whole32("retries", 0, MAX_RETRIES),
        budget: match fields.take("budget") {
            Some(entry) => budget(&entry.value, fields.report),
            None => None,
        },
        env: variables(fields),
        setup: fields.commands("setup").into_iter().map(|command| command.text).collect(),
        tools: fields.texts("tools"),
        finding_map: match fields.take("finding_map") {
            Some(entry) => finding_map(&entry.value, fields.report),
            None => None,
        },
    }
}

/// Names of environment variables; what they hold is not for a file.
fn variables(fields: &mut Fields<'_, '_>) -> Vec<String> {
    let names = fields.spanned_texts("env");
    let bad = |c: char| matches!(c, '=' | '$' | '{' | '}') || c.is_whitespace() || c.is_control();
    for name in names.iter().filter(|name| name.text.is_empty() || name.text.contains(bad)) {
        let message = format!("`{}` cannot be the name of an environment variable", Quoted(&name.text));
        fields.report.push(
            Diagnostic::error("bad-variable", message)
                .at(name.span, "")
                .help("write the name alone, such as `PATH`; its value comes from the host"),
        );
    }
    names.into_iter().map(|name| name.text).collect()
}

fn finding_map(node: &Node, report: &mut Report) -> Option<FindingMap> {
    let mut fields = Fields::of("`finding_map`", "finding_map", node, report)?;
    let standard = FindingMap::default();
    let map = FindingMap {
        findings: fields.pointer("findings").unwrap_or(standard.findings),
        file: fields.pointer("file").unwrap_or(standard.file),
        line: fields.pointer("line").unwrap_or(standard.line),
        end_line: fields.pointer("end_line").unwrap_or(standard.end_line),
        rule: fields.pointer("rule").unwrap_or(standard.rule),
        severity: fields.pointer("severity").unwrap_or(standard.severity),
        message: fields.pointer("message").unwrap_or(standard.message),
    };
    fields.finish();
    Some(map)
}

fn budget(node: &Node, report: &mut Report) -> Option<Budget> {
    let mut fields = Fields::of("`budget`", "budget", node, report)?;
    let budget = Budget { tokens: fields.whole("tokens", 1, u64::MAX), money: fields.number("money", 0.0, f64::MAX) };
    fields.finish();
    Some(budget)
}

fn agent_scope(node: &Node, report: &mut Report) -> (AgentScope, ScopeSpans) {
    let Some(mut fields) = Fields::of("`scope`", "scope", node, report) else {
        return Default::default();
    };
    let (read, read_spans) = unzip(fields.spanned_texts("read"));
    let (write, write_spans) = unzip(fields.spanned_texts("write"));
    fields.finish();
    let scope = AgentScope { read, write };
    let spans = ScopeSpans { read: read_spans, write: write_spans };
    (scope, spans)
}

fn spawn_workers(node: &Node, report: &mut Report) -> Option<SpawnWorkers> {
    let mut fields = Fields::of("`spawn_workers`", "spawn_workers", node, report)?;
    let on_file_creation = fields.need_text("on_file_creation");
    let worker_template = fields.need_text("worker_template");
    fields.finish();
    Some(SpawnWorkers { on_file_creation: on_file_creation?.text, worker_template: worker_template?.text })
}

fn dependencies(fields: &mut Fields<'_, '_>) -> (Vec<Dependency>, Vec<Span>) {
    let Some(entry) = fields.take("depends_on") else {
        return Default::default();
    };
    let items = match &entry.value.value {
        Value::List(items) => items.as_slice(),
        Value::Scalar(_) | Value::Map(_) => std::slice::from_ref(&entry.value),
    };
    let report = &mut *fields.report;
    items.iter().filter_map(|item| dependency(item, report)).unzip()
}

fn dependency(node: &Node, report: &mut Report) -> Option<(Dependency, Span)> {
    if let Value::Scalar(_) = node.value {
        let agent = values::text("depends_on", node, report)?;
        let dependency = Dependency { agent, checkpoint: None };
        return Some((dependency, node.span));
    }
    let mut fields = Fields::of("a dependency", "depends_on", node, report)?;
    let agent = fields.need_text("agent");
    let checkpoint = fields.text("checkpoint");
    fields.finish();
    let agent = agent?;
    let dependency = Dependency { agent: agent.text, checkpoint };
    Some((dependency, agent.span))
}

fn checkpoints(fields: &mut Fields<'_, '_>) -> (Vec<Checkpoint>, Vec<Span>) {
    let items = fields.items("checkpoints");
    let report = &mut *fields.report;
    items.iter().filter_map(|item| checkpoint(item, report)).unzip()
}

fn checkpoint(node: &Node, report: &mut Report) -> Option<(Checkpoint, Span)> {
    let mut fields = Fields::of("a checkpoint", "checkpoints", node, report)?;
    let id = fields.need_text("id");
    let condition = match fields.need("condition") {
        Some(entry) => condition(&entry.value, fields.report),
        None => None,
    };
    fields.finish();
    let (id, condition) = id.zip(condition)?;
    let checkpoint = Checkpoint { id: id.text, condition };
    Some((checkpoint, id.span))
}

fn condition(node: &Node, report: &mut Report) -> Option<CheckpointCondition> {
    let phrase = phrase::read("condition", node, report)?;
    let argument = match (&phrase.raw, &phrase.argument) {
        (Some(raw), _) => Some(raw.clone()),
        (None, Some(argument)) => Some(values::text(&phrase.word, argument, report)?),
        (None, None) => None,
    };
    match (phrase.word.as_str(), argument) {
        ("write_complete", None) => Some(CheckpointCondition::WriteComplete),
        ("signal", None) => Some(CheckpointCondition::Signal),
        ("path", Some(path)) => Some(CheckpointCondition::Path(path)),
        ("command", Some(command)) => Some(CheckpointCondition::Command(command)),
        (word, _) => {
            let words = vec!["write_complete", "signal", "path: PATTERN", "command: COMMAND"];
            values::unknown_value("condition", word, words, node.head(), report);
            None
        }
    }
}

fn criteria(fields: &mut Fields<'_, '_>) -> Vec<Criterion> {
    let Some(entry) = fields.take("success_criteria") else {
        return Vec::new();
    };
    let items = match &entry.value.value {
        Value::List(items) => items.as_slice(),
        Value::Scalar(_) | Value::Map(_) => std::slice::from_ref(&entry.value),
    };
    let mut criteria = Vec::new();
    for item in items {
        match &item.value {
            Value::Scalar(_) => criteria.extend(criterion_text(item, fields.report)),
            Value::Map(entries) if entries.iter().any(|entry| entry.key == "commands") => {
                commands(item, &mut criteria, fields.report);
            }
            Value::Map(entries) if entries.iter().any(|entry| entry.key == "judged") => {
                criteria.extend(judged(item, fields.report));
            }
            Value::Map(entries) if entries.iter().any(|entry| matches!(entry.key.as_str(), "run" | "name")) => {
                criteria.extend(named(item, fields.report));
            }
            Value::Map(_) => fields.report.push(
                Diagnostic::error("wrong-type", "a criterion has to be text, not a mapping")
                    .at(item.head(), "")
                    .help("put quotes around the whole criterion: it contains `: `"),
            ),
            Value::List(_) => {
                values::wrong_type("success_criteria", "a list of texts", item, fields.report);
            }
        }
    }
    criteria
}

fn criterion_text(node: &Node, report: &mut Report) -> Option<Criterion> {
    let text = values::text("success_criteria", node, report)?;
    let kind = match criterion::split(&text) {
        None => CriterionKind::Judged,
        Some(split) => {
            if let Some(doubt) = split.doubt {
                report.push(doubtful(split.command, doubt, node.span));
            }
            CriterionKind::Command { command: split.command.to_owned() }
        }
    };
    Some(Criterion { text, kind, span: node.span })
}

/// That a text was taken for a command, though it may not be one.
pub(crate) fn doubtful(command: &str, doubt: &str, span: Span) -> Diagnostic {
    Diagnostic::warning("doubtful-criterion", format!("`{}` is taken for a command", Quoted(command)))
        .at(span, doubt)
        .help("write `{name: ..., run: ...}` to say which part is the command, or `{judged: ...}` if none is")
}

/// `{judged}`: never a command.
fn judged(node: &Node, report: &mut Report) -> Option<Criterion> {
    let mut fields = Fields::of("a judged criterion", "success_criteria", node, report)?;
    let text = fields.need_text("judged");
    fields.finish();
    Some(Criterion { text: text?.text, kind: CriterionKind::Judged, span: node.head() })
}

/// `{name, run}`: always a command.
fn named(node: &Node, report: &mut Report) -> Option<Criterion> {
    let mut fields = Fields::of("a criterion", "success_criteria", node, report)?;
    let name = fields.text("name");
    let run = fields.need_text("run");
    fields.finish();
    let run = run?;
    Some(Criterion {
        text: name.unwrap_or_else(|| run.text.clone()),
        kind: CriterionKind::Command { command: run.text },
        span: node.head(),
    })
}

/// `{commands: []}`: each of them a criterion.
fn commands(node: &Node, criteria: &mut Vec<Criterion>, report: &mut Report) {
    let name = "success_criteria";
    let Some(mut fields) = Fields::of("`success_criteria`", name, node, report) else {
        return;
    };
    let commands = fields.commands("commands");
    fields.finish();
    criteria.extend(commands.into_iter().map(|command| Criterion {
        text: command.text.clone(),
        kind: CriterionKind::Command { command: command.text },
        span: command.span,
    }));
}
