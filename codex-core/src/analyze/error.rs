//! Why there is no analysis.

use super::schedule::GraphError;
use crate::port::{JournalError, RepositoryError};

/// A plan could not be analyzed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnalyzeError {
    /// The repository failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
    /// The journal can't say which runs there were.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// Agents wait for each other, which a plan of [`check`](fn@crate::plan::check) never lets happen.
    #[error(transparent)]
    Graph(#[from] GraphError),
}
