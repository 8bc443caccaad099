//! The sans-IO machine of a run: facts and their time in, requests out.
//!
//! It holds no clock, no future and no randomness: the same rules and the same events give the same actions.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::action::Action;
use super::event::{CriterionResult, CriterionState, Decision, Event, MergeOutcome, MergeReport};
use super::state::{AgentOutcome, AgentPhase, AgentState, Outcome, RunPhase, RunState, WaitingFor};
use crate::id::{ObjectId, Timestamp};
use crate::port::{Failure, FailureKind};

/// How often a result is merged anew because the feature branch moved, before the run gives up.
const MAX_LAND_REFUSALS: u32 = 5;

/// What of a plan the machine needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// The agents, in the workflow's order, which is also the order of merging.
    pub agents: Vec<RulesAgent>,
    /// How many agents run at once.
    pub max_concurrent: usize,
    /// Whether one failed agent ends the run.
    pub abort_on_failure: bool,
    /// `human_review_required` as written.
    pub review_required: Option<bool>,
    /// Whether `merge.validation` has a command.
    pub has_validation: bool,
    /// Whether a merged tree that does not pass waits for a person (otherwise it fails the run).
    pub pause_on_failed_validation: bool,
}

/// What of an agent the machine needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RulesAgent {
    /// Its id.
    pub id: String,
    /// Higher starts first.
    pub priority: i64,
}

/// An event that does not fit where the run stands: a defect of the driver or a journal that was tampered with.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("event {event} does not fit a run that is {phase}")]
pub struct IllegalEvent {
    event: String,
    phase: String,
}

/// Decides what happens next in a run.
#[derive(Debug, Clone)]
pub struct Machine {
    pub(super) rules: Rules,
    pub(super) state: RunState,
    pub(super) index: HashMap<String, usize>,
    /// Agents that wait for a slot: highest priority first, then the workflow's order.
    pub(super) ready: BTreeSet<(Reverse<i64>, usize)>,
    /// Slots taken.
    pub(super) busy: usize,
    /// Agents that have not ended.
    pub(super) open: usize,
    pub(super) actions: VecDeque<Action>,
}

impl Machine {
    /// A run that has not begun.
    pub fn new(rules: Rules) -> Machine {
        let agents: Vec<AgentState> = rules.agents.iter().map(|agent| AgentState::new(&agent.id)).collect();
        let index = agents.iter().enumerate().map(|(at, agent)| (agent.id.clone(), at)).collect();
        Machine {
            open: agents.len(),
            state: RunState {
                phase: RunPhase::New,
                agents,
                merge: None,
                validation: Vec::new(),
                decisions: Vec::new(),
                commits: Vec::new(),
                cancel_requested: false,
                aborted: false,
                failed_step: None,
                land_refusals: 0,
                updated: Timestamp::default(),
            },
            rules,
            index,
            ready: BTreeSet::new(),
            busy: 0,
            actions: VecDeque::new(),
        }
    }

    /// Where the run stands.
    pub fn state(&self) -> &RunState {
        &self.state
    }

    /// What to do next, if anything. Call it until it returns `None` after every event.
    #[must_use]
    pub fn poll_action(&mut self) -> Option<Action> {
        if let Some(action) = self.actions.pop_front() {
            return Some(action);
        }
        if self.state.phase != RunPhase::Agents || self.busy >= self.rules.max_concurrent {
            return None;
        }
        let (_, at) = self.ready.pop_first()?;
        self.busy += 1;
        let agent = &mut self.state.agents[at];
        agent.phase = AgentPhase::Queued;
        Some(Action::StartAgent { agent: agent.id.clone(), attempt: agent.attempt + 1 })
    }

