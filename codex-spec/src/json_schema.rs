//! The file formats as JSON Schema.
//!
//! The schemas describe the text of the files with all its spellings, not the data that comes of it:
//! a criterion may be text or a mapping, a section may stand under `workflow:` or at the top level.
//! They are made from the tables of `format`, to which the lowering keeps as well.

mod common;
mod json;
mod schema;

use serde::{Serialize, Serializer};

use crate::format::{ASSIGNMENT, TEMPLATE_FILE, WORKFLOW};
use json::Json;
use schema::Builder;

/// A kind of file that this crate reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileKind {
    /// A workflow.
    Workflow,
    /// The template of the workers that an orchestrator's assignments become.
    Template,
    /// What an orchestrator hands to a worker.
    Assignment,
}

impl FileKind {
    /// All kinds.
    pub const ALL: &'static [Self] = &[Self::Workflow, Self::Template, Self::Assignment];

    /// Its name in one word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Workflow => "workflow",
            Self::Template => "template",
            Self::Assignment => "assignment",
        }
    }
}

/// A JSON Schema, to be written with any serializer of JSON. Its keys have an order, which is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct JsonSchema(Json);

impl Serialize for JsonSchema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The JSON Schema (draft 2020-12) of a kind of file, by which editors complete and check it while
/// it is written.
///
/// Each key has its description, and its default where a value means the same as leaving the key
/// out.
///
/// ```
/// use codex_spec::{FileKind, json_schema};
///
/// let schema = serde_json::to_value(json_schema(FileKind::Workflow))?;
/// let retries = &schema["$defs"]["agent"]["properties"]["retries"];
/// assert_eq!(retries["type"], "integer");
/// assert_eq!(retries["maximum"], 100);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// What [`parse`](crate::parse) accepts, the schema accepts. The reverse does not hold: a schema sees
/// one value at a time and knows JSON only, so agents that are named and do not exist, circles,
/// path patterns, a length of time of more than a year written as text, or `1.0` where a whole
/// number has to stand, are found by `parse` alone.
#[must_use]
pub fn json_schema(kind: FileKind) -> JsonSchema {
    JsonSchema(match kind {
        FileKind::Workflow => Builder::of_files().sections("Codex workflow", &WORKFLOW),
        FileKind::Template => Builder::of_templates().document("Codex agent template", &TEMPLATE_FILE),
        FileKind::Assignment => Builder::of_files().document("Codex worker assignment", &ASSIGNMENT),
    })
}
