//! How outputs become one result: the section `merge`.

use serde::{Deserialize, Serialize};

use super::choice::choice;
use crate::Span;

/// The section `merge`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// In which portions outputs are merged. Default: batch.
    pub strategy: MergeStrategy,
    /// The portions of a staged merge. Default: none.
    pub stages: Vec<Stage>,
    /// What has to succeed on the merged tree. Default: the agents' own criteria only.
    pub validation: Option<Validation>,
    /// What happens once the result has landed.
    pub post_merge: Option<PostMerge>,
    /// How the result is cut into commits. Default: per-agent.
    pub commits: Commits,
}

choice! {
    /// In which portions outputs are merged.
    #[derive(Default)]
    pub enum MergeStrategy {
        /// One agent after the other.
        Sequential = "sequential",
        /// All at once.
        #[default]
        Batch = "batch",
        /// Stage after stage.
        Staged = "staged",
        /// None here: each agent becomes a pull request.
        PrPerAgent = "pr-per-agent",
    }
}

choice! {
    /// What happens when a validation fails.
    #[derive(Default)]
    pub enum OnFailure {
        /// The run ends and nothing lands.
        AbortWorkflow = "abort-workflow",
        /// The run waits for a person.
        #[default]
        PauseAndNotify = "pause-and-notify",
        /// An issue is opened, and the run goes on.
        CreateReviewIssue = "create-review-issue",
    }
}

choice! {
    /// How the result is cut into commits.
    #[derive(Default)]
    pub enum Commits {
        /// One commit an agent.
        #[default]
        PerAgent = "per-agent",
        /// One commit for all.
        Squash = "squash",
    }
}

/// One portion of a staged merge.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Its name; unique in the file.
    pub name: String,
    /// The ids of the agents that it merges.
    pub agents: Vec<String>,
    /// The names of the stages that come before it. Default: none.
    pub depends_on: Vec<String>,
    /// What has to succeed on its tree. Default: nothing.
    pub validation: Option<Validation>,
    /// Where its name stands, or its first key.
    #[serde(skip)]
    pub span: Span,
}

/// Commands that have to succeed on a merged tree: `validation`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validation {
    /// The commands, for a shell, in order.
    pub commands: Vec<String>,
    /// What happens when one fails. Default: pause-and-notify.
    pub on_failure: OnFailure,
}

/// What happens once the result has landed: `post_merge`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostMerge {
    /// Whether a pull request is opened. Default: false.
    pub create_pull_request: bool,
    /// Path of the template of its text.
    pub pr_template: Option<String>,
    /// Who is asked to review it. Default: nobody.
    pub assign_reviewers: Vec<String>,
    /// Its labels. Default: none.
    pub labels: Vec<String>,
}
