//! `merge`.

use super::shape::{Key, Literal, Mapping, Rule, Shape};
use crate::workflow::{Choice, Commits, MergeStrategy, OnFailure};

pub(crate) static MERGE: Mapping = Mapping {
    what: "`merge`",
    id: "merge",
    about: "How outputs become one result.",
    keys: &[
        Key::new(
            "strategy",
            "In which portions outputs are merged. Default: batch.",
            Shape::Words(MergeStrategy::MEANINGS),
        )
        .or(Literal::Text("batch")),
        Key::new(
            "stages",
            "The portions of a staged merge. Default: none.",
            Shape::Items { of: &ONE_STAGE, least: 0, most: 1_000 },
        ),
        Key::new(
            "validation",
            "What has to succeed on the merged tree. Default: the agents' own criteria only.",
            Shape::Keys(&VALIDATION),
        ),
        Key::new("post_merge", "What happens once the result has landed.", Shape::Keys(&POST_MERGE)),
        Key::new("commits", "How the result is cut into commits. Default: per-agent.", Shape::Words(Commits::MEANINGS))
            .or(Literal::Text("per-agent")),
    ],
    further: None,
    rules: &[Rule::With { key: "strategy", word: "staged", needs: "stages" }],
};

static ONE_STAGE: Shape = Shape::Keys(&STAGE);

pub(crate) static STAGE: Mapping = Mapping {
    what: "a stage",
    id: "stage",
    about: "One portion of a staged merge.",
    keys: &[
        Key::new("name", "Its name; unique in the file.", Shape::Name).needed(),
        Key::new("agents", "The ids of the agents that it merges.", Shape::Texts).needed(),
        Key::new("depends_on", "The names of the stages that come before it. Default: none.", Shape::Texts)
            .or(Literal::Nothing),
        Key::new("validation", "What has to succeed on its tree. Default: nothing.", Shape::Keys(&VALIDATION)),
    ],
    further: None,
    rules: &[],
};

pub(crate) static VALIDATION: Mapping = Mapping {
    what: "`validation`",
    id: "validation",
    about: "Commands that have to succeed on a merged tree.",
    keys: &[
        Key::new("commands", "The commands, for a shell, in order.", Shape::Commands).needed(),
        Key::new(
            "on_failure",
            "What happens when one fails. Default: pause-and-notify.",
            Shape::Words(OnFailure::MEANINGS),
        )
        .or(Literal::Text("pause-and-notify")),
    ],
    further: None,
    rules: &[],
};

pub(crate) static POST_MERGE: Mapping = Mapping {
    what: "`post_merge`",
    id: "post_merge",
    about: "What happens once the result has landed.",
    keys: &[
        Key::new("create_pull_request", "Whether a pull request is opened. Default: false.", Shape::Flag)
            .or(Literal::Flag(false)),
        Key::new("pr_template", "Path of the template of its text.", Shape::Text),
        Key::new("assign_reviewers", "Who is asked to review it. Default: nobody.", Shape::Texts).or(Literal::Nothing),
        Key::new("labels", "Its labels. Default: none.", Shape::Texts).or(Literal::Nothing),
    ],
    further: None,
    rules: &[],
};
