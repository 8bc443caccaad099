//! A workflow file, and the file of an agent template, as a whole.

use super::agent::{AGENT, AGENT_TEMPLATE, DEFAULTS};
use super::coordination::COORDINATION;
use super::merge::MERGE;
use super::sections::{AUDIT, BROADCAST_CONTEXT, CONTEXT, EXECUTION, ORCHESTRATION, SHARED_CONTEXT};
use super::shape::{Key, Mapping, Shape};

static ONE_AGENT: Shape = Shape::Keys(&AGENT);

/// The sections of a workflow; they stand under `workflow:` or at the top level of the file.
pub(crate) static WORKFLOW: Mapping = Mapping {
    what: "a workflow",
    id: "workflow",
    about: "A whole workflow: who does what, where each agent may read and write, and how the outputs become one \
            result.",
    keys: &[
        Key::new("name", "The name; references and the default feature branch are named after it.", Shape::Name)
            .needed(),
        Key::new(
            "version",
            "The version of the file format: `1` or `1.0`. Absent means the current one.",
            Shape::Version,
        ),
        Key::new("description", "What the workflow is for, in words.", Shape::Text),
        Key::new("context", "The repository and its branches.", Shape::Keys(&CONTEXT)),
        Key::new(
            "coordination",
            "How agents are kept apart and how conflicts are treated.",
            Shape::Keys(&COORDINATION),
        ),
        Key::new(
            "broadcast_context",
            "The files that all agents of a broadcast examine.",
            Shape::Keys(&BROADCAST_CONTEXT),
        ),
        Key::new(
            "agents",
            "The agents, in the order of the file.",
            Shape::Items { of: &ONE_AGENT, least: 1, most: 1_000 },
        )
        .needed(),
        Key::new("orchestration", "Workers that are started while the workflow runs.", Shape::Keys(&ORCHESTRATION)),
        Key::new("shared_context", "Files that are read ahead for all agents.", Shape::Keys(&SHARED_CONTEXT)),
        Key::new("execution", "How many agents run at once, and which go first.", Shape::Keys(&EXECUTION)),
        Key::new("merge", "How outputs are merged, validated and handed over.", Shape::Keys(&MERGE)),
        Key::new("audit", "What is recorded for an audit.", Shape::Keys(&AUDIT)),
        Key::new("defaults", "What holds for every agent that does not say otherwise.", Shape::Keys(&DEFAULTS)),
    ],
    further: None,
    rules: &[],
};

/// The file of an agent template.
pub(crate) static TEMPLATE_FILE: Mapping = Mapping {
    what: "a template file",
    id: "template_file",
    about: "The template of the workers that an orchestrator's assignments become.",
    keys: &[Key::new(
        "agent_template",
        "An agent in which `{{...}}` stands for what the assignment says.",
        Shape::Keys(&AGENT_TEMPLATE),
    )
    .needed()],
    further: None,
    rules: &[],
};
