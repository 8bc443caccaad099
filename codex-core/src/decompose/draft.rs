//! A workflow that is being written: the parts of the file that proposals use, with its comments.
//!
//! As JSON it is a workflow file; [`super::yaml`] writes it for people.

use serde::Serialize;

/// A workflow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) description: String,
    /// What stands above everything, line by line.
    #[serde(skip)]
    pub(super) head: Vec<String>,
    pub(super) context: DraftContext,
    pub(super) coordination: DraftCoordination,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) broadcast_context: Option<DraftBroadcast>,
    pub(super) agents: Vec<DraftAgent>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct DraftContext {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) base_branch: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) shared_interfaces: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct DraftCoordination {
    /// What is to be said of the strategy.
    #[serde(skip)]
    pub(super) comments: Vec<String>,
    pub(super) strategy: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) output_mode: Option<&'static str>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct DraftBroadcast {
    pub(super) files: Vec<String>,
    pub(super) read_only: bool,
}

/// One agent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct DraftAgent {
    /// What stands above it, line by line.
    #[serde(skip)]
    pub(super) comments: Vec<String>,
    pub(super) id: String,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) scope: Option<DraftScope>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) depends_on: Vec<DraftGate>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) checkpoints: Vec<DraftCheckpoint>,
    pub(super) instructions: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) success_criteria: Vec<String>,
    /// Criteria that may be fit, for a comment.
    #[serde(skip)]
    pub(super) suggested_criteria: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) output_format: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) output_schema: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct DraftScope {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) read: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) write: Vec<String>,
}

/// One agent waits for a checkpoint of another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct DraftGate {
    pub(super) agent: String,
    pub(super) checkpoint: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct DraftCheckpoint {
    pub(super) id: String,
    pub(super) condition: &'static str,
}
