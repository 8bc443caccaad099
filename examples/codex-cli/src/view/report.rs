//! What a run came to.

use codex_core::run::{AgentPhase, AgentState, ConflictPlace, CriterionState};
use codex_core::{AgentOutcome, Outcome, RunReport, WaitingFor};

use super::plain;
use crate::time;

/// The report at the end of a run.
pub(crate) fn report(report: &RunReport) {
    anstream::println!();
    for agent in &report.state.agents {
        show_agent(agent);
    }
    show_merge(report);
    show_outcome(report);
    if !report.confined {
        anstream::println!("Note: processes of agents and criteria were not confined by the system.");
    }
}

fn show_agent(agent: &AgentState) {
    let (mark, state) = match &agent.phase {
        AgentPhase::Ended { outcome: AgentOutcome::Complete } => ('✓', "COMPLETE".to_owned()),
        AgentPhase::Ended { outcome: AgentOutcome::Failed { failure } } => ('✗', format!("FAILED: {failure}")),
        AgentPhase::Ended { outcome: AgentOutcome::Cancelled } => ('-', "CANCELLED".to_owned()),
        phase => ('…', format!("{phase:?}")),
    };
    let took = match (agent.started, agent.ended) {
        (Some(started), Some(ended)) => time::span(ended.since(started).as_millis() as u64),
        _ => String::new(),
    };
    let summary = plain(agent.reply.summary.as_deref().unwrap_or_default());
    anstream::println!("{mark} {:<16} {took:>8}  {state}  {summary}", agent.id);
    let unchecked = agent.criteria.iter().filter(|c| c.state == CriterionState::Unchecked);
    for criterion in unchecked {
        anstream::println!("    unchecked: {}", criterion.text);
    }
    for criterion in agent.criteria.iter().filter(|c| c.state == CriterionState::Failed) {
        show_failed(&criterion.text, criterion.result.as_ref());
    }
    for criterion in agent.criteria.iter().filter(|criterion| !criterion.disturbed.is_empty()) {
        let files: Vec<String> = criterion.disturbed.iter().map(ToString::to_string).collect();
        anstream::println!("    `{}` changed files, which was thrown away: {}", criterion.text, files.join(", "));
    }
    for violation in &agent.violations {
        anstream::println!("    {violation}");
    }
    for path in &agent.changes.discarded {
        anstream::println!("    discarded, as it is outside its scope: {path}");
    }
    for problem in &agent.syntax {
        anstream::println!("    {problem}");
    }
}

fn show_failed(text: &str, result: Option<&codex_core::port::CommandResult>) {
    anstream::println!("    failed: {text}");
    if let Some(result) = result {
        anstream::println!("      {}", result.exit);
        let lines: Vec<&str> = result.output.lines().collect();
        for line in &lines[lines.len().saturating_sub(12)..] {
            anstream::println!("      | {}", plain(line));
        }
    }
}

fn show_merge(report: &RunReport) {
    let Some(merge) = &report.state.merge else { return };
    let inner = |path| merge.decisions.iter().any(|other| other.path == path && other.construct != "file");
    for decision in merge.decisions.iter().filter(|d| d.construct != "file" || !inner(d.path.clone())) {
        anstream::println!(
            "  merged {} > {}: {} ({})",
            decision.path,
            decision.construct,
            decision.rule,
            decision.agents.join(", ")
        );
    }
    for criterion in report.state.validation.iter().filter(|c| c.state == CriterionState::Failed) {
        anstream::println!("  on the merged tree:");
        show_failed(&criterion.text, criterion.result.as_ref());
    }
    for problem in &merge.syntax {
        anstream::println!("  on the merged tree: {problem}");
    }
}

