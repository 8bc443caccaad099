//! What is no error and may still cost a run: found before anything is started.
//!
//! [`gather`] looks at the plan and at the files of its base. What has a place in the workflow file becomes a diagnostic,
//! what is between agents or about one as a whole a part of [`Advice`].

mod blobs;
mod commands;
mod files;
mod hazards;
mod named;
mod privilege;
mod properties;
mod reads;
mod ties;

use codex_scope::PatternSet;
use codex_spec::{Diagnostic, Workflow};
use serde::Serialize;

pub use hazards::HazardReport;
pub use privilege::Excess;
pub use properties::{Answer, Property, PropertyReport};
pub use ties::{TieEdge, TieReport, Unread};

use super::order::Order;
use super::types::{Base, OverlapReport, PlannedAgent};
use crate::port::{Repository, RepositoryError};
use files::Files;

/// What is no error and may still cost a run.
///
/// All of it is found from the workflow and the files of the base commit; nothing is run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Advice {
    /// Agents that read what others may write meanwhile; at most a thousand.
    pub hazards: Vec<HazardReport>,
    /// Whether there are more hazards than are listed.
    pub more_hazards: bool,
    /// Agents whose files import, require or name what others may write meanwhile.
    pub ties: Vec<TieReport>,
    /// What was not looked into for ties.
    pub unread: Unread,
    /// Each agent of the plan, in its order.
    pub agents: Vec<AgentReview>,
}

/// How well the task of one agent is cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AgentReview {
    /// The agent.
    pub agent: String,
    /// The four properties of a well-cut task, in the order of [`Property::ALL`].
    pub properties: Vec<PropertyReport>,
    /// What it may touch beyond its task.
    pub excesses: Vec<Excess>,
}

/// What advice is given about.
pub(super) struct Subject<'a> {
    pub(super) repository: &'a dyn Repository,
    pub(super) base: &'a Base,
    pub(super) workflow: &'a Workflow,
    pub(super) agents: &'a [PlannedAgent],
    pub(super) order: &'a Order,
    /// Paths that agents share on purpose.
    pub(super) allowed: &'a PatternSet,
    pub(super) overlaps: &'a [OverlapReport],
}

/// Looks for everything; what has a place in the file is added to `diagnostics`.
pub(super) fn gather(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) -> Result<Advice, RepositoryError> {
    let files = Files::read(subject.repository, &subject.base.tree)?;
    let (hazards, more_hazards) = hazards::find(subject, &files);
    let (ties, unread) = ties::find(subject, &files)?;
    reads::unmatched(subject, &files, diagnostics);
    let excesses = privilege::find(subject, &files, diagnostics)?;
    let properties = properties::judge(subject, &hazards, &ties);
    let reviews = subject.agents.iter().zip(properties).zip(excesses);
    let agents = reviews
        .map(|((agent, properties), excesses)| AgentReview { agent: agent.id.clone(), properties, excesses })
        .collect();
    Ok(Advice { hazards, more_hazards, ties, unread, agents })
}
