//! What a run came to, as plain data for people and programs.

use serde::{Deserialize, Serialize};

use crate::id::{ObjectId, RunId, Timestamp};
use crate::port::{Header, RunLog, Usage};
use crate::run::{AgentOutcome, AgentState, ConflictPlace, IllegalEvent, MergeOutcome, Outcome, RunPhase, RunState};

/// A run's report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RunReport {
    /// The run.
    pub run: RunId,
    /// The workflow's name.
    pub workflow: String,
    /// The commit it started from.
    pub base: ObjectId,
    /// That commit as the workflow named it.
    pub base_name: String,
    /// Where it lands.
    pub feature_branch: String,
    /// Whether the system held every process of the run inside its workspace.
    pub confined: bool,
    /// When it began.
    pub started: Timestamp,
    /// When its last event was noted.
    pub updated: Timestamp,
    /// How it ended; `None` while it is under way, or if its process was killed.
    pub outcome: Option<Outcome>,
    /// Everything else.
    pub state: RunState,
    /// Tokens used by all agents.
    pub usage: Usage,
    /// The time all agents took, added up, in milliseconds: what running them one after the other would have taken.
    pub sequential_millis: u64,
    /// The time from the first agent's start to the last one's end, in milliseconds.
    pub parallel_millis: u64,
}

impl RunReport {
    pub(crate) fn new(header: &Header, state: &RunState) -> RunReport {
        let mut usage = Usage::default();
        let mut sequential_millis = 0;
        let (mut first, mut last) = (None::<Timestamp>, None::<Timestamp>);
        for agent in &state.agents {
            usage += agent.reply.usage;
            if let (Some(started), Some(ended)) = (agent.started, agent.ended) {
                sequential_millis += ended.since(started).as_millis() as u64;
                first = Some(first.map_or(started, |first| first.min(started)));
                last = Some(last.map_or(ended, |last| last.max(ended)));
            }
        }
        let parallel_millis = match (first, last) {
            (Some(first), Some(last)) => last.since(first).as_millis() as u64,
            _ => 0,
        };
        RunReport {
            run: header.run.clone(),
            workflow: header.workflow.clone(),
            base: header.base,
            base_name: header.base_name.clone(),
            feature_branch: header.feature_branch.clone(),
            confined: header.confined,
            started: header.started,
            updated: state.updated,
            outcome: match &state.phase {
                RunPhase::Ended { outcome } => Some(outcome.clone()),
                _ => None,
            },
            state: state.clone(),
            usage,
            sequential_millis,
            parallel_millis,
        }
    }

    /// The report of a journal as it stands.
    ///
    /// # Errors
    /// [`IllegalEvent`] when the journal's events do not fit each other.
    pub fn of_log(log: &RunLog) -> Result<RunReport, IllegalEvent> {
        let machine = crate::journal::replay(log)?;
        Ok(RunReport::new(&log.header, machine.state()))
    }

    /// The conflicts that wait for a person.
    pub fn conflicts(&self) -> &[ConflictPlace] {
        match self.state.merge.as_ref().map(|merge| &merge.outcome) {
            Some(MergeOutcome::Conflicted { conflicts }) => conflicts,
            _ => &[],
        }
    }

    /// The agents that failed.
    pub fn failed(&self) -> impl Iterator<Item = &AgentState> {
        self.state.agents.iter().filter(|agent| matches!(agent.outcome(), Some(AgentOutcome::Failed { .. })))
    }

    /// The ref under which an agent's result stands.
    pub fn result_ref(&self, agent: &str) -> String {
        format!("refs/codex/{}/{agent}", self.run)
    }
}
