//! Facts of a run. Every one is in the journal before the machine sees it.

use serde::{Deserialize, Serialize};

use crate::id::{ObjectId, Timestamp};
use crate::path::RepoPath;
use crate::port::{AgentReply, CommandResult, Failure, Oddity};

/// An event with its place in the run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Counted from 1.
    pub seq: u64,
    /// When it was noted.
    pub at: Timestamp,
    /// What happened.
    pub event: Event,
}

/// A fact of a run. The set is closed and versioned with the journal's format.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Event {
    /// The run began.
    RunStarted,
    /// A process took the run up again; agents that were under way start again from their base.
    RunResumed,
    /// An agent got its slot and its workspace is being made.
    AgentStarted {
        /// The agent.
        agent: String,
        /// The try, from 1.
        attempt: u32,
    },
    /// An agent's executor came to an end.
    AgentFinished {
        /// The agent.
        agent: String,
        /// What it says.
        reply: AgentReply,
        /// Why it failed, if it did.
        failure: Option<Failure>,
    },
    /// An agent's changes were taken over and its result stands under its ref.
    AgentCollected {
        /// The agent.
        agent: String,
        /// The result: a commit on top of the base.
        commit: ObjectId,
        /// Its root tree.
        tree: ObjectId,
        /// What changed.
        changes: ChangeSummary,
        /// Changes it was not allowed to make.
        violations: Vec<Violation>,
        /// New syntax errors.
        syntax: Vec<SyntaxProblem>,
        /// Why the changes could not be taken over, if so.
        failure: Option<Failure>,
    },
    /// An agent's criteria were run.
    AgentVerified {
        /// The agent.
        agent: String,
        /// The results in the workflow's order.
        criteria: Vec<CriterionResult>,
    },
    /// Somebody asked for the run to end.
    CancelRequested,
    /// The results were merged.
    Merged {
        /// What came of it.
        report: MergeReport,
    },
    /// Criteria and validation were run on the merged tree.
    Validated {
        /// The tree.
        tree: ObjectId,
        /// The results.
        criteria: Vec<CriterionResult>,
    },
    /// A person decided.
    Decided {
        /// What, all at once.
        decisions: Vec<Decision>,
    },
    /// The commits were made; no branch has moved yet.
    Committed {
        /// The commits, oldest first, with the agents each one carries.
        commits: Vec<(ObjectId, Vec<String>)>,
    },
    /// The result is on the feature branch.
    Landed {
        /// The branch.
        branch: String,
        /// Its new tip.
        commit: ObjectId,
    },
    /// The result is a commit that the host lands.
    Verified {
        /// The commit.
        commit: ObjectId,
    },
    /// The feature branch moved while the run was going on.
    LandRefused {
        /// Where it was expected.
        expected: Option<ObjectId>,
        /// What the repository said.
        detail: String,
    },
    /// A step of the engine itself failed.
    StepFailed {
        /// Which.
        step: String,
        /// The agent whose step it was, if it was one agent's.
        agent: Option<String>,
        /// Why.
        detail: String,
    },
}

/// What an agent changed, for people and for ordering.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ChangeSummary {
    /// The files.
    pub files: Vec<FileChange>,
    /// New files that the base's ignore rules dropped.
    pub ignored: usize,
    /// Changes outside the scope that were dropped, as the workflow asks with `out_of_scope: discard`.
    #[serde(default)]
    pub discarded: Vec<RepoPath>,
}

/// One changed file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileChange {
    /// Which.
    pub path: RepoPath,
    /// `+` added, `~` modified, `-` deleted.
    pub kind: char,
    /// Lines added; 0 for binary files.
    pub added: usize,
    /// Lines removed; 0 for binary files.
    pub removed: usize,
}

