//! How agents are kept apart and how conflicts are treated: the section `coordination`.

use serde::{Deserialize, Serialize};

use super::{SecretText, choice::choice};

/// The section `coordination`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coordination {
    /// How agents work together. Default: independent.
    pub strategy: Strategy,
    /// What is tried when outputs meet in one file. Default: semantic-merge.
    pub conflict_resolution: ConflictResolution,
    /// Whether a person has to approve. Without triggers, true means always; an explicit false
    /// allows landing where nothing validates the result.
    pub human_review_required: Option<bool>,
    /// The least confidence of a merge, from 0 to 1, that lands without review: the product over the
    /// pieces that combine two or more agents. Default: 0.95.
    pub auto_merge_threshold: f64,
    /// Details of the semantic merge.
    pub semantic_merge_options: SemanticMergeOptions,
    /// What happens with a conflict that no merge resolves. Default: pause-and-notify.
    pub unresolvable_conflict_action: UnresolvableConflictAction,
    /// The id of the agent that `prefer-agent-a` prefers. Default: the first in merge order.
    /// Its key is `prefer-agent`.
    pub prefer_agent: Option<String>,
    /// Where people are told, such as `slack`.
    pub notification_channel: Option<String>,
    /// The address to which notifications are posted.
    pub notification_webhook: Option<SecretText>,
    /// What asks for review when it happens. Default: nothing.
    pub human_review_triggers: Vec<Trigger>,
    /// Whether the other agents are cancelled when one fails. Default: true.
    pub abort_on_agent_failure: bool,
    /// Who is told when an agent fails.
    pub failure_notification: Option<FailureNotification>,
    /// Whether what a failed agent made is kept after the report. Default: true.
    pub preserve_failed_agent_output: bool,
    /// How the artefacts of a broadcast are handed over. Default: aggregate.
    pub output_mode: OutputMode,
    /// What happens when write scopes overlap. Default: ask.
    pub scope_overlap: ScopeOverlap,
    /// Path patterns in which scopes may overlap. Default: none.
    pub allow_overlap: Vec<String>,
    /// What happens with changes outside of an agent's scope. Default: fail.
    pub out_of_scope: OutOfScope,
    /// The model that judges criteria without a command. Default: they stay unchecked.
    pub judge: Option<String>,
    /// Whether agents get the output of their criteria. Default: false.
    pub criteria_feedback: bool,
}

impl Default for Coordination {
    fn default() -> Self {
        Self {
            strategy: Strategy::default(),
            conflict_resolution: ConflictResolution::default(),
            human_review_required: None,
            auto_merge_threshold: 0.95,
            semantic_merge_options: SemanticMergeOptions::default(),
            unresolvable_conflict_action: UnresolvableConflictAction::default(),
            prefer_agent: None,
            notification_channel: None,
            notification_webhook: None,
            human_review_triggers: Vec::new(),
            abort_on_agent_failure: true,
            failure_notification: None,
            preserve_failed_agent_output: true,
            output_mode: OutputMode::default(),
            scope_overlap: ScopeOverlap::default(),
            allow_overlap: Vec::new(),
            out_of_scope: OutOfScope::default(),
            judge: None,
            criteria_feedback: false,
        }
    }
}

choice! {
    /// How agents work together.
    #[derive(Default)]
    pub enum Strategy {
        /// All work at once against contracts that are written down beforehand.
        InterfaceFirst = "interface-first",
        /// Some wait for checkpoints of others.
        Gated = "gated",
        /// All examine the same files and change none.
        Broadcast = "broadcast",
        /// Each works for itself.
        #[default]
        Independent = "independent",
    }
}

choice! {
    /// What is tried when outputs meet in one file.
    #[derive(Default)]
    pub enum ConflictResolution {
        /// Merging by the structure of the code.
        #[default]
        SemanticMerge = "semantic-merge",
        /// Merging by lines.
        LineMerge = "line-merge",
        /// Leaving all of it to a person.
        Manual = "manual",
    }
}

choice! {
    /// What happens with a conflict that no merge resolves.
    #[derive(Default)]
    pub enum UnresolvableConflictAction {
        /// The run waits for a person.
        #[default]
        PauseAndNotify = "pause-and-notify",
        /// The first agent in merge order wins the conflicting region, or the one that
        /// `prefer-agent` names.
        PreferAgentA = "prefer-agent-a",
        /// The last agent in merge order wins the conflicting region.
        PreferLast = "prefer-last",
    }
}

choice! {
    /// How the artefacts of a broadcast are handed over.
    #[derive(Default)]
    pub enum OutputMode {
        /// All in one report.
        #[default]
        Aggregate = "aggregate",
        /// One report for each agent.
        Separate = "separate",
    }
}

choice! {
    /// What happens when write scopes overlap.
    #[derive(Default)]
    pub enum ScopeOverlap {
        /// A person is asked; without one, nothing runs.
        #[default]
        Ask = "ask",
        /// The agents run at once, and the merge has to cope.
        Allow = "allow",
        /// The agents run one after the other.
        Serialize = "serialize",
        /// Nothing runs.
        Refuse = "refuse",
    }
}

choice! {
    /// What happens with changes outside of an agent's scope.
    #[derive(Default)]
    pub enum OutOfScope {
        /// The agent has failed.
        #[default]
        Fail = "fail",
        /// The changes are dropped and listed.
        Discard = "discard",
    }
}

choice! {
    /// The order of methods that several agents add at one place.
    #[derive(Default)]
    pub enum MethodOrdering {
        /// By name.
        #[default]
        Alphabetical = "alphabetical",
        /// By the time at which the agents were done.
        AgentCompletionOrder = "agent-completion-order",
    }
}

choice! {
    /// What happens with comments that several agents add.
    #[derive(Default)]
    pub enum CommentMerging {
        /// All are kept.
        #[default]
        PreserveAll = "preserve-all",
    }
}

/// Details of the semantic merge: `semantic_merge_options`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SemanticMergeOptions {
    /// The order of added methods. Default: alphabetical.
    pub method_ordering: MethodOrdering,
    /// Whether an import that several agents add is kept once. Default: true.
    pub import_deduplication: bool,
    /// What happens with comments. Default: preserve-all.
    pub comment_merging: CommentMerging,
}

impl Default for SemanticMergeOptions {
    fn default() -> Self {
        Self {
            method_ordering: MethodOrdering::default(),
            import_deduplication: true,
            comment_merging: CommentMerging::default(),
        }
    }
}

/// Something that asks for review when it happens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// Any conflict, resolved or not.
    AnyConflict,
    /// A change of a file that one of these path patterns matches.
    FilesMatching(Vec<String>),
    /// An agent is less sure of its work than this, from 0 to 1.
    AgentConfidenceBelow(f64),
    /// More lines were changed than this.
    LinesChangedAbove(u64),
}

/// Who is told when an agent fails: `failure_notification`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureNotification {
    /// The address of a Slack webhook.
    pub slack: Option<SecretText>,
    /// An e-mail address.
    pub email: Option<String>,
}
