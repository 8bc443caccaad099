use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use codex_merge::{Change, Entry, Mode};

use crate::id::{ObjectId, RunId};
use crate::path::RepoPath;
use crate::port::{ChangeSet, Checkout, Repository, Workspace, WorkspaceError, WorkspaceProvider, WorkspaceSpec};
use crate::sync::lock;

/// Workspaces in memory: for executors that read and write through [`Workspace`], and for tests.
#[derive(Debug, Default)]
pub struct MemoryWorkspaces {
    slots: AtomicU32,
}

impl MemoryWorkspaces {
    /// A provider.
    pub fn new() -> MemoryWorkspaces {
        MemoryWorkspaces::default()
    }
}

impl WorkspaceProvider for MemoryWorkspaces {
    fn create(
        &self,
        repository: &Arc<dyn Repository>,
        spec: &WorkspaceSpec,
    ) -> Result<Arc<dyn Workspace>, WorkspaceError> {
        let ids: Vec<ObjectId> = spec.files.iter().map(|file| file.entry.id).collect();
        let mut files = BTreeMap::new();
        repository.blobs(&ids, &mut |at, content| {
            let file = &spec.files[at];
            files.insert(file.path.clone(), (file.entry.mode, content));
            Ok(())
        })?;
        let base = spec.files.iter().map(|file| (file.path.clone(), file.entry)).collect();
        Ok(Arc::new(MemoryWorkspace { base, files: Mutex::new(files) }))
    }

    fn checkout(
        &self,
        _repository: &Arc<dyn Repository>,
        _run: &RunId,
        tree: ObjectId,
    ) -> Result<Box<dyn Checkout>, WorkspaceError> {
        let slot = self.slots.fetch_add(1, Ordering::Relaxed);
        Ok(Box::new(MemoryCheckout { dir: PathBuf::from(format!("memory/{tree}")), slot }))
    }

    fn discard(&self, _run: &RunId) -> Result<(), WorkspaceError> {
        Ok(())
    }
}

/// Mode and content by path.
type Files = BTreeMap<Vec<u8>, (Mode, Vec<u8>)>;

struct MemoryWorkspace {
    base: BTreeMap<Vec<u8>, Entry<ObjectId>>,
    files: Mutex<Files>,
}

impl Workspace for MemoryWorkspace {
    fn root(&self) -> Option<&Path> {
        None
    }

    fn exchange(&self) -> Option<&Path> {
        None
    }

    fn list(&self) -> Result<Vec<RepoPath>, WorkspaceError> {
        Ok(lock(&self.files).keys().filter_map(|path| RepoPath::new(path.clone()).ok()).collect())
    }

    fn read(&self, path: &RepoPath) -> Result<Option<Vec<u8>>, WorkspaceError> {
        match lock(&self.files).get(path.as_bytes()) {
            Some((Mode::Symlink, _)) => Err(WorkspaceError::Symlink(path.clone())),
            Some((_, content)) => Ok(Some(content.clone())),
            None => Ok(None),
        }
    }

    fn write(&self, path: &RepoPath, content: &[u8]) -> Result<(), WorkspaceError> {
        let mut files = lock(&self.files);
        let below = [path.as_bytes(), b"/"].concat();
        let is_folder = files.range(below.clone()..).next().is_some_and(|(other, _)| other.starts_with(&below));
        let bytes = path.as_bytes();
        let under_file = (0..bytes.len()).filter(|&at| bytes[at] == b'/').any(|at| files.contains_key(&bytes[..at]));
        if is_folder || under_file {
            return Err(WorkspaceError::NotAFile(path.clone()));
        }
        match files.get_mut(bytes) {
            Some((Mode::Symlink, _)) => return Err(WorkspaceError::Symlink(path.clone())),
            Some((_, old)) => *old = content.to_vec(),
            None => {
                files.insert(bytes.to_vec(), (Mode::File, content.to_vec()));
            }
        }
        Ok(())
    }

    fn remove(&self, path: &RepoPath) -> Result<(), WorkspaceError> {
        lock(&self.files).remove(path.as_bytes());
        Ok(())
    }

    fn change_set(&self, repository: &Arc<dyn Repository>) -> Result<ChangeSet, WorkspaceError> {
        let mut set = ChangeSet::default();
        let files = lock(&self.files);
        for (path, (mode, content)) in files.iter() {
            let after = Entry { mode: *mode, id: repository.write_blob(content)? };
            let before = self.base.get(path).copied();
            if before != Some(after) {
                set.changes.insert(path.clone(), Change { before, after: Some(after) });
            }
        }
        for (path, before) in &self.base {
            if !files.contains_key(path) {
                set.changes.insert(path.clone(), Change { before: Some(*before), after: None });
            }
        }
        Ok(set)
    }
}

struct MemoryCheckout {
    dir: PathBuf,
    slot: u32,
}

impl Checkout for MemoryCheckout {
    fn dir(&self) -> &Path {
        &self.dir
    }

    fn slot(&self) -> u32 {
        self.slot
    }

    fn disturbed(&self) -> Result<Vec<RepoPath>, WorkspaceError> {
        Ok(Vec::new())
    }
}
