//! `agents`, `defaults` and `agent_template`.

use super::shape::{Key, Literal, MANY, Mapping, Phrase, Shape};
use crate::workflow::{Choice, OutputFormat, Role, Visibility};

pub(crate) static AGENT: Mapping = Mapping {
    what: "an agent",
    id: "agent",
    about: "One agent and what it has to do.",
    keys: AGENT_KEYS,
    further: None,
    rules: &[],
};

pub(crate) static AGENT_TEMPLATE: Mapping = Mapping {
    what: "an agent template",
    id: "agent_template",
    about: "A worker as it is for every assignment.",
    keys: WORKER_KEYS,
    further: None,
    rules: &[],
};

const AGENT_KEYS: &[Key] = &[
    Key::new("id", "The id by which everything else refers to it: `[a-z0-9][a-z0-9._-]{0,63}`.", Shape::Id).needed(),
    Key::new("name", "A name for people. Default: none, the id is shown.", Shape::Text),
    Key::new("role", "What part it plays. Default: agent.", Shape::Words(Role::MEANINGS)).or(Literal::Text("agent")),
    Key::new("model", "The model that it runs on. Default: the host's.", Shape::Text),
    Key::new(
        "scope",
        "Where it may read and write. Default in a broadcast: it reads the files that all examine.",
        Shape::Keys(&SCOPE),
    ),
    Key::new("instructions", "What it is told to do.", Shape::Said).needed(),
    Key::new("success_criteria", "How its work is judged. Default: not at all.", Shape::Forms(CRITERIA))
        .or(Literal::Nothing),
    Key::new(
        "checkpoints",
        "States that others can wait for. Default: none.",
        Shape::Items { of: &ONE_CHECKPOINT, least: 0, most: MANY },
    )
    .or(Literal::Nothing),
    Key::new("depends_on", "What it waits for before it starts. Default: nothing.", Shape::Forms(DEPENDENCIES))
        .or(Literal::Nothing),
    Key::new("output_format", "The form of its artefact.", Shape::Words(OutputFormat::MEANINGS)),
    Key::new("output_schema", "Path of the schema of its artefact.", Shape::Text),
    Key::new("timeout", "The longest time that it may run. Default: that of `defaults`.", Shape::Duration),
    Key::new("retries", "How often it is tried again after a failure. Default: that of `defaults`.", RETRIES),
    Key::new("budget", "What it may spend. Default: that of `defaults`.", Shape::Keys(&BUDGET)),
    Key::new("env", "Names of environment variables that it may see, besides those of `defaults`.", Shape::Variables)
        .or(Literal::Nothing),
    Key::new("setup", "Commands that prepare its workspace, after those of `defaults`.", Shape::Commands)
        .or(Literal::Nothing),
    Key::new("tools", "Names of tools that it may use. Default: those of `defaults`.", Shape::Texts),
    Key::new(
        "finding_map",
        "Where its findings stand in its artefact. Default: that of `defaults`.",
        Shape::Keys(&FINDING_MAP),
    ),
    Key::new("visibility", "How much of the tree it sees. Default: scope.", Shape::Words(Visibility::MEANINGS))
        .or(Literal::Text("scope")),
    // The last, see below.
    Key::new("spawn_workers", "How an orchestrator's assignments become workers.", Shape::Keys(&SPAWN_WORKERS)),
];

/// A worker has no workers of its own.
const WORKER_KEYS: &[Key] = match AGENT_KEYS.split_last() {
    Some((_, keys)) => keys,
    None => AGENT_KEYS,
};

const RETRIES: Shape = Shape::Whole { least: 0, most: 100 };

pub(crate) static SCOPE: Mapping = Mapping {
    what: "`scope`",
    id: "scope",
    about: "Where an agent may read and write; writing implies reading.",
    keys: &[
        Key::new("read", "Path patterns of what it may read.", Shape::Texts),
        Key::new("write", "Path patterns of what it may write.", Shape::Texts),
    ],
    further: None,
    rules: &[],
};

/// One criterion or a list of them, each in one of a few forms.
const CRITERIA: &[Shape] = &[
    Shape::Text,
    Shape::Keys(&CRITERION),
    Shape::Keys(&COMMANDS),
    Shape::Keys(&JUDGED),
    Shape::Items { of: &ONE_CRITERION, least: 0, most: MANY },
];

const CRITERION_FORMS: &[Shape] = &[Shape::Text, Shape::Keys(&CRITERION), Shape::Keys(&COMMANDS), Shape::Keys(&JUDGED)];

static ONE_CRITERION: Shape = Shape::Forms(CRITERION_FORMS);

pub(crate) static CRITERION: Mapping = Mapping {
    what: "a criterion",
    id: "criterion",
    about: "A criterion that a command judges.",
    keys: &[
        Key::new("name", "The criterion in words. Default: the command.", Shape::Text),
        Key::new("run", "The command, for a shell; it has to succeed.", Shape::Said).needed(),
    ],
    further: None,
    rules: &[],
};

pub(crate) static COMMANDS: Mapping = Mapping {
    what: "`success_criteria`",
    id: "commands",
    about: "Commands of which each is a criterion.",
    keys: &[Key::new("commands", "The commands, for a shell; each has to succeed.", Shape::Commands).needed()],
    further: None,
    rules: &[],
};

pub(crate) static JUDGED: Mapping = Mapping {
    what: "a judged criterion",
    id: "judged",
    about: "A criterion without a command, whatever its words look like.",
    keys: &[Key::new("judged", "The criterion in words.", Shape::Said).needed()],
    further: None,
    rules: &[],
};

