//! What is found before anything starts.

use codex_core::Checked;
use codex_core::plan::{Plan, PlannedAgent, SUPPORT_FILES};
use codex_spec::CriterionKind;

/// The overlaps, in the guide's words.
pub(crate) fn overlaps(checked: &Checked, accepted: bool) {
    anstream::println!("✓ Validating agent scopes...");
    for overlap in &checked.overlaps {
        anstream::println!("⚠ SCOPE OVERLAP DETECTED:");
        for (agent, pattern) in [&overlap.left, &overlap.right] {
            anstream::println!("  {agent} writes to: {pattern}");
        }
        anstream::println!("  both may write: {}", overlap.witness);
        anstream::println!("  Recommendation: {}", overlap.recommendation);
    }
    match checked.has_open_overlaps() {
        true if accepted => anstream::println!("Accepted by --yes.\n"),
        true => anstream::println!(
            "\nNothing was started. Change the scopes, allow the paths with `coordination.allow_overlap`, or set \
             `coordination.scope_overlap: allow` where the overlap is on purpose; --yes accepts it this once."
        ),
        false => anstream::println!("Allowed by the workflow.\n"),
    }
}

/// What a dry run says of a workflow that could be run.
pub(crate) fn dry_run(checked: &Checked) {
    let Some(plan) = &checked.plan else {
        anstream::println!("The workflow can't be run as it is.");
        return;
    };
    match checked.overlaps.is_empty() {
        true => anstream::println!("✓ Validating agent scopes... no overlaps"),
        false => overlaps(checked, false),
    }
    anstream::println!("\nPlan: {} on {} ({})", plan.workflow.name, plan.base.name, plan.base.commit.short());
    anstream::println!("Lands on: {}", plan.feature_branch);
    let limit = plan.workflow.execution.max_concurrent_agents;
    anstream::println!("Agents: {}, at most {limit} at once", plan.agents.len());
    for agent in &plan.agents {
        show_agent(agent);
    }
    for command in plan.validation() {
        anstream::println!("  validation of the merged tree: {command}");
    }
    anstream::println!("Support files every agent can read where they exist: {}", SUPPORT_FILES.join(", "));
    let refused = checked.not_enforced().count();
    match refused {
        0 => anstream::println!("\nNothing was started. This workflow can be run."),
        count => {
            anstream::println!("\nNothing was started. A run refuses this workflow: {count} keys would be ignored.")
        }
    }
}

fn show_agent(agent: &PlannedAgent) {
    anstream::println!("  {} ({})", agent.id, agent.model.as_deref().unwrap_or("the host's default model"));
    let list = |patterns: &[codex_core::Pattern]| patterns.iter().map(|p| p.as_str()).collect::<Vec<_>>().join(", ");
    anstream::println!("    reads:  {}", list(agent.scope.read().patterns()));
    anstream::println!("    writes: {}", list(agent.scope.write().patterns()));
    for criterion in &agent.criteria {
        match &criterion.kind {
            CriterionKind::Command { command } => anstream::println!("    command: {command}"),
            CriterionKind::Judged => anstream::println!("    judged, so unchecked: {}", criterion.text),
        }
    }
}

/// The plan for programs.
pub(crate) fn plan_json(plan: &Plan) -> serde_json::Value {
    let agent = |agent: &PlannedAgent| {
        serde_json::json!({
            "id": agent.id,
            "model": agent.model,
            "criteria": agent.criteria,
        })
    };
    serde_json::json!(plan.agents.iter().map(agent).collect::<Vec<_>>())
}
