//! The workflow itself, and its smaller sections.

use std::collections::BTreeMap;

use super::fields::Fields;
use super::{MAX_ITEMS, Marks, StageMarks, agent, coordination, unzip, value_span, values};
use crate::quote::Quoted;
use crate::report::Report;
use crate::workflow::{
    Agent, AgentScope, Audit, BroadcastContext, Context, Execution, Merge, Orchestration, PostMerge, SharedContext,
    Stage, Strategy, Validation, Workflow,
};
use crate::yaml::{Node, Value};
use crate::{Diagnostic, Span};

/// The most bytes that the files of a broadcast take in the scopes of all agents.
const MAX_SHARED: usize = 64_000_000;

/// The versions of the file format that are known.
const VERSIONS: [&str; 2] = ["1", "1.0"];

pub(super) fn workflow(fields: &mut Fields<'_, '_>, marks: &mut Marks) -> Workflow {
    let name = fields.need_text("name");
    marks.name = name.as_ref().map(|name| name.span);
    let mut broadcast = Vec::new();
    let mut workflow = Workflow {
        name: name.map(|name| name.text).unwrap_or_default(),
        version: version(fields),
        description: fields.text("description"),
        context: section(fields, "context", |node, report| context(node, marks, report)),
        coordination: section(fields, "coordination", |node, report| coordination::coordination(node, marks, report)),
        broadcast_context: optional(fields, "broadcast_context", |node, report| {
            broadcast_context(node, &mut broadcast, report)
        }),
        agents: agents(fields, marks),
        orchestration: optional(fields, "orchestration", orchestration),
        shared_context: section(fields, "shared_context", shared_context),
        execution: section(fields, "execution", |node, report| execution(node, marks, report)),
        merge: section(fields, "merge", |node, report| merge(node, marks, report)),
        audit: optional(fields, "audit", audit),
        defaults: section(fields, "defaults", agent::defaults),
    };
    share_files(&mut workflow, &broadcast, fields.report);
    workflow
}

/// In a broadcast, an agent without a scope reads the files that all examine.
fn share_files(workflow: &mut Workflow, places: &[Span], report: &mut Report) {
    let Some(context) = &workflow.broadcast_context else {
        return;
    };
    if workflow.coordination.strategy != Strategy::Broadcast {
        return;
    }
    let one: usize = context.files.iter().map(|file| size_of::<String>() + size_of::<Span>() + file.len()).sum();
    if one.saturating_mul(workflow.agents.len()) > MAX_SHARED {
        let message = format!("the files of the broadcast take more than {MAX_SHARED} bytes once every agent has them");
        let problem = Diagnostic::error("too-large", message);
        report.push(match places.first() {
            Some(&span) => problem.at(span, ""),
            None => problem,
        });
        return;
    }
    for agent in workflow.agents.iter_mut().filter(|agent| agent.scope == AgentScope::default()) {
        agent.scope.read.clone_from(&context.files);
        agent.scope_spans.read = places.to_vec();
    }
}

/// A section that has a meaning when it is absent.
fn section<T: Default>(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    read: impl FnOnce(&Node, &mut Report) -> Option<T>,
) -> T {
    optional(fields, key, read).unwrap_or_default()
}

fn optional<T>(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    read: impl FnOnce(&Node, &mut Report) -> Option<T>,
) -> Option<T> {
    let entry = fields.take(key)?;
    read(&entry.value, fields.report)
}

fn version(fields: &mut Fields<'_, '_>) -> Option<String> {
    let entry = fields.take("version")?;
    let version = values::text("version", &entry.value, fields.report)?;
    if !VERSIONS.contains(&version.as_str()) {
        let message = format!("the version `{}` of the file format is not known", Quoted(&version));
        fields.report.push(
            Diagnostic::error("unknown-version", message)
                .at(entry.value.span, "")
                .help("this program reads version \"1.0\""),
        );
    }
    Some(version)
}

fn context(node: &Node, marks: &mut Marks, report: &mut Report) -> Option<Context> {
    let mut fields = Fields::of("`context`", "context", node, report)?;
    marks.base_branch = value_span(fields.take("base_branch"));
    marks.feature_branch = value_span(fields.take("feature_branch"));
    let context = Context {
        repository: fields.text("repository"),
        base_branch: fields.text("base_branch"),
        feature_branch: fields.text("feature_branch"),
        shared_interfaces: fields.texts("shared_interfaces"),
    };
    fields.finish();
    Some(context)
}

fn broadcast_context(node: &Node, places: &mut Vec<Span>, report: &mut Report) -> Option<BroadcastContext> {
    let name = "broadcast_context";
    let mut fields = Fields::of("`broadcast_context`", name, node, report)?;
    fields.need("files");
    let (files, spans) = unzip(fields.spanned_texts("files"));
    *places = spans;
    let context = BroadcastContext { files, read_only: fields.flag("read_only").unwrap_or(true) };
    fields.finish();
    Some(context)
}

fn agents(fields: &mut Fields<'_, '_>, marks: &mut Marks) -> Vec<Agent> {
    let entry = fields.need("agents");
    let items = fields.items("agents");
    if let Some(entry) = entry
        && matches!(&entry.value.value, Value::List(items) if items.is_empty())
    {
        fields
            .report
            .push(Diagnostic::error("missing-key", "a workflow needs at least one agent").at(entry.key_span, ""));
    }
    let mut agents = Vec::new();
    for item in at_most(items, "agents", fields.report) {
        if let Some((agent, places)) = agent::agent(item, fields.report) {
            agents.push(agent);
            marks.agents.push(places);
        }
    }
    agents
}

