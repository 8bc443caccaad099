//! Reading and changing snapshots at a cost that grows with what is touched, not with the repository.

use std::collections::BTreeMap;

use codex_merge::{Change, Changes, Entry, Mode};

use crate::id::ObjectId;
use crate::path::quote;
use crate::port::{Repository, RepositoryError, Tree, TreeEntry, WorkspaceFile};

/// What a path stands for in a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// A folder.
    Folder(ObjectId),
    /// A file, link or submodule.
    Entry(Entry<ObjectId>),
}

/// Looks a path up. The empty path is the root.
///
/// # Errors
/// Those of the repository.
pub fn find(repository: &dyn Repository, root: &ObjectId, path: &[u8]) -> Result<Found, RepositoryError> {
    let mut here = Found::Folder(*root);
    for part in path.split(|&b| b == b'/').filter(|part| !part.is_empty()) {
        let Found::Folder(id) = here else { return Ok(Found::Nothing) };
        let tree = repository.tree(&id)?;
        here = match tree.entries.iter().find(|entry| entry.name == part) {
            None => return Ok(Found::Nothing),
            Some(entry) => found(entry),
        };
    }
    Ok(here)
}

fn found(entry: &TreeEntry) -> Found {
    match entry.mode {
        None => Found::Folder(entry.id),
        Some(mode) => Found::Entry(Entry { mode, id: entry.id }),
    }
}

