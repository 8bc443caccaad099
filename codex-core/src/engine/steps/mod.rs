//! The steps of a run: each one an action of the machine carried out over the ports, ending in one event.

mod clean_up;
mod collect;
mod decisions;
mod execute;
mod judge;
mod land;
mod merge;

pub(super) use clean_up::clean_up;
pub(super) use collect::collect;
pub(super) use decisions::{outline, store_decisions};
pub(super) use execute::run_agent;
pub(super) use judge::{validate, verify};
pub(super) use land::{commit, publish};
pub(super) use merge::{AgentResult, merge};

use super::shared::Run;
use crate::port::{RefUpdate, offload};
use crate::run::Event;

/// Does blocking work off the polling thread; what goes wrong becomes the event of a failed step.
async fn blocking(
    run: &std::sync::Arc<Run>,
    step: &str,
    agent: Option<&str>,
    work: impl FnOnce(&Run) -> Result<Event, super::EngineError> + Send + 'static,
) -> Event {
    let shared = run.clone();
    let done = offload(run.parts.offload.as_ref(), move || work(&shared)).await;
    match done.map_err(super::EngineError::from).flatten() {
        Ok(event) => event,
        Err(error) => failed(step, agent, &error),
    }
}

fn failed(step: &str, agent: Option<&str>, error: &dyn std::error::Error) -> Event {
    Event::StepFailed { step: step.to_owned(), agent: agent.map(str::to_owned), detail: error.to_string() }
}

/// The ref under which something of a run stands.
fn run_ref(run: &Run, name: &str) -> String {
    format!("refs/codex/{}/{name}", run.header.run)
}

fn set_ref(name: String, id: crate::id::ObjectId) -> RefUpdate {
    RefUpdate { name, expected: crate::port::Expected::Any, new: Some(id) }
}
