//! Why there is no proposal.

use codex_scope::SetError;
use codex_scope::decompose::{Contested, Stuck};

use crate::port::{JobLost, RepositoryError};

/// Why a repository could not be divided.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DecomposeError {
    /// The repository failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
    /// The pool for blocking work failed.
    #[error(transparent)]
    Offload(#[from] JobLost),
    /// There is no commit to look at.
    #[error("{repository} has no branch, tag or commit `{name}`: make a first commit, or name another base")]
    Base {
        /// What was looked for.
        name: String,
        /// Where.
        repository: String,
    },
    /// A path that was asked for is none.
    #[error("`{}` is not a path pattern: {}", .0.pattern, .0.source)]
    Pattern(SetError),
    /// A path that was asked for matches nothing.
    #[error("`{pattern}` matches no file of {base}")]
    NothingThere {
        /// The pattern as it was given.
        pattern: String,
        /// The commit that was looked at.
        base: String,
    },
    /// An option that has no meaning here.
    #[error("{0}")]
    Option(String),
    /// The repository has nothing of the kind that it was to be divided along.
    #[error("nothing to divide by {by}: looked for {looked_for}; {found}")]
    NothingFits {
        /// Along what.
        by: &'static str,
        /// What was looked for.
        looked_for: String,
        /// What was found instead.
        found: String,
    },
    /// More than is looked at in one go.
    #[error("{found} source files are too many to look at, {most} are the most: name the folders to divide")]
    TooManyFiles {
        /// How many there are.
        found: usize,
        /// The limit.
        most: usize,
    },
    /// More agents than a workflow file may have.
    #[error("{found} agents are too many, {most} are the most: give each more files, or name the folders to divide")]
    TooManyAgents {
        /// How many there would be.
        found: usize,
        /// The limit.
        most: usize,
    },
    /// Groups part files that need each other in a circle.
    #[error(transparent)]
    Stuck(#[from] Stuck),
    /// Two groups have the same path.
    #[error(transparent)]
    Contested(#[from] Contested),
    /// What was proposed is no workflow that could be run.
    #[error("the proposal does not hold: {0}")]
    Invalid(String),
}
