//! What is left behind when a driver ends: results, never rubbish.

use std::sync::Arc;

use super::super::error::EngineError;
use super::super::shared::Run;
use super::run_ref;
use crate::port::{Expected, RefUpdate, offload};
use crate::run::{AgentOutcome, Outcome, RunPhase, RunState};

/// Removes workspaces, which are cache; and the refs of failed agents where the workflow does not want them kept.
pub(in super::super) async fn clean_up(run: Arc<Run>, state: RunState) -> Result<(), EngineError> {
    let shared = run.clone();
    offload(run.parts.offload.as_ref(), move || {
        let run = shared;
        // An agent whose work could not be taken over has it nowhere else.
        let lost = state.agents.iter().any(|agent| agent.attempt > 0 && agent.commit.is_none());
        if !lost {
            run.parts.workspaces.discard(&run.header.run)?;
        }
        let waiting = matches!(&state.phase, RunPhase::Ended { outcome: Outcome::Waiting { .. } });
        if run.plan.workflow.coordination.preserve_failed_agent_output || waiting {
            return Ok(());
        }
        let failed = |outcome: Option<&AgentOutcome>| matches!(outcome, Some(AgentOutcome::Failed { .. }));
        let updates: Vec<RefUpdate> = state
            .agents
            .iter()
            .filter(|agent| failed(agent.outcome()) && agent.commit.is_some())
            .map(|agent| RefUpdate { name: run_ref(&run, &agent.id), expected: Expected::Any, new: None })
            .collect();
        match updates.is_empty() {
            true => Ok(()),
            false => Ok(run.parts.repository.update_refs(&updates)?),
        }
    })
    .await?
}
