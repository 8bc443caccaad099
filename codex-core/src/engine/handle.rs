use std::sync::Arc;

use futures_channel::{mpsc, oneshot};

use super::error::EngineError;
use super::event_log::{EventLog, EventStream, Seq};
use crate::id::RunId;
use crate::path::RepoPath;

/// Watches and steers one run. Cheap to clone; dropping it changes nothing.
#[derive(Clone)]
pub struct RunHandle {
    pub(super) id: RunId,
    pub(super) log: Arc<EventLog>,
    pub(super) control: mpsc::UnboundedSender<Control>,
}

/// What a handle tells its driver.
pub(super) enum Control {
    Cancel,
    Decide(Vec<DecisionInput>, oneshot::Sender<Result<(), String>>),
}

/// What a person decides of a waiting run.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum DecisionInput {
    /// Land what was merged and validated.
    Approve,
    /// At this path, settle conflicts with this agent's text.
    Take {
        /// The agent.
        agent: String,
        /// The path.
        path: RepoPath,
    },
    /// At this path, use this content.
    File {
        /// The path.
        path: RepoPath,
        /// The content; `None` deletes the file.
        content: Option<Vec<u8>>,
    },
    /// Leave an agent's result out.
    Reject {
        /// The agent.
        agent: String,
    },
    /// End the run; nothing lands.
    Abort,
}

impl RunHandle {
    /// The run's name.
    pub fn id(&self) -> &RunId {
        &self.id
    }

    /// What has happened since `from`, and what will.
    pub fn events(&self, from: Seq) -> EventStream {
        EventStream::new(self.log.clone(), from)
    }

    /// Ends the run gracefully: agents are stopped, what they did so far is kept, nothing lands.
    pub fn cancel(&self) {
        // A driver that has ended needs no cancelling.
        let _ = self.control.unbounded_send(Control::Cancel);
    }

    /// Settles a run that waits, while its driver is being polled with [`StartOptions::stay`](super::StartOptions::stay).
    ///
    /// # Errors
    /// [`EngineError::Decision`] when the decisions do not fit, or the driver has ended.
    pub async fn decide(&self, decisions: Vec<DecisionInput>) -> Result<(), EngineError> {
        let ended = || EngineError::Decision("the run's driver has ended; resume the run with decisions".to_owned());
        let (sender, receiver) = oneshot::channel();
        self.control.unbounded_send(Control::Decide(decisions, sender)).map_err(|_| ended())?;
        receiver.await.map_err(|_| ended())?.map_err(EngineError::Decision)
    }
}
