//! Running one agent: workspace, executor, time limit.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::FutureExt;
use futures_util::future::{AbortRegistration, Abortable, Either, select};

use super::super::environment::granted;
use super::super::shared::Run;
use crate::agent::{AgentEvent, Reporter};
use crate::plan::{PlannedAgent, folders_to_write, workspace_files};
use crate::port::{AgentReply, AgentTask, Check, CheckReport, Failure, FailureKind, Workspace, WorkspaceSpec, offload};
use crate::run::Event;

/// Runs an agent to its end, its time limit or its being stopped. The workspace comes back in every case in which there was
/// one: partial results are taken over too.
pub(in super::super) async fn run_agent(
    run: Arc<Run>,
    id: String,
    attempt: u32,
    slot: u32,
    stop: AbortRegistration,
) -> (Option<Arc<dyn Workspace>>, Event) {
    let reporter = Reporter::new(run.hub.clone(), &id, attempt);
    let mut workspace = None;
    let work = execute(&run, &id, attempt, slot, &reporter, &mut workspace);
    let result = match Abortable::new(work, stop).await {
        Ok(result) => result,
        Err(_) => Err(Failure::new(FailureKind::Cancelled, "stopped on request")),
    };
    reporter.emit(AgentEvent::Finished {
        ok: result.is_ok(),
        text: match &result {
            Ok(reply) => reply.summary.clone().unwrap_or_default(),
            Err(failure) => failure.to_string(),
        },
    });
    let (reply, failure) = match result {
        Ok(reply) => (reply, None),
        Err(failure) => (AgentReply::default(), Some(failure)),
    };
    (workspace, Event::AgentFinished { agent: id, reply, failure })
}

async fn execute(
    run: &Arc<Run>,
    id: &str,
    attempt: u32,
    slot: u32,
    reporter: &Reporter,
    kept: &mut Option<Arc<dyn Workspace>>,
) -> Result<AgentReply, Failure> {
    let parts = &run.parts;
    let crash = |detail: &str| Failure::new(FailureKind::Crash, detail);
    let agent = run.plan.agent(id).ok_or_else(|| crash("the plan does not know this agent"))?;
    let model = agent.model.clone().unwrap_or_else(|| parts.default_model.clone());
    let executor = parts.executors.get(&model).or(parts.default_executor.as_ref());
    let executor = executor.ok_or_else(|| crash("no executor serves its model"))?.clone();
    let (workspace, files) = prepare(run, agent).await?;
    *kept = Some(workspace.clone());
    reporter.emit(AgentEvent::Started { model: model.clone(), files });
    let task = AgentTask {
        run: run.header.run.clone(),
        agent: id.to_owned(),
        attempt,
        slot,
        model,
        instructions: agent.instructions.clone(),
        shared: run.plan.shared.clone(),
        scope: agent.scope.clone(),
        tools: agent.tools.clone(),
        env: granted(&parts.environment, &agent.env),
        time_limit: agent.time_limit,
        workspace: workspace.clone(),
        reporter: reporter.clone(),
        check: Arc::new(OwnCriteria { run: run.clone(), agent: id.to_owned(), workspace }),
        clock: parts.clock.clone(),
        offload: parts.offload.clone(),
    };
    // A panic of an executor is the failure of its agent, not the end of the run.
    let work = AssertUnwindSafe(executor.run(task))
        .catch_unwind()
        .map(|done| done.unwrap_or_else(|_| Err(Failure::new(FailureKind::Crash, "its executor panicked"))));
    let Some(limit) = agent.time_limit else { return work.await };
    let deadline = parts.clock.monotonic() + limit;
    match select(work, parts.clock.sleep_until(deadline)).await {
        Either::Left((result, _)) => result,
        Either::Right(((), _)) => {
            Err(Failure::new(FailureKind::TimedOut, format!("its time limit is {}", seconds(limit))))
        }
    }
}

fn seconds(limit: Duration) -> String {
    format!("{} s", limit.as_secs_f64())
}

async fn prepare(run: &Arc<Run>, agent: &PlannedAgent) -> Result<(Arc<dyn Workspace>, usize), Failure> {
    let shared = run.clone();
    let agent = agent.clone();
    let made = offload(run.parts.offload.as_ref(), move || {
        let run = shared;
        let base = &run.plan.base;
        let repository = &run.parts.repository;
        let files = workspace_files(repository.as_ref(), &base.tree, &agent.scope, &run.plan.shared, agent.visibility)?;
        let count = files.len();
        let spec = WorkspaceSpec {
            run: run.header.run.clone(),
            agent: agent.id.clone(),
            base: base.commit,
            tree: base.tree,
            folders: folders_to_write(&agent.scope, &files),
            files,
        };
        run.parts.workspaces.create(repository, &spec).map(|workspace| (workspace, count))
    });
    let workspace_failed = |detail: String| Failure::new(FailureKind::Workspace, detail);
    made.await.map_err(|lost| workspace_failed(lost.to_string()))?.map_err(|e| workspace_failed(e.to_string()))
}

/// Judges an agent's workspace while the agent is at work, by the criteria that will judge it at its end.
struct OwnCriteria {
    run: Arc<Run>,
    agent: String,
    workspace: Arc<dyn Workspace>,
}

#[async_trait]
impl Check for OwnCriteria {
    async fn check(&self) -> Result<CheckReport, Failure> {
        let crash = |detail: String| Failure::new(FailureKind::Crash, detail);
        let run = self.run.clone();
        let (id, workspace) = (self.agent.clone(), self.workspace.clone());
        let taken = offload(self.run.parts.offload.as_ref(), move || super::collect::take(&run, &id, &workspace));
        let taken = taken.await.map_err(|e| crash(e.to_string()))?.map_err(|e| crash(e.to_string()))?;
        let mut problems: Vec<String> = taken.violations.iter().map(ToString::to_string).collect();
        problems.extend(taken.syntax.iter().map(ToString::to_string));
        if !problems.is_empty() {
            return Ok(CheckReport { problems, criteria: Vec::new() });
        }
        let criteria = super::judge::criteria_of(&self.run, &self.agent, taken.tree).await;
        Ok(CheckReport { problems, criteria: criteria.map_err(|e| crash(e.to_string()))? })
    }
}
