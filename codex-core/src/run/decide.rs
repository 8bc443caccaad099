//! What a person may decide of a run that waits, and what comes of it.

use std::collections::BTreeSet;

use super::event::{ConflictPlace, Decision, MergeOutcome};
use super::machine::Machine;
use super::state::{Outcome, RunPhase, WaitingFor};

impl Machine {
    /// Whether these decisions may be taken now, together, and if not, why.
    ///
    /// # Errors
    /// A sentence for the person who decided.
    pub fn may_decide(&self, decisions: &[Decision]) -> Result<(), String> {
        let RunPhase::Ended { outcome: Outcome::Waiting { reason } } = &self.state.phase else {
            return Err("the run does not wait for a decision".to_owned());
        };
        if decisions.is_empty() {
            return Err("no decision was given".to_owned());
        }
        let final_word = |decision: &Decision| matches!(decision, Decision::Approve | Decision::Abort);
        if decisions.len() > 1 && decisions.iter().any(final_word) {
            return Err("--approve and --abort stand alone: what other decisions change is merged, judged and shown \
                        first"
                .to_owned());
        }
        decisions.iter().try_for_each(|decision| self.may_decide_one(decision, *reason))
    }

    fn may_decide_one(&self, decision: &Decision, reason: WaitingFor) -> Result<(), String> {
        let merged = self.merge_order();
        let conflicts = match self.state.merge.as_ref().map(|merge| &merge.outcome) {
            Some(MergeOutcome::Conflicted { conflicts }) => conflicts.as_slice(),
            _ => &[],
        };
        match (decision, reason) {
            (Decision::Approve, WaitingFor::Conflict) => {
                return Err("there are conflicts: settle each with --take or --file, or leave an agent out with \
                            --reject"
                    .to_owned());
            }
            (Decision::Approve, WaitingFor::Validation) => {
                return Err(
                    "the merged tree did not pass, and what did not pass never lands: mend it with --file, or \
                            leave an agent out with --reject"
                        .to_owned(),
                );
            }
            (Decision::Reject { agent }, _) if !merged.contains(agent) => {
                return Err(format!("`{agent}` has no result in this merge; its agents are: {}", merged.join(", ")));
            }
            (Decision::Take { agent, path }, _) => {
                let here: Vec<&ConflictPlace> = conflicts.iter().filter(|conflict| conflict.path == *path).collect();
                if here.is_empty() {
                    let known: BTreeSet<String> = conflicts.iter().map(|c| c.path.to_string()).collect();
                    let known: Vec<String> = known.into_iter().collect();
                    return Err(match known.is_empty() {
                        true => "there is no conflict: --take settles one".to_owned(),
                        false => format!("there is no conflict at `{path}`; there is at: {}", known.join(", ")),
                    });
                }
                if !merged.contains(agent) && !here.iter().any(|conflict| conflict.agents.contains(agent)) {
                    return Err(format!(
                        "`{agent}` has no result in this merge; its agents are: {}",
                        merged.join(", ")
                    ));
                }
            }
            (Decision::File { path, .. }, _) => {
                let git = |part: &[u8]| part.eq_ignore_ascii_case(b".git");
                if path.components().any(git) {
                    return Err(format!("`{path}` lies in a git folder, which is no part of a result"));
                }
            }
            _ => {}
        }
        Ok(())
    }

    pub(super) fn decided(&mut self, decisions: &[Decision]) {
        self.state.decisions.extend_from_slice(decisions);
        for decision in decisions {
            if let Decision::Reject { agent } = decision {
                self.agent(agent).rejected = true;
            }
        }
        match decisions.first() {
            Some(Decision::Abort) => {
                self.state.aborted = true;
                self.end(Outcome::Cancelled);
            }
            Some(Decision::Approve) => {
                let tree = self.state.merge.as_ref().and_then(|merge| match merge.outcome {
                    MergeOutcome::Clean { tree, .. } => Some(tree),
                    MergeOutcome::Conflicted { .. } => None,
                });
                if let Some(tree) = tree {
                    self.start_committing(tree);
                }
            }
            _ if self.merge_order().is_empty() => self.end(Outcome::Cancelled),
            _ => self.start_merge(),
        }
    }
}
