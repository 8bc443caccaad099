//! A run as a fold over events: the machine decides, the driver acts.

mod action;
mod decide;
mod event;
mod machine;
mod resume;
mod state;

pub use action::Action;
pub use event::{
    ChangeSummary, ConflictPlace, CriterionResult, CriterionState, Decision, Event, FileChange, MergeDecision,
    MergeOutcome, MergeReport, Record, SyntaxProblem, Violation,
};
pub use machine::{IllegalEvent, Machine, Rules, RulesAgent};
pub use state::{AgentOutcome, AgentPhase, AgentState, Outcome, RunPhase, RunState, WaitingFor};