/// Collects the files that `select` wants, sorted by path. `enter` says whether a folder can hold any; what it refuses is
/// not read.
///
/// # Errors
/// Those of the repository.
pub fn collect(
    repository: &dyn Repository,
    root: &ObjectId,
    enter: &dyn Fn(&[u8]) -> bool,
    select: &dyn Fn(&[u8]) -> bool,
) -> Result<Vec<WorkspaceFile>, RepositoryError> {
    let mut files = Vec::new();
    let mut pending = vec![(Vec::new(), *root)];
    while let Some((folder, id)) = pending.pop() {
        for entry in &repository.tree(&id)?.entries {
            let path = join(&folder, &entry.name);
            match found(entry) {
                Found::Folder(id) if enter(&path) => pending.push((path, id)),
                Found::Entry(entry) if select(&path) => files.push(WorkspaceFile { path, entry }),
                _ => {}
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// `folder/name`.
pub(crate) fn join(folder: &[u8], name: &[u8]) -> Vec<u8> {
    let mut path = Vec::with_capacity(folder.len() + name.len() + 1);
    path.extend_from_slice(folder);
    if !folder.is_empty() {
        path.push(b'/');
    }
    path.extend_from_slice(name);
    path
}

/// The changes that lead from one snapshot to another; folders that are equal are not read.
///
/// # Errors
/// Those of the repository.
pub fn diff(repository: &dyn Repository, from: &ObjectId, to: &ObjectId) -> Result<Changes<ObjectId>, RepositoryError> {
    let mut changes = Changes::new();
    let mut pending = vec![(Vec::new(), Some(*from), Some(*to))];
    while let Some((folder, from, to)) = pending.pop() {
        if from == to {
            continue;
        }
        let load = |id: Option<ObjectId>| match id {
            Some(id) => repository.tree(&id),
            None => Ok(std::sync::Arc::new(Tree::default())),
        };
        let (before, after) = (load(from)?, load(to)?);
        let mut names: BTreeMap<&[u8], (Found, Found)> = BTreeMap::new();
        for entry in &before.entries {
            names.insert(&entry.name, (found(entry), Found::Nothing));
        }
        for entry in &after.entries {
            names.entry(&entry.name).or_insert((Found::Nothing, Found::Nothing)).1 = found(entry);
        }
        for (name, (before, after)) in names {
            if before == after {
                continue;
            }
            let path = join(&folder, name);
            let folder_of = |found: &Found| match found {
                Found::Folder(id) => Some(*id),
                _ => None,
            };
            if folder_of(&before).is_some() || folder_of(&after).is_some() {
                pending.push((path.clone(), folder_of(&before), folder_of(&after)));
            }
            let entry_of = |found: Found| match found {
                Found::Entry(entry) => Some(entry),
                _ => None,
            };
            let (before, after) = (entry_of(before), entry_of(after));
            if before.is_some() || after.is_some() {
                changes.insert(path, Change { before, after });
            }
        }
    }
    Ok(changes)
}

#[derive(Default)]
struct Node {
    folders: BTreeMap<Vec<u8>, Node>,
    files: BTreeMap<Vec<u8>, Option<Entry<ObjectId>>>,
}

/// Writes the snapshot that differs from `root` by the given results (`None` deletes) and returns its root. Only folders
/// that change are read and written; a folder left empty disappears.
///
/// # Errors
/// [`RepositoryError::FileAndFolder`] when a file would stand above another, [`RepositoryError::Submodule`] for a path in a
/// submodule, and those of the repository.
pub fn apply<'a>(
    repository: &dyn Repository,
    root: &ObjectId,
    results: impl IntoIterator<Item = (&'a [u8], Option<Entry<ObjectId>>)>,
) -> Result<ObjectId, RepositoryError> {
    let mut top = Node::default();
    for (path, result) in results {
        let mut node = &mut top;
        let mut parts = path.split(|&b| b == b'/').peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_some() {
                node = node.folders.entry(part.to_vec()).or_default();
            } else {
                node.files.insert(part.to_vec(), result);
            }
        }
    }
    let written = write(repository, Some(root), &top, &[])?;
    match written {
        Some(id) => Ok(id),
        None => repository.write_tree(&[]),
    }
}

/// The applying of [`Changes`]: see [`apply`].
///
/// # Errors
/// As [`apply`].
pub fn apply_changes(
    repository: &dyn Repository,
    root: &ObjectId,
    changes: &Changes<ObjectId>,
) -> Result<ObjectId, RepositoryError> {
    apply(repository, root, changes.iter().map(|(path, change)| (path.as_slice(), change.after)))
}

/// Recursion is bounded by the depth of paths, which validation bounds by their length.
fn write(
    repository: &dyn Repository,
    base: Option<&ObjectId>,
    node: &Node,
    folder: &[u8],
) -> Result<Option<ObjectId>, RepositoryError> {
    let mut entries: BTreeMap<Vec<u8>, TreeEntry> = match base {
        Some(id) => repository.tree(id)?.entries.iter().map(|e| (e.name.clone(), e.clone())).collect(),
        None => BTreeMap::new(),
    };
    // Deletions first: a file may make place for a folder of its name, and the other way round.
    for (name, result) in &node.files {
        if result.is_none() && entries.get(name).is_some_and(|entry| entry.mode.is_some()) {
            entries.remove(name);
        }
    }
    for (name, child) in &node.folders {
        let path = join(folder, name);
        let base = match entries.get(name) {
            None => None,
            Some(TreeEntry { mode: None, id, .. }) => Some(*id),
            Some(TreeEntry { mode: Some(Mode::Submodule), .. }) => {
                return Err(RepositoryError::Submodule(quote(&path)));
            }
            Some(_) if adds_nothing(child) => continue,
            Some(_) => return Err(RepositoryError::FileAndFolder(quote(&path))),
        };
        match write(repository, base.as_ref(), child, &path)? {
            Some(id) => {
                entries.insert(name.clone(), TreeEntry { name: name.clone(), mode: None, id });
            }
            None => {
                entries.remove(name);
            }
        }
    }
    for (name, result) in &node.files {
        let Some(entry) = result else { continue };
        if entries.get(name).is_some_and(|found| found.mode.is_none()) {
            return Err(RepositoryError::FileAndFolder(quote(&join(folder, name))));
        }
        let entry = TreeEntry { name: name.clone(), mode: Some(entry.mode), id: entry.id };
        entries.insert(name.clone(), entry);
    }
    if entries.is_empty() {
        return Ok(None);
    }
    let entries: Vec<TreeEntry> = entries.into_values().collect();
    repository.write_tree(&entries).map(Some)
}

fn adds_nothing(node: &Node) -> bool {
    node.files.values().all(Option::is_none) && node.folders.values().all(adds_nothing)
}
