use codex_spec::Diagnostic;

use crate::analyze::AnalyzeError;
use crate::plan::OverlapReport;
use crate::port::{JobLost, JournalError, RepositoryError, WorkspaceError};
use crate::run::IllegalEvent;

/// The engine could not do what was asked, or not keep its promises. A failed agent is no such error: it is in the report.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The workflow has errors.
    #[error("the workflow has errors")]
    Invalid {
        /// All that was found, warnings too.
        diagnostics: Vec<Diagnostic>,
    },
    /// The workflow has keys that would be ignored.
    #[error("the workflow has keys that this version does not put into effect")]
    NotEnforced {
        /// All that was found, warnings too.
        diagnostics: Vec<Diagnostic>,
    },
    /// Write scopes overlap in a way the workflow does not allow.
    #[error("write scopes overlap: settle them, or allow them with `coordination.scope_overlap`")]
    Overlaps {
        /// The overlaps.
        overlaps: Vec<OverlapReport>,
    },
    /// A decision does not fit where the run stands.
    #[error("{0}")]
    Decision(String),
    /// The journal could not be written or read. Nothing that is not in it has happened.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The repository failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
    /// A workspace failed.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
    /// The pool for blocking work failed.
    #[error(transparent)]
    Offload(#[from] JobLost),
    /// The journal and the machine disagree.
    #[error(transparent)]
    Machine(#[from] IllegalEvent),
    /// A plan could not be analyzed.
    #[error(transparent)]
    Analyze(#[from] AnalyzeError),
}

/// An engine can't be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A part is missing.
    #[error("the engine needs {0}")]
    Missing(&'static str),
    /// A part can't work here.
    #[error("{0}")]
    NotReady(String),
}
