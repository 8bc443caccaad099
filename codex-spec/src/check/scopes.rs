//! Agents that could do nothing, or more than has an effect. Patterns themselves are not looked into here.

use crate::Diagnostic;
use crate::lower::Marks;
use crate::quote::Quoted;
use crate::report::Report;
use crate::workflow::{Role, Strategy, Workflow};

pub(super) fn check(workflow: &Workflow, marks: &Marks, report: &mut Report) {
    let broadcast = workflow.coordination.strategy == Strategy::Broadcast;
    let has_files = workflow.broadcast_context.as_ref().is_some_and(|context| !context.files.is_empty());
    if !broadcast && let (Some(_), Some(span)) = (&workflow.broadcast_context, marks.strategy.or(marks.name)) {
        report.push(
            Diagnostic::warning("no-effect", "`broadcast_context` has no effect without `strategy: broadcast`")
                .at(span, ""),
        );
    }
    for (agent, marks) in workflow.agents.iter().zip(&marks.agents) {
        if broadcast && let Some(&span) = agent.scope_spans.write.first() {
            let message =
                format!("`{}` may write, but what agents of a broadcast change never lands", Quoted(&agent.id));
            report.push(Diagnostic::warning("no-effect", message).at(span, "").help("remove `write` from its `scope`"));
        }
        let span = marks.scope.unwrap_or(marks.id);
        let (reads, writes) = (!agent.scope.read.is_empty(), !agent.scope.write.is_empty());
        if !(reads || writes || broadcast && has_files) {
            let help = if broadcast {
                "name the files in `broadcast_context`, or give the agent a `scope`"
            } else {
                "give it a `scope` with `read` and `write`"
            };
            let message = format!("`{}` may neither read nor write anything", Quoted(&agent.id));
            report.push(Diagnostic::error("empty-scope", message).at(span, "").help(help));
        } else if !writes && !broadcast && agent.role != Role::Reviewer {
            let message = format!("`{}` may not write anything", Quoted(&agent.id));
            report.push(
                Diagnostic::warning("read-only-agent", message)
                    .at(span, "")
                    .help("give its `scope` a `write`, or set `role: reviewer`"),
            );
        }
    }
}
