//! An agent that is a model with tools: turn by turn until it says that it is done.

use std::sync::Arc;

use async_trait::async_trait;

use super::tools::{Outcome, ToolSet};
use super::transcript::AgentEvent;
use crate::port::{
    AgentExecutor, AgentReply, AgentTask, CommandRunner, Failure, FailureKind, Message, ModelBackend, ModelRequest,
};

/// Drives any [`ModelBackend`] with the standard tools.
///
/// The tools work on the agent's workspace and hold its scope: a call outside it is refused and the model is told why. Commands
/// are run only where the workflow names `run_command` under `tools`, and only with a runner.
pub struct ToolLoop {
    backend: Arc<dyn ModelBackend>,
    commands: Option<Arc<dyn CommandRunner>>,
    max_turns: usize,
}

impl ToolLoop {
    /// A loop over a backend.
    pub fn new(backend: impl ModelBackend) -> ToolLoop {
        ToolLoop { backend: Arc::new(backend), commands: None, max_turns: 200 }
    }

    /// As [`new`](ToolLoop::new), for a backend that is shared.
    pub fn shared(backend: Arc<dyn ModelBackend>) -> ToolLoop {
        ToolLoop { backend, commands: None, max_turns: 200 }
    }

    /// What runs commands for agents whose workflow grants `run_command`.
    pub fn commands(mut self, commands: impl CommandRunner) -> ToolLoop {
        self.commands = Some(Arc::new(commands));
        self
    }

    /// After how many turns an agent that never ends is given up (default 200).
    pub fn max_turns(mut self, turns: usize) -> ToolLoop {
        self.max_turns = turns.max(1);
        self
    }
}

/// What stands before every conversation.
fn system_prompt(task: &AgentTask) -> String {
    let list = |patterns: &codex_scope::PatternSet| {
        let names: Vec<&str> = patterns.patterns().iter().map(|pattern| pattern.as_str()).collect();
        names.join(", ")
    };
    format!(
        "You are {}, one of several agents that work on one repository at the same time, each in a checkout of its own.\n\
         You may read: {}\nYou may write: {}\nShared interfaces, which every agent keeps to: {}\n\
         Use the tools to read and change files. Call `check` to be judged by your success criteria, and `finish` when you \
         are done. Nothing outside your scope can be changed.",
        task.agent,
        list(task.scope.read()),
        list(task.scope.write()),
        match task.shared.is_empty() {
            true => "none".to_owned(),
            false => task.shared.join(", "),
        },
    )
}

#[async_trait]
impl AgentExecutor for ToolLoop {
    async fn run(&self, task: AgentTask) -> Result<AgentReply, Failure> {
        let tools = ToolSet::for_task(&task, self.commands.clone());
        let specs = tools.specs();
        let system = system_prompt(&task);
        let mut messages = vec![Message::User { text: task.instructions.clone() }];
        let mut reply = AgentReply::default();
        for _ in 0..self.max_turns {
            let request = ModelRequest {
                agent: &task.agent,
                model: &task.model,
                system: &system,
                messages: &messages,
                tools: &specs,
            };
            let turn = self.backend.turn(request).await;
            let turn = turn.map_err(|error| Failure::new(error.kind, error.detail))?;
            reply.usage += turn.usage;
            task.reporter.emit(AgentEvent::Used(turn.usage));
            if !turn.text.is_empty() {
                task.reporter.emit(AgentEvent::Message { text: turn.text.clone() });
            }
            messages.push(Message::Assistant { text: turn.text.clone(), calls: turn.calls.clone() });
            if turn.calls.is_empty() {
                // It said its last words without the tool for it.
                reply.summary = Some(turn.text).filter(|text| !text.is_empty());
                return Ok(reply);
            }
            let mut finished = false;
            for call in turn.calls {
                let (output, error) = match tools.call(&call.name, &call.input).await {
                    Outcome::Output(output) => (output, false),
                    Outcome::Refused(why) => {
                        task.reporter.emit(AgentEvent::Refused { tool: call.name.clone(), why: why.clone() });
                        (why, true)
                    }
                    Outcome::Finished { summary, confidence } => {
                        reply.summary = Some(summary);
                        reply.confidence = confidence;
                        finished = true;
                        ("done".to_owned(), false)
                    }
                    Outcome::Failed(failure) => return Err(failure),
                };
                messages.push(Message::Tool { id: call.id, name: call.name, output, error });
            }
            if finished {
                return Ok(reply);
            }
        }
        let detail = format!("it did not finish within {} turns", self.max_turns);
        Err(Failure::new(FailureKind::Stalled, detail))
    }

    /// The tools run no process unless commands were given.
    fn confined(&self) -> bool {
        self.commands.is_none()
    }
}
