//! Any course of a run that a driver could produce fits the machine, comes to an end, and replays to the same state.
//!
//! Input: the rules, then one byte or two for each thing that happens: an agent or a step ends in one of several ways,
//! the run is cancelled, killed and taken up again, or decided by a person. When the bytes are used up everything
//! succeeds from there on, so the run has to end.
#![no_main]

use codex_core::port::{AgentReply, Failure, FailureKind};
use codex_core::run::{
    Action, AgentPhase, ChangeSummary, ConflictPlace, CriterionResult, CriterionState, Decision, Event, Machine,
    MergeOutcome, MergeReport, Rules, RulesAgent, RunPhase, SyntaxProblem, Violation,
};
use codex_core::{ObjectId, RepoPath, Timestamp};
use libfuzzer_sys::fuzz_target;

/// More than any run of five agents needs once everything succeeds.
const MOST_STEPS: usize = 10_000;

/// Something under way.
enum Task {
    Queued { agent: String, attempt: u32, stopped: bool },
    Running { agent: String, stopped: bool },
    Collecting { agent: String },
    Verifying { agent: String },
    Merging { agents: Vec<String> },
    Validating { tree: ObjectId },
    Committing { feature_tip: Option<ObjectId> },
    Publishing { commit: ObjectId, feature_tip: Option<ObjectId> },
}

/// What the bytes say; zeros, which mean success, once they are used up.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn next(&mut self) -> u8 {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                *first
            }
            None => 0,
        }
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::from(self.next()) % limit.max(1)
    }
}

/// The driver's part.
struct World {
    machine: Machine,
    tasks: Vec<Task>,
    past: Vec<(Timestamp, Event)>,
}

impl World {
    fn apply(&mut self, event: Event) {
        let now = Timestamp(self.past.len() as u64 + 1);
        if let Err(error) = self.machine.apply(now, &event) {
            panic!("{error}: {event:?}");
        }
        self.past.push((now, event));
        while let Some(action) = self.machine.poll_action() {
            self.act(action);
        }
        if self.machine.outcome().is_some() {
            // The driver ends, and what is under way with it.
            self.tasks.clear();
        }
    }

    fn act(&mut self, action: Action) {
        self.tasks.push(match action {
            Action::StartAgent { agent, attempt } => Task::Queued { agent, attempt, stopped: false },
            Action::StopAgent { agent: wanted } => {
                for task in &mut self.tasks {
                    match task {
                        Task::Queued { agent, stopped, .. } | Task::Running { agent, stopped } if *agent == wanted => {
                            *stopped = true;
                        }
                        _ => {}
                    }
                }
                return;
            }
            Action::CollectAgent { agent } => Task::Collecting { agent },
            Action::VerifyAgent { agent, .. } => Task::Verifying { agent },
            Action::Merge { agents } => Task::Merging { agents },
            Action::Validate { tree, .. } => Task::Validating { tree },
            Action::Commit { feature_tip, .. } => Task::Committing { feature_tip },
            Action::Publish { commit, feature_tip } => Task::Publishing { commit, feature_tip },
        });
    }

    /// Ends one of the tasks that are under way.
    fn end_task(&mut self, bytes: &mut Bytes<'_>) {
        let at = bytes.below(self.tasks.len());
        let task = self.tasks.swap_remove(at);
        let how = bytes.next();
        let event = match task {
            Task::Queued { agent, stopped: true, .. } => finished(agent, Some(FailureKind::Cancelled)),
            Task::Queued { agent, attempt, stopped } => {
                self.tasks.push(Task::Running { agent: agent.clone(), stopped });
                Event::AgentStarted { agent, attempt }
            }
            Task::Running { agent, stopped } => {
                let failure = match how % 4 {
                    _ if stopped => Some(FailureKind::Cancelled),
                    1 => Some(FailureKind::Crash),
                    2 => Some(FailureKind::TimedOut),
                    _ => None,
                };
                finished(agent, failure)
            }
            Task::Collecting { agent } | Task::Verifying { agent } if how % 16 == 15 => step_failed(Some(agent)),
            Task::Merging { .. } | Task::Validating { .. } if how % 16 == 15 => step_failed(None),
            Task::Collecting { agent } => Event::AgentCollected {
                agent,
                commit: id(how),
                tree: id(how),
                changes: ChangeSummary::default(),
                violations: if how % 8 == 1 { vec![Violation::OutOfScope { path: path() }] } else { Vec::new() },
                syntax: if how % 8 == 2 { vec![SyntaxProblem { path: path(), line: None }] } else { Vec::new() },
                failure: (how % 8 == 3).then(|| Failure::new(FailureKind::Workspace, "lost")),
            },
            Task::Verifying { agent } => Event::AgentVerified { agent, criteria: criteria(how) },
            Task::Merging { agents } => Event::Merged { report: merged(agents, how) },
            Task::Validating { tree } => Event::Validated { tree, criteria: criteria(how) },
            Task::Committing { feature_tip } => match how % 4 {
                0 | 1 => Event::Committed { commits: vec![(id(how), Vec::new())] },
                2 => Event::LandRefused { expected: feature_tip, detail: "moved".to_owned() },
                _ => step_failed(None),
            },
            Task::Publishing { commit, feature_tip } => match how % 4 {
                0 => Event::Landed { branch: "codex/x".to_owned(), commit },
                1 => Event::Verified { commit },
                2 => Event::LandRefused { expected: feature_tip, detail: "moved".to_owned() },
                _ => step_failed(None),
            },
        };
        self.apply(event);
    }

