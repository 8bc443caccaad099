//! Assignment files.

use super::shape::{Key, Mapping, Shape};

static TEXT: Shape = Shape::Text;
static ID: Shape = Shape::Id;
static IDS: Shape = Shape::Ids;

pub(crate) static ASSIGNMENT: Mapping = Mapping {
    what: "an assignment",
    id: "assignment",
    about: "What an orchestrator hands to a worker. Further keys may have any name, for the template to use as \
            `{{assignment.NAME}}`.",
    keys: &[
        Key::new(
            "id",
            "Its id: `[a-z0-9][a-z0-9._-]{0,63}`. Default: the name of its file without the ending.",
            Shape::Optional(&ID),
        ),
        Key::new("files", "Paths of the files to work on; at least one.", Shape::SomeTexts).needed(),
        Key::new("read_scope", "Path patterns of what the worker may read; at least one.", Shape::SomeTexts).needed(),
        Key::new("write_scope", "Path patterns of what the worker may write; at least one.", Shape::SomeTexts).needed(),
        Key::new(
            "test_pattern",
            "Which tests belong to it, in the words of the test runner. Default: none.",
            Shape::Optional(&TEXT),
        ),
        Key::new(
            "depends_on",
            "The ids of assignments whose results the worker starts from. Default: none, it starts from the run's \
             base.",
            Shape::Optional(&IDS),
        ),
    ],
    further: Some(Shape::Any),
    rules: &[],
};
