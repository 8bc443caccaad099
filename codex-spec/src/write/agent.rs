//! The items of `agents`, and `defaults`.

use std::time::Duration;

use super::item::{Item, Map};
use crate::criterion;
use crate::duration::write_duration;
use crate::workflow::{
    Agent, AgentDefaults, AgentScope, Budget, Checkpoint, CheckpointCondition, Criterion, CriterionKind, Dependency,
    FindingMap, SpawnWorkers,
};

pub(super) fn agent(agent: &Agent) -> Item {
    let mut map = Map::default();
    map.text("id", &agent.id);
    map.maybe_text("name", agent.name.as_ref());
    map.unless("role", agent.role, Default::default());
    map.maybe_text("model", agent.model.as_ref());
    map.section("scope", scope(&agent.scope));
    map.text("instructions", &agent.instructions);
    map.items("success_criteria", &agent.success_criteria, criterion);
    map.items("checkpoints", &agent.checkpoints, checkpoint);
    map.items("depends_on", &agent.depends_on, dependency);
    map.maybe_word("output_format", agent.output_format);
    map.maybe_text("output_schema", agent.output_schema.as_ref());
    map.maybe("spawn_workers", agent.spawn_workers.as_ref(), spawn_workers);
    map.unless("visibility", agent.visibility, Default::default());
    let options = Options {
        timeout: agent.timeout,
        retries: agent.retries,
        budget: agent.budget.as_ref(),
        env: &agent.env,
        setup: &agent.setup,
        tools: &agent.tools,
        finding_map: agent.finding_map.as_ref(),
    };
    options.put(&mut map);
    map.into()
}

pub(super) fn defaults(defaults: &AgentDefaults) -> Map {
    let mut map = Map::default();
    let options = Options {
        timeout: defaults.timeout,
        retries: defaults.retries,
        budget: defaults.budget.as_ref(),
        env: &defaults.env,
        setup: &defaults.setup,
        tools: &defaults.tools,
        finding_map: defaults.finding_map.as_ref(),
    };
    options.put(&mut map);
    map
}

/// What an agent and `defaults` have in common.
struct Options<'a> {
    timeout: Option<Duration>,
    retries: Option<u32>,
    budget: Option<&'a Budget>,
    env: &'a [String],
    setup: &'a [String],
    tools: &'a [String],
    finding_map: Option<&'a FindingMap>,
}

impl Options<'_> {
    fn put(&self, map: &mut Map) {
        map.maybe_word("timeout", self.timeout.map(write_duration));
        map.maybe_word("retries", self.retries);
        map.maybe("budget", self.budget, |budget| {
            let mut map = Map::default();
            map.maybe_word("tokens", budget.tokens);
            map.maybe_word("money", budget.money);
            map.into()
        });
        map.texts("env", self.env);
        map.texts("setup", self.setup);
        map.texts("tools", self.tools);
        map.maybe("finding_map", self.finding_map, finding_map);
    }
}

fn scope(scope: &AgentScope) -> Map {
    let mut map = Map::default();
    map.texts("read", &scope.read);
    map.texts("write", &scope.write);
    map
}

/// As one text, if that is read back as it is.
fn criterion(criterion: &Criterion) -> Item {
    let split = criterion::split(&criterion.text);
    let mut map = Map::default();
    match &criterion.kind {
        CriterionKind::Judged if split.is_none() => return Item::text(&criterion.text),
        CriterionKind::Judged => map.text("judged", &criterion.text),
        CriterionKind::Command { command } => {
            if split.is_some_and(|split| split.command == command && split.doubt.is_none()) {
                return Item::text(&criterion.text);
            }
            if criterion.text != *command {
                map.text("name", &criterion.text);
            }
            map.text("run", command);
        }
    }
    map.into()
}

fn checkpoint(checkpoint: &Checkpoint) -> Item {
    let condition = match &checkpoint.condition {
        CheckpointCondition::WriteComplete => Item::word("write_complete"),
        CheckpointCondition::Signal => Item::word("signal"),
        CheckpointCondition::Path(pattern) => Map::one("path", Item::text(pattern)),
        CheckpointCondition::Command(command) => Map::one("command", Item::text(command)),
    };
    let mut map = Map::default();
    map.text("id", &checkpoint.id);
    map.put("condition", condition);
    map.into()
}

fn dependency(dependency: &Dependency) -> Item {
    if dependency.checkpoint.is_none() {
        return Item::text(&dependency.agent);
    }
    let mut map = Map::default();
    map.text("agent", &dependency.agent);
    map.maybe_text("checkpoint", dependency.checkpoint.as_ref());
    map.into()
}

fn spawn_workers(spawn: &SpawnWorkers) -> Item {
    let mut map = Map::default();
    map.text("on_file_creation", &spawn.on_file_creation);
    map.text("worker_template", &spawn.worker_template);
    map.into()
}

fn finding_map(map: &FindingMap) -> Item {
    let standard = FindingMap::default();
    let mut written = Map::default();
    for (key, pointer, default) in [
        ("findings", &map.findings, &standard.findings),
        ("file", &map.file, &standard.file),
        ("line", &map.line, &standard.line),
        ("end_line", &map.end_line, &standard.end_line),
        ("rule", &map.rule, &standard.rule),
        ("severity", &map.severity, &standard.severity),
        ("message", &map.message, &standard.message),
    ] {
        if pointer != default {
            written.text(key, pointer);
        }
    }
    written.into()
}