    /// When to call again although nothing has happened. Time limits of agents are kept by the driver; nothing else is
    /// timed yet.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Duration> {
        None
    }

    /// How the run ended, or that it waits for a person.
    pub fn outcome(&self) -> Option<&Outcome> {
        match &self.state.phase {
            RunPhase::Ended { outcome } => Some(outcome),
            _ => None,
        }
    }

    /// Takes a fact.
    ///
    /// # Errors
    /// [`IllegalEvent`]; the run is then as it was.
    pub fn apply(&mut self, now: Timestamp, event: &Event) -> Result<(), IllegalEvent> {
        if self.comes_late(event) {
            return Ok(());
        }
        self.check(event)?;
        self.state.updated = now;
        match event {
            Event::RunStarted => self.start(),
            // Its first process did not live to start it.
            Event::RunResumed if self.state.phase == RunPhase::New => self.start(),
            Event::RunResumed => self.resume(),
            Event::AgentStarted { agent, attempt } => {
                let state = self.agent(agent);
                let (id, stopping) = (std::mem::take(&mut state.id), state.stopping);
                *state = AgentState { attempt: *attempt, started: Some(now), stopping, ..AgentState::new(&id) };
                state.phase = AgentPhase::Running;
            }
            Event::AgentFinished { agent, reply, failure } => {
                let state = self.agent(agent);
                let never_started = state.phase == AgentPhase::Queued;
                state.reply = reply.clone();
                state.failure = failure.clone();
                if never_started {
                    self.end_agent(now, agent);
                } else {
                    state.phase = AgentPhase::Collecting;
                    self.actions.push_back(Action::CollectAgent { agent: agent.clone() });
                }
            }
            Event::AgentCollected { agent, commit, tree, changes, violations, syntax, failure } => {
                let state = self.agent(agent);
                state.commit = Some(*commit);
                state.tree = Some(*tree);
                state.changes = changes.clone();
                state.violations = violations.clone();
                state.syntax = syntax.clone();
                state.failure = state.failure.take().or_else(|| failure.clone());
                if state.failure.is_some() || !violations.is_empty() || !syntax.is_empty() {
                    self.end_agent(now, agent);
                } else {
                    state.phase = AgentPhase::Verifying;
                    self.actions.push_back(Action::VerifyAgent { agent: agent.clone(), tree: *tree });
                }
            }
            Event::AgentVerified { agent, criteria } => {
                self.agent(agent).criteria = criteria.clone();
                self.end_agent(now, agent);
            }
            Event::CancelRequested => {
                self.state.cancel_requested = true;
                match self.state.phase {
                    RunPhase::Agents => {
                        self.stop_agents();
                        self.advance();
                    }
                    // The branch may have moved already: what comes of it is told as it is.
                    RunPhase::Publishing { .. } => {}
                    _ => self.end(Outcome::Cancelled),
                }
            }
            Event::Merged { report } => self.merged(report),
            Event::Validated { tree, criteria } => {
                self.state.validation = criteria.clone();
                self.validated(*tree);
            }
            Event::Decided { decisions } => self.decided(decisions),
            Event::Committed { commits } => {
                self.state.commits = commits.clone();
                match commits.last() {
                    Some(&(commit, _)) => self.start_publishing(commit),
                    None => self.end(Outcome::Unchanged),
                }
            }
            Event::Landed { branch, commit } => {
                self.end(Outcome::Landed { branch: branch.clone(), commit: *commit });
            }
            Event::Verified { commit } => self.end(Outcome::Verified { commit: *commit }),
            Event::LandRefused { detail, .. } => {
                self.state.land_refusals += 1;
                self.state.commits.clear();
                if self.state.cancel_requested {
                    self.end(Outcome::Cancelled);
                } else if self.state.land_refusals < MAX_LAND_REFUSALS {
                    self.start_merge();
                } else {
                    self.end(Outcome::Failed { reason: format!("the feature branch keeps moving: {detail}") });
                }
            }
            Event::StepFailed { step, agent, detail } => {
                let reason = format!("{step} failed: {detail}");
                match (&self.state.phase, agent) {
                    (RunPhase::Agents, Some(agent)) => {
                        let state = self.agent(agent);
                        if state.stopping {
                            state.failure = Some(Failure::new(FailureKind::Cancelled, detail.clone()));
                        } else {
                            state.failure = Some(Failure::new(FailureKind::Crash, reason.clone()));
                            self.state.failed_step = Some(reason);
                            self.stop_agents();
                        }
                        self.end_agent(now, agent);
                    }
                    _ => {
                        self.state.failed_step = Some(reason.clone());
                        self.end(Outcome::Failed { reason });
                    }
                }
            }
        }
        Ok(())
    }

    /// What was under way when the run ended may still report; nothing depends on it any more.
    fn comes_late(&self, event: &Event) -> bool {
        let reopens = matches!(event, Event::RunStarted | Event::RunResumed | Event::Decided { .. });
        !reopens && matches!(self.state.phase, RunPhase::Ended { .. })
    }

    fn start(&mut self) {
        self.state.phase = RunPhase::Agents;
        for at in 0..self.rules.agents.len() {
            self.make_ready(at);
        }
        self.advance();
    }

    /// The one place that says which event fits where.
    fn check(&self, event: &Event) -> Result<(), IllegalEvent> {
        use AgentPhase as A;
        use RunPhase as R;
        let phase = &self.state.phase;
        let agent_is = |id: &str, legal: &[AgentPhase]| {
            self.index.get(id).is_some_and(|&at| legal.contains(&self.state.agents[at].phase))
        };
        let legal = match event {
            Event::RunStarted => *phase == R::New,
            Event::RunResumed => true,
            Event::AgentStarted { agent, .. } => agent_is(agent, &[A::Queued]),
            Event::AgentFinished { agent, .. } => agent_is(agent, &[A::Queued, A::Running]),
            Event::AgentCollected { agent, .. } => agent_is(agent, &[A::Collecting]),
            Event::AgentVerified { agent, .. } => agent_is(agent, &[A::Verifying]),
            Event::CancelRequested => !matches!(phase, R::New | R::Ended { .. }),
            Event::StepFailed { agent: Some(agent), .. } => agent_is(agent, &[A::Collecting, A::Verifying]),
            Event::Merged { .. } => *phase == R::Merging,
            Event::Validated { tree, .. } => *phase == R::Validating { tree: *tree },
            Event::Decided { decisions } => self.may_decide(decisions).is_ok(),
            Event::Committed { .. } => matches!(phase, R::Committing { .. }),
            Event::Landed { commit, .. } | Event::Verified { commit } => *phase == R::Publishing { commit: *commit },
            Event::LandRefused { .. } => matches!(phase, R::Committing { .. } | R::Publishing { .. }),
            Event::StepFailed { agent: None, .. } => !matches!(phase, R::New | R::Ended { .. }),
        };
        if legal {
            return Ok(());
        }
        let event = serde_json::to_value(event)
            .ok()
            .and_then(|value| value.get("type").and_then(|name| name.as_str()).map(str::to_owned))
            .unwrap_or_default();
        Err(IllegalEvent { event, phase: format!("{phase:?}") })
    }

    pub(super) fn agent(&mut self, id: &str) -> &mut AgentState {
        // `check` has looked the id up before.
        let at = self.index.get(id).copied().unwrap_or_default();
        &mut self.state.agents[at]
    }

    pub(super) fn make_ready(&mut self, at: usize) {
        self.state.agents[at].phase = AgentPhase::Pending;
        self.ready.insert((Reverse(self.rules.agents[at].priority), at));
    }

    fn end_agent(&mut self, now: Timestamp, id: &str) {
        let state = self.agent(id);
        state.ended = Some(now);
        let outcome = outcome_of(state);
        let failed = matches!(outcome, AgentOutcome::Failed { .. });
        state.phase = AgentPhase::Ended { outcome };
        self.busy = self.busy.saturating_sub(1);
        self.open = self.open.saturating_sub(1);
        if failed && self.rules.abort_on_failure {
            self.stop_agents();
        }
        self.advance();
    }

    /// Agents without a slot are cancelled at once, the running ones asked to stop.
    fn stop_agents(&mut self) {
        while let Some((_, at)) = self.ready.pop_first() {
            self.state.agents[at].phase = AgentPhase::Ended { outcome: AgentOutcome::Cancelled };
            self.open = self.open.saturating_sub(1);
        }
        for agent in &mut self.state.agents {
            if matches!(agent.phase, AgentPhase::Queued | AgentPhase::Running | AgentPhase::Verifying)
                && !agent.stopping
            {
                agent.stopping = true;
                self.actions.push_back(Action::StopAgent { agent: agent.id.clone() });
            }
        }
    }

    /// Once every agent has ended: on to the merge, or to the end.
    fn advance(&mut self) {
        if self.open > 0 || self.state.phase != RunPhase::Agents {
            return;
        }
        let failed: Vec<&str> = self
            .state
            .agents
            .iter()
            .filter(|agent| matches!(agent.outcome(), Some(AgentOutcome::Failed { .. })))
            .map(|agent| agent.id.as_str())
            .collect();
        if let Some(reason) = self.state.failed_step.clone() {
            self.end(Outcome::Failed { reason });
        } else if self.state.cancel_requested {
            self.end(Outcome::Cancelled);
        } else if !failed.is_empty() && (self.rules.abort_on_failure || self.merge_order().is_empty()) {
            let reason = format!("{} failed", failed.join(", "));
            self.end(Outcome::Failed { reason });
        } else {
            self.start_merge();
        }
    }

    /// The agents whose results count, in the workflow's order.
    pub(super) fn merge_order(&self) -> Vec<String> {
        self.state
            .agents
            .iter()
            .filter(|agent| !agent.rejected && agent.outcome() == Some(&AgentOutcome::Complete))
            .map(|agent| agent.id.clone())
            .collect()
    }

    pub(super) fn start_merge(&mut self) {
        self.state.phase = RunPhase::Merging;
        self.state.validation.clear();
        self.actions.push_back(Action::Merge { agents: self.merge_order() });
    }

    fn merged(&mut self, report: &MergeReport) {
        let before = self.state.merge.replace(report.clone()).map(|merge| merge.feature_tip);
        // What a person said of a path was said of what they saw. Once the branch holds something else, it is asked anew.
        let of_path = |decision: &Decision| matches!(decision, Decision::Take { .. } | Decision::File { .. });
        if before.is_some_and(|tip| tip != report.feature_tip) && self.state.decisions.iter().any(of_path) {
            self.state.decisions.retain(|decision| !of_path(decision));
            return self.start_merge();
        }
        match &report.outcome {
            MergeOutcome::Conflicted { .. } => self.wait(WaitingFor::Conflict),
            MergeOutcome::Clean { changed: false, .. } => self.end(Outcome::Unchanged),
            MergeOutcome::Clean { .. } if !report.syntax.is_empty() => self.wait(WaitingFor::Validation),
            MergeOutcome::Clean { tree, .. } => self.start_validation(*tree, report.agents.clone()),
        }
    }

    pub(super) fn start_validation(&mut self, tree: ObjectId, agents: Vec<String>) {
        self.state.phase = RunPhase::Validating { tree };
        self.actions.push_back(Action::Validate { tree, agents });
    }

    fn validated(&mut self, tree: ObjectId) {
        if let Some(failed) = self.state.validation.iter().find(|c| c.state == CriterionState::Failed) {
            let reason = format!("on the merged tree `{}` failed", failed.text);
            return match self.rules.pause_on_failed_validation {
                true => self.wait(WaitingFor::Validation),
                false => self.end(Outcome::Failed { reason }),
            };
        }
        if self.needs_approval() {
            return self.wait(WaitingFor::Approval);
        }
        self.start_committing(tree);
    }

    /// Semantics of review: asked for explicitly; or pieces were combined, nothing judged them, and nobody said that this
    /// is fine.
    fn needs_approval(&self) -> bool {
        let combined = self.state.merge.as_ref().is_some_and(|merge| !merge.decisions.is_empty());
        match self.rules.review_required {
            Some(required) => required,
            None => combined && !self.rules.has_validation,
        }
    }

    pub(super) fn start_committing(&mut self, tree: ObjectId) {
        let (agents, feature_tip) = match &self.state.merge {
            Some(merge) => (merge.agents.clone(), merge.feature_tip),
            None => (Vec::new(), None),
        };
        self.state.phase = RunPhase::Committing { tree };
        self.actions.push_back(Action::Commit { tree, agents, feature_tip });
    }

    pub(super) fn start_publishing(&mut self, commit: ObjectId) {
        let feature_tip = self.state.merge.as_ref().and_then(|merge| merge.feature_tip);
        self.state.phase = RunPhase::Publishing { commit };
        self.actions.push_back(Action::Publish { commit, feature_tip });
    }

    fn wait(&mut self, reason: WaitingFor) {
        self.end(Outcome::Waiting { reason });
    }

    pub(super) fn end(&mut self, outcome: Outcome) {
        self.state.phase = RunPhase::Ended { outcome };
    }
}

