//! What can only be said of several places at once.

mod agents;
mod gates;
mod graph;
mod names;
mod scopes;
mod settings;
mod stages;

use crate::lower::Marks;
use crate::report::Report;
use crate::workflow::Workflow;

pub(crate) use names::{MAX_ID, MAX_NAME, RESERVED, agent_id};

/// Runs all checks; each reports on its own and none relies on another, but that no problem is
/// reported twice.
pub(crate) fn check(workflow: &Workflow, marks: &Marks, report: &mut Report) {
    names::check(workflow, marks, report);
    let order = agents::check(workflow, marks, report);
    scopes::check(workflow, marks, report);
    settings::check(workflow, marks, report);
    stages::check(workflow, marks, order, report);
}
