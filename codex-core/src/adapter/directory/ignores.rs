//! Ignore rules of the base snapshot. An agent that edits `.gitignore` changes nothing about what is ignored in its run.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::id::ObjectId;
use crate::port::{Repository, RepositoryError};
use crate::tree::{self, Found};

/// The ignore rules of one snapshot, read folder by folder as they are asked for.
pub(super) struct Ignores<'a> {
    repository: &'a Arc<dyn Repository>,
    root: ObjectId,
    folders: HashMap<Vec<u8>, Option<Gitignore>>,
}

impl<'a> Ignores<'a> {
    pub(super) fn new(repository: &'a Arc<dyn Repository>, root: ObjectId) -> Ignores<'a> {
        Ignores { repository, root, folders: HashMap::new() }
    }

    /// Whether a new file is ignored: by the nearest rule that says anything, or because a folder above it is ignored.
    pub(super) fn ignored(&mut self, path: &[u8]) -> Result<bool, RepositoryError> {
        for (at, _) in path.iter().enumerate().filter(|&(_, &b)| b == b'/') {
            if self.says(&path[..at], true)? {
                return Ok(true);
            }
        }
        self.says(path, false)
    }

    fn says(&mut self, path: &[u8], is_folder: bool) -> Result<bool, RepositoryError> {
        use std::os::unix::ffi::OsStrExt;
        let mut folder = path;
        while let Some(slash) = folder.iter().rposition(|&b| b == b'/') {
            folder = &folder[..slash];
            if let Some(ignored) = self.rule(folder, &path[slash + 1..], is_folder)? {
                return Ok(ignored);
            }
        }
        let whole = Path::new(std::ffi::OsStr::from_bytes(path)).as_os_str().as_bytes();
        Ok(self.rule(b"", whole, is_folder)?.unwrap_or(false))
    }

    /// What the rules of one folder say of a path below it.
    fn rule(&mut self, folder: &[u8], relative: &[u8], is_folder: bool) -> Result<Option<bool>, RepositoryError> {
        use std::os::unix::ffi::OsStrExt;
        if !self.folders.contains_key(folder) {
            let rules = self.read(folder)?;
            self.folders.insert(folder.to_vec(), rules);
        }
        let Some(Some(rules)) = self.folders.get(folder) else { return Ok(None) };
        let relative = Path::new(std::ffi::OsStr::from_bytes(relative));
        Ok(match rules.matched(relative, is_folder) {
            Match::None => None,
            Match::Ignore(_) => Some(true),
            Match::Whitelist(_) => Some(false),
        })
    }

    fn read(&self, folder: &[u8]) -> Result<Option<Gitignore>, RepositoryError> {
        let path = tree::join(folder, b".gitignore");
        let Found::Entry(entry) = tree::find(self.repository.as_ref(), &self.root, &path)? else { return Ok(None) };
        let text = self.repository.blob(&entry.id)?;
        let mut builder = GitignoreBuilder::new("");
        for line in String::from_utf8_lossy(&text).lines() {
            // A line that is no pattern ignores nothing, as in git.
            let _ = builder.add_line(None, line);
        }
        Ok(builder.build().ok())
    }
}
