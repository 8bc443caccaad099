//! Storing what a person's decisions bring along, so that the journal can name it.

use std::sync::Arc;

use super::super::DecisionInput;
use super::super::error::EngineError;
use super::super::shared::Run;
use super::{run_ref, set_ref};
use crate::port::offload;
use crate::run::Decision;

/// Decisions without what they bring along, for judging whether they fit.
pub(in super::super) fn outline(inputs: &[DecisionInput]) -> Vec<Decision> {
    inputs
        .iter()
        .map(|input| match input {
            DecisionInput::Approve => Decision::Approve,
            DecisionInput::Take { agent, path } => Decision::Take { agent: agent.clone(), path: path.clone() },
            DecisionInput::Reject { agent } => Decision::Reject { agent: agent.clone() },
            DecisionInput::Abort => Decision::Abort,
            DecisionInput::File { path, .. } => Decision::File { path: path.clone(), content: None },
        })
        .collect()
}

/// Turns a host's decisions into journalled ones. `count` is how many there were before, for the names of refs that keep
/// contents alive.
pub(in super::super) async fn store_decisions(
    run: &Arc<Run>,
    inputs: Vec<DecisionInput>,
    count: usize,
) -> Result<Vec<Decision>, EngineError> {
    let shared = run.clone();
    offload(run.parts.offload.as_ref(), move || {
        let repository = shared.parts.repository.as_ref();
        let mut decisions = outline(&inputs);
        for (at, input) in inputs.into_iter().enumerate() {
            if let DecisionInput::File { path, content: Some(bytes) } = input {
                let id = repository.write_blob(&bytes)?;
                let name = run_ref(&shared, &format!("decided/{}", count + at + 1));
                repository.update_refs(&[set_ref(name, id)])?;
                decisions[at] = Decision::File { path, content: Some(id) };
            }
        }
        Ok(decisions)
    })
    .await?
}