/// The items up to the limit; the checks between items would take too long beyond.
fn at_most<'t>(items: &'t [Node], key: &str, report: &mut Report) -> &'t [Node] {
    match items.get(MAX_ITEMS) {
        None => items,
        Some(item) => {
            let message = format!("`{key}` holds more than {MAX_ITEMS} items");
            report.push(Diagnostic::error("too-large", message).at(item.head(), ""));
            &items[..MAX_ITEMS]
        }
    }
}

fn orchestration(node: &Node, report: &mut Report) -> Option<Orchestration> {
    let mut fields = Fields::of("`orchestration`", "orchestration", node, report)?;
    let orchestration = Orchestration {
        mode: fields.choice("mode").unwrap_or_default(),
        max_worker_agents: fields.whole32("max_worker_agents", 1, 1_000),
        worker_model: fields.text("worker_model"),
        max_files_per_worker: fields.whole32("max_files_per_worker", 1, 1_000_000),
    };
    fields.finish();
    Some(orchestration)
}

fn shared_context(node: &Node, report: &mut Report) -> Option<SharedContext> {
    let mut fields = Fields::of("`shared_context`", "shared_context", node, report)?;
    let context = SharedContext { pre_cache: fields.texts("pre_cache") };
    fields.finish();
    Some(context)
}

fn execution(node: &Node, marks: &mut Marks, report: &mut Report) -> Option<Execution> {
    let mut fields = Fields::of("`execution`", "execution", node, report)?;
    let mut execution = Execution::default();
    if let Some(limit) = fields.whole32("max_concurrent_agents", 1, 1_000) {
        execution.max_concurrent_agents = limit;
    }
    execution.sandbox = fields.choice("sandbox").unwrap_or_default();
    if let Some(entry) = fields.take("agent_priority") {
        execution.agent_priority = priorities(&entry.value, marks, fields.report);
    }
    fields.finish();
    Some(execution)
}

fn priorities(node: &Node, marks: &mut Marks, report: &mut Report) -> BTreeMap<String, i64> {
    let Value::Map(entries) = &node.value else {
        values::wrong_type("agent_priority", "a mapping", node, report);
        return BTreeMap::new();
    };
    let mut priorities = BTreeMap::new();
    for entry in entries {
        marks.priorities.insert(entry.key.clone(), entry.key_span);
        if let Some(priority) = values::integer(&entry.key, &entry.value, report) {
            priorities.insert(entry.key.clone(), priority);
        }
    }
    priorities
}

fn merge(node: &Node, marks: &mut Marks, report: &mut Report) -> Option<Merge> {
    let mut fields = Fields::of("`merge`", "merge", node, report)?;
    marks.merge_strategy = value_span(fields.take("strategy"));
    marks.stages_key = fields.take("stages").map(|entry| entry.key_span);
    let items = fields.items("stages");
    let stages =
        at_most(items, "stages", fields.report).iter().filter_map(|item| stage(item, marks, fields.report)).collect();
    let merge = Merge {
        strategy: fields.choice("strategy").unwrap_or_default(),
        stages,
        validation: optional(&mut fields, "validation", validation),
        post_merge: optional(&mut fields, "post_merge", post_merge),
        commits: fields.choice("commits").unwrap_or_default(),
    };
    fields.finish();
    Some(merge)
}

fn stage(node: &Node, marks: &mut Marks, report: &mut Report) -> Option<Stage> {
    let mut fields = Fields::of("a stage", "stages", node, report)?;
    let name = fields.need_text("name");
    let span = name.as_ref().map_or(fields.at, |name| name.span);
    fields.at = span;
    fields.need("agents");
    let (agents, agent_spans) = unzip(fields.spanned_texts("agents"));
    let (depends_on, depends_on_spans) = unzip(fields.spanned_texts("depends_on"));
    let stage = Stage {
        name: name.map(|name| name.text).unwrap_or_default(),
        agents,
        depends_on,
        validation: optional(&mut fields, "validation", validation),
        span,
    };
    fields.finish();
    marks.stages.push(StageMarks { name: span, agents: agent_spans, depends_on: depends_on_spans });
    Some(stage)
}

fn validation(node: &Node, report: &mut Report) -> Option<Validation> {
    let mut fields = Fields::of("`validation`", "validation", node, report)?;
    fields.need("commands");
    let commands = fields.commands("commands").into_iter().map(|command| command.text).collect();
    let validation = Validation { commands, on_failure: fields.choice("on_failure").unwrap_or_default() };
    fields.finish();
    Some(validation)
}

fn post_merge(node: &Node, report: &mut Report) -> Option<PostMerge> {
    let mut fields = Fields::of("`post_merge`", "post_merge", node, report)?;
    let post_merge = PostMerge {
        create_pull_request: fields.flag("create_pull_request").unwrap_or_default(),
        pr_template: fields.text("pr_template"),
        assign_reviewers: fields.texts("assign_reviewers"),
        labels: fields.texts("labels"),
    };
    fields.finish();
    Some(post_merge)
}

fn audit(node: &Node, report: &mut Report) -> Option<Audit> {
    let mut fields = Fields::of("`audit`", "audit", node, report)?;
    let standard = Audit::default();
    let audit = Audit {
        enabled: fields.flag("enabled").unwrap_or(standard.enabled),
        log_level: fields.choice("log_level").unwrap_or_default(),
        log_destination: fields.text("log_destination"),
        retention_days: fields.whole32("retention_days", 1, 36_500),
        include_agent_reasoning: fields.flag("include_agent_reasoning").unwrap_or(standard.include_agent_reasoning),
    };
    fields.finish();
    Some(audit)
}
