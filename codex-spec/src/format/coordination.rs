//! `coordination`.

use super::shape::{Key, Literal, MANY, Mapping, Phrase, Rule, Shape};
use crate::workflow::{
    Choice, CommentMerging, ConflictResolution, MethodOrdering, OutOfScope, OutputMode, ScopeOverlap, Strategy,
    UnresolvableConflictAction,
};

pub(crate) static COORDINATION: Mapping = Mapping {
    what: "`coordination`",
    id: "coordination",
    about: "How agents are kept apart and how conflicts are treated.",
    keys: &[
        Key::new("strategy", "How agents work together. Default: independent.", Shape::Words(Strategy::MEANINGS))
            .or(Literal::Text("independent")),
        Key::new(
            "conflict_resolution",
            "What is tried when outputs meet in one file. Default: semantic-merge.",
            Shape::Words(ConflictResolution::MEANINGS),
        )
        .or(Literal::Text("semantic-merge")),
        Key::new(
            "human_review_required",
            "Whether a person has to approve. Without triggers, true means always; an explicit false allows landing \
             where nothing validates the result.",
            Shape::Flag,
        ),
        Key::new(
            "auto_merge_threshold",
            "The least confidence of a merge, from 0 to 1, that lands without review: the product over the pieces that \
             combine two or more agents. Default: 0.95.",
            Shape::Number { least: 0.0, most: 1.0 },
        )
        .or(Literal::Number(0.95)),
        Key::new("semantic_merge_options", "Details of the semantic merge.", Shape::Keys(&SEMANTIC_MERGE_OPTIONS)),
        UNRESOLVABLE_CONFLICT_ACTION,
        PREFER_AGENT,
        NOTIFICATION_CHANNEL,
        NOTIFICATION_WEBHOOK,
        Key::new(
            "human_review_triggers",
            "What asks for review when it happens. Default: nothing.",
            Shape::Items { of: &TRIGGER, least: 0, most: MANY },
        )
        .or(Literal::Nothing),
        Key::new(
            "abort_on_agent_failure",
            "Whether the other agents are cancelled when one fails. Default: true.",
            Shape::Flag,
        )
        .or(Literal::Flag(true)),
        Key::new("failure_notification", "Who is told when an agent fails.", Shape::Keys(&FAILURE_NOTIFICATION)),
        Key::new(
            "preserve_failed_agent_output",
            "Whether what a failed agent made is kept after the report. Default: true.",
            Shape::Flag,
        )
        .or(Literal::Flag(true)),
        Key::new(
            "output_mode",
            "How the artefacts of a broadcast are handed over. Default: aggregate.",
            Shape::Words(OutputMode::MEANINGS),
        )
        .or(Literal::Text("aggregate")),
        Key::new(
            "scope_overlap",
            "What happens when write scopes overlap. Default: ask.",
            Shape::Words(ScopeOverlap::MEANINGS),
        )
        .or(Literal::Text("ask")),
        Key::new("allow_overlap", "Path patterns in which scopes may overlap. Default: none.", Shape::Texts)
            .or(Literal::Nothing),
        Key::new(
            "out_of_scope",
            "What happens with changes outside of an agent's scope. Default: fail.",
            Shape::Words(OutOfScope::MEANINGS),
        )
        .or(Literal::Text("fail")),
        Key::new(
            "judge",
            "The model that judges criteria without a command. Default: they stay unchecked.",
            Shape::Text,
        ),
        Key::new("criteria_feedback", "Whether agents get the output of their criteria. Default: false.", Shape::Flag)
            .or(Literal::Flag(false)),
    ],
    further: None,
    rules: &[Rule::Once {
        keys: &["unresolvable_conflict_action", "prefer-agent", "notification_channel", "notification_webhook"],
        inside: "semantic_merge_options",
    }],
};

const UNRESOLVABLE_CONFLICT_ACTION: Key = Key::new(
    "unresolvable_conflict_action",
    "What happens with a conflict that no merge resolves. Default: pause-and-notify.",
    Shape::Words(UnresolvableConflictAction::MEANINGS),
)
.or(Literal::Text("pause-and-notify"));

const PREFER_AGENT: Key = Key::new(
    "prefer-agent",
    "The id of the agent that `prefer-agent-a` prefers. Default: the first in merge order. Its key is `prefer-agent`.",
    Shape::Text,
);

const NOTIFICATION_CHANNEL: Key =
    Key::new("notification_channel", "Where people are told, such as `slack`.", Shape::Text);

const NOTIFICATION_WEBHOOK: Key =
    Key::new("notification_webhook", "The address to which notifications are posted.", Shape::Text);

pub(crate) static SEMANTIC_MERGE_OPTIONS: Mapping = Mapping {
    what: "`semantic_merge_options`",
    id: "semantic_merge_options",
    about: "Details of the semantic merge; and, for brevity, what happens where it finds no answer.",
    keys: &[
        Key::new(
            "method_ordering",
            "The order of added methods. Default: alphabetical.",
            Shape::Words(MethodOrdering::MEANINGS),
        )
        .or(Literal::Text("alphabetical")),
        Key::new(
            "import_deduplication",
            "Whether an import that several agents add is kept once. Default: true.",
            Shape::Flag,
        )
        .or(Literal::Flag(true)),
        Key::new(
            "comment_merging",
            "What happens with comments. Default: preserve-all.",
            Shape::Words(CommentMerging::MEANINGS),
        )
        .or(Literal::Text("preserve-all")),
        UNRESOLVABLE_CONFLICT_ACTION,
        PREFER_AGENT,
        NOTIFICATION_CHANNEL,
        NOTIFICATION_WEBHOOK,
    ],
    further: None,
    rules: &[],
};

static TRIGGER: Shape = Shape::Phrase(TRIGGERS);

const TRIGGERS: &[Phrase] = &[
    Phrase { word: "any_conflict", about: "Any conflict, resolved or not.", argument: None },
    Phrase {
        word: "files_matching",
        about: "A change of a file that one of these path patterns matches.",
        argument: Some(Shape::Texts),
    },
    Phrase {
        word: "agent_confidence_below",
        about: "An agent is less sure of its work than this, from 0 to 1.",
        argument: Some(Shape::Number { least: 0.0, most: 1.0 }),
    },
    Phrase {
        word: "lines_changed_above",
        about: "More lines were changed than this.",
        argument: Some(Shape::Whole { least: 0, most: u64::MAX }),
    },
];

pub(crate) static FAILURE_NOTIFICATION: Mapping = Mapping {
    what: "`failure_notification`",
    id: "failure_notification",
    about: "Who is told when an agent fails.",
    keys: &[
        Key::new("slack", "The address of a Slack webhook.", Shape::Text),
        Key::new("email", "An e-mail address.", Shape::Text),
    ],
    further: None,
    rules: &[],
};