fn outcome_of(state: &AgentState) -> AgentOutcome {
    let verification =
        |detail: String| AgentOutcome::Failed { failure: Failure::new(FailureKind::Verification, detail) };
    if let Some(failure) = &state.failure {
        return match failure.kind {
            // One that gives up by itself has failed.
            FailureKind::Cancelled if state.stopping => AgentOutcome::Cancelled,
            _ => AgentOutcome::Failed { failure: failure.clone() },
        };
    }
    if let Some(violation) = state.violations.first() {
        return verification(more(violation.to_string(), state.violations.len()));
    }
    if let Some(problem) = state.syntax.first() {
        return verification(more(problem.to_string(), state.syntax.len()));
    }
    let failed: Vec<&CriterionResult> =
        state.criteria.iter().filter(|criterion| criterion.state == CriterionState::Failed).collect();
    match failed.first() {
        Some(criterion) => {
            let how = criterion.result.as_ref().map(|result| format!(": {}", result.exit)).unwrap_or_default();
            verification(more(format!("criterion `{}` failed{how}", criterion.text), failed.len()))
        }
        None => AgentOutcome::Complete,
    }
}

fn more(first: String, count: usize) -> String {
    match count {
        0 | 1 => first,
        _ => format!("{first} (and {} more)", count - 1),
    }
}
