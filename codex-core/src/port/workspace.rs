use std::path::Path;
use std::sync::Arc;

use codex_merge::{Changes, Entry};
use serde::{Deserialize, Serialize};

use super::repository::{Repository, RepositoryError};
use crate::id::{ObjectId, RunId};
use crate::path::RepoPath;

/// Makes the isolated checkouts in which agents work and the full ones in which commands judge.
///
/// Methods block; the engine calls them through [`Offload`](crate::port::Offload).
pub trait WorkspaceProvider: Send + Sync + 'static {
    /// A fresh workspace with the given files. One of the same run and agent that was left behind is replaced.
    fn create(
        &self,
        repository: &Arc<dyn Repository>,
        spec: &WorkspaceSpec,
    ) -> Result<Arc<dyn Workspace>, WorkspaceError>;

    /// A full checkout of a tree for criteria and validation, for the sole use of the caller until it is dropped.
    fn checkout(
        &self,
        repository: &Arc<dyn Repository>,
        run: &RunId,
        tree: ObjectId,
    ) -> Result<Box<dyn Checkout>, WorkspaceError>;

    /// Removes what is left of a run on disk. Results are in the repository; workspaces are cache.
    fn discard(&self, run: &RunId) -> Result<(), WorkspaceError>;
}

/// What a workspace shall hold.
#[derive(Debug, Clone)]
pub struct WorkspaceSpec {
    /// The run.
    pub run: RunId,
    /// The agent's id.
    pub agent: String,
    /// The commit the files come from.
    pub base: ObjectId,
    /// The root tree of `base`.
    pub tree: ObjectId,
    /// The files, sorted by path.
    pub files: Vec<WorkspaceFile>,
    /// Folders that shall be there although no file is: where the agent may write new ones.
    pub folders: Vec<Vec<u8>>,
}

/// One file of a workspace.
#[derive(Debug, Clone)]
pub struct WorkspaceFile {
    /// Its path.
    pub path: Vec<u8>,
    /// Its mode and content.
    pub entry: Entry<ObjectId>,
}

/// An agent's isolated checkout.
///
/// # Contract
/// [`read`](Workspace::read), [`write`](Workspace::write) and [`remove`](Workspace::remove) never follow a symbolic link,
/// so they never leave the workspace. [`change_set`](Workspace::change_set) is the engine's own listing: it runs no program
/// and trusts nothing an agent could have written.
pub trait Workspace: Send + Sync + 'static {
    /// The folder on disk, where there is one.
    fn root(&self) -> Option<&Path>;

    /// A folder outside [`root`](Workspace::root) for what an agent hands over beside its files.
    fn exchange(&self) -> Option<&Path>;

    /// All files there are now, sorted, without the baseline's own `.git`.
    fn list(&self) -> Result<Vec<RepoPath>, WorkspaceError>;

    /// A file's content; `None` if there is no such file.
    fn read(&self, path: &RepoPath) -> Result<Option<Vec<u8>>, WorkspaceError>;

    /// Writes a whole file, making folders as needed and keeping its mode.
    fn write(&self, path: &RepoPath, content: &[u8]) -> Result<(), WorkspaceError>;

    /// Removes a file.
    fn remove(&self, path: &RepoPath) -> Result<(), WorkspaceError>;

    /// What differs from the files the workspace was made with; new contents are stored in the repository.
    fn change_set(&self, repository: &Arc<dyn Repository>) -> Result<ChangeSet, WorkspaceError>;
}

/// What an agent changed.
#[derive(Debug, Clone, Default)]
pub struct ChangeSet {
    /// The changes by path.
    pub changes: Changes<ObjectId>,
    /// New files that the base's ignore rules drop.
    pub ignored: usize,
    /// What is there but can't be part of a result.
    pub oddities: Vec<Oddity>,
}

/// Something in a workspace that cannot or should not become part of a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Oddity {
    /// Where.
    pub path: RepoPath,
    /// What.
    pub kind: OddityKind,
}

/// Kinds of [`Oddity`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OddityKind {
    /// A pipe, socket or device.
    SpecialFile,
    /// A folder or file named `.git` below the root.
    GitFolder,
    /// A symbolic link to a place outside the repository.
    SymlinkLeadsOut,
    /// A file over the limit on sizes.
    TooLarge,
    /// A file or folder that could not be read.
    Unreadable,
}

impl std::fmt::Display for OddityKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            OddityKind::SpecialFile => "is a pipe, socket or device",
            OddityKind::GitFolder => "is a git folder of its own",
            OddityKind::SymlinkLeadsOut => "is a symbolic link that leads out of the repository",
            OddityKind::TooLarge => "is larger than the limit on file sizes (50 MiB unless the host sets another)",
            OddityKind::Unreadable => "can't be read",
        })
    }
}

/// A full checkout in which commands run.
pub trait Checkout: Send + 'static {
    /// The folder.
    fn dir(&self) -> &Path;

    /// A number that no other checkout or workspace in use has: for ports, databases and the like.
    fn slot(&self) -> u32;

    /// Tracked files that differ from the tree now, after commands have run.
    fn disturbed(&self) -> Result<Vec<RepoPath>, WorkspaceError>;
}

/// Why a workspace could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkspaceError {
    /// A symbolic link is in the way.
    #[error("`{0}` is or passes through a symbolic link, which is not followed")]
    Symlink(RepoPath),
    /// A folder is where a file was asked for, or the other way round.
    #[error("`{0}` is a folder, or lies below a file")]
    NotAFile(RepoPath),
    /// The repository failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
    /// The file system failed.
    #[error("{action} `{path}` failed: {source}")]
    Io {
        /// What was tried.
        action: &'static str,
        /// Where.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
}
