//! Full checkouts for criteria and validation, out of a pool whose members switch trees at the cost of what differs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use codex_merge::Mode;

use super::listing::list;
use super::manifest::Manifest;
use super::{below, failed, remove};
use crate::id::ObjectId;
use crate::path::RepoPath;
use crate::port::{Checkout, Repository, WorkspaceError, WorkspaceFile};
use crate::sync::lock;
use crate::tree;

/// Slots of checkouts start here; agents' slots lie below.
const FIRST_SLOT: u32 = 10_000;

/// The checkouts of one run.
pub(super) struct Pool {
    folder: PathBuf,
    free: Mutex<Vec<Member>>,
    next: AtomicU32,
}

/// One checkout on disk.
struct Member {
    dir: PathBuf,
    slot: u32,
    tree: ObjectId,
    manifest: Manifest,
}

impl Pool {
    pub(super) fn new(folder: PathBuf) -> Pool {
        Pool { folder, free: Mutex::default(), next: AtomicU32::new(0) }
    }

    /// A checkout of `tree`, clean.
    pub(super) fn take(
        self: &Arc<Self>,
        repository: &Arc<dyn Repository>,
        tree: ObjectId,
    ) -> Result<PooledCheckout, WorkspaceError> {
        let found = {
            let mut free = lock(&self.free);
            let same = free.iter().position(|member| member.tree == tree);
            same.or_else(|| free.len().checked_sub(1)).map(|at| free.swap_remove(at))
        };
        let reused = found.and_then(|mut member| {
            // One that can't be made clean again is left behind; it goes with the run.
            let ready = member.clean(repository).and_then(|()| member.switch(repository, tree));
            ready.is_ok().then_some(member)
        });
        let member = match reused {
            Some(member) => member,
            None => {
                let mut member = self.create(repository)?;
                member.switch(repository, tree)?;
                member
            }
        };
        Ok(PooledCheckout { pool: self.clone(), member: Some(member) })
    }

    fn create(&self, repository: &Arc<dyn Repository>) -> Result<Member, WorkspaceError> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let dir = self.folder.join(number.to_string());
        remove(&dir)?;
        fs::create_dir_all(&dir).map_err(|error| failed("making", &dir, error))?;
        let tree = repository.write_tree(&[])?;
        Ok(Member { dir, slot: FIRST_SLOT + number, tree, manifest: Manifest::default() })
    }
}

impl Member {
    /// Files that are not as they were written, and files that were not written at all.
    fn survey(&self) -> Result<(BTreeSet<Vec<u8>>, Vec<PathBuf>), WorkspaceError> {
        let (items, oddities) = list(&self.dir, false)?;
        let mut missing: BTreeSet<&Vec<u8>> = self.manifest.files.keys().collect();
        let mut changed = BTreeSet::new();
        let mut extra: Vec<PathBuf> = oddities.iter().map(|odd| below(&self.dir, odd.path.as_bytes())).collect();
        for item in items {
            if !self.manifest.files.contains_key(&item.path) {
                extra.push(item.on_disk);
                continue;
            }
            missing.remove(&item.path);
            let same = self.manifest.unchanged(&item.path, &item.on_disk, &item.metadata);
            if !same.unwrap_or(false) {
                changed.insert(item.path);
            }
        }
        changed.extend(missing.into_iter().cloned());
        Ok((changed, extra))
    }

    /// Puts everything back as it was written: what commands left behind is gone.
    fn clean(&mut self, repository: &Arc<dyn Repository>) -> Result<(), WorkspaceError> {
        let (changed, extra) = self.survey()?;
        for path in extra {
            match path.symlink_metadata() {
                Ok(metadata) if metadata.is_dir() => remove(&path)?,
                Ok(_) => fs::remove_file(&path).map_err(|error| failed("removing", &path, error))?,
                Err(_) => {}
            }
        }
        let mut files = Vec::new();
        for path in changed {
            if let Some(written) = self.manifest.files.remove(&path) {
                self.unlink(&path)?;
                files.push(WorkspaceFile { path, entry: written.entry });
            }
        }
        self.manifest.write(repository.as_ref(), &self.dir, &files)
    }

    /// Makes the checkout hold another tree.
    fn switch(&mut self, repository: &Arc<dyn Repository>, tree: ObjectId) -> Result<(), WorkspaceError> {
        let changes = tree::diff(repository.as_ref(), &self.tree, &tree)?;
        let mut files = Vec::new();
        for (path, change) in changes {
            if self.manifest.files.remove(&path).is_some() {
                self.unlink(&path)?;
            }
            if let Some(entry) = change.after
                && entry.mode != Mode::Submodule
            {
                files.push(WorkspaceFile { path, entry });
            }
        }
        self.manifest.write(repository.as_ref(), &self.dir, &files)?;
        self.tree = tree;
        Ok(())
    }

    /// Removes a file and the folders that it leaves empty.
    fn unlink(&self, path: &[u8]) -> Result<(), WorkspaceError> {
        let on_disk = below(&self.dir, path);
        match on_disk.symlink_metadata() {
            Ok(metadata) if metadata.is_dir() => remove(&on_disk)?,
            Ok(_) => fs::remove_file(&on_disk).map_err(|error| failed("removing", &on_disk, error))?,
            Err(_) => {}
        }
        let mut folder = on_disk.parent();
        while let Some(empty) = folder.filter(|folder| *folder != self.dir) {
            if fs::remove_dir(empty).is_err() {
                break; // not empty
            }
            folder = empty.parent();
        }
        Ok(())
    }
}

/// A checkout in use; it goes back to its pool when dropped.
pub(super) struct PooledCheckout {
    pool: Arc<Pool>,
    member: Option<Member>,
}

impl Drop for PooledCheckout {
    fn drop(&mut self) {
        if let Some(member) = self.member.take() {
            lock(&self.pool.free).push(member);
        }
    }
}

impl Checkout for PooledCheckout {
    fn dir(&self) -> &Path {
        self.member.as_ref().map_or(&self.pool.folder, |member| &member.dir)
    }

    fn slot(&self) -> u32 {
        self.member.as_ref().map_or(FIRST_SLOT, |member| member.slot)
    }

    fn disturbed(&self) -> Result<Vec<RepoPath>, WorkspaceError> {
        let Some(member) = &self.member else { return Ok(Vec::new()) };
        let (changed, _) = member.survey()?;
        Ok(changed.into_iter().filter_map(|path| RepoPath::new(path).ok()).collect())
    }
}
