//! One agent: the items of `agents`.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::choice::choice;
use super::finding::FindingMap;
use crate::Span;

/// One agent and what it has to do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Agent {
    /// The id by which everything else refers to it: `[a-z0-9][a-z0-9._-]{0,63}`.
    pub id: String,
    /// A name for people. Default: none, the id is shown.
    pub name: Option<String>,
    /// What part it plays. Default: agent.
    pub role: Role,
    /// The model that it runs on. Default: the host's.
    pub model: Option<String>,
    /// Where it may read and write. Default in a broadcast: it reads the files that all examine.
    pub scope: AgentScope,
    /// What it is told to do.
    pub instructions: String,
    /// How its work is judged. Default: not at all.
    pub success_criteria: Vec<Criterion>,
    /// States that others can wait for. Default: none.
    pub checkpoints: Vec<Checkpoint>,
    /// What it waits for before it starts. Default: nothing.
    pub depends_on: Vec<Dependency>,
    /// The form of its artefact.
    pub output_format: Option<OutputFormat>,
    /// Path of the schema of its artefact.
    pub output_schema: Option<String>,
    /// How an orchestrator's assignments become workers.
    pub spawn_workers: Option<SpawnWorkers>,
    /// The longest time that it may run. Default: that of `defaults`.
    pub timeout: Option<Duration>,
    /// How often it is tried again after a failure. Default: that of `defaults`.
    pub retries: Option<u32>,
    /// What it may spend. Default: that of `defaults`.
    pub budget: Option<Budget>,
    /// Names of environment variables that it may see, besides those of `defaults`.
    pub env: Vec<String>,
    /// Commands that prepare its workspace, after those of `defaults`.
    pub setup: Vec<String>,
    /// Names of tools that it may use. Default: those of `defaults`.
    pub tools: Vec<String>,
    /// Where its findings stand in its artefact. Default: that of `defaults`.
    pub finding_map: Option<FindingMap>,
    /// How much of the tree it sees. Default: scope.
    pub visibility: Visibility,
    /// Where its id stands, or its first key.
    #[serde(skip)]
    pub span: Span,
    /// Where the patterns of its scope stand.
    #[serde(skip)]
    pub scope_spans: ScopeSpans,
}

/// Where an agent may read and write; writing implies reading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentScope {
    /// Path patterns of what it may read.
    pub read: Vec<String>,
    /// Path patterns of what it may write.
    pub write: Vec<String>,
}

/// The places of the patterns of an [`AgentScope`], one for one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeSpans {
    /// The places of `read`.
    pub read: Vec<Span>,
    /// The places of `write`.
    pub write: Vec<Span>,
}

choice! {
    /// What part an agent plays.
    #[derive(Default)]
    pub enum Role {
        /// It does its own task.
        #[default]
        Agent = "agent",
        /// It divides a task and has workers started.
        Orchestrator = "orchestrator",
        /// It does what an orchestrator assigned.
        Worker = "worker",
        /// It examines and reports.
        Reviewer = "reviewer",
    }
}

choice! {
    /// The form of an artefact.
    pub enum OutputFormat {
        /// JSON, checked against the schema if there is one.
        Json = "json",
        /// Markdown.
        Markdown = "markdown",
        /// Plain text.
        Text = "text",
    }
}

choice! {
    /// How much of the tree an agent sees.
    #[derive(Default)]
    pub enum Visibility {
        /// Its scope and the common support files.
        #[default]
        Scope = "scope",
        /// Every tracked file except secrets.
        Tree = "tree",
    }
}

/// One way in which the work of an agent is judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// The criterion as it is written, or its name.
    pub text: String,
    /// How it is judged.
    pub kind: CriterionKind,
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
}

/// How a criterion is judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CriterionKind {
    /// By a command that has to succeed.
    Command {
        /// The command, for a shell.
        command: String,
    },
    /// By a model, if the workflow names one as judge; else not at all.
    Judged,
}

/// A state of an agent's work that others can wait for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Its id; unique for the agent.
    pub id: String,
    /// When it is reached.
    pub condition: CheckpointCondition,
}

/// When a checkpoint is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckpointCondition {
    /// The agent is done and kept to its scope; criteria may still be running.
    WriteComplete,
    /// A file that this path pattern matches exists.
    Path(String),
    /// This command succeeds.
    Command(String),
    /// The agent says so.
    Signal,
}

/// What an agent waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dependency {
    /// The id of the other agent.
    pub agent: String,
    /// The checkpoint. Default: the other agent is complete and its criteria have passed.
    pub checkpoint: Option<String>,
}

/// How an orchestrator's assignments become workers: `spawn_workers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpawnWorkers {
    /// Path pattern of assignment files; each that appears becomes a worker.
    pub on_file_creation: String,
    /// Path of the template of a worker.
    pub worker_template: String,
}

/// What may be spent: `budget`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Budget {
    /// Tokens, in and out. Default: no limit.
    pub tokens: Option<u64>,
    /// Money, in the currency of the host's price list. Default: no limit.
    pub money: Option<f64>,
}

/// The section `defaults`: what holds for every agent that does not say otherwise.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AgentDefaults {
    /// The longest time that an agent may run. Default: the host's.
    pub timeout: Option<Duration>,
    /// How often an agent is tried again after a failure. Default: the host's.
    pub retries: Option<u32>,
    /// What each agent may spend. Default: no limit.
    pub budget: Option<Budget>,
    /// Names of environment variables that agents may see. Default: none.
    pub env: Vec<String>,
    /// Commands that prepare a workspace. Default: none.
    pub setup: Vec<String>,
    /// Names of tools that agents may use. Default: the host's.
    pub tools: Vec<String>,
    /// Where findings stand in an artefact. Default: as the built-in schema has them.
    pub finding_map: Option<FindingMap>,
}
