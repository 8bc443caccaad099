//! Workspaces and checkouts as folders on disk, outside the repository and outside the shared temp folder.
#![allow(clippy::disallowed_methods, reason = "this adapter is where workspaces touch the file system")]

mod baseline;
pub(super) mod beneath;
mod checkout;
mod ignores;
mod listing;
mod manifest;
mod workspace;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use checkout::Pool;
use workspace::DirectoryWorkspace;

use crate::id::{ObjectId, RunId};
use crate::port::{Checkout, Repository, Workspace, WorkspaceError, WorkspaceProvider, WorkspaceSpec};
use crate::sync::lock;

/// Workspaces below one folder: `RUN/agents/AGENT/tree` and `.../exchange`, checkouts at `RUN/checkouts/N`.
pub struct DirectoryWorkspaces {
    folder: PathBuf,
    baseline: bool,
    skeleton: baseline::Skeleton,
    pools: Mutex<Vec<(RunId, Arc<Pool>)>>,
}

impl DirectoryWorkspaces {
    /// Workspaces below `folder`, which is made when the first one is. It should lie on a disk of its own user, not in the
    /// shared temp folder.
    pub fn new(folder: impl Into<PathBuf>) -> DirectoryWorkspaces {
        let folder = folder.into();
        // Agents work elsewhere than the host, so that relative paths would lead them astray.
        let folder = std::path::absolute(&folder).unwrap_or(folder);
        DirectoryWorkspaces { folder, baseline: true, skeleton: baseline::Skeleton::default(), pools: Mutex::default() }
    }

    /// Whether a workspace gets a small git repository of its own, so that `git status` and `git diff` work in it
    /// (default true; needs `git` on the path). It shares nothing with the repository the files come from.
    pub fn baseline(mut self, baseline: bool) -> DirectoryWorkspaces {
        self.baseline = baseline;
        self
    }

    fn run_folder(&self, run: &RunId) -> PathBuf {
        self.folder.join(run.as_str())
    }

    fn pool(&self, run: &RunId) -> Arc<Pool> {
        let mut pools = lock(&self.pools);
        if let Some((_, pool)) = pools.iter().find(|(known, _)| known == run) {
            return pool.clone();
        }
        let pool = Arc::new(Pool::new(self.run_folder(run).join("checkouts")));
        pools.push((run.clone(), pool.clone()));
        pool
    }
}

impl WorkspaceProvider for DirectoryWorkspaces {
    fn create(
        &self,
        repository: &Arc<dyn Repository>,
        spec: &WorkspaceSpec,
    ) -> Result<Arc<dyn Workspace>, WorkspaceError> {
        let folder = self.run_folder(&spec.run).join("agents").join(&spec.agent);
        private_folder(&self.folder)?;
        remove(&folder)?;
        let workspace = DirectoryWorkspace::create(&folder, repository, spec)?;
        if self.baseline {
            baseline::create(&self.skeleton, workspace.tree())?;
        }
        Ok(Arc::new(workspace))
    }

    fn checkout(
        &self,
        repository: &Arc<dyn Repository>,
        run: &RunId,
        tree: ObjectId,
    ) -> Result<Box<dyn Checkout>, WorkspaceError> {
        private_folder(&self.folder)?;
        Ok(Box::new(self.pool(run).take(repository, tree)?))
    }

    fn discard(&self, run: &RunId) -> Result<(), WorkspaceError> {
        lock(&self.pools).retain(|(known, _)| known != run);
        remove(&self.run_folder(run))
    }
}

/// Makes the folder of all workspaces, for its owner only.
fn private_folder(folder: &Path) -> Result<(), WorkspaceError> {
    use std::os::unix::fs::DirBuilderExt;
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| failed("making", folder, error))
}

fn failed(action: &'static str, path: &Path, source: io::Error) -> WorkspaceError {
    WorkspaceError::Io { action, path: path.display().to_string(), source }
}

/// Removes a folder whatever the modes of what is in it.
fn remove(folder: &Path) -> Result<(), WorkspaceError> {
    let gone = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
    match fs::remove_dir_all(folder) {
        Ok(()) => return Ok(()),
        Err(error) if gone(&error) => return Ok(()),
        Err(_) => make_writable(folder),
    }
    match fs::remove_dir_all(folder) {
        Ok(()) => Ok(()),
        Err(error) if gone(&error) => Ok(()),
        Err(error) => Err(failed("removing", folder, error)),
    }
}

/// Gives the owner access to all folders below; links are not followed.
fn make_writable(folder: &Path) {
    let mut pending = vec![folder.to_owned()];
    while let Some(folder) = pending.pop() {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // A folder that can't be changed shows in the second try at removing it.
            let _ = fs::set_permissions(&folder, fs::Permissions::from_mode(0o700));
        }
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                pending.push(entry.path());
            }
        }
    }
}

/// A repository path below a folder.
fn below(folder: &Path, path: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    folder.join(std::ffi::OsStr::from_bytes(path))
}
