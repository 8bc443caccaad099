use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use codex_scope::Scope;
use serde::{Deserialize, Serialize};

use super::clock::Clock;
use super::offload::Offload;
use super::workspace::Workspace;
use crate::agent::Reporter;
use crate::id::RunId;
use crate::run::CriterionResult;

/// Runs one agent in its workspace to an end.
///
/// # Contract
/// The agent's work is what stands in the workspace when the future resolves; what it says of itself is never evidence.
/// Dropping the future stops the agent and all it started. Events go to [`AgentTask::reporter`] as they happen. The time
/// limit is kept by the caller, who drops the future.
#[async_trait]
pub trait AgentExecutor: Send + Sync + 'static {
    /// Runs the agent.
    async fn run(&self, task: AgentTask) -> Result<AgentReply, Failure>;

    /// Whether processes of the agent are held inside the workspace by the system.
    fn confined(&self) -> bool;
}

/// What an executor needs to know of one agent.
#[derive(Clone)]
#[non_exhaustive]
pub struct AgentTask {
    /// The run.
    pub run: RunId,
    /// The agent's id.
    pub agent: String,
    /// 1 for the first try.
    pub attempt: u32,
    /// A number that no agent running at the same time in this run has.
    pub slot: u32,
    /// The model the workflow names for it.
    pub model: String,
    /// What it shall do.
    pub instructions: String,
    /// Files every agent is given beside its own (the shared interfaces), as paths in its workspace.
    pub shared: Vec<String>,
    /// What it may read and write.
    pub scope: Arc<Scope>,
    /// Tools beyond the standard ones that the workflow grants by name.
    pub tools: Vec<String>,
    /// Environment variables granted to it.
    pub env: BTreeMap<String, String>,
    /// How long it may take; kept by the caller, told so that it can be shown.
    pub time_limit: Option<Duration>,
    /// Its isolated checkout.
    pub workspace: Arc<dyn Workspace>,
    /// Where its events go.
    pub reporter: Reporter,
    /// Judges the workspace as it is by the agent's own criteria.
    pub check: Arc<dyn Check>,
    /// The engine's clock.
    pub clock: Arc<dyn Clock>,
    /// The engine's pool for work that blocks.
    pub offload: Arc<dyn Offload>,
}

/// Judges an agent's workspace while it works.
#[async_trait]
pub trait Check: Send + Sync + 'static {
    /// Runs the agent's criteria on its base with its changes so far.
    async fn check(&self) -> Result<CheckReport, Failure>;
}

/// What a check found.
#[derive(Debug, Clone, Default)]
pub struct CheckReport {
    /// Problems found before any command was run: changes outside the scope, new syntax errors.
    pub problems: Vec<String>,
    /// The results of the criteria, in the workflow's order; empty if there were problems.
    pub criteria: Vec<CriterionResult>,
}

/// What an agent says at its end.
#[derive(Debug, Clone, Default, Serialize, Deserialize, PartialEq)]
#[serde(default)]
#[non_exhaustive]
pub struct AgentReply {
    /// One line on what it did.
    pub summary: Option<String>,
    /// How sure it says it is, 0 to 1. Shown in the report; nothing is decided by it.
    pub confidence: Option<f64>,
    /// What it used.
    pub usage: Usage,
}

impl AgentReply {
    /// A reply with a summary.
    pub fn new(summary: impl Into<String>) -> AgentReply {
        AgentReply { summary: Some(summary.into()), ..AgentReply::default() }
    }
}

/// Tokens used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Tokens sent to the model.
    pub input_tokens: u64,
    /// Tokens the model wrote.
    pub output_tokens: u64,
}

impl std::ops::AddAssign for Usage {
    fn add_assign(&mut self, other: Usage) {
        self.input_tokens += other.input_tokens;
        self.output_tokens += other.output_tokens;
    }
}

/// Why an agent failed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error("{kind}: {detail}")]
pub struct Failure {
    /// The kind, for decisions.
    pub kind: FailureKind,
    /// The details, for people.
    pub detail: String,
}

impl Failure {
    /// A failure of a kind with its details.
    pub fn new(kind: FailureKind, detail: impl Into<String>) -> Failure {
        Failure { kind, detail: detail.into() }
    }
}

/// Kinds of [`Failure`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FailureKind {
    /// The model's provider refused for now.
    RateLimited,
    /// Tokens or money ran out.
    Budget,
    /// The agent was not allowed what it needed.
    Denied,
    /// No progress.
    Stalled,
    /// The conversation outgrew the model.
    ContextFull,
    /// The program or the conversation broke off.
    Crash,
    /// It was stopped on request.
    Cancelled,
    /// The time limit.
    TimedOut,
    /// Its result did not pass: scope, syntax or criteria.
    Verification,
    /// The workspace could not be made or read.
    Workspace,
}

impl std::fmt::Display for FailureKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            FailureKind::RateLimited => "rate limited",
            FailureKind::Budget => "over budget",
            FailureKind::Denied => "denied",
            FailureKind::Stalled => "stalled",
            FailureKind::ContextFull => "context full",
            FailureKind::Crash => "crashed",
            FailureKind::Cancelled => "cancelled",
            FailureKind::TimedOut => "timed out",
            FailureKind::Verification => "did not pass",
            FailureKind::Workspace => "workspace",
        })
    }
}
