//! What can only be said of several places at once.

mod agents;
mod graph;
mod names;
mod scopes;
mod settings;
mod stages;

use crate::lower::Marks;
use crate::report::Report;
use crate::workflow::Workflow;

/// Runs all checks; each reports on its own and none relies on another.
pub(crate) fn check(workflow: &Workflow, marks: &Marks, report: &mut Report) {
    names::check(workflow, marks, report);
    agents::check(workflow, marks, report);
    scopes::check(workflow, marks, report);
    settings::check(workflow, marks, report);
    stages::check(workflow, marks, report);
}
