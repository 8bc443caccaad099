//! The smaller sections.

use super::shape::{Key, Literal, Mapping, Shape};
use crate::workflow::{Choice, LogLevel, OrchestrationMode, Sandbox};

pub(crate) static CONTEXT: Mapping = Mapping {
    what: "`context`",
    id: "context",
    about: "The repository and its branches.",
    keys: &[
        Key::new(
            "repository",
            "Path of the repository. Default: the repository that holds the folder the host was called in.",
            Shape::Text,
        ),
        Key::new(
            "base_branch",
            "The branch from which agents start. Default: the branch that is checked out.",
            Shape::Text,
        ),
        Key::new(
            "feature_branch",
            "The branch on which the result lands. Default: `codex/` and the workflow's name.",
            Shape::Text,
        ),
        Key::new(
            "shared_interfaces",
            "Files with the contracts between agents; every agent may read them. Written as one path or as a list.",
            Shape::Texts,
        ),
    ],
    further: None,
    rules: &[],
};

pub(crate) static BROADCAST_CONTEXT: Mapping = Mapping {
    what: "`broadcast_context`",
    id: "broadcast_context",
    about: "What all agents of a broadcast examine.",
    keys: &[
        Key::new("files", "Path patterns of the files.", Shape::Texts).needed(),
        Key::new("read_only", "Whether agents may only read. Default: true.", Shape::Flag).or(Literal::Flag(true)),
    ],
    further: None,
    rules: &[],
};

pub(crate) static SHARED_CONTEXT: Mapping = Mapping {
    what: "`shared_context`",
    id: "shared_context",
    about: "Files that are read ahead for all agents.",
    keys: &[Key::new(
        "pre_cache",
        "Paths of files that are read once, before agents start. Grants no access. Default: none.",
        Shape::Texts,
    )
    .or(Literal::Nothing)],
    further: None,
    rules: &[],
};

pub(crate) static EXECUTION: Mapping = Mapping {
    what: "`execution`",
    id: "execution",
    about: "How many agents run at once, and which go first.",
    keys: &[
        Key::new(
            "max_concurrent_agents",
            "How many agents run at once, from 1 to 1000. Default: 6.",
            Shape::Whole { least: 1, most: 1_000 },
        )
        .or(Literal::Whole(6)),
        Key::new(
            "agent_priority",
            "Which agents go first when not all can run: the higher number. Default: 0 for each.",
            Shape::Keys(&PRIORITIES),
        ),
        Key::new("sandbox", "How agents and commands are confined. Default: auto.", Shape::Words(Sandbox::MEANINGS))
            .or(Literal::Text("auto")),
    ],
    further: None,
    rules: &[],
};

pub(crate) static PRIORITIES: Mapping = Mapping {
    what: "`agent_priority`",
    id: "agent_priority",
    about: "A whole number for each agent, by its id.",
    keys: &[],
    further: Some(Shape::Integer),
    rules: &[],
};

pub(crate) static ORCHESTRATION: Mapping = Mapping {
    what: "`orchestration`",
    id: "orchestration",
    about: "Workers that are started while the workflow runs.",
    keys: &[
        Key::new("mode", "How work is divided. Default: hierarchical.", Shape::Words(OrchestrationMode::MEANINGS))
            .or(Literal::Text("hierarchical")),
        Key::new(
            "max_worker_agents",
            "How many workers run at once. Default: no limit of its own.",
            Shape::Whole { least: 1, most: 1_000 },
        ),
        Key::new("worker_model", "The model of workers whose template names none.", Shape::Text),
        Key::new(
            "max_files_per_worker",
            "The most files in one assignment. Default: no limit.",
            Shape::Whole { least: 1, most: 1_000_000 },
        ),
    ],
    further: None,
    rules: &[],
};

pub(crate) static AUDIT: Mapping = Mapping {
    what: "`audit`",
    id: "audit",
    about: "What is recorded for an audit.",
    keys: &[
        Key::new("enabled", "Whether anything is recorded. Default, if the section is there: true.", Shape::Flag)
            .or(Literal::Flag(true)),
        Key::new("log_level", "How much is recorded. Default: summary.", Shape::Words(LogLevel::MEANINGS))
            .or(Literal::Text("summary")),
        Key::new("log_destination", "Where records go: a path or an address.", Shape::Text),
        Key::new(
            "retention_days",
            "How long records are kept, in days. Default: for ever.",
            Shape::Whole { least: 1, most: 36_500 },
        ),
        Key::new(
            "include_agent_reasoning",
            "Whether what agents say of their reasons is recorded. Default: false.",
            Shape::Flag,
        )
        .or(Literal::Flag(false)),
    ],
    further: None,
    rules: &[],
};
