//! The engine's own listing of a folder: it runs nothing and follows nothing.

use std::fs::{self, Metadata};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use super::failed;
use crate::path::RepoPath;
use crate::port::{Oddity, OddityKind, WorkspaceError};
use crate::tree::join;

/// One thing found.
pub(super) struct Item {
    pub(super) path: Vec<u8>,
    pub(super) on_disk: PathBuf,
    pub(super) metadata: Metadata,
}

/// Everything below `root` but folders themselves. `skip_git` leaves out a `.git` at the root; one further down is an oddity
/// and not entered.
pub(super) fn list(root: &Path, skip_git: bool) -> Result<(Vec<Item>, Vec<Oddity>), WorkspaceError> {
    // A root that is gone is no empty folder.
    fs::read_dir(root).map_err(|error| failed("listing", root, error))?;
    let mut items = Vec::new();
    let mut oddities = Vec::new();
    let mut odd = |path: &[u8], kind| {
        if let Ok(path) = RepoPath::new(path) {
            oddities.push(Oddity { path, kind });
        }
    };
    let mut pending = vec![(Vec::new(), root.to_owned())];
    while let Some((folder, on_disk)) = pending.pop() {
        let Ok(entries) = fs::read_dir(&on_disk) else {
            odd(&folder, OddityKind::Unreadable);
            continue;
        };
        for entry in entries {
            let Ok(entry) = entry else {
                odd(&folder, OddityKind::Unreadable);
                continue;
            };
            let name = entry.file_name();
            let path = join(&folder, name.as_bytes());
            if name.as_bytes().eq_ignore_ascii_case(b".git") {
                if !(skip_git && folder.is_empty() && name == ".git") {
                    odd(&path, OddityKind::GitFolder);
                }
                continue;
            }
            let on_disk = entry.path();
            match fs::symlink_metadata(&on_disk) {
                Ok(metadata) if metadata.is_dir() => pending.push((path, on_disk)),
                Ok(metadata) => items.push(Item { path, on_disk, metadata }),
                Err(_) => odd(&path, OddityKind::Unreadable),
            }
        }
    }
    items.sort_by(|a, b| a.path.cmp(&b.path));
    Ok((items, oddities))
}
