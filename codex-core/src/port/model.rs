use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::executor::{FailureKind, Usage};

/// One turn of a model: a conversation in, a message or tool calls out.
///
/// # Contract
/// Stateless: everything the model shall know is in the request. Dropping the future gives the turn up.
#[async_trait]
pub trait ModelBackend: Send + Sync + 'static {
    /// Asks for the next turn.
    async fn turn(&self, request: ModelRequest<'_>) -> Result<ModelReply, ModelError>;
}

/// A conversation so far.
#[derive(Debug, Clone, Copy)]
pub struct ModelRequest<'a> {
    /// The agent that asks.
    pub agent: &'a str,
    /// The model's name in the workflow.
    pub model: &'a str,
    /// What stands before the conversation.
    pub system: &'a str,
    /// The conversation, oldest first.
    pub messages: &'a [Message],
    /// The tools offered.
    pub tools: &'a [ToolSpec],
}

/// One message of a conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum Message {
    /// From the engine.
    User {
        /// The text.
        text: String,
    },
    /// From the model.
    Assistant {
        /// The text, possibly empty.
        text: String,
        /// The tools it calls.
        calls: Vec<ToolCall>,
    },
    /// The result of a tool call.
    Tool {
        /// The call's id.
        id: String,
        /// The tool's name.
        name: String,
        /// What it returned.
        output: String,
        /// Whether it failed.
        error: bool,
    },
}

/// A tool call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToolCall {
    /// Unique within the conversation.
    pub id: String,
    /// The tool's name.
    pub name: String,
    /// Its arguments, a JSON object.
    pub input: Value,
}

/// A tool offered to the model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ToolSpec {
    /// Its name.
    pub name: &'static str,
    /// What it does, for the model.
    pub description: &'static str,
    /// JSON Schema of its arguments.
    pub input: Value,
}

/// A turn.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ModelReply {
    /// What it says.
    pub text: String,
    /// The tools it calls; none ends the conversation.
    pub calls: Vec<ToolCall>,
    /// What the turn used.
    pub usage: Usage,
}

/// A turn failed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{detail}")]
pub struct ModelError {
    /// The kind of failure the agent ends with.
    pub kind: FailureKind,
    /// What happened.
    pub detail: String,
}
