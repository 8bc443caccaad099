//! Taking a run up again in another process.

use super::action::Action;
use super::machine::Machine;
use super::state::{AgentOutcome, AgentPhase, Outcome, RunPhase};

impl Machine {
    /// What was under way in a process that is gone is asked for again; what failed or was cancelled gets another try;
    /// what is done stays done, and a run that waits for a person goes on waiting.
    pub(super) fn resume(&mut self) {
        self.actions.clear();
        self.busy = 0;
        self.ready.clear();
        let done = |outcome: &Outcome| {
            matches!(
                outcome,
                Outcome::Landed { .. } | Outcome::Verified { .. } | Outcome::Unchanged | Outcome::Waiting { .. }
            )
        };
        if self.state.aborted || self.outcome().is_some_and(done) {
            return;
        }
        self.state.cancel_requested = false;
        self.state.failed_step = None;
        self.state.land_refusals = 0;
        self.open = 0;
        // Past the agents, what they came to is settled: only the step that was under way is asked for again.
        match self.state.phase.clone() {
            RunPhase::Merging => return self.start_merge(),
            RunPhase::Validating { tree } => {
                let agents = self.state.merge.as_ref().map(|merge| merge.agents.clone()).unwrap_or_default();
                return self.start_validation(tree, agents);
            }
            RunPhase::Committing { tree } => return self.start_committing(tree),
            RunPhase::Publishing { commit } => return self.start_publishing(commit),
            RunPhase::New | RunPhase::Agents | RunPhase::Ended { .. } => {}
        }
        for at in 0..self.state.agents.len() {
            self.state.agents[at].stopping = false;
            let agent = &self.state.agents[at];
            match (&agent.phase, agent.tree) {
                (AgentPhase::Ended { outcome: AgentOutcome::Complete }, _) => {}
                (AgentPhase::Verifying, Some(tree)) => {
                    self.open += 1;
                    self.busy += 1;
                    self.actions.push_back(Action::VerifyAgent { agent: agent.id.clone(), tree });
                }
                _ => {
                    self.open += 1;
                    self.make_ready(at);
                }
            }
        }
        if self.open > 0 {
            self.state.phase = RunPhase::Agents;
        } else {
            self.start_merge();
        }
    }
}
