//! Storing what a person's decisions bring along, so that the journal can name it.

use std::sync::Arc;

use super::super::DecisionInput;
use super::super::driver::Run;
use super::super::error::EngineError;
use super::{run_ref, set_ref};
use crate::port::offload;
use crate::run::Decision;

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
        let mut decisions = Vec::with_capacity(inputs.len());
        for (at, input) in inputs.into_iter().enumerate() {
            decisions.push(match input {
                DecisionInput::Approve => Decision::Approve,
                DecisionInput::Take { agent, path } => Decision::Take { agent, path },
                DecisionInput::Reject { agent } => Decision::Reject { agent },
                DecisionInput::Abort => Decision::Abort,
                DecisionInput::File { path, content } => {
                    let content = match content {
                        Some(bytes) => {
                            let id = repository.write_blob(&bytes)?;
                            let name = run_ref(&shared, &format!("decided/{}", count + at + 1));
                            repository.update_refs(&[set_ref(name, id)])?;
                            Some(id)
                        }
                        None => None,
                    };
                    Decision::File { path, content }
                }
            });
        }
        Ok(decisions)
    })
    .await?
}
