//! What is found before anything starts.

use codex_core::Checked;
use codex_core::plan::{Concerned, OverlapReport, Plan, PlannedAgent, SUPPORT_FILES};
use codex_spec::{CriterionKind, ScopeOverlap};

use super::{advice, plain};

/// More overlaps than this are counted; for programs there are all of them.
const SHOWN: usize = 20;

/// The most files of one finding that are shown.
const FILES_SHOWN: usize = 3;

/// The overlaps, in the guide's words.
pub(crate) fn overlaps(checked: &Checked) {
    if checked.overlaps.is_empty() {
        if !checked.has_errors() {
            anstream::println!("✓ Validating agent scopes... no overlaps");
        }
        return;
    }
    anstream::println!("✓ Validating agent scopes...");
    for overlap in checked.overlaps.iter().take(SHOWN) {
        show_overlap(overlap);
    }
    if checked.overlaps.len() > SHOWN {
        anstream::println!("⚠ {} more overlaps (--format json has all)", checked.overlaps.len() - SHOWN);
    }
}

fn show_overlap(overlap: &OverlapReport) {
    anstream::println!("⚠ SCOPE OVERLAP DETECTED:");
    for (agent, pattern) in [&overlap.left, &overlap.right] {
        anstream::println!("  {agent} writes to: {}", plain(pattern));
    }
    anstream::println!("  both may write: {}", plain(&overlap.witness));
    show_files(&overlap.files);
    anstream::println!("  Recommendation: {}", plain(&overlap.recommendation));
}

/// The existing files that a finding is about.
pub(super) fn show_files(files: &Concerned) {
    let shown: Vec<String> = files.paths.iter().take(FILES_SHOWN).map(|path| plain(path)).collect();
    match files.count.saturating_sub(shown.len()) {
        _ if shown.is_empty() => {}
        0 => anstream::println!("  existing files: {}", shown.join(", ")),
        more => anstream::println!("  existing files: {} and {more} more", shown.join(", ")),
    }
}

/// What becomes of overlaps that were not settled.
pub(crate) fn open_overlaps(checked: &Checked, accepted: bool) {
    let policy = checked.plan.as_ref().map(|plan| plan.workflow.coordination.scope_overlap);
    match policy {
        _ if checked.overlaps.is_empty() => {}
        Some(ScopeOverlap::Allow) => anstream::println!("Allowed by the workflow.\n"),
        Some(ScopeOverlap::Serialize) => anstream::println!("The workflow has these agents run one after the other.\n"),
        _ if accepted => anstream::println!("Accepted by --yes.\n"),
        _ => anstream::println!(
            "\nNothing was started. Change the scopes, allow the paths with `coordination.allow_overlap`, or set \
             `coordination.scope_overlap: allow` where the overlap is on purpose; --yes accepts it this once."
        ),
    }
}

/// What a dry run says beside the overlaps.
pub(crate) fn dry_run(checked: &Checked) {
    if let Some(given) = &checked.advice {
        advice::show(given);
    }
    let Some(plan) = &checked.plan else {
        anstream::println!("The workflow can't be run as it is.");
        return;
    };
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
        _ if checked.has_open_overlaps() => {}
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
