use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStrExt;
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
        for folder in &spec.folders {
            let folder = super::below(&tree, folder);
            fs::create_dir_all(&folder).map_err(|error| failed("making", &folder, error))?;
        }
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

/// How many links are followed before a link is taken for one that leads nowhere good.
const MAX_LINKS: usize = 40;

/// Whether a link at `path` leads to a place outside the repository, or to its git folder, also by way of other links below
/// `root`.
fn leads_out(root: &Path, path: &[u8], target: &[u8]) -> bool {
    let mut here: Vec<OsString> = Vec::new();
    let parts: Vec<&[u8]> = path.split(|&b| b == b'/').collect();
    let folder = parts[..parts.len().saturating_sub(1)].join(&b'/');
    let mut ahead: Vec<OsString> = Vec::new();
    let mut links = 0;
    let push = |ahead: &mut Vec<OsString>, path: &Path| -> bool {
        let parts: Vec<Component<'_>> = path.components().collect();
        ahead.extend(parts.iter().rev().map(|part| part.as_os_str().to_owned()));
        path.is_absolute()
    };
    if push(&mut ahead, Path::new(OsStr::from_bytes(target))) {
        return true;
    }
    push(&mut ahead, Path::new(OsStr::from_bytes(&folder)));
    while let Some(part) = ahead.pop() {
        if part == "." {
            continue;
        }
        if part == ".." {
            if here.pop().is_none() {
                return true;
            }
            continue;
        }
        here.push(part);
        if here.first().is_some_and(|first| first.eq_ignore_ascii_case(".git")) {
            return true;
        }
        let on_disk = root.join(here.iter().collect::<PathBuf>());
        if let Ok(next) = fs::read_link(on_disk) {
            links += 1;
            here.pop();
            if links > MAX_LINKS || push(&mut ahead, &next) {
                return true;
            }
        }
    }
    false
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
        let mut set = ChangeSet::default();
        let mut ignores = Ignores::new(repository, self.base);
        for oddity in oddities {
            // What the base's rules ignore is a by-product, whatever it is.
            match ignores.ignored(oddity.path.as_bytes())? {
                true => set.ignored += 1,
                false => set.oddities.push(oddity),
            }
        }
        let mut missing: std::collections::BTreeSet<&[u8]> = self.manifest.files.keys().map(Vec::as_slice).collect();
        for item in &items {
            missing.remove(item.path.as_slice());
            let known = self.manifest.files.get(&item.path);
            let odd = |kind| RepoPath::new(item.path.clone()).ok().map(|path| Oddity { path, kind });
            let Some(mode) = mode_of(&item.metadata) else {
                if known.is_none() && ignores.ignored(&item.path)? {
                    set.ignored += 1;
                    continue;
                }
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
            if item.metadata.len() > beneath::MOST {
                set.oddities.extend(odd(OddityKind::TooLarge));
                continue;
            }
            let content = match content_of(&item.on_disk, &item.metadata) {
                Ok(content) => content,
                Err(_) => {
                    set.oddities.extend(odd(OddityKind::Unreadable));
                    continue;
                }
            };
            if mode == Mode::Symlink && leads_out(&self.tree, &item.path, &content) {
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
    use super::{Path, leads_out};

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
            assert_eq!(leads_out(Path::new("/nowhere"), path.as_bytes(), target.as_bytes()), out, "{path} -> {target}");
        }
    }
}
