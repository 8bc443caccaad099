//! The engine in a host of your own: one agent that is plain code, one that is a model with tools, any runtime.

use std::sync::Arc;

use async_trait::async_trait;
use codex_core::adapter::memory::MemoryRepository;
use codex_core::agent::ToolLoop;
use codex_core::port::{
    AgentExecutor, AgentReply, AgentTask, Clock, Failure, FailureKind, Message, ModelBackend, ModelError, ModelReply,
    ModelRequest, Offload, ToolCall, Usage, offload,
};
use codex_core::{Engine, RepoPath, RunReport, StartOptions};
use serde_json::json;

/// Whatever went wrong.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// Two agents at work at the same time, each in a folder of its own. `model` says which executor runs an agent.
pub const WORKFLOW: &str = "
name: greetings
agents:
  - { id: by-hand, model: hand, scope: { write: [hand/] }, instructions: Say hello. }
  - { id: by-model, model: chat, scope: { write: [chat/] }, instructions: Say hello in chat/hello.txt. }
";

/// An executor: whatever stands in the workspace when `run` returns is the agent's result.
struct ByHand;

#[async_trait]
impl AgentExecutor for ByHand {
    async fn run(&self, task: AgentTask) -> Result<AgentReply, Failure> {
        let path = RepoPath::new("hand/hello.txt").map_err(|error| failed(&error))?;
        let text = format!("hello from {}\n", task.agent);
        let workspace = task.workspace.clone();
        let written = offload(task.offload.as_ref(), move || workspace.write(&path, text.as_bytes())).await;
        written.map_err(|lost| failed(&lost))?.map_err(|error| failed(&error))?;
        Ok(AgentReply::new("said hello"))
    }

    /// It starts no process, so nothing can leave the workspace.
    fn confined(&self) -> bool {
        true
    }
}

fn failed(error: &dyn std::error::Error) -> Failure {
    Failure::new(FailureKind::Crash, error.to_string())
}

/// A backend: the conversation so far in, the next turn out. A real one asks a provider here.
struct TwoTurns;

#[async_trait]
impl ModelBackend for TwoTurns {
    async fn turn(&self, request: ModelRequest<'_>) -> Result<ModelReply, ModelError> {
        let (name, input) = match request.messages.iter().any(|message| matches!(message, Message::Tool { .. })) {
            false => ("write_file", json!({"path": "chat/hello.txt", "content": "hello from a model\n"})),
            true => ("finish", json!({"summary": "said hello", "confidence": 0.9})),
        };
        let call = ToolCall { id: format!("call-{}", request.messages.len()), name: name.to_owned(), input };
        Ok(ModelReply { text: String::new(), calls: vec![call], usage: Usage { input_tokens: 90, output_tokens: 10 } })
    }
}

/// Runs the workflow on a repository, under any runtime.
pub async fn run(repository: Arc<MemoryRepository>, runtime: impl Clock + Offload) -> Result<RunReport, Error> {
    let engine = Engine::builder()
        .repository(repository)
        .runtime(runtime)
        .executor("hand", ByHand)
        .executor("chat", ToolLoop::new(TwoTurns))
        .build()?;
    let checked = engine.check(WORKFLOW).await?;
    let (_run, driver) = engine.start(checked, StartOptions::default()).await?;
    Ok(driver.await?)
}
