//! A proposal of a workflow for the repository at hand.

use super::Engine;
use crate::decompose::{self, DecomposeError, DecomposeRequest, Proposal};

impl Engine {
    /// Divides the repository among agents and proposes a workflow for them: see [`decompose`]. Starts
    /// and writes nothing.
    ///
    /// # Errors
    /// [`DecomposeError`] says what was looked for and what was found instead.
    pub async fn decompose(&self, request: DecomposeRequest) -> Result<Proposal, DecomposeError> {
        decompose::decompose(self.parts.repository.clone(), self.parts.offload.as_ref(), request).await
    }
}
