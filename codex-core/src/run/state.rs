//! Where a run stands: what status, reports and the machine read.

use serde::{Deserialize, Serialize};

use super::event::{ChangeSummary, CriterionResult, Decision, MergeReport, SyntaxProblem, Violation};
use crate::id::{ObjectId, Timestamp};
use crate::port::{AgentReply, Failure};

/// A run, folded from its events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunState {
    /// What it is doing.
    pub phase: RunPhase,
    /// The agents, in the workflow's order.
    pub agents: Vec<AgentState>,
    /// The last merge.
    pub merge: Option<MergeReport>,
    /// Criteria and validation of the merged tree.
    pub validation: Vec<CriterionResult>,
    /// What persons decided, in order.
    pub decisions: Vec<Decision>,
    /// The commits that were made, oldest first, with the agents each one carries.
    pub commits: Vec<(ObjectId, Vec<String>)>,
    /// Whether somebody asked for the run to end.
    pub cancel_requested: bool,
    /// Whether a person ended the run for good.
    pub aborted: bool,
    /// The step of the engine itself that failed, and why.
    pub failed_step: Option<String>,
    /// How often the branch had moved when the result was to land.
    pub land_refusals: u32,
    /// When the last event was noted.
    pub updated: Timestamp,
}

impl RunState {
    /// The agent of this id.
    pub fn agent(&self, id: &str) -> Option<&AgentState> {
        self.agents.iter().find(|agent| agent.id == id)
    }
}

/// What a run is doing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "phase", rename_all = "kebab-case")]
pub enum RunPhase {
    /// Not begun.
    New,
    /// Agents are at work.
    Agents,
    /// Results are being merged.
    Merging,
    /// The merged tree is being judged.
    Validating {
        /// The tree.
        tree: ObjectId,
    },
    /// Commits are being made.
    Committing {
        /// The tree.
        tree: ObjectId,
    },
    /// The branch is being moved: from here on the run can't be cancelled.
    Publishing {
        /// The commit.
        commit: ObjectId,
    },
    /// It is over, or a person is needed.
    Ended {
        /// How.
        outcome: Outcome,
    },
}

/// The end of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Outcome {
    /// The result is on the feature branch.
    Landed {
        /// The branch.
        branch: String,
        /// Its tip.
        commit: ObjectId,
    },
    /// The result is a verified commit; landing it is the host's business.
    Verified {
        /// The commit.
        commit: ObjectId,
    },
    /// Nothing was changed by any agent.
    Unchanged,
    /// A person is needed.
    Waiting {
        /// For what.
        reason: WaitingFor,
    },
    /// It failed; nothing landed.
    Failed {
        /// Why.
        reason: String,
    },
    /// It was ended on request; nothing landed.
    Cancelled,
}

/// What a run waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum WaitingFor {
    /// Conflicts to be settled.
    Conflict,
    /// An approval of the merged and validated tree.
    Approval,
    /// A merged tree that did not pass to be mended.
    Validation,
}

/// One agent of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgentState {
    /// Its id.
    pub id: String,
    /// Where it stands.
    pub phase: AgentPhase,
    /// Tries so far.
    pub attempt: u32,
    /// When its last try began.
    pub started: Option<Timestamp>,
    /// When its last try ended.
    pub ended: Option<Timestamp>,
    /// What it said at its end.
    pub reply: AgentReply,
    /// Why its executor failed, if it did.
    pub failure: Option<Failure>,
    /// Its result, a commit on top of the base, also when it failed.
    pub commit: Option<ObjectId>,
    /// Its result's root tree.
    pub tree: Option<ObjectId>,
    /// What it changed.
    pub changes: ChangeSummary,
    /// What it was not allowed to change.
    pub violations: Vec<Violation>,
    /// New syntax errors.
    pub syntax: Vec<SyntaxProblem>,
    /// Its criteria.
    pub criteria: Vec<CriterionResult>,
    /// Whether a person left its result out.
    pub rejected: bool,
    /// Whether it was asked to stop.
    pub stopping: bool,
}

impl AgentState {
    pub(crate) fn new(id: &str) -> AgentState {
        AgentState {
            id: id.to_owned(),
            phase: AgentPhase::Pending,
            attempt: 0,
            started: None,
            ended: None,
            reply: AgentReply::default(),
            failure: None,
            commit: None,
            tree: None,
            changes: ChangeSummary::default(),
            violations: Vec::new(),
            syntax: Vec::new(),
            criteria: Vec::new(),
            rejected: false,
            stopping: false,
        }
    }

    /// How the agent ended, if it has.
    pub fn outcome(&self) -> Option<&AgentOutcome> {
        match &self.phase {
            AgentPhase::Ended { outcome } => Some(outcome),
            _ => None,
        }
    }
}

/// Where an agent stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "phase", rename_all = "kebab-case")]
pub enum AgentPhase {
    /// It waits for a slot.
    Pending,
    /// Its start was asked for.
    Queued,
    /// Its executor runs.
    Running,
    /// Its changes are being taken over.
    Collecting,
    /// Its criteria are being run.
    Verifying,
    /// It is done.
    Ended {
        /// How.
        outcome: AgentOutcome,
    },
}

/// The end of an agent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AgentOutcome {
    /// Its result passed.
    Complete,
    /// It failed.
    Failed {
        /// Why.
        failure: Failure,
    },
    /// It was stopped, or never started.
    Cancelled,
}
