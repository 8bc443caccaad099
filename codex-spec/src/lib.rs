//! The workflow file of Codex: text in, a typed [`Workflow`] out, and every problem of the file at
//! once.
//!
//! A workflow file says which agents work on a repository, where each of them may read and write,
//! what they wait for, and how their outputs become one result.
//!
//! ```
//! let parsed = codex_spec::parse(br#"
//! workflow:
//!   name: greeting
//!   agents:
//!     - id: writer
//!       scope: { read: [src/], write: [src/greeting/] }
//!       instructions: Write the greeting.
//!       timeout: 10m
//!       success_criteria:
//!         - "It compiles: make build"
//! "#);
//! let workflow = parsed.workflow.ok_or("the file has errors")?;
//! assert_eq!(workflow.agents[0].id, "writer");
//! assert_eq!(workflow.agents[0].scope.write, ["src/greeting/"]);
//! # Ok::<(), &str>(())
//! ```
//!
//! # Problems
//!
//! [`parse`] never stops at the first problem that leaves the rest readable. Each is a
//! [`Diagnostic`]: a [`Code`] that programs can rely on, a sentence for people, the place, other
//! places that matter, and what can be done. A workflow comes out exactly if none of them is an
//! error.
//!
//! ```
//! let parsed = codex_spec::parse(br#"
//! name: greeting
//! agents:
//!   - id: writer
//!     scope: { write: [src/] }
//!     instruction: Write the greeting.
//!     depends_on: [write]
//! "#);
//! assert!(parsed.workflow.is_none());
//! let problems: Vec<String> = parsed.diagnostics.iter().map(ToString::to_string).collect();
//! assert_eq!(problems, [
//!     "4:9: error[missing-key]: an agent needs the key `instructions`",
//!     "6:5: error[unknown-key]: `instruction` is not a key of an agent",
//!     "7:18: error[unknown-agent]: no agent has the id `write`",
//! ]);
//! assert_eq!(parsed.diagnostics[1].help.as_deref(), Some("did you mean `instructions`?"));
//! ```
//!
//! With the feature `render`, `render` shows them with the lines of the file. [`CODES`] lists
//! all codes with their meaning.
//!
//! # What a host does not do
//!
//! A file may use keys whose effect a host has not built. So that nothing is ignored silently,
//! [`Parsed::keys`] lists every key of the file by its path:
//!
//! ```
//! let parsed = codex_spec::parse(b"name: greeting\nmerge:\n  commits: squash\n");
//! let paths: Vec<&str> = parsed.keys.iter().map(|key| key.path.as_str()).collect();
//! assert_eq!(paths, ["name", "merge", "merge.commits"]);
//! assert_eq!(parsed.keys[2].value.as_deref(), Some("squash"));
//! ```
//!
//! # Workers
//!
//! An orchestrator divides its task while the workflow runs. [`parse_template`] reads the template of a
//! worker, [`parse_assignment`] what one is to do, and [`AgentTemplate::instantiate`] makes an [`Agent`]
//! of both. With the feature `write`, `to_yaml` writes a workflow as a file.
//!
//! # In an editor
//!
//! [`json_schema`] gives the JSON Schema of each kind of file, by which editors complete and check it.
//!
//! # Files from strangers
//!
//! The crate reads nothing but the bytes that it is given, and knows no clock. A text has at most
//! 10 MB and 64 levels, and 200 000 values once its aliases are expanded; more is an error, not
//! a crash. Path patterns are passed on unexamined.

mod assignment;
mod check;
mod criterion;
mod data;
mod diagnostic;
mod duration;
mod format;
mod json_schema;
mod keys;
mod lower;
mod quote;
#[cfg(feature = "render")]
mod render;
mod report;
mod span;
mod suggest;
mod template;
mod workflow;
#[cfg(feature = "write")]
mod write;
mod yaml;

pub use assignment::{Assignment, AssignmentRules, AssignmentSpans, ParsedAssignment, parse_assignment};
pub use data::Data;
pub use diagnostic::{CODES, Code, Diagnostic, Label, Severity};
pub use duration::parse_duration;
pub use json_schema::{FileKind, JsonSchema, json_schema};
pub use keys::KeyUse;
#[cfg(feature = "render")]
pub use render::render;
pub use span::{Position, Span};
pub use template::{AgentTemplate, Instantiated, ParsedTemplate, Variable, parse_template};
pub use workflow::{
    Agent, AgentDefaults, AgentScope, Audit, BroadcastContext, Budget, Checkpoint, CheckpointCondition, CommentMerging,
    Commits, ConflictResolution, Context, Coordination, Criterion, CriterionKind, Dependency, Execution,
    FailureNotification, FindingMap, LogLevel, Merge, MergeStrategy, MethodOrdering, OnFailure, Orchestration,
    OrchestrationMode, OutOfScope, OutputFormat, OutputMode, PostMerge, Role, Sandbox, ScopeOverlap, ScopeSpans,
    SecretText, SemanticMergeOptions, SharedContext, SpawnWorkers, Stage, Strategy, Trigger,
    UnresolvableConflictAction, Validation, Visibility, Workflow,
};
#[cfg(feature = "write")]
pub use write::to_yaml;

use report::Report;

/// What a file says, and what is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The workflow; there exactly if no diagnostic is an error.
    pub workflow: Option<Workflow>,
    /// Every problem, ordered by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Every key that appears in the file, in the order of the text.
    pub keys: Vec<KeyUse>,
}

/// Reads a workflow file.
///
/// ```
/// let parsed = codex_spec::parse(b"");
/// assert!(parsed.workflow.is_none());
/// assert_eq!(parsed.diagnostics[0].code.as_str(), "not-a-workflow");
/// ```
#[must_use]
pub fn parse(text: &[u8]) -> Parsed {
    let mut report = Report::default();
    let mut workflow = None;
    let mut keys = Vec::new();
    if let Some(root) = yaml::read(text, &mut report) {
        keys = keys::collect(&root, &mut report);
        if let Some((lowered, marks)) = lower::lower(&root, &mut report) {
            check::check(&lowered, &marks, &mut report);
            workflow = Some(lowered);
        }
    }
    let workflow = workflow.filter(|_| !report.has_errors());
    Parsed { workflow, diagnostics: report.finish(), keys }
}
