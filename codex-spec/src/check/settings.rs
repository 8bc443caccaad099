//! Settings that contradict each other.

use crate::Diagnostic;
use crate::lower::Marks;
use crate::quote::Quoted;
use crate::report::Report;
use crate::workflow::{Strategy, UnresolvableConflictAction, Workflow};

pub(super) fn check(workflow: &Workflow, marks: &Marks, report: &mut Report) {
    let coordination = &workflow.coordination;
    if coordination.human_review_required == Some(false)
        && let (Some(required), Some(triggers)) = (marks.review_required, marks.review_triggers)
    {
        report.push(
            Diagnostic::error(
                "review-contradiction",
                "`human_review_required: false` contradicts `human_review_triggers`",
            )
            .at(required, "never asks")
            .also(triggers, "asks when one of these happens")
            .help("remove one of the two"),
        );
    }
    let context = &workflow.context;
    if let (Some(base), Some(feature)) = (&context.base_branch, &context.feature_branch)
        && base == feature
    {
        let message = format!("the feature branch is the base branch `{}`", Quoted(base));
        let mut problem = Diagnostic::error("same-branch", message);
        if let Some(span) = marks.feature_branch {
            problem = problem.at(span, "");
        }
        if let Some(span) = marks.base_branch {
            problem = problem.also(span, "the same");
        }
        report.push(problem.help("results land on a branch of their own"));
    }
    if coordination.strategy == Strategy::InterfaceFirst
        && context.shared_interfaces.is_empty()
        && let Some(span) = marks.strategy
    {
        report.push(
            Diagnostic::warning("no-effect", "`interface-first` has no effect without a shared interface")
                .at(span, "")
                .help("name the file in `context.shared_interfaces`"),
        );
    }
    if coordination.strategy == Strategy::Gated
        && workflow.agents.iter().all(|agent| agent.depends_on.is_empty())
        && let Some(span) = marks.strategy
    {
        report.push(
            Diagnostic::warning("no-effect", "`gated` has no effect: no agent waits for another")
                .at(span, "")
                .help("say in `depends_on` of an agent what it waits for"),
        );
    }
    if coordination.unresolvable_conflict_action != UnresolvableConflictAction::PreferAgentA
        && let Some(span) = marks.prefer_agent
    {
        report.push(
            Diagnostic::warning(
                "no-effect",
                "`prefer-agent` has no effect without `unresolvable_conflict_action: prefer-agent-a`",
            )
            .at(span, ""),
        );
    }
}
