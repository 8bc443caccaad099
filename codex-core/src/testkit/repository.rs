use codex_merge::{Entry, Mode};

use super::{Broken, Suite, promise, works};
use crate::id::{ObjectId, Timestamp};
use crate::port::{CommitSpec, Expected, RefUpdate, Repository, RepositoryError, Signature, TreeEntry};
use crate::tree::{self, Found};

fn commit(
    repository: &dyn Repository,
    tree: ObjectId,
    parents: &[ObjectId],
    message: &str,
) -> Result<ObjectId, Broken> {
    let author = Signature { name: "Suite".to_owned(), email: "suite@example.com".to_owned() };
    let spec =
        CommitSpec { tree, parents: parents.to_vec(), author, message: message.to_owned(), time: Timestamp(1000) };
    works(repository.write_commit(&spec), "write_commit")
}

/// The promises of [`Repository`], checked on an adapter whose repository may be changed.
pub fn repository(repository: &dyn Repository) -> Suite {
    objects(repository)?;
    snapshots(repository)?;
    refs(repository)
}

fn objects(repository: &dyn Repository) -> Suite {
    let contents: [&[u8]; 4] = [b"", b"text\n", b"no end", &[0, 255, 10, 13, 0]];
    let mut ids = Vec::new();
    for content in contents {
        let id = works(repository.write_blob(content), "write_blob")?;
        promise(works(repository.write_blob(content), "write_blob")? == id, "the same content has the same id")?;
        promise(works(repository.blob(&id), "blob")? == content, "a blob is read back byte for byte")?;
        ids.push(id);
    }
    let mut order = Vec::new();
    let wanted: Vec<ObjectId> = ids.iter().rev().cycle().take(1000).copied().collect();
    let read = repository.blobs(&wanted, &mut |at, bytes| {
        order.push((at, bytes));
        Ok(())
    });
    works(read, "blobs")?;
    let expected = (0..1000).map(|at| (at, contents[3 - at % 4].to_vec()));
    promise(order.into_iter().eq(expected), "blobs come in the order asked for")?;
    let refuse = repository.blobs(&wanted, &mut |_, _| Err(RepositoryError::Open("no".to_owned())));
    promise(refuse.is_err(), "an error of the receiver is passed on")?;
    promise(works(repository.blob(&ids[1]), "blob")? == contents[1], "a refused read does not disturb the next")?;
    let length = ids[0].as_bytes().len();
    let absent = ObjectId::from_bytes(&vec![0xab; length]).map_err(|e| Broken(e.to_string()))?;
    promise(matches!(repository.blob(&absent), Err(RepositoryError::Missing(_))), "a missing object is named")?;
    promise(works(repository.blob(&ids[2]), "blob")? == contents[2], "a missing object does not disturb the next read")
}

