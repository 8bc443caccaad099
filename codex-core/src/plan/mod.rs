//! From a checked workflow and a repository to a plan: what will be run, on what, and what may go wrong.
//!
//! The modules here are pure but for reading snapshots through the [`Repository`](crate::port::Repository) port.

mod advice;
mod check;
mod codes;
mod enforced;
mod files;
pub(crate) mod imports;
mod order;
mod overlaps;
mod secrets;
mod types;

pub use advice::{
    Advice, AgentReview, Answer, Excess, HazardReport, Property, PropertyReport, TieEdge, TieReport, Unread,
};
pub use check::check;
pub(crate) use check::check_feature_branch;
pub use enforced::{ENFORCED, Support, not_enforced};
pub use files::SUPPORT_FILES;
pub(crate) use files::{folders_to_write, workspace_files};
pub(crate) use secrets::is_secret;
pub use types::{Base, Checked, Concerned, OverlapReport, Plan, PlanRequest, PlannedAgent, Resolution};
