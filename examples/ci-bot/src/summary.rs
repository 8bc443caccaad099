//! A run as a page of Markdown.
//!
//! Everything that comes from agents and files is escaped: what a program prints can't make a link, a heading or a row.

use std::fmt::Write;

use codex_core::plan::OverlapReport;
use codex_core::run::{AgentPhase, AgentState, CriterionState, MergeReport};
use codex_core::{AgentOutcome, Outcome, RunReport, WaitingFor};

/// The exit code of a run that has ended.
pub(crate) fn exit_code(report: &RunReport) -> u8 {
    match &report.outcome {
        // What the others did has landed, but not all that was asked for.
        Some(Outcome::Landed { .. } | Outcome::Verified { .. }) if report.failed().next().is_some() => super::FAILED,
        Some(Outcome::Landed { .. } | Outcome::Verified { .. } | Outcome::Unchanged) => super::DONE,
        Some(Outcome::Waiting { .. }) => super::WAITING,
        _ => super::FAILED,
    }
}

/// A workflow that can't be run.
pub(crate) fn of_problems(file: &str, rendered: &str) -> String {
    let fence = fence(rendered);
    format!("# Codex\n\n**{} can't be run.** Nothing was started.\n\n{fence}text\n{rendered}{fence}\n", code(file))
}

/// A workflow whose agents would get in each other's way.
pub(crate) fn of_overlaps(file: &str, overlaps: &[OverlapReport]) -> String {
    let mut page = format!("# Codex\n\n**Write scopes of {} overlap.** Nothing was started.\n\n", code(file));
    page.push_str("| First | Second | Both may write | To do |\n|---|---|---|---|\n");
    for overlap in overlaps {
        let side = |(agent, pattern): &(String, String)| format!("{}: {}", inline(agent), code(pattern));
        let (left, right) = (side(&overlap.left), side(&overlap.right));
        let (witness, advice) = (code(&overlap.witness), inline(&overlap.recommendation));
        line(&mut page, format_args!("| {left} | {right} | {witness} | {advice} |"));
    }
    page.push_str("\n## Next\n\nSettle the scopes, or allow the overlap with `coordination.scope_overlap: allow`.\n");
    page
}

/// A run that has ended, or that waits for a person.
pub(crate) fn of_run(report: &RunReport, state: &str) -> String {
    let mut page = format!("# Codex: {}\n\n**{}**\n\n", inline(&report.workflow), outcome(report));
    let (base, base_name) = (code(&report.base.short()), code(&report.base_name));
    let (work, wall) = (seconds(report.sequential_millis), seconds(report.parallel_millis));
    line(
        &mut page,
        format_args!("Run {} from {base_name} at {base}: {work} of work in {wall}.", code(report.run.as_str())),
    );
    agents(&mut page, &report.state.agents);
    validation(&mut page, report);
    if let Some(merge) = &report.state.merge {
        decisions(&mut page, merge);
    }
    conflicts(&mut page, report);
    line(&mut page, format_args!("\n## Next\n\n{}", next_step(report, state)));
    page
}

fn outcome(report: &RunReport) -> String {
    let (failed, all) = (report.failed().count(), report.state.agents.len());
    let without = match failed {
        0 => String::new(),
        failed => format!(", with the results of {} of {all} agents", all - failed),
    };
    match &report.outcome {
        Some(Outcome::Landed { branch, commit }) => {
            format!("Landed on {} at {}{without}.", code(branch), code(&commit.short()))
        }
        Some(Outcome::Verified { commit }) => format!("Verified as {}{without}.", code(&commit.to_string())),
        Some(Outcome::Unchanged) => "Nothing to land: no agent changed anything.".to_owned(),
        Some(Outcome::Waiting { reason: WaitingFor::Conflict }) => {
            format!("Waiting: {} to be settled. Nothing landed.", count(report.conflicts().len(), "conflict"))
        }
        Some(Outcome::Waiting { reason: WaitingFor::Approval }) => "Waiting for an approval.".to_owned(),
        Some(Outcome::Waiting { .. }) => "Waiting: the merged tree did not pass. Nothing landed.".to_owned(),
        Some(Outcome::Failed { reason }) => format!("Failed: {}. Nothing landed.", inline(reason)),
        Some(Outcome::Cancelled) => "Cancelled. Nothing landed.".to_owned(),
        _ => "Not ended.".to_owned(),
    }
}

fn agents(page: &mut String, agents: &[AgentState]) {
    page.push_str("\n| Agent | State | Time | Files | Failure |\n|---|---|---:|---:|---|\n");
    for agent in agents {
        let (state, failure) = match &agent.phase {
            AgentPhase::Ended { outcome: AgentOutcome::Complete } => ("complete", String::new()),
            AgentPhase::Ended { outcome: AgentOutcome::Failed { failure } } => ("failed", inline(&failure.to_string())),
            AgentPhase::Ended { .. } => ("cancelled", String::new()),
            _ => ("not ended", String::new()),
        };
        let time = match (agent.started, agent.ended) {
            (Some(started), Some(ended)) => seconds(ended.since(started).as_millis() as u64),
            _ => String::new(),
        };
        let (id, files) = (inline(&agent.id), agent.changes.files.len());
        line(page, format_args!("| {id} | {state} | {time} | {files} | {failure} |"));
    }
}

