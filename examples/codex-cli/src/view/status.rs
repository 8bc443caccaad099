//! Where a run stands, in the guide's table.

use codex_core::run::{AgentPhase, AgentState};
use codex_core::{AgentOutcome, Outcome, RunReport};

use crate::time;

pub(crate) fn status(report: &RunReport, under_way: bool) {
    let end = if under_way { time::now() } else { report.updated };
    let agents = &report.state.agents;
    let active = agents.iter().filter(|agent| !matches!(agent.phase, AgentPhase::Ended { .. })).count();
    anstream::println!("Workflow: {}", report.workflow);
    anstream::println!("Run: {}", report.run);
    let state = match &report.outcome {
        None if under_way => format!("RUNNING ({active} of {} agents active)", agents.len()),
        None => format!("INTERRUPTED (its process has ended; `{} resume` goes on)", super::program()),
        Some(Outcome::Landed { branch, commit }) => format!("LANDED on {branch} ({})", commit.short()),
        Some(Outcome::Verified { commit }) => format!("VERIFIED ({})", commit.short()),
        Some(Outcome::Unchanged) => "COMPLETE (no changes)".to_owned(),
        Some(Outcome::Waiting { reason }) => format!("WAITING for a person: {}", format!("{reason:?}").to_lowercase()),
        Some(Outcome::Failed { reason }) => format!("FAILED ({reason})"),
        Some(Outcome::Cancelled) => "CANCELLED".to_owned(),
        Some(_) => "ENDED".to_owned(),
    };
    anstream::println!("Status: {state}");
    anstream::println!("Started: {}", time::date_time(report.started));
    anstream::println!("Elapsed: {}", time::elapsed(end.since(report.started)));
    anstream::println!("\nAgent Status:");
    for agent in agents {
        let (mark, state) = phase(agent);
        let took = match agent.started {
            Some(started) => time::elapsed(agent.ended.unwrap_or(end).since(started)),
            None => "--:--:--".to_owned(),
        };
        let summary = super::plain(agent.reply.summary.as_deref().unwrap_or_default());
        anstream::println!("  {mark} {:<16} {state:<9} ({took})  {summary}", agent.id);
    }
}

fn phase(agent: &AgentState) -> (char, &'static str) {
    match &agent.phase {
        AgentPhase::Pending | AgentPhase::Queued => ('·', "WAITING"),
        AgentPhase::Running => ('⟳', "RUNNING"),
        AgentPhase::Collecting | AgentPhase::Verifying => ('⟳', "CHECKING"),
        AgentPhase::Ended { outcome: AgentOutcome::Complete } => ('✓', "COMPLETE"),
        AgentPhase::Ended { outcome: AgentOutcome::Failed { .. } } => ('✗', "FAILED"),
        AgentPhase::Ended { .. } => ('-', "CANCELLED"),
    }
}