/// A change that an agent was not allowed to make.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Violation {
    /// Outside its write scope.
    OutOfScope {
        /// The path.
        path: RepoPath,
    },
    /// A file no agent may write.
    Administrative {
        /// The path.
        path: RepoPath,
    },
    /// A path that equals another one but for the case of letters.
    CaseCollision {
        /// The path.
        path: RepoPath,
        /// The other one.
        other: RepoPath,
    },
    /// A path that has no place in the tree: below a file or a submodule, or where a folder stands.
    NoPlace {
        /// The path.
        path: RepoPath,
        /// Why.
        why: String,
    },
    /// Something that can't be part of a result.
    Odd(Oddity),
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Violation::OutOfScope { path } => write!(f, "`{path}` is outside its write scope"),
            Violation::Administrative { path } => write!(f, "`{path}` may not be written by any agent"),
            Violation::CaseCollision { path, other } => {
                write!(f, "`{path}` differs from `{other}` only in the case of letters")
            }
            Violation::NoPlace { why, .. } => f.write_str(why),
            Violation::Odd(odd) => write!(f, "`{}` {}", odd.path, odd.kind),
        }
    }
}

/// A file with more syntax errors than it had.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SyntaxProblem {
    /// The file.
    pub path: RepoPath,
    /// The line of the first, from 1.
    pub line: Option<usize>,
}

impl std::fmt::Display for SyntaxProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "`{}` has a new syntax error, the first at line {line}", self.path),
            None => write!(f, "`{}` has a new syntax error", self.path),
        }
    }
}

/// A criterion or validation command and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CriterionResult {
    /// What it says.
    pub text: String,
    /// The agent it belongs to; `None` for a validation of the merge.
    pub agent: Option<String>,
    /// What came of it.
    pub state: CriterionState,
    /// The command's end and output, if one was run.
    pub result: Option<CommandResult>,
    /// Tracked files that the command changed; the changes were thrown away.
    pub disturbed: Vec<RepoPath>,
}

/// What came of a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CriterionState {
    /// Its command succeeded.
    Passed,
    /// Its command failed.
    Failed,
    /// It has no command and nobody judged it.
    Unchecked,
}

/// What came of a merge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MergeReport {
    /// The agents merged, in merge order.
    pub agents: Vec<String>,
    /// Where the feature branch stood, if it existed.
    pub feature_tip: Option<ObjectId>,
    /// The tree or the conflicts.
    pub outcome: MergeOutcome,
    /// What was combined from several agents, and by which rule.
    pub decisions: Vec<MergeDecision>,
    /// New syntax errors of the merged tree.
    pub syntax: Vec<SyntaxProblem>,
}

/// The tree or the conflicts of a merge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "kebab-case")]
pub enum MergeOutcome {
    /// Everything was merged.
    Clean {
        /// The merged tree.
        tree: ObjectId,
        /// Whether it differs from what it would land on.
        changed: bool,
    },
    /// A person is needed.
    Conflicted {
        /// The conflicts.
        conflicts: Vec<ConflictPlace>,
    },
}

/// One conflict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConflictPlace {
    /// The file.
    pub path: RepoPath,
    /// The construct, such as `class Order > def total`.
    pub construct: String,
    /// The line in the base, from 1; 0 where there is none.
    pub line: usize,
    /// Who is involved, by agent id; the branch's own name stands for what it already held.
    pub agents: Vec<String>,
    /// Why it was not merged.
    pub reason: String,
    /// The base's text, if it is text.
    pub base: Option<String>,
    /// The text of each of `agents`, if it is text.
    pub texts: Vec<String>,
}

/// Something combined from several versions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MergeDecision {
    /// The file.
    pub path: RepoPath,
    /// The construct.
    pub construct: String,
    /// The rule.
    pub rule: String,
    /// Whose edits.
    pub agents: Vec<String>,
}

/// What a person decided of a waiting run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Decision {
    /// Land what was merged and validated.
    Approve,
    /// At this path, settle conflicts with this agent's text.
    Take {
        /// The agent.
        agent: String,
        /// The path.
        path: RepoPath,
    },
    /// At this path, use this content.
    File {
        /// The path.
        path: RepoPath,
        /// The content, stored in the repository; `None` deletes the file.
        content: Option<ObjectId>,
    },
    /// Leave an agent's result out.
    Reject {
        /// The agent.
        agent: String,
    },
    /// End the run; nothing lands.
    Abort,
}
