//! What is proposed, as data.

use serde::Serialize;

use super::draft::Draft;
use super::request::By;
use crate::id::ObjectId;
use crate::path::RepoPath;

/// A proposal of a workflow, and what it stands on.
///
/// As JSON (serde) it has the workflow as well, in its key `workflow`.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Proposal {
    /// Along what the repository was divided.
    pub by: By,
    /// The base as it was named.
    pub base: String,
    /// The commit that was looked at.
    pub commit: ObjectId,
    /// One for each agent, in the order of the workflow.
    pub groups: Vec<ProposedGroup>,
    /// Where groups need each other, the most first.
    pub ties: Vec<GroupTie>,
    /// Files of what was to be divided that no agent may write, sorted. Empty where all agents only review.
    pub left_over: Vec<RepoPath>,
    /// Files that the workflow names and that are not in the base: they have to be there when it runs.
    pub new_files: Vec<NewFile>,
    /// What is worth knowing before the proposal is used.
    pub notes: Vec<String>,
    /// The workflow.
    #[serde(rename = "workflow")]
    pub(super) draft: Draft,
}

impl Proposal {
    /// The workflow file: YAML with comments, and with `TODO` where only its user can know what to write.
    pub fn to_yaml(&self) -> String {
        super::yaml::write(&self.draft)
    }

    /// How many places of the workflow file are marked with `TODO`.
    pub fn todos(&self) -> usize {
        let count = |text: &str| text.matches("TODO").count();
        let in_head: usize = self.draft.head.iter().map(|line| count(line)).sum();
        count(&self.to_yaml()).saturating_sub(in_head)
    }
}

/// What one agent is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ProposedGroup {
    /// The agent's id.
    pub id: String,
    /// Its files, sorted. Empty for reviewers, who share theirs.
    pub files: Vec<RepoPath>,
    /// Path patterns of what it may read, beside what it may write.
    pub read: Vec<String>,
    /// Path patterns of what it may write.
    pub write: Vec<String>,
    /// The ids of the agents that it waits for.
    pub waits_for: Vec<String>,
    /// The tables that it has, if the repository was divided along them.
    pub tables: Vec<String>,
    /// How many of its files are ready in each wave, if files were put in order: a file is ready when all that it
    /// imports is done or in its own group.
    pub ready: Vec<usize>,
    /// Whether it has more files than was asked for, because they need each other in a circle.
    pub oversized: bool,
}

/// One group needs files of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GroupTie {
    /// The agent whose files need the others.
    pub from: String,
    /// The agent whose files are needed.
    pub to: String,
    /// How many imports, constants or foreign keys say so.
    pub count: usize,
    /// One of them: `src/cart.ts:3 -> src/api.ts`, `line_items.order_id -> orders`.
    pub example: String,
}

/// A file that has to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NewFile {
    /// Where.
    pub path: RepoPath,
    /// What to write.
    pub text: String,
}