/// What judged the merged tree and did not pass.
fn validation(page: &mut String, report: &RunReport) {
    let failed = report.state.validation.iter().filter(|criterion| criterion.state == CriterionState::Failed);
    let commands = failed.map(|criterion| {
        let exit = criterion.result.as_ref().map_or_else(String::new, |result| format!(": {}", result.exit));
        let output = criterion.result.as_ref().map_or("", |result| result.output.trim_end());
        let fence = fence(output);
        format!("- {}{exit}\n\n{fence}text\n{output}\n{fence}\n", code(&criterion.text))
    });
    let syntax = report.state.merge.iter().flat_map(|merge| &merge.syntax);
    let syntax = syntax.map(|problem| format!("- {}", inline(&problem.to_string())));
    section(page, "Validation", commands.chain(syntax));
}

fn decisions(page: &mut String, merge: &MergeReport) {
    let rows = merge.decisions.iter().map(|decision| {
        let (path, construct) = (code(&decision.path.to_string()), inline(&decision.construct));
        format!("- {path}, {construct}: {} ({})", inline(&decision.rule), names(&decision.agents))
    });
    section(page, "Merge decisions", rows);
}

fn conflicts(page: &mut String, report: &RunReport) {
    let rows = report.conflicts().iter().map(|conflict| {
        let path = code(&conflict.path.to_string());
        let place = match conflict.line {
            0 => path,
            line => format!("{path}, line {line}"),
        };
        let (construct, reason) = (inline(&conflict.construct), inline(&conflict.reason));
        format!("- {place}, {construct}: {reason} ({})", names(&conflict.agents))
    });
    section(page, "Conflicts", rows);
}

fn section(page: &mut String, title: &str, rows: impl Iterator<Item = String>) {
    let mut rows = rows.peekable();
    if rows.peek().is_some() {
        line(page, format_args!("\n## {title}\n"));
    }
    for row in rows {
        line(page, format_args!("{row}"));
    }
}

fn next_step(report: &RunReport, state: &str) -> String {
    let decide = format!("codex workflow decide --run {} --state-dir {state}", report.run);
    let branch = &report.feature_branch;
    match &report.outcome {
        Some(Outcome::Landed { .. }) => format!("Publish the branch: {}.", code(&format!("git push origin {branch}"))),
        Some(Outcome::Verified { .. }) => "Hand the commit to whoever lands it.".to_owned(),
        Some(Outcome::Unchanged) => "Nothing is to be done.".to_owned(),
        Some(Outcome::Waiting { reason: WaitingFor::Approval }) => {
            format!("Look at {}, then {}.", merged(report), code(&format!("{decide} --approve")))
        }
        Some(Outcome::Waiting { reason: WaitingFor::Conflict }) => format!(
            "Settle each conflict with {}, or with a file of your own, or leave an agent out; then the rest is merged \
             and judged again.",
            code(&format!("{decide} --take AGENT --path PATH")),
        ),
        Some(Outcome::Waiting { .. }) => format!(
            "Look at {}, then mend a file with {} or leave an agent out with {}.",
            merged(report),
            code(&format!("{decide} --file FILE --path PATH")),
            code(&format!("{decide} --reject AGENT")),
        ),
        _ => format!(
            "The agents' results are kept under {}. Mend what failed and run again.",
            code(&format!("refs/codex/{}/", report.run)),
        ),
    }
}

fn merged(report: &RunReport) -> String {
    code(&format!("git diff {} refs/codex/{}/merged", report.base.short(), report.run))
}

fn names(agents: &[String]) -> String {
    inline(&agents.join(", "))
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn seconds(millis: u64) -> String {
    format!("{}.{} s", millis / 1000, millis % 1000 / 100)
}

fn line(page: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing into a string can't fail.
    let _ = writeln!(page, "{text}");
}

/// Text that stays text, on one line, also in a table.
fn inline(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' => escaped.extend(['\\', c]),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A name or command in a code span, if it can stand in one.
fn code(text: &str) -> String {
    match text.is_empty() || text.contains(|c: char| c == '`' || c == '|' || c.is_control()) {
        true => inline(text),
        false => format!("`{text}`"),
    }
}

/// A fence that the text does not contain.
fn fence(text: &str) -> String {
    let mut longest = 0;
    let mut here = 0;
    for c in text.chars() {
        here = if c == '`' { here + 1 } else { 0 };
        longest = longest.max(here);
    }
    "`".repeat(longest.max(2) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_strangers_stays_text() {
        for (text, shown) in [
            ("plain", "plain"),
            ("a|b\nc", "a\\|b c"),
            ("<img> [x](y)", "\\<img\\> \\[x\\](y)"),
            ("@all *now*", "@all \\*now\\*"),
        ] {
            assert_eq!(inline(text), shown);
        }
        assert_eq!(code("lib/a.rb"), "`lib/a.rb`");
        assert_eq!(code("a`b|c"), "a\\`b\\|c");
        assert_eq!((fence("no ticks").as_str(), fence("```` four").as_str()), ("```", "`````"));
    }

    #[test]
    fn numbers_are_for_people() {
        assert_eq!((seconds(0), seconds(1_999), seconds(61_050)), ("0.0 s".into(), "1.9 s".into(), "61.0 s".into()));
        assert_eq!((count(1, "conflict"), count(2, "conflict")), ("1 conflict".into(), "2 conflicts".into()));
    }
}