    fn cancel(&mut self) {
        if self.machine.outcome().is_none() && !self.machine.state().cancel_requested {
            self.apply(Event::CancelRequested);
        }
    }

    /// Killed, and taken up by another process.
    fn resume(&mut self) {
        self.tasks.clear();
        self.apply(Event::RunResumed);
    }

    fn decide(&mut self, bytes: &mut Bytes<'_>) {
        let agents = &self.machine.state().agents;
        let agent = agents.get(bytes.below(agents.len())).map(|agent| agent.id.clone()).unwrap_or_default();
        let decision = match bytes.next() % 5 {
            0 => Decision::Approve,
            1 => Decision::Abort,
            2 => Decision::Reject { agent },
            3 => Decision::Take { agent, path: path() },
            _ => Decision::File { path: path(), content: None },
        };
        let decisions = vec![decision];
        if self.machine.may_decide(&decisions).is_ok() {
            self.apply(Event::Decided { decisions });
        }
    }

    /// What holds whenever a driver would wait.
    fn check(&self, rules: &Rules) {
        let state = self.machine.state();
        let has_slot = |phase: &AgentPhase| !matches!(phase, AgentPhase::Pending | AgentPhase::Ended { .. });
        let busy = state.agents.iter().filter(|agent| has_slot(&agent.phase)).count();
        if state.phase == RunPhase::Agents {
            assert!(busy <= rules.max_concurrent, "{busy} agents have slots");
        }
        assert!(self.machine.outcome().is_some() || !self.tasks.is_empty(), "nothing happens any more: {state:?}");
    }
}

fn finished(agent: String, failure: Option<FailureKind>) -> Event {
    let failure = failure.map(|kind| Failure::new(kind, "as the bytes say"));
    Event::AgentFinished { agent, reply: AgentReply::default(), failure }
}

fn step_failed(agent: Option<String>) -> Event {
    Event::StepFailed { step: "a step".to_owned(), agent, detail: "as the bytes say".to_owned() }
}

fn merged(agents: Vec<String>, how: u8) -> MergeReport {
    let outcome = match how % 4 {
        1 => MergeOutcome::Conflicted {
            conflicts: vec![ConflictPlace {
                path: path(),
                construct: "file".to_owned(),
                line: 0,
                agents: agents.clone(),
                reason: "as the bytes say".to_owned(),
                base: None,
                texts: Vec::new(),
            }],
        },
        2 => MergeOutcome::Clean { tree: id(how), changed: false },
        _ => MergeOutcome::Clean { tree: id(how), changed: true },
    };
    let syntax = if how % 16 == 7 { vec![SyntaxProblem { path: path(), line: None }] } else { Vec::new() };
    MergeReport { agents, feature_tip: None, outcome, decisions: Vec::new(), syntax }
}

fn criteria(how: u8) -> Vec<CriterionResult> {
    let state = match how % 4 {
        1 => CriterionState::Failed,
        2 => CriterionState::Unchecked,
        _ => CriterionState::Passed,
    };
    vec![CriterionResult { text: "a".to_owned(), agent: None, state, result: None, disturbed: Vec::new() }]
}

fn id(byte: u8) -> ObjectId {
    ObjectId::from_bytes(&[byte; 20]).expect("twenty bytes")
}

fn path() -> RepoPath {
    RepoPath::new("a").expect("a path")
}

fn rules(bytes: &mut Bytes<'_>) -> Rules {
    let agents = 1 + bytes.below(5);
    let flags = bytes.next();
    Rules {
        agents: (0..agents)
            .map(|at| RulesAgent { id: format!("a{at}"), priority: i64::from(bytes.next() % 3) })
            .collect(),
        max_concurrent: 1 + bytes.below(4),
        abort_on_failure: flags & 1 == 0,
        review_required: [None, Some(true), Some(false)][usize::from(flags >> 1) % 3],
        has_validation: flags & 0x40 != 0,
        pause_on_failed_validation: flags & 0x80 != 0,
    }
}

fuzz_target!(|data: &[u8]| {
    let mut bytes = Bytes(data);
    let rules = rules(&mut bytes);
    let mut world = World { machine: Machine::new(rules.clone()), tasks: Vec::new(), past: Vec::new() };
    world.apply(Event::RunStarted);
    world.check(&rules);
    while !bytes.0.is_empty() {
        match bytes.next() % 16 {
            0 => world.cancel(),
            1 => world.resume(),
            2 | 3 => world.decide(&mut bytes),
            _ if world.tasks.is_empty() => {}
            _ => world.end_task(&mut bytes),
        }
        world.check(&rules);
    }
    let mut steps = 0;
    while world.machine.outcome().is_none() {
        world.end_task(&mut bytes);
        world.check(&rules);
        steps += 1;
        assert!(steps < MOST_STEPS, "the run does not end");
    }

    let mut again = Machine::new(rules);
    for (now, event) in &world.past {
        assert_eq!(again.apply(*now, event), Ok(()), "what was applied once is applied again");
        while again.poll_action().is_some() {}
    }
    assert_eq!(again.state(), world.machine.state(), "a replay leads to the same state");
});
