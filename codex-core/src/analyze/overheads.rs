//! What a run takes beside its agents.

use serde::Serialize;

/// What is assumed of the time between the last agent's end and the landing.
///
/// These are assumptions, not measurements; an [analysis](super::analyze) multiplies those of the engine's own steps by
/// how long earlier runs took for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Overheads {
    /// To merge and commit, in milliseconds (default 5,000).
    pub merge_millis: u64,
    /// To merge and commit the result of each agent, in milliseconds (default 2,000).
    pub merge_millis_per_agent: u64,
    /// For each command of `merge.validation`, in milliseconds (default 15,000).
    pub validation_millis_per_command: u64,
    /// For a person to get to a review, in milliseconds (default 60,000). Only if one is required.
    pub review_millis: u64,
    /// For a person to look at the result of each agent, in milliseconds (default 60,000). Only if one is required.
    pub review_millis_per_agent: u64,
}

impl Default for Overheads {
    fn default() -> Overheads {
        Overheads {
            merge_millis: 5_000,
            merge_millis_per_agent: 2_000,
            validation_millis_per_command: 15_000,
            review_millis: 60_000,
            review_millis_per_agent: 60_000,
        }
    }
}

/// The time from the last agent's end to the landing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Landing {
    /// To merge and commit, in milliseconds.
    pub merge_millis: u64,
    /// To run criteria and validation on the merged tree, in milliseconds.
    pub judge_millis: u64,
    /// For a person to review it, in milliseconds; 0 if none has to.
    pub review_millis: u64,
}

impl Landing {
    /// All of it, in milliseconds.
    pub fn total_millis(&self) -> u64 {
        self.engine_millis().saturating_add(self.review_millis)
    }

    /// What the engine takes, without the person, in milliseconds.
    pub fn engine_millis(&self) -> u64 {
        self.merge_millis.saturating_add(self.judge_millis)
    }
}

impl Overheads {
    /// What it takes to land the results of so many agents, whose criteria take `check_millis` one after the other,
    /// with so many commands of `merge.validation`.
    pub fn landing(&self, agents: usize, check_millis: u64, validations: usize, reviewed: bool) -> Landing {
        let each = |millis: u64, count: usize| millis.saturating_mul(count as u64);
        let review = self.review_millis.saturating_add(each(self.review_millis_per_agent, agents));
        Landing {
            merge_millis: self.merge_millis.saturating_add(each(self.merge_millis_per_agent, agents)),
            judge_millis: check_millis.saturating_add(each(self.validation_millis_per_command, validations)),
            review_millis: if reviewed { review } else { 0 },
        }
    }
}
