use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use codex_merge::{Change, Entry, Mode};
use rustix::io::Errno;

use super::ignores::Ignores;
use super::listing::list;
use super::manifest::{Manifest, content_of, mode_of};
use super::{beneath, failed};
use crate::id::ObjectId;
use crate::path::RepoPath;
use crate::port::{ChangeSet, Oddity, OddityKind, Repository, Workspace, WorkspaceError, WorkspaceSpec};
use crate::tree::{Found, find};

pub(super) struct DirectoryWorkspace {
    tree: PathBuf,
    exchange: PathBuf,
    manifest: Manifest,
    base: ObjectId,
}

impl DirectoryWorkspace {
    pub(super) fn create(
        folder: &Path,
        repository: &Arc<dyn Repository>,
        spec: &WorkspaceSpec,
    ) -> Result<DirectoryWorkspace, WorkspaceError> {
        let (tree, exchange) = (folder.join("tree"), folder.join("exchange"));
        for folder in [&tree, &exchange] {
            fs::create_dir_all(folder).map_err(|error| failed("making", folder, error))?;
        }
        let mut manifest = Manifest::default();
        manifest.write(repository.as_ref(), &tree, &spec.files)?;
        Ok(DirectoryWorkspace { tree, exchange, manifest, base: spec.tree })
    }

    pub(super) fn tree(&self) -> &Path {
        &self.tree
    }

    fn refused(&self, action: &'static str, path: &RepoPath, error: Errno) -> WorkspaceError {
        match error {
            Errno::LOOP | Errno::MLINK => WorkspaceError::Symlink(path.clone()),
            // Without following links, a link where a folder was expected is no folder.
            Errno::NOTDIR if self.passes_link(path) => WorkspaceError::Symlink(path.clone()),
            Errno::NOTDIR | Errno::ISDIR => WorkspaceError::NotAFile(path.clone()),
            error => failed(action, &super::below(&self.tree, path.as_bytes()), error.into()),
        }
    }

    fn passes_link(&self, path: &RepoPath) -> bool {
        let mut here = self.tree.clone();
        path.components().any(|part| {
            here = super::below(&here, part);
            here.symlink_metadata().is_ok_and(|metadata| metadata.file_type().is_symlink())
        })
    }
}

/// Whether a link at `path` leads to a place outside the repository, or to its git folder.
fn leads_out(path: &[u8], target: &[u8]) -> bool {
    use std::os::unix::ffi::OsStrExt;
    let mut depth: Vec<std::ffi::OsString> = Vec::new();
    let parts: Vec<&[u8]> = path.split(|&b| b == b'/').collect();
    for part in parts.iter().take(parts.len().saturating_sub(1)) {
        depth.push(std::ffi::OsStr::from_bytes(part).to_owned());
    }
    for component in Path::new(std::ffi::OsStr::from_bytes(target)).components() {
        match component {
            Component::Normal(part) => depth.push(part.to_owned()),
            Component::CurDir => {}
            Component::ParentDir => {
                if depth.pop().is_none() {
                    return true;
                }
            }
            Component::RootDir | Component::Prefix(_) => return true,
        }
    }
    depth.first().is_some_and(|first| first.eq_ignore_ascii_case(".git"))
}

impl Workspace for DirectoryWorkspace {
    fn root(&self) -> Option<&Path> {
        Some(&self.tree)
    }

    fn exchange(&self) -> Option<&Path> {
        Some(&self.exchange)
    }

    fn list(&self) -> Result<Vec<RepoPath>, WorkspaceError> {
        let (items, _) = list(&self.tree, true)?;
        Ok(items.into_iter().filter_map(|item| RepoPath::new(item.path).ok()).collect())
    }

    fn read(&self, path: &RepoPath) -> Result<Option<Vec<u8>>, WorkspaceError> {
        beneath::read(&self.tree, path.as_bytes()).map_err(|error| self.refused("reading", path, error))
    }

    fn write(&self, path: &RepoPath, content: &[u8]) -> Result<(), WorkspaceError> {
        beneath::write(&self.tree, path.as_bytes(), content).map_err(|error| self.refused("writing", path, error))
    }

    fn remove(&self, path: &RepoPath) -> Result<(), WorkspaceError> {
        beneath::remove(&self.tree, path.as_bytes()).map_err(|error| self.refused("removing", path, error))
    }

    fn change_set(&self, repository: &Arc<dyn Repository>) -> Result<ChangeSet, WorkspaceError> {
        let (items, oddities) = list(&self.tree, true)?;
        let mut set = ChangeSet { oddities, ..ChangeSet::default() };
        let mut ignores = Ignores::new(repository, self.base);
        let mut missing: std::collections::BTreeSet<&[u8]> = self.manifest.files.keys().map(Vec::as_slice).collect();
        for item in &items {
            missing.remove(item.path.as_slice());
            let known = self.manifest.files.get(&item.path);
            let odd = |kind| RepoPath::new(item.path.clone()).ok().map(|path| Oddity { path, kind });
            let Some(mode) = mode_of(&item.metadata) else {
                set.oddities.extend(odd(OddityKind::SpecialFile));
                continue;
            };
            let unreadable = |_| odd(OddityKind::Unreadable);
            match self.manifest.unchanged(&item.path, &item.on_disk, &item.metadata).map_err(unreadable) {
                Ok(true) => continue,
                Ok(false) => {}
                Err(oddity) => {
                    set.oddities.extend(oddity);
                    continue;
                }
            }
            // A file of the base that is not in this workspace is tracked all the same.
            let before = match known {
                Some(written) => Some(written.entry),
                None => match find(repository.as_ref(), &self.base, &item.path)? {
                    Found::Entry(entry) => Some(entry),
                    _ => None,
                },
            };
            if before.is_none() && ignores.ignored(&item.path)? {
                set.ignored += 1;
                continue;
            }
            let content = match content_of(&item.on_disk, &item.metadata) {
                Ok(content) => content,
                Err(_) => {
                    set.oddities.extend(odd(OddityKind::Unreadable));
                    continue;
                }
            };
            if mode == Mode::Symlink && leads_out(&item.path, &content) {
                set.oddities.extend(odd(OddityKind::SymlinkLeadsOut));
            }
            let after = Entry { mode, id: repository.write_blob(&content)? };
            if before != Some(after) {
                set.changes.insert(item.path.clone(), Change { before, after: Some(after) });
            }
        }
        for path in missing {
            if let Some(written) = self.manifest.files.get(path) {
                set.changes.insert(path.to_vec(), Change { before: Some(written.entry), after: None });
            }
        }
        Ok(set)
    }
}

#[cfg(test)]
mod tests {
    use super::leads_out;

    #[test]
    fn links_that_lead_out() {
        for (path, target, out) in [
            ("a/link", "b", false),
            ("a/link", "../b", false),
            ("a/link", "../../b", true),
            ("link", "/etc/passwd", true),
            ("link", "../x", true),
            ("a/link", "../.git/config", true),
            ("a/b/link", "./../c/../../d", false),
        ] {
            assert_eq!(leads_out(path.as_bytes(), target.as_bytes()), out, "{path} -> {target}");
        }
    }
}
