//! What a check finds, and what a run goes by.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use codex_scope::Scope;
use codex_spec::{Criterion, CriterionKind, Diagnostic, OnFailure, ScopeOverlap, Severity, Visibility, Workflow};
use serde::Serialize;

use super::advice::Advice;
use super::codes;
use crate::id::ObjectId;
use crate::path::quote;
use crate::run::{Rules, RulesAgent};

/// What a plan is made for.
#[derive(Debug, Clone, Default)]
pub struct PlanRequest {
    /// Only these agents take part; `None` for all.
    pub agents: Option<Vec<String>>,
    /// The commit to start from instead of the tip of the base branch: a run that is taken up again keeps its base.
    pub pinned: Option<ObjectId>,
    /// The base as the workflow named it when the run began, together with `pinned`.
    pub pinned_name: Option<String>,
    /// Models that an executor is known for; `None` when every model is served.
    pub models: Option<BTreeSet<String>>,
    /// The model of agents that name none.
    pub default_model: Option<String>,
    /// What the host takes the workflow's `context.repository` for, if it opened that; otherwise only `.` is accepted.
    pub repository: Option<String>,
    /// Whether the engine lands the result, so that the feature branch must be fit for it.
    pub lands: bool,
    /// Whether to look for what is no error and may still cost a run: [`Checked::advice`]. It lists the whole base commit
    /// and reads source files in write scopes, which takes seconds where these are many.
    pub advice: bool,
}

/// A workflow, checked. Nothing has been started.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Checked {
    /// The workflow's text.
    pub text: String,
    /// Everything found, in order of place; overlaps are not among them.
    pub diagnostics: Vec<Diagnostic>,
    /// Overlaps of write scopes that the workflow does not allow explicitly.
    pub overlaps: Vec<OverlapReport>,
    /// What is no error and may still cost a run, if it was [asked for](PlanRequest::advice) and the file and its base
    /// could be read. What of it belongs to a place of the file is a diagnostic as well.
    pub advice: Option<Advice>,
    /// The plan, if there was no error.
    pub plan: Option<Arc<Plan>>,
}

impl Checked {
    /// Whether the workflow can't be run.
    pub fn has_errors(&self) -> bool {
        self.plan.is_none()
    }

    /// Keys of the file that are understood but not put into effect: a dry run shows them, a run refuses to start.
    pub fn not_enforced(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.code == codes::not_enforced())
    }

    /// Whether overlaps have to be settled first. They need not where the workflow allows them, or has the agents run
    /// one after the other.
    pub fn has_open_overlaps(&self) -> bool {
        let policy = self.plan.as_ref().map(|plan| plan.workflow.coordination.scope_overlap);
        !self.overlaps.is_empty() && !matches!(policy, Some(ScopeOverlap::Allow | ScopeOverlap::Serialize))
    }

    /// How many warnings there are: diagnostics, hazards and ties. Overlaps are none.
    pub fn warnings(&self) -> usize {
        let diagnostics = self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning).count();
        let advice = self.advice.as_ref().map_or(0, |advice| advice.hazards.len() + advice.ties.len());
        diagnostics + advice
    }
}

/// Two agents that may write the same path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OverlapReport {
    /// The first agent, and its pattern.
    pub left: (String, String),
    /// The second agent, and its pattern.
    pub right: (String, String),
    /// A path that both patterns match, existing or not.
    pub witness: String,
    /// Files of the base commit that both may write.
    pub files: Concerned,
    /// What to do, in words.
    pub recommendation: String,
    /// What to do, for programs.
    pub resolution: Resolution,
}

/// What would end an overlap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Resolution {
    /// One agent alone writes what a pattern matches.
    Exclusive {
        /// The agent that keeps the paths.
        owner: String,
        /// Its pattern.
        pattern: String,
        /// The agent that gives them up.
        other: String,
    },
    /// One agent starts when the other is done.
    Gate {
        /// Who runs first.
        first: String,
        /// Who waits.
        then: String,
    },
}

/// Existing files that something is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Concerned {
    /// How many there are.
    pub count: usize,
    /// The first twenty of them.
    pub paths: Vec<String>,
}

impl Concerned {
    const SHOWN: usize = 20;

    pub(super) fn of<'p>(paths: impl Iterator<Item = &'p [u8]>) -> Concerned {
        let mut concerned = Concerned::default();
        for path in paths {
            if concerned.paths.len() < Concerned::SHOWN {
                concerned.paths.push(quote(path));
            }
            concerned.count += 1;
        }
        concerned
    }
}

/// A workflow that can be run.
#[derive(Debug)]
#[non_exhaustive]
pub struct Plan {
    /// The workflow.
    pub workflow: Workflow,
    /// Its text.
    pub text: String,
    /// Where it starts.
    pub base: Base,
    /// Where it lands.
    pub feature_branch: String,
    /// The agents that take part, in the workflow's order.
    pub agents: Vec<PlannedAgent>,
    /// Files that every agent is given.
    pub shared: Vec<String>,
}

/// Where a run starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// As the workflow or the repository names it.
    pub name: String,
    /// The commit.
    pub commit: ObjectId,
    /// Its root tree.
    pub tree: ObjectId,
}

/// An agent of a plan.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PlannedAgent {
    /// Its id.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Its model; `None` for the host's default.
    pub model: Option<String>,
    /// What it shall do.
    pub instructions: String,
    /// What it may touch.
    pub scope: Arc<Scope>,
    /// What judges it.
    pub criteria: Vec<Criterion>,
    /// How long it may take.
    pub time_limit: Option<Duration>,
    /// Environment variables it is granted by name.
    pub env: Vec<String>,
    /// Tools it is granted by name.
    pub tools: Vec<String>,
    /// How much of the tree it sees.
    pub visibility: Visibility,
    /// Higher starts first.
    pub priority: i64,
}

impl PlannedAgent {
    /// Its criteria that a command decides: text and command.
    pub fn commands(&self) -> impl Iterator<Item = (&str, &str)> {
        self.criteria.iter().filter_map(|criterion| match &criterion.kind {
            CriterionKind::Command { command } => Some((criterion.text.as_str(), command.as_str())),
            _ => None,
        })
    }
}

impl Plan {
    /// The agent of this id.
    pub fn agent(&self, id: &str) -> Option<&PlannedAgent> {
        self.agents.iter().find(|agent| agent.id == id)
    }

    /// Commands that judge the merged tree beside the agents' criteria.
    pub fn validation(&self) -> &[String] {
        self.workflow.merge.validation.as_ref().map_or(&[], |validation| &validation.commands)
    }

    /// What of the plan the run machine needs.
    pub fn rules(&self) -> Rules {
        let workflow = &self.workflow;
        let on_failure = workflow.merge.validation.as_ref().map(|validation| validation.on_failure);
        Rules {
            agents: self
                .agents
                .iter()
                .map(|agent| RulesAgent { id: agent.id.clone(), priority: agent.priority })
                .collect(),
            max_concurrent: workflow.execution.max_concurrent_agents as usize,
            abort_on_failure: workflow.coordination.abort_on_agent_failure,
            review_required: workflow.coordination.human_review_required,
            has_validation: !self.validation().is_empty(),
            pause_on_failed_validation: on_failure != Some(OnFailure::AbortWorkflow),
        }
    }
}
