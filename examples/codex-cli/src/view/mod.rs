//! What people see.

mod check;
mod describe;
mod progress;
mod report;
mod status;

pub(crate) use check::{dry_run, overlaps, plan_json};
pub(crate) use describe::describe;
pub(crate) use progress::Progress;
pub(crate) use report::report;
pub(crate) use status::status;
