use std::sync::Arc;

use super::Parts;
use crate::agent::TranscriptHub;
use crate::plan::Plan;
use crate::port::Header;

/// What all steps of a run share.
pub(super) struct Run {
    pub(super) parts: Arc<Parts>,
    pub(super) plan: Arc<Plan>,
    pub(super) header: Header,
    pub(super) hub: Arc<TranscriptHub>,
}
