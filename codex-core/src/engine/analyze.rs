//! What a run will probably take.

use std::sync::Arc;

use super::{Engine, EngineError};
use crate::analyze::{self, Analysis, AnalyzeOptions};
use crate::plan::Plan;
use crate::port::offload;

impl Engine {
    /// Says what a run of a plan will probably take, and what would make it shorter: see [`analyze`].
    /// Starts and writes nothing.
    ///
    /// # Errors
    /// [`EngineError::Analyze`] when repository or journal can't be read, or the plan has too many agents.
    pub async fn analyze(&self, plan: &Arc<Plan>, options: AnalyzeOptions) -> Result<Analysis, EngineError> {
        let (parts, plan) = (self.parts.clone(), plan.clone());
        let analysis = offload(self.parts.offload.as_ref(), move || {
            analyze::analyze(parts.repository.as_ref(), parts.journal.as_ref(), &plan, &options)
        });
        Ok(analysis.await??)
    }
}
