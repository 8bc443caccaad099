//! A workflow as the text of a file.

mod agent;
mod coordination;
mod item;
mod merge;

use crate::workflow::{Audit, Context, Execution, Orchestration, SharedContext, Workflow};
use item::{Item, Map};

/// Writes a workflow as a file in YAML, as short as it can be: what has its default is left out.
///
/// For every workflow that [`parse`](crate::parse) gives back, parsing the text gives an equal one, but for the
/// places. A workflow that was put together otherwise may be one that no file can say, such as one
/// without agents; parsing its text then reports what is wrong. Fractions of seconds in lengths of time are
/// dropped. Comments are not part of a workflow, and secrets stand in the text as `${NAME}`, as in the file.
///
/// ```
/// let text = b"name: demo\nagents:\n  - {id: one, instructions: Do it., timeout: 90s, scope: {write: [src/]}}\n";
/// let workflow = codex_spec::parse(text).workflow.ok_or("the file has errors")?;
/// let written = codex_spec::to_yaml(&workflow);
/// assert_eq!(written, "\
/// name: demo
/// agents:
///   - id: one
///     scope:
///       write:
///         - src/
///     instructions: Do it.
///     timeout: 1m30s
/// ");
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn to_yaml(workflow: &Workflow) -> String {
    let mut map = Map::default();
    map.text("name", &workflow.name);
    map.maybe_text("version", workflow.version.as_ref());
    map.maybe_text("description", workflow.description.as_ref());
    map.section("context", context(&workflow.context));
    map.section("coordination", coordination::coordination(&workflow.coordination));
    map.maybe("broadcast_context", workflow.broadcast_context.as_ref(), |context| {
        let mut map = Map::default();
        map.list("files", &context.files);
        map.unless("read_only", context.read_only, true);
        map.into()
    });
    map.put("agents", Item::List(workflow.agents.iter().map(agent::agent).collect()));
    map.maybe("orchestration", workflow.orchestration.as_ref(), orchestration);
    map.section("shared_context", shared_context(&workflow.shared_context));
    map.section("execution", execution(&workflow.execution));
    map.section("merge", merge::merge(&workflow.merge));
    map.maybe("audit", workflow.audit.as_ref(), audit);
    map.section("defaults", agent::defaults(&workflow.defaults));
    item::print(&map)
}

fn context(context: &Context) -> Map {
    let mut map = Map::default();
    map.maybe_text("repository", context.repository.as_ref());
    map.maybe_text("base_branch", context.base_branch.as_ref());
    map.maybe_text("feature_branch", context.feature_branch.as_ref());
    map.texts("shared_interfaces", &context.shared_interfaces);
    map
}

fn orchestration(orchestration: &Orchestration) -> Item {
    let mut map = Map::default();
    map.unless("mode", orchestration.mode, Default::default());
    map.maybe_word("max_worker_agents", orchestration.max_worker_agents);
    map.maybe_text("worker_model", orchestration.worker_model.as_ref());
    map.maybe_word("max_files_per_worker", orchestration.max_files_per_worker);
    map.into()
}

fn shared_context(context: &SharedContext) -> Map {
    let mut map = Map::default();
    map.texts("pre_cache", &context.pre_cache);
    map
}

fn execution(execution: &Execution) -> Map {
    let standard = Execution::default();
    let mut map = Map::default();
    map.unless("max_concurrent_agents", execution.max_concurrent_agents, standard.max_concurrent_agents);
    map.unless("sandbox", execution.sandbox, standard.sandbox);
    let mut priorities = Map::default();
    for (agent, priority) in &execution.agent_priority {
        priorities.put(agent, Item::word(priority));
    }
    map.section("agent_priority", priorities);
    map
}

fn audit(audit: &Audit) -> Item {
    let standard = Audit::default();
    let mut map = Map::default();
    map.unless("enabled", audit.enabled, standard.enabled);
    map.unless("log_level", audit.log_level, standard.log_level);
    map.maybe_text("log_destination", audit.log_destination.as_ref());
    map.maybe_word("retention_days", audit.retention_days);
    map.unless("include_agent_reasoning", audit.include_agent_reasoning, standard.include_agent_reasoning);
    map.into()
}
