//! Whether several agents are worth it.

use serde::Serialize;

/// Work that one agent does sooner than this is not worth dividing, in milliseconds.
const TINY_MILLIS: u64 = 300_000;

/// Whether to have one agent do all of it.
///
/// Both times are predictions, from the first start to the landing, a required review included. One agent needs one
/// start where several need one each, and has nothing to merge with; what it can't do is two things at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Worth {
    /// How long the workflow takes as it is, in milliseconds.
    pub several_millis: u64,
    /// How long one agent takes for all of it, in milliseconds.
    pub one_millis: u64,
    /// Why one agent is the better choice; empty if several are.
    pub one_agent_because: Vec<OneAgent>,
}

/// A reason for one agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OneAgent {
    /// Every agent waits for another: never do two work at once.
    Chain,
    /// One agent does all the work within five minutes, before it is merged and reviewed.
    Tiny,
    /// Several save less than a fifth of the time, if any.
    NoGain,
}

impl Worth {
    /// What speaks for one agent. `work_millis` is what one agent takes without merge and review.
    pub(super) fn new(width: usize, several_millis: u64, one_millis: u64, work_millis: u64) -> Worth {
        let no_gain = u128::from(several_millis) * 5 > u128::from(one_millis) * 4;
        let reasons =
            [(width <= 1, OneAgent::Chain), (work_millis < TINY_MILLIS, OneAgent::Tiny), (no_gain, OneAgent::NoGain)];
        let one_agent_because = reasons.into_iter().filter(|(holds, _)| *holds).map(|(_, reason)| reason).collect();
        Worth { several_millis, one_millis, one_agent_because }
    }

    /// Whether one agent is the better choice.
    pub fn is_one_agent(&self) -> bool {
        !self.one_agent_because.is_empty()
    }
}
