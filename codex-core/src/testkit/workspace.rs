use std::sync::Arc;

use codex_merge::{Entry, Mode};

use super::{Broken, Suite, promise, works};
use crate::id::{ObjectId, RunId, Timestamp};
use crate::path::RepoPath;
use crate::port::{CommitSpec, Repository, Signature, WorkspaceFile, WorkspaceProvider, WorkspaceSpec};
use crate::tree;

fn path(text: &str) -> Result<RepoPath, Broken> {
    works(RepoPath::new(text), "a path")
}

/// The promises of [`WorkspaceProvider`] and [`Workspace`](crate::port::Workspace), checked on an adapter and a repository.
pub fn workspaces(provider: &dyn WorkspaceProvider, repository: &Arc<dyn Repository>) -> Suite {
    let run = RunId::generate(Timestamp(1));
    let empty = works(repository.write_tree(&[]), "write_tree")?;
    let blob = |content: &str| works(repository.write_blob(content.as_bytes()), "write_blob");
    let (one, two) = (blob("one\n")?, blob("#!/bin/sh\n")?);
    let entry = |mode, id: ObjectId| Entry { mode, id };
    let files = [("a/one.txt", entry(Mode::File, one)), ("b/run.sh", entry(Mode::Executable, two))];
    let root = tree::apply(repository.as_ref(), &empty, files.iter().map(|(path, e)| (path.as_bytes(), Some(*e))));
    let root = works(root, "apply")?;
    let author = Signature { name: "Suite".to_owned(), email: "suite@example.com".to_owned() };
    let commit =
        CommitSpec { tree: root, parents: Vec::new(), author, message: "base".to_owned(), time: Timestamp(1000) };
    let spec = WorkspaceSpec {
        run: run.clone(),
        agent: "agent".to_owned(),
        base: works(repository.write_commit(&commit), "write_commit")?,
        tree: root,
        folders: vec![b"new/folder".to_vec()],
        files: files.iter().map(|(path, e)| WorkspaceFile { path: path.as_bytes().to_vec(), entry: *e }).collect(),
    };
    let workspace = works(provider.create(repository, &spec), "create")?;
    let changes = || works(workspace.change_set(repository), "change_set");
    promise(changes()?.changes.is_empty(), "a workspace that nobody touched has no changes")?;
    let listed: Vec<String> = works(workspace.list(), "list")?.iter().map(ToString::to_string).collect();
    promise(listed == ["a/one.txt", "b/run.sh"], "a workspace holds the files it was made with")?;
    let (first, script, new) = (path("a/one.txt")?, path("b/run.sh")?, path("c/d/new.txt")?);
    promise(works(workspace.read(&first), "read")? == Some(b"one\n".to_vec()), "a file has its content")?;
    promise(works(workspace.read(&new), "read")?.is_none(), "a file that is not there has none")?;
    works(workspace.write(&first, b"ONE\n"), "write")?;
    works(workspace.write(&new, b"new"), "write into new folders")?;
    works(workspace.write(&script, b"#!/bin/bash\n"), "write")?;
    promise(workspace.write(&path("a")?, b"x").is_err(), "a folder is not written over")?;
    promise(workspace.write(&path("a/one.txt/x")?, b"x").is_err(), "nothing is written below a file")?;
    let set = changes()?;
    let after = |p: &RepoPath| set.changes.get(p.as_bytes()).and_then(|change| change.after);
    promise(set.changes.len() == 3, "every change is listed once")?;
    promise(after(&script).map(|e| e.mode) == Some(Mode::Executable), "writing keeps the mode")?;
    let content = match after(&first) {
        Some(entry) => works(repository.blob(&entry.id), "blob")?,
        None => Vec::new(),
    };
    promise(content == b"ONE\n", "a changed file's content is in the repository")?;
    works(workspace.write(&first, b"one\n"), "write")?;
    promise(!changes()?.changes.contains_key(first.as_bytes()), "a change taken back is none")?;
    works(workspace.remove(&first), "remove")?;
    let set = changes()?;
    let gone =
        set.changes.get(first.as_bytes()).is_some_and(|change| change.before.is_some() && change.after.is_none());
    promise(gone, "a removed file is a deletion")?;
    let fresh = works(provider.create(repository, &spec), "create again")?;
    let set = works(fresh.change_set(repository), "change_set")?;
    promise(set.changes.is_empty(), "a workspace made again starts from the base")?;
    works(provider.discard(&run), "discard")?;
    works(provider.discard(&run), "discard of nothing")
}
