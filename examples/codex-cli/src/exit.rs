//! How the process ends: the one place where outcomes become exit codes.

use std::process::ExitCode;

use codex_core::port::{JournalError, RepositoryError};
use codex_core::{EngineError, Outcome, RunReport};

/// The exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Landed, or a clean dry run.
    Done,
    /// Something failed.
    Failed,
    /// Wrong usage or an invalid workflow; nothing was started.
    Usage,
    /// A person is needed: overlap, conflict, review.
    Waiting,
    /// Ctrl-C.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Waiting => 3,
            Exit::Interrupted => 130,
        })
    }
}

/// The exit codes of `merge` and `merge-driver`, which are those of git's own commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MergeExit {
    /// Merged, or set up as asked.
    Clean,
    /// Something is left to settle.
    Conflicts,
    /// An input can't be read, an output can't be written, or git refused.
    Failed,
    /// Wrong usage; nothing was read or written.
    Usage,
    /// The driver could not merge. Git takes only what is above 128 for that; 128 would be a conflict to it, with one
    /// side's content in place of the answer.
    DriverFailed,
}

impl From<MergeExit> for ExitCode {
    fn from(exit: MergeExit) -> ExitCode {
        ExitCode::from(match exit {
            MergeExit::Clean => 0,
            MergeExit::Conflicts => 1,
            MergeExit::Failed => 128,
            MergeExit::Usage | MergeExit::DriverFailed => 129,
        })
    }
}

/// A mistake of whoever called.
#[derive(Debug)]
pub(crate) struct UsageError(pub(crate) String);

impl std::fmt::Display for UsageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UsageError {}

pub(crate) fn usage(text: impl Into<String>) -> anyhow::Error {
    UsageError(text.into()).into()
}

pub(crate) fn of_report(report: &RunReport) -> Exit {
    match &report.outcome {
        // What could land has landed, but not everybody's work.
        Some(Outcome::Landed { .. } | Outcome::Verified { .. } | Outcome::Unchanged) => match report.failed().count() {
            0 => Exit::Done,
            _ => Exit::Failed,
        },
        Some(Outcome::Waiting { .. }) => Exit::Waiting,
        _ => Exit::Failed,
    }
}

pub(crate) fn of_error(error: &anyhow::Error) -> Exit {
    if error.is::<UsageError>() {
        return Exit::Usage;
    }
    match error.downcast_ref::<EngineError>() {
        Some(EngineError::Invalid { .. } | EngineError::NotEnforced { .. } | EngineError::Decision(_)) => Exit::Usage,
        Some(EngineError::Journal(JournalError::Unknown(_) | JournalError::BranchHeld(_) | JournalError::Held(_))) => {
            Exit::Usage
        }
        Some(EngineError::Overlaps { .. }) => Exit::Waiting,
        _ if matches!(error.downcast_ref::<RepositoryError>(), Some(RepositoryError::Open(_))) => Exit::Usage,
        _ => Exit::Failed,
    }
}

pub(crate) fn of_merge_error(error: &anyhow::Error) -> MergeExit {
    if error.is::<UsageError>() { MergeExit::Usage } else { MergeExit::Failed }
}
