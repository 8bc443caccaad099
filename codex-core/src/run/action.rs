//! What the machine asks the driver to do next.

use crate::id::ObjectId;

/// A request of the machine. Each one is answered by an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Run an agent; answered by `AgentStarted` and then `AgentFinished`.
    StartAgent {
        /// The agent.
        agent: String,
        /// The try, from 1.
        attempt: u32,
    },
    /// Stop an agent that is under way; answered by its `AgentFinished`.
    StopAgent {
        /// The agent.
        agent: String,
    },
    /// Take an agent's changes over; answered by `AgentCollected`.
    CollectAgent {
        /// The agent.
        agent: String,
    },
    /// Run an agent's criteria on its result; answered by `AgentVerified`.
    VerifyAgent {
        /// The agent.
        agent: String,
        /// Its result.
        tree: ObjectId,
    },
    /// Merge the results of these agents, in this order; answered by `Merged`.
    Merge {
        /// The agents.
        agents: Vec<String>,
    },
    /// Run criteria and validation on a merged tree; answered by `Validated`.
    Validate {
        /// The tree.
        tree: ObjectId,
        /// The agents whose criteria apply.
        agents: Vec<String>,
    },
    /// Make the commits of a merged tree; answered by `Committed` or `LandRefused`.
    Commit {
        /// The tree.
        tree: ObjectId,
        /// The agents in it, in merge order.
        agents: Vec<String>,
        /// Where the feature branch stood when they were merged.
        feature_tip: Option<ObjectId>,
    },
    /// Move the feature branch to a commit, or hand the commit to the host; answered by `Landed`, `Verified` or
    /// `LandRefused`.
    Publish {
        /// The commit.
        commit: ObjectId,
        /// Where the feature branch has to stand.
        feature_tip: Option<ObjectId>,
    },
}