static ONE_CHECKPOINT: Shape = Shape::Keys(&CHECKPOINT);

pub(crate) static CHECKPOINT: Mapping = Mapping {
    what: "a checkpoint",
    id: "checkpoint",
    about: "A state of an agent's work that others can wait for.",
    keys: &[
        Key::new("id", "Its id; unique for the agent.", Shape::Name).needed(),
        Key::new("condition", "When it is reached.", Shape::Phrase(CONDITIONS)).needed(),
    ],
    further: None,
    rules: &[],
};

const CONDITIONS: &[Phrase] = &[
    Phrase {
        word: "write_complete",
        about: "The agent is done and kept to its scope; criteria may still be running.",
        argument: None,
    },
    Phrase { word: "path", about: "A file that this path pattern matches exists.", argument: Some(Shape::Text) },
    Phrase { word: "command", about: "This command succeeds.", argument: Some(Shape::Text) },
    Phrase { word: "signal", about: "The agent says so.", argument: None },
];

/// One dependency or a list of them, each in one of two forms.
const DEPENDENCIES: &[Shape] =
    &[Shape::Text, Shape::Keys(&DEPENDENCY), Shape::Items { of: &ONE_DEPENDENCY, least: 0, most: MANY }];

const DEPENDENCY_FORMS: &[Shape] = &[Shape::Text, Shape::Keys(&DEPENDENCY)];

static ONE_DEPENDENCY: Shape = Shape::Forms(DEPENDENCY_FORMS);

pub(crate) static DEPENDENCY: Mapping = Mapping {
    what: "a dependency",
    id: "dependency",
    about: "What an agent waits for.",
    keys: &[
        Key::new("agent", "The id of the other agent.", Shape::Said).needed(),
        Key::new(
            "checkpoint",
            "The checkpoint. Default: the other agent is complete and its criteria have passed.",
            Shape::Text,
        ),
    ],
    further: None,
    rules: &[],
};

pub(crate) static SPAWN_WORKERS: Mapping = Mapping {
    what: "`spawn_workers`",
    id: "spawn_workers",
    about: "How an orchestrator's assignments become workers.",
    keys: &[
        Key::new(
            "on_file_creation",
            "Path pattern of assignment files; each that appears becomes a worker.",
            Shape::Said,
        )
        .needed(),
        Key::new("worker_template", "Path of the template of a worker.", Shape::Said).needed(),
    ],
    further: None,
    rules: &[],
};

pub(crate) static BUDGET: Mapping = Mapping {
    what: "`budget`",
    id: "budget",
    about: "What may be spent.",
    keys: &[
        Key::new("tokens", "Tokens, in and out. Default: no limit.", Shape::Whole { least: 1, most: u64::MAX }),
        Key::new(
            "money",
            "Money, in the currency of the host's price list. Default: no limit.",
            Shape::Number { least: 0.0, most: f64::MAX },
        ),
    ],
    further: None,
    rules: &[],
};

pub(crate) static FINDING_MAP: Mapping = Mapping {
    what: "`finding_map`",
    id: "finding_map",
    about: "Where the parts of findings stand in an artefact in JSON, each as a JSON pointer.",
    keys: &[
        Key::new(
            "findings",
            "The list of findings, from the top of the artefact; empty if the artefact is the list. Default: \
             `/findings`.",
            Shape::Pointer,
        )
        .or(Literal::Text("/findings")),
        Key::new(
            "file",
            "The path of the file, from the top of a finding like all that follow. Default: `/file`.",
            Shape::Pointer,
        )
        .or(Literal::Text("/file")),
        Key::new("line", "The first line, counted from 1. Default: `/line`.", Shape::Pointer)
            .or(Literal::Text("/line")),
        Key::new("end_line", "The last line. Default: `/end_line`.", Shape::Pointer).or(Literal::Text("/end_line")),
        Key::new("rule", "The name of what was violated. Default: `/rule`.", Shape::Pointer).or(Literal::Text("/rule")),
        Key::new("severity", "How bad it is. Default: `/severity`.", Shape::Pointer).or(Literal::Text("/severity")),
        Key::new("message", "What was found, in words. Default: `/message`.", Shape::Pointer)
            .or(Literal::Text("/message")),
    ],
    further: None,
    rules: &[],
};

pub(crate) static DEFAULTS: Mapping = Mapping {
    what: "`defaults`",
    id: "defaults",
    about: "What holds for every agent that does not say otherwise.",
    keys: &[
        Key::new("timeout", "The longest time that an agent may run. Default: the host's.", Shape::Duration),
        Key::new("retries", "How often an agent is tried again after a failure. Default: the host's.", RETRIES),
        Key::new("budget", "What each agent may spend. Default: no limit.", Shape::Keys(&BUDGET)),
        Key::new("env", "Names of environment variables that agents may see. Default: none.", Shape::Variables)
            .or(Literal::Nothing),
        Key::new("setup", "Commands that prepare a workspace. Default: none.", Shape::Commands).or(Literal::Nothing),
        Key::new("tools", "Names of tools that agents may use. Default: the host's.", Shape::Texts),
        Key::new(
            "finding_map",
            "Where findings stand in an artefact. Default: as the built-in schema has them.",
            Shape::Keys(&FINDING_MAP),
        ),
    ],
    further: None,
    rules: &[],
};