fn snapshots(repository: &dyn Repository) -> Suite {
    let blob = works(repository.write_blob(b"content\n"), "write_blob")?;
    let entry = |mode| Some(Entry { mode, id: blob });
    let empty = works(repository.write_tree(&[]), "write_tree of nothing")?;
    let paths: [(&[u8], Mode); 6] = [
        (b"a", Mode::File),
        (b"dir/run.sh", Mode::Executable),
        (b"dir/deep/er/file", Mode::File),
        (b"dir.txt", Mode::File),
        (b"link", Mode::Symlink),
        (b"with space and\nline \xff break", Mode::File),
    ];
    let root = tree::apply(repository, &empty, paths.iter().map(|(path, mode)| (*path, entry(*mode))));
    let root = works(root, "apply")?;
    for (path, mode) in &paths {
        let found = works(tree::find(repository, &root, path), "find")?;
        promise(found == Found::Entry(Entry { mode: *mode, id: blob }), "a file is found where it was put")?;
    }
    let all = works(tree::collect(repository, &root, &|_| true, &|_| true), "collect")?;
    promise(all.len() == paths.len(), "a snapshot holds what was put into it and nothing else")?;
    let shuffled = tree::apply(repository, &empty, paths.iter().rev().map(|(path, mode)| (*path, entry(*mode))));
    promise(works(shuffled, "apply")? == root, "the order of writing does not matter")?;
    let less = tree::apply(repository, &root, [(&b"dir/deep/er/file"[..], None)]);
    let less = works(less, "apply of a deletion")?;
    let found = works(tree::find(repository, &less, b"dir/deep"), "find")?;
    promise(found == Found::Nothing, "a folder left empty disappears")?;
    let changes = works(tree::diff(repository, &less, &root), "diff")?;
    promise(changes.keys().map(Vec::as_slice).eq([&b"dir/deep/er/file"[..]]), "the difference is what was changed")?;
    let again = works(tree::apply_changes(repository, &less, &changes), "apply_changes")?;
    promise(again == root, "applying a difference leads to where it came from")?;
    let swap = tree::apply(repository, &root, [(&b"a"[..], None), (&b"a/b"[..], entry(Mode::File))]);
    promise(swap.is_ok(), "a file makes place for a folder of its name")?;
    let clash = tree::apply(repository, &root, [(&b"a/b"[..], entry(Mode::File))]);
    promise(matches!(clash, Err(RepositoryError::FileAndFolder(_))), "a path is not a file and a folder at once")?;
    let elsewhere = ObjectId::from_bytes(&vec![0xcd; empty.as_bytes().len()]).map_err(|e| Broken(e.to_string()))?;
    let module = [TreeEntry { name: b"module".to_vec(), mode: Some(Mode::Submodule), id: elsewhere }];
    let module = works(repository.write_tree(&module), "write_tree with a submodule")?;
    let inside = tree::apply(repository, &module, [(&b"module/x"[..], entry(Mode::File))]);
    promise(matches!(inside, Err(RepositoryError::Submodule(_))), "nothing is written into a submodule")
}

fn refs(repository: &dyn Repository) -> Suite {
    let empty = works(repository.write_tree(&[]), "write_tree")?;
    let first = commit(repository, empty, &[], "first")?;
    let second = commit(repository, empty, &[first], "second")?;
    let other = commit(repository, empty, &[first], "other")?;
    promise(works(repository.tree_of(&second), "tree_of")? == empty, "a commit knows its tree")?;
    let meeting = works(repository.merge_base(&second, &other), "merge_base")?;
    promise(meeting == Some(first), "the merge base is the common ancestor")?;
    let past = works(repository.history(&second, 10), "history")?;
    promise(past == [second] || past == [second, first], "a history goes from a commit to its parents")?;
    promise(works(repository.history(&second, 1), "history")? == [second], "a history is as short as it is asked for")?;
    let name = "refs/codex/suite/x";
    let update = |expected, new| RefUpdate { name: name.to_owned(), expected, new };
    let at = || works(repository.read_ref(name), "read_ref");
    promise(at()?.is_none(), "a ref that was never set is not there")?;
    works(repository.update_refs(&[update(Expected::Absent, Some(first))]), "creating a ref")?;
    promise(at()? == Some(first), "a ref stands where it was put")?;
    let again = repository.update_refs(&[update(Expected::Absent, Some(second))]);
    promise(matches!(again, Err(RepositoryError::Moved { .. })), "creating a ref that is there is refused")?;
    let wrong = repository.update_refs(&[update(Expected::At(second), Some(second))]);
    promise(matches!(wrong, Err(RepositoryError::Moved { .. })), "moving a ref that stands elsewhere is refused")?;
    let side = RefUpdate { name: "refs/codex/suite/y".to_owned(), expected: Expected::Absent, new: Some(first) };
    let both = repository.update_refs(&[side, update(Expected::At(second), Some(second))]);
    promise(both.is_err(), "a transaction with one refused update is refused")?;
    let side = works(repository.read_ref("refs/codex/suite/y"), "read_ref")?;
    promise(side.is_none(), "a refused transaction changes nothing")?;
    works(repository.update_refs(&[update(Expected::At(first), Some(second))]), "moving a ref")?;
    promise(at()? == Some(second), "a ref stands where it was moved")?;
    let listed = works(repository.list_refs("refs/codex/suite/"), "list_refs")?;
    promise(listed == [(name.to_owned(), second)], "refs are listed by prefix")?;
    works(repository.update_refs(&[update(Expected::Any, None)]), "deleting a ref")?;
    promise(at()?.is_none(), "a deleted ref is gone")
}
