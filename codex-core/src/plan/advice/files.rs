//! The files of the base, by path.

use std::ops::Range;

use codex_merge::{Language, Mode};
use codex_scope::{Pattern, PatternSet};

use crate::id::ObjectId;
use crate::port::{Repository, RepositoryError, WorkspaceFile};
use crate::tree;

/// All files of a snapshot, sorted by path, and numbered in that order.
pub(super) struct Files(Vec<WorkspaceFile>);

impl Files {
    pub(super) fn read(repository: &dyn Repository, root: &ObjectId) -> Result<Files, RepositoryError> {
        let mut files = tree::collect(repository, root, &|_| true, &|_| true)?;
        files.retain(|file| file.entry.mode != Mode::Submodule);
        Ok(Files(files))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn path(&self, at: usize) -> &[u8] {
        self.0.get(at).map_or(&b""[..], |file| file.path.as_slice())
    }

    pub(super) fn id(&self, at: usize) -> Option<ObjectId> {
        self.0.get(at).map(|file| file.entry.id)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(|file| file.path.as_slice())
    }

    /// Whether a file is written in a language whose imports are known.
    pub(super) fn is_source(&self, at: usize) -> bool {
        let file = |file: &WorkspaceFile| matches!(file.entry.mode, Mode::File | Mode::Executable);
        self.0.get(at).is_some_and(file) && Language::of_path(self.path(at)).is_some()
    }

    pub(super) fn find(&self, path: &[u8]) -> Option<usize> {
        self.0.binary_search_by(|file| file.path.as_slice().cmp(path)).ok()
    }

    /// The files whose paths begin like this.
    pub(super) fn beginning(&self, prefix: &[u8]) -> Range<usize> {
        let start = self.0.partition_point(|file| file.path.as_slice() < prefix);
        let count = self.0[start..].partition_point(|file| file.path.starts_with(prefix));
        start..start + count
    }

    /// The files of a set, in order.
    pub(super) fn of(&self, set: &PatternSet) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for pattern in set.patterns() {
            let reachable = self.beginning(fixed_beginning(pattern).as_bytes());
            found.extend(reachable.filter(|at| pattern.matches(self.path(*at)) && set.matches(self.path(*at))));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether a pattern matches any file.
    pub(super) fn any(&self, pattern: &Pattern) -> bool {
        self.beginning(fixed_beginning(pattern).as_bytes()).any(|at| pattern.matches(self.path(at)))
    }
}

/// The text with which all that a pattern matches begins, as far as the pattern says it outright.
pub(super) fn fixed_beginning(pattern: &Pattern) -> &str {
    let text = pattern.as_str();
    let text = text.strip_prefix("./").unwrap_or(text);
    text.split(['*', '?', '[', '{']).next().unwrap_or_default()
}

/// The folder that a path lies in, with a slash behind it; empty for the root.
pub(super) fn folder_with_slash(path: &[u8]) -> &[u8] {
    path.iter().rposition(|byte| *byte == b'/').map_or(&path[..0], |slash| &path[..=slash])
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::adapter::memory::MemoryRepository;

    /// The files of a repository with these paths.
    pub(in crate::plan::advice) fn files(paths: &[&str]) -> Files {
        let repository = MemoryRepository::with_files(paths.iter().map(|path| (*path, ""))).expect("a repository");
        let commit = repository.read_ref("refs/heads/main").expect("read").expect("a commit");
        let root = repository.tree_of(&commit).expect("a tree");
        Files::read(repository.as_ref(), &root).expect("read")
    }

    #[test]
    fn files_of_a_set() {
        let files = files(&["a.rb", "lib/a.rb", "lib/b/c.rb", "lib/b.rb", "library.rb", "z"]);
        for (patterns, expected) in [
            (&["lib/"][..], &["lib/a.rb", "lib/b.rb", "lib/b/c.rb"][..]),
            (&["lib/*.rb", "lib/"], &["lib/a.rb", "lib/b.rb", "lib/b/c.rb"]),
            (&["lib*"], &["library.rb"]),
            (&["**", "!lib/"], &["a.rb", "library.rb", "z"]),
            (&["{z,a.rb}"], &["a.rb", "z"]),
            (&["absent"], &[]),
            (&[], &[]),
        ] {
            let set = PatternSet::parse(patterns).expect("patterns");
            let found: Vec<_> = files.of(&set).into_iter().map(|at| files.path(at)).collect();
            assert_eq!(found, expected.iter().map(|path| path.as_bytes()).collect::<Vec<_>>(), "{patterns:?}");
        }
        assert_eq!(files.find(b"lib/b.rb").map(|at| files.path(at)), Some(&b"lib/b.rb"[..]));
        assert_eq!(files.find(b"lib"), None);
    }
}
