//! A workflow as plain data, one file for each section.

mod agent;
mod audit;
mod choice;
mod context;
mod coordination;
mod execution;
mod finding;
mod merge;
mod secret;

use serde::{Deserialize, Serialize};

pub use agent::{
    Agent, AgentDefaults, AgentScope, Budget, Checkpoint, CheckpointCondition, Criterion, CriterionKind, Dependency,
    OutputFormat, Role, ScopeSpans, SpawnWorkers, Visibility,
};
pub use audit::{Audit, LogLevel};
pub(crate) use choice::Choice;
pub use context::{BroadcastContext, Context, SharedContext};
pub use coordination::{
    CommentMerging, ConflictResolution, Coordination, FailureNotification, MethodOrdering, OutOfScope, OutputMode,
    ScopeOverlap, SemanticMergeOptions, Strategy, Trigger, UnresolvableConflictAction,
};
pub use execution::{Execution, Orchestration, OrchestrationMode, Sandbox};
pub use finding::FindingMap;
pub use merge::{Commits, Merge, MergeStrategy, OnFailure, PostMerge, Stage, Validation};
pub use secret::SecretText;
pub(crate) use secret::names_in;

/// A whole workflow: who does what, where each agent may read and write, and how the outputs
/// become one result.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Workflow {
    /// The name; references and the default feature branch are named after it.
    pub name: String,
    /// The version of the file format: `1` or `1.0`. Absent means the current one.
    pub version: Option<String>,
    /// What the workflow is for, in words.
    pub description: Option<String>,
    /// The repository and its branches.
    pub context: Context,
    /// How agents are kept apart and how conflicts are treated.
    pub coordination: Coordination,
    /// The files that all agents of a broadcast examine.
    pub broadcast_context: Option<BroadcastContext>,
    /// The agents, in the order of the file.
    pub agents: Vec<Agent>,
    /// Workers that are started while the workflow runs.
    pub orchestration: Option<Orchestration>,
    /// Files that are read ahead for all agents.
    pub shared_context: SharedContext,
    /// How many agents run at once, and which go first.
    pub execution: Execution,
    /// How outputs are merged, validated and handed over.
    pub merge: Merge,
    /// What is recorded for an audit.
    pub audit: Option<Audit>,
    /// What holds for every agent that does not say otherwise.
    pub defaults: AgentDefaults,
}

impl Workflow {
    /// The agent with this id.
    #[must_use]
    pub fn agent(&self, id: &str) -> Option<&Agent> {
        self.agents.iter().find(|agent| agent.id == id)
    }
}
