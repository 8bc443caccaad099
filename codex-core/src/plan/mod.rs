//! From a checked workflow and a repository to a plan: what will be run, on what, and what may go wrong.
//!
//! The modules here are pure but for reading snapshots through the [`Repository`](crate::port::Repository) port.

mod check;
mod codes;
mod enforced;
mod files;
mod types;

pub use check::check;
pub(crate) use check::check_feature_branch;
pub use enforced::{ENFORCED, Support, not_enforced};
pub use files::SUPPORT_FILES;
pub(crate) use files::{folders_to_write, workspace_files};
pub use types::{Base, Checked, OverlapReport, Plan, PlanRequest, PlannedAgent};
