use std::sync::Arc;

use codex_merge::Mode;

use crate::id::{ObjectId, Timestamp};

/// A store of snapshots: blobs, trees, commits, and refs that move by compare-and-swap.
///
/// Methods block; the engine calls them through [`Offload`](crate::port::Offload).
///
/// # Contract
/// Objects are immutable and content-addressed: writing the same content twice gives the same id. What one method wrote,
/// every later one sees. [`update_refs`](Repository::update_refs) is all or nothing. Nothing here touches a working tree or
/// an index.
pub trait Repository: Send + Sync + 'static {
    /// Where the repository lies, for messages.
    fn describe(&self) -> String;

    /// The commit that a name stands for: a branch, `origin/NAME`, a tag, an id. `None` if there is no such name.
    fn resolve(&self, name: &str) -> Result<Option<ObjectId>, RepositoryError>;

    /// The branch that is checked out in the working tree this was opened in; `None` when it is detached.
    fn head_branch(&self) -> Result<Option<String>, RepositoryError>;

    /// The commit at a ref's full name (`refs/heads/main`), if the ref exists.
    fn read_ref(&self, name: &str) -> Result<Option<ObjectId>, RepositoryError>;

    /// All refs whose full name starts with `prefix`, sorted by name.
    fn list_refs(&self, prefix: &str) -> Result<Vec<(String, ObjectId)>, RepositoryError>;

    /// Where a branch is checked out, if it is anywhere.
    fn checked_out(&self, branch: &str) -> Result<Option<String>, RepositoryError>;

    /// Whether `name` may be the name of a branch.
    fn valid_branch(&self, name: &str) -> bool;

    /// The best common ancestor of two commits, if they have one.
    fn merge_base(&self, a: &ObjectId, b: &ObjectId) -> Result<Option<ObjectId>, RepositoryError>;

    /// The commits that led to `tip` along first parents, itself first and at most `limit` of them. Fewer where the store
    /// knows no more, as in a shallow clone; one that keeps no parents gives the tip alone.
    fn history(&self, tip: &ObjectId, limit: usize) -> Result<Vec<ObjectId>, RepositoryError> {
        Ok(std::iter::once(*tip).take(limit).collect())
    }

    /// The root tree of a commit.
    fn tree_of(&self, commit: &ObjectId) -> Result<ObjectId, RepositoryError>;

    /// A tree's entries, sorted as the store sorts them.
    fn tree(&self, id: &ObjectId) -> Result<Arc<Tree>, RepositoryError>;

    /// A blob's content.
    fn blob(&self, id: &ObjectId) -> Result<Vec<u8>, RepositoryError> {
        let mut content = Vec::new();
        self.blobs(std::slice::from_ref(id), &mut |_, bytes| {
            content = bytes;
            Ok(())
        })?;
        Ok(content)
    }

    /// Many blobs, handed over in the order asked for with their index.
    fn blobs(
        &self,
        ids: &[ObjectId],
        each: &mut dyn FnMut(usize, Vec<u8>) -> Result<(), RepositoryError>,
    ) -> Result<(), RepositoryError>;

    /// Stores a blob.
    fn write_blob(&self, bytes: &[u8]) -> Result<ObjectId, RepositoryError>;

    /// Stores a tree of the given entries, in any order.
    fn write_tree(&self, entries: &[TreeEntry]) -> Result<ObjectId, RepositoryError>;

    /// Stores a commit.
    fn write_commit(&self, spec: &CommitSpec) -> Result<ObjectId, RepositoryError>;

    /// Moves refs, all or none, each only if it stands where it is expected.
    fn update_refs(&self, updates: &[RefUpdate]) -> Result<(), RepositoryError>;
}

/// The entries of one folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// The entries, in the store's order.
    pub entries: Vec<TreeEntry>,
}

/// One name in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeEntry {
    /// The name, one path component.
    pub name: Vec<u8>,
    /// What it is; `None` for a folder.
    pub mode: Option<Mode>,
    /// The tree, blob or (for a submodule) commit it stands for.
    pub id: ObjectId,
}

/// A commit to be written.
#[derive(Debug, Clone)]
pub struct CommitSpec {
    /// The root tree.
    pub tree: ObjectId,
    /// The parents, first parent first.
    pub parents: Vec<ObjectId>,
    /// Who wrote the change; the committer is the repository's own identity.
    pub author: Signature,
    /// The message, with trailers.
    pub message: String,
    /// When.
    pub time: Timestamp,
}

/// A name and an e-mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The name.
    pub name: String,
    /// The address, without angle brackets.
    pub email: String,
}

/// One ref to move, create or delete.
#[derive(Debug, Clone)]
pub struct RefUpdate {
    /// Full name, `refs/...`.
    pub name: String,
    /// Where it must stand for the update to happen.
    pub expected: Expected,
    /// Where it shall stand; `None` deletes it.
    pub new: Option<ObjectId>,
}

/// What a ref must be before it is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Anything.
    Any,
    /// The ref must not exist.
    Absent,
    /// The ref must stand here.
    At(ObjectId),
}

/// Why the repository could not do what was asked.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum RepositoryError {
    /// A ref stood elsewhere than expected.
    #[error("{name} is not where it was expected: {detail}")]
    Moved {
        /// The ref.
        name: String,
        /// What the store said.
        detail: String,
    },
    /// An object is not in the store.
    #[error(
        "object {0} is missing; in a partial or shallow clone fetch it first (`git fetch --refetch`, `git fetch --unshallow`)"
    )]
    Missing(ObjectId),
    /// There is no repository, or it cannot be opened.
    #[error("{0}")]
    Open(String),
    /// A file stands where a folder is needed, or the other way round.
    #[error("`{0}` is a file in one place and a folder in another")]
    FileAndFolder(String),
    /// A path leads into a submodule.
    #[error("`{0}` lies inside a submodule, which is another repository")]
    Submodule(String),
    /// The store failed.
    #[error("{action} failed: {detail}")]
    Failed {
        /// What was tried.
        action: String,
        /// What the store said.
        detail: String,
    },
}
