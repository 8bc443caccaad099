//! A run while it goes on: one calm line an agent on a terminal, plain lines elsewhere.

use std::collections::HashMap;
use std::io::IsTerminal;
use std::time::Duration;

use codex_core::agent::{AgentEvent, AgentRecord};
use codex_core::run::{Event, MergeOutcome};
use codex_core::{RunEvent, RunHandle, Seq};
use futures::StreamExt;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::describe;
use crate::arguments::Format;
use crate::time;

/// Shows a run as it goes on.
pub(crate) struct Progress {
    kind: Kind,
    verbose: bool,
}

enum Kind {
    /// Nothing: a program reads the report.
    Silent,
    Plain,
    Live(Live),
}

struct Live {
    lines: MultiProgress,
    agents: HashMap<String, ProgressBar>,
    tokens: HashMap<String, u64>,
}

impl Progress {
    pub(crate) fn new(format: Format, verbose: bool) -> Progress {
        let kind = match format {
            Format::Json => Kind::Silent,
            Format::Human if std::io::stdout().is_terminal() && !verbose => {
                Kind::Live(Live { lines: MultiProgress::new(), agents: HashMap::new(), tokens: HashMap::new() })
            }
            Format::Human => Kind::Plain,
        };
        Progress { kind, verbose }
    }

    /// Shows what happens until the driver ends.
    pub(crate) async fn watch(mut self, run: RunHandle) {
        let mut events = run.events(Seq::START);
        let began = time::now();
        while let Some(event) = events.next().await {
            // What a resumed run's journal holds already was shown when it happened.
            match &event {
                RunEvent::Run(record) if record.at < began && began.since(record.at) > Duration::from_secs(2) => {
                    continue;
                }
                RunEvent::Run(record) => self.show_event(&record.event),
                RunEvent::Agent(record) => self.show_step(record),
            }
        }
        if let Kind::Live(live) = &self.kind {
            // The report that follows says it all again. A terminal that has gone away needs no clearing.
            let _ = live.lines.clear();
        }
    }

    fn say(&self, text: &str) {
        match &self.kind {
            Kind::Silent => {}
            Kind::Plain => anstream::println!("{text}"),
            Kind::Live(live) => {
                // A terminal that has gone away needs no lines.
                let _ = live.lines.println(text);
            }
        }
    }

    fn show_event(&mut self, event: &Event) {
        match event {
            Event::AgentStarted { agent, .. } => self.set(agent, "RUNNING", "starting"),
            Event::AgentFinished { agent, failure, .. } => match failure {
                None => self.set(agent, "CHECKING", "taking over its changes"),
                Some(failure) => self.done(agent, '✗', &failure.to_string()),
            },
            Event::AgentCollected { agent, changes, violations, syntax, failure, .. } => {
                if let Some(violation) = violations.first() {
                    self.done(agent, '✗', &violation.to_string());
                } else if let Some(problem) = syntax.first() {
                    self.done(agent, '✗', &problem.to_string());
                } else if failure.is_none() {
                    self.set(
                        agent,
                        "CHECKING",
                        &format!("{} files changed; running its criteria", changes.files.len()),
                    );
                }
            }
            Event::AgentVerified { agent, criteria } => {
                let failed = criteria.iter().find(|c| c.state == codex_core::run::CriterionState::Failed);
                match failed {
                    None => self.done(agent, '✓', "COMPLETE"),
                    Some(criterion) => self.done(agent, '✗', &format!("criterion failed: {}", criterion.text)),
                }
            }
            Event::Merged { report } => match &report.outcome {
                MergeOutcome::Clean { .. } => {
                    self.say(&format!("merged {} agents; judging the merged tree", report.agents.len()));
                }
                MergeOutcome::Conflicted { conflicts } => {
                    self.say(&format!("the merge has {} conflicts", conflicts.len()))
                }
            },
            Event::LandRefused { .. } => self.say("the feature branch has moved meanwhile: merging again on top of it"),
            _ => {}
        }
    }

    fn show_step(&mut self, record: &AgentRecord) {
        if let AgentEvent::Used(usage) = &record.event
            && let Kind::Live(live) = &mut self.kind
        {
            *live.tokens.entry(record.agent.clone()).or_default() += usage.input_tokens + usage.output_tokens;
        }
        let Some(line) = describe(record, false) else { return };
        match &self.kind {
            Kind::Plain if self.verbose => {
                anstream::println!("[{}] {}: {line}", time::clock(record.at), record.agent);
            }
            Kind::Live(_) if !matches!(record.event, AgentEvent::Finished { .. } | AgentEvent::Command { .. }) => {
                self.set(&record.agent, "RUNNING", &line);
            }
            _ => {}
        }
    }

    fn set(&mut self, agent: &str, state: &str, what: &str) {
        match &mut self.kind {
            Kind::Live(live) => live.set(agent, state, what),
            Kind::Plain if what == "starting" => anstream::println!("{agent}: started"),
            _ => {}
        }
    }

    fn done(&mut self, agent: &str, mark: char, what: &str) {
        match &mut self.kind {
            Kind::Live(live) => {
                live.set(agent, &mark.to_string(), what);
                if let Some(line) = live.agents.get(agent) {
                    line.abandon();
                }
            }
            Kind::Plain => anstream::println!("{agent}: {mark} {what}"),
            Kind::Silent => {}
        }
    }
}

impl Live {
    fn set(&mut self, agent: &str, state: &str, what: &str) {
        let lines = &self.lines;
        let line = self.agents.entry(agent.to_owned()).or_insert_with(|| {
            let style = ProgressStyle::with_template("  {spinner} {prefix:<20} {elapsed_precise} {wide_msg}");
            let line = ProgressBar::new_spinner();
            if let Ok(style) = style {
                line.set_style(style);
            }
            line.set_prefix(agent.to_owned());
            let line = lines.add(line);
            line.enable_steady_tick(Duration::from_millis(200));
            line
        });
        let tokens = match self.tokens.get(agent) {
            Some(1..) => format!(" [{} tokens]", self.tokens[agent]),
            _ => String::new(),
        };
        line.set_message(format!("{state}{tokens} {what}"));
    }
}
