//! What is known of an agent before it runs.

use std::sync::Arc;

use codex_scope::Scope;
use codex_spec::Role;

use crate::path::RepoPath;

/// What an [`Estimator`](super::Estimator) has to go by.
#[derive(Debug, Clone, Default)]
pub struct AgentFacts {
    /// The agent's id.
    pub id: String,
    /// Its model; `None` for the host's default.
    pub model: Option<String>,
    /// What part it plays.
    pub role: Role,
    /// What it shall do.
    pub instructions: String,
    /// How many of its criteria a command decides.
    pub commands: usize,
    /// How many of its criteria have no command.
    pub judged: usize,
    /// What it may touch; to read also the files of a broadcast.
    pub scope: Arc<Scope>,
    /// The files that exist in its write scope, sorted by path.
    pub writable: Vec<FileFacts>,
    /// Other files that it may read, sorted by path; of very many only a part.
    pub readable: Vec<FileFacts>,
    /// Whether `writable` is only a part, because there are too many.
    pub cut_off: bool,
}

/// An existing file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFacts {
    /// Its path.
    pub path: RepoPath,
    /// Its lines, 0 for a binary file; `None` where it was not read, because others like it were.
    pub lines: Option<u64>,
}

impl AgentFacts {
    /// The lines of `writable`; a file that was not read counts as much as the mean of the others.
    pub fn writable_lines(&self) -> u64 {
        total_lines(&self.writable)
    }

    /// The lines of `readable`, counted in the same way.
    pub fn readable_lines(&self) -> u64 {
        total_lines(&self.readable)
    }
}

/// The lines of these files; one that was not read counts as much as the mean of the others.
pub(super) fn total_lines<'f>(files: impl IntoIterator<Item = &'f FileFacts>) -> u64 {
    let (mut lines, mut read, mut unread) = (0_u64, 0_u64, 0_u64);
    for file in files {
        match file.lines {
            Some(count) => {
                lines = lines.saturating_add(count);
                read += 1;
            }
            None => unread += 1,
        }
    }
    let mean = lines.checked_div(read).unwrap_or(0);
    lines.saturating_add(mean.saturating_mul(unread))
}
