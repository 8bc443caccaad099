use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use codex_scope::{PatternSet, Scope};
use futures_util::FutureExt;

use super::{Suite, promise, works};
use crate::agent::Reporter;
use crate::id::{RunId, Timestamp};
use crate::port::{
    AgentExecutor, AgentTask, Check, CheckReport, Clock, Failure, Message, ModelBackend, ModelRequest, Offload,
    ToolSpec, Workspace, WorkspaceError,
};

/// A task for trying an executor on its own: it may read and write everything, its events go nowhere, and its check finds
/// nothing.
pub fn task(
    instructions: &str,
    workspace: Arc<dyn Workspace>,
    clock: Arc<dyn Clock>,
    offload: Arc<dyn Offload>,
) -> AgentTask {
    let all = || PatternSet::parse(["**"]).unwrap_or_else(|_| PatternSet::empty());
    AgentTask {
        run: RunId::generate(Timestamp(1)),
        agent: "agent".to_owned(),
        attempt: 1,
        slot: 0,
        model: "model".to_owned(),
        instructions: instructions.to_owned(),
        shared: Vec::new(),
        scope: Arc::new(Scope::new(all(), all())),
        tools: Vec::new(),
        env: BTreeMap::from([("PATH".to_owned(), "/usr/local/bin:/usr/bin:/bin".to_owned())]),
        time_limit: None,
        workspace,
        reporter: Reporter::sink(clock.clone()),
        check: Arc::new(NothingToCheck),
        clock,
        offload,
    }
}

struct NothingToCheck;

#[async_trait]
impl Check for NothingToCheck {
    async fn check(&self) -> Result<CheckReport, Failure> {
        Ok(CheckReport::default())
    }
}

/// What a workspace holds, path and content.
type Content = Vec<(String, Option<Vec<u8>>)>;

fn content(workspace: &dyn Workspace) -> Result<Content, WorkspaceError> {
    let read = |path| workspace.read(&path).map(|content| (path.to_string(), content));
    workspace.list()?.into_iter().map(read).collect()
}

/// The promises of [`AgentExecutor`]: checked on one that ends well with the task `fresh` makes and changes its workspace. Takes
/// about 200 ms of the clock's time.
pub async fn executor(executor: &dyn AgentExecutor, fresh: impl Fn() -> AgentTask) -> Suite {
    let first = fresh();
    let before = works(content(first.workspace.as_ref()), "reading the workspace")?;
    let reply = works(executor.run(first.clone()).await, "the executor")?;
    let sure = reply.confidence.is_none_or(|confidence| (0.0..=1.0).contains(&confidence));
    promise(sure, "a confidence lies between 0 and 1")?;
    let after = works(content(first.workspace.as_ref()), "reading the workspace")?;
    promise(before != after, "the work stands in the workspace when the executor is done")?;
    let dropped = fresh();
    // As far as it comes at once, and no further.
    let _ = executor.run(dropped.clone()).now_or_never();
    let pause = |millis| dropped.clock.sleep_until(dropped.clock.monotonic() + Duration::from_millis(millis));
    pause(100).await;
    let then = works(content(dropped.workspace.as_ref()), "reading the workspace")?;
    pause(100).await;
    let later = works(content(dropped.workspace.as_ref()), "reading the workspace")?;
    promise(then == later, "nothing changes any more once the executor was dropped")?;
    let again = fresh();
    promise(executor.run(again).await.is_ok(), "a dropped agent does not keep another one from its work")
}

/// The promises of [`ModelBackend`]: the turns of a conversation that begins with `message`, up to its end or `most` turns,
/// with every tool call answered by `answer`.
pub async fn model(
    backend: &dyn ModelBackend,
    message: &str,
    tools: &[ToolSpec],
    most: usize,
    answer: impl Fn(&str) -> String,
) -> Suite {
    let mut messages = vec![Message::User { text: message.to_owned() }];
    let mut ids = Vec::new();
    for _ in 0..most {
        let request = ModelRequest { agent: "agent", model: "model", system: "Work.", messages: &messages, tools };
        let turn = works(backend.turn(request).await, "a turn")?;
        promise(!turn.text.is_empty() || !turn.calls.is_empty(), "a turn says or calls something")?;
        for call in &turn.calls {
            promise(tools.iter().any(|tool| tool.name == call.name), "only tools that were offered are called")?;
            promise(call.input.is_object(), "the arguments of a call are an object")?;
            promise(!ids.contains(&call.id), "the id of a call is its own")?;
            ids.push(call.id.clone());
        }
        messages.push(Message::Assistant { text: turn.text, calls: turn.calls.clone() });
        if turn.calls.is_empty() {
            return Ok(());
        }
        for call in turn.calls {
            let output = answer(&call.name);
            messages.push(Message::Tool { id: call.id, name: call.name, output, error: false });
        }
    }
    Ok(())
}