fn show_outcome(report: &RunReport) {
    let name = &report.workflow;
    anstream::println!();
    match &report.outcome {
        Some(Outcome::Landed { branch, commit }) => {
            let all = report.state.agents.len();
            let failed = report.failed().count();
            match failed {
                0 => anstream::println!("Landed on {branch} ({})", commit.short()),
                _ => anstream::println!("Landed {} of {all} on {branch} ({})", all - failed, commit.short()),
            }
            for (commit, agents) in &report.state.commits {
                anstream::println!("  {} {}", commit.short(), agents.join(", "));
            }
            show_speed(report);
        }
        Some(Outcome::Verified { commit }) => {
            anstream::println!("Verified as {} (not landed, as asked)", commit.short());
            show_speed(report);
        }
        Some(Outcome::Unchanged) => anstream::println!("No agent changed anything; nothing to land."),
        Some(Outcome::Waiting { reason }) => show_waiting(report, *reason),
        Some(Outcome::Failed { reason }) => {
            anstream::println!("FAILED: {reason}. Nothing landed.");
            anstream::println!("Every agent's result is kept under refs/codex/{}/", report.run);
        }
        Some(Outcome::Cancelled) => {
            anstream::println!(
                "Ended on request. Nothing landed; partial results are kept under refs/codex/{}/",
                report.run
            );
            anstream::println!("`{} resume {name}` goes on from here.", super::program());
        }
        _ => anstream::println!("The run is not over."),
    }
}

fn show_speed(report: &RunReport) {
    if report.parallel_millis > 0 {
        let tokens = match report.usage.input_tokens + report.usage.output_tokens {
            0 => String::new(),
            tokens => format!("; {tokens} tokens"),
        };
        anstream::println!(
            "Agents took {} at once instead of {} one after the other ({:.1}x){tokens}",
            time::span(report.parallel_millis),
            time::span(report.sequential_millis),
            report.sequential_millis as f64 / report.parallel_millis as f64,
        );
    }
}

fn show_waiting(report: &RunReport, reason: WaitingFor) {
    let name = &report.workflow;
    let decide = format!("{} decide {name}", super::program());
    match reason {
        WaitingFor::Conflict => {
            let conflicts = report.conflicts();
            anstream::println!("CONFLICT: {} places need a person. Nothing landed.", conflicts.len());
            for conflict in conflicts {
                show_conflict(conflict);
            }
            anstream::println!("\nSettle it with one of:");
            if let Some(first) = conflicts.first() {
                for agent in &first.agents {
                    anstream::println!("  {decide} --take {agent} --path {}", first.path);
                }
                anstream::println!("  {decide} --file YOUR_VERSION --path {}", first.path);
            }
            anstream::println!("  {decide} --reject AGENT");
            anstream::println!("  {decide} --abort");
        }
        WaitingFor::Approval => {
            anstream::println!("REVIEW: the merged tree passed and waits for an approval. Nothing landed.");
            anstream::println!("  git diff {} refs/codex/{}/merged", report.base.short(), report.run);
            anstream::println!("  {decide} --approve");
            anstream::println!("  {decide} --abort");
        }
        WaitingFor::Validation => {
            anstream::println!("REVIEW: the merged tree did not pass. Nothing landed.");
            anstream::println!("  git diff {} refs/codex/{}/merged", report.base.short(), report.run);
            anstream::println!("  {decide} --file YOUR_VERSION --path P");
            anstream::println!("  {decide} --reject AGENT");
            anstream::println!("  {decide} --abort");
        }
        _ => anstream::println!("It waits for a person."),
    }
    anstream::println!("Every agent's result stands under refs/codex/{}/", report.run);
}

fn show_conflict(conflict: &ConflictPlace) {
    let place = match conflict.line {
        0 => conflict.path.to_string(),
        line => format!("{}:{line}", conflict.path),
    };
    anstream::println!("\n  {place}  {}", conflict.construct);
    anstream::println!("  {}: {}", conflict.agents.join(" and "), conflict.reason);
    let show = |who: &str, text: &str| {
        anstream::println!("    --- {who}");
        for line in text.lines() {
            anstream::println!("    | {}", plain(line));
        }
    };
    if let Some(base) = &conflict.base {
        show("before", base);
    }
    for (agent, text) in conflict.agents.iter().zip(&conflict.texts) {
        show(agent, text);
    }
}
