//! Ports: one narrow trait for each thing outside the engine, its contract in its documentation.
//!
//! Adapters live in [`crate::adapter`], one technology a file. Repository, workspaces, journal, commands and time have an
//! in-memory version that is always compiled; an executor or a model backend for tests is a few lines of the host's own.

mod clock;
mod command;
mod executor;
mod journal;
mod model;
mod offload;
mod repository;
mod workspace;

pub use clock::Clock;
pub use command::{CommandError, CommandLine, CommandResult, CommandRunner, CommandSpec, ExitState, LineListener};
pub use executor::{AgentExecutor, AgentReply, AgentTask, Check, CheckReport, Failure, FailureKind, Usage};
pub use journal::{Header, Journal, JournalError, JournalWriter, RunLog, RunSummary};
pub use model::{Message, ModelBackend, ModelError, ModelReply, ModelRequest, ToolCall, ToolSpec};
pub use offload::{Job, JobLost, Offload, offload};
pub use repository::{CommitSpec, Expected, RefUpdate, Repository, RepositoryError, Signature, Tree, TreeEntry};
pub use workspace::{
    ChangeSet, Checkout, Oddity, OddityKind, Workspace, WorkspaceError, WorkspaceFile, WorkspaceProvider, WorkspaceSpec,
};
