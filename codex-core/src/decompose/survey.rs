//! What there is to divide: the files of one commit, and which of them nobody is given.

use std::cell::RefCell;
use std::collections::BTreeSet;

use codex_merge::{Language, Mode};
use codex_scope::PatternSet;

use super::error::DecomposeError;
use super::kept;
use super::request::DecomposeRequest;
use crate::id::ObjectId;
use crate::path::RepoPath;
use crate::plan::imports::Resolver;
use crate::port::{Repository, RepositoryError};
use crate::tree;

/// The most files of settings that are read for what they say of imports.
const MAX_CONFIGS: usize = 4_096;

/// One file that is to be divided.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) path: RepoPath,
    pub(super) id: ObjectId,
    /// What it is written in, if its imports can be read.
    pub(super) language: Option<Language>,
}

impl File {
    pub(super) fn bytes(&self) -> &[u8] {
        self.path.as_bytes()
    }
}

/// The files of one commit.
pub(super) struct Survey {
    /// The commit as it was named.
    pub(super) base: String,
    pub(super) commit: ObjectId,
    /// The branch that a workflow would start from; nothing where none is checked out.
    pub(super) branch: Option<String>,
    /// What is to be divided, sorted by path.
    pub(super) files: Vec<File>,
    /// What lies beside it or is no agent's business, sorted.
    pub(super) others: Vec<RepoPath>,
    /// Folders around what was asked for, which are nobody's.
    pub(super) around: Vec<Vec<u8>>,
    /// Finds what imports mean, among all files.
    pub(super) resolver: Resolver,
}

impl Survey {
    /// Looks at the base. Reads the list of files, and those settings that say what imports mean.
    pub(super) fn take(repository: &dyn Repository, request: &DecomposeRequest) -> Result<Survey, DecomposeError> {
        let wanted = Wanted::new(&request.paths)?;
        let branch = repository.head_branch()?;
        let base = request.base.clone().or_else(|| branch.clone()).unwrap_or_else(|| "HEAD".to_owned());
        let Some(commit) = repository.resolve(&base)? else {
            return Err(DecomposeError::Base { name: base, repository: repository.describe() });
        };
        let root = repository.tree_of(&commit)?;
        let (mut files, mut others) = (Vec::new(), Vec::new());
        let (mut all, mut configs) = (BTreeSet::new(), Vec::new());
        let left = RefCell::new(Vec::new());
        let enter = |folder: &[u8]| {
            let enter = !kept::is_foreign(folder);
            if !enter {
                left.borrow_mut().push(folder.to_vec());
            }
            enter
        };
        for found in tree::collect(repository, &root, &enter, &|_| true)? {
            // A name that is none on any file system can't be written by anybody.
            let Ok(path) = RepoPath::new(found.path) else { continue };
            if !matches!(found.entry.mode, Mode::File | Mode::Executable) {
                others.push(path);
                continue;
            }
            all.insert(path.as_bytes().to_vec());
            if Resolver::wants(path.as_bytes()) && configs.len() < MAX_CONFIGS {
                configs.push((path.as_bytes().to_vec(), found.entry.id));
            }
            if kept::is_kept(path.as_bytes()) || !wanted.has(path.as_bytes()) {
                others.push(path);
            } else {
                let language = Language::of_path(path.as_bytes());
                files.push(File { path, id: found.entry.id, language });
            }
        }
        if let Some(pattern) = wanted.without_files(&files) {
            return Err(DecomposeError::NothingThere { pattern, base });
        }
        // One name stands for all that lies in a folder that was not entered.
        for folder in left.into_inner() {
            others.extend(RepoPath::new([folder.as_slice(), b"/all"].concat()).ok());
        }
        others.sort_unstable();
        let resolver = Resolver::new(all, contents(repository, configs)?);
        let branch = request.base.clone().or(branch);
        Ok(Survey { base, commit, branch, files, others, around: wanted.around(), resolver })
    }

    /// Whether the base has this file, to be divided or not.
    pub(super) fn has(&self, path: &[u8]) -> bool {
        self.find(path).is_some() || self.others.binary_search_by(|other| other.as_bytes().cmp(path)).is_ok()
    }

    /// The place of a path among the files that are to be divided.
    pub(super) fn find(&self, path: &[u8]) -> Option<usize> {
        self.files.binary_search_by(|file| file.bytes().cmp(path)).ok()
    }

    /// The places of the files whose imports can be read.
    pub(super) fn sources(&self) -> Vec<usize> {
        (0..self.files.len()).filter(|at| self.files[*at].language.is_some()).collect()
    }
}

/// The folder of a path, empty at the root, and its last component.
pub(super) fn split(path: &[u8]) -> (&[u8], &[u8]) {
    match path.iter().rposition(|byte| *byte == b'/') {
        Some(slash) => (&path[..slash], &path[slash + 1..]),
        None => (&path[..0], path),
    }
}

/// A path and the content of the file.
type Content = (Vec<u8>, Vec<u8>);

/// The contents of some files.
fn contents(repository: &dyn Repository, files: Vec<(Vec<u8>, ObjectId)>) -> Result<Vec<Content>, RepositoryError> {
    let ids: Vec<ObjectId> = files.iter().map(|(_, id)| *id).collect();
    let mut contents = Vec::with_capacity(files.len());
    repository.blobs(&ids, &mut |at, bytes| {
        contents.extend(files.get(at).map(|(path, _)| (path.clone(), bytes)));
        Ok(())
    })?;
    Ok(contents)
}

/// The part of the repository that is asked for.
struct Wanted {
    /// Nothing for all of it.
    set: Option<PatternSet>,
    /// Each entry that includes, as it was given.
    entries: Vec<(String, PatternSet)>,
}

impl Wanted {
    fn new(paths: &[String]) -> Result<Wanted, DecomposeError> {
        let paths: Vec<&str> = paths.iter().map(String::as_str).filter(|path| !matches!(*path, "." | "./")).collect();
        if paths.is_empty() {
            return Ok(Wanted { set: None, entries: Vec::new() });
        }
        let parse = |paths: &[&str]| {
            let both = paths.iter().flat_map(|path| {
                // A folder may be named without its slash; nothing else starts with the name of a file and a slash.
                let folder = (!path.ends_with(['/', '*'])).then(|| format!("{path}/"));
                [Some((*path).to_owned()), folder].into_iter().flatten()
            });
            PatternSet::parse(both).map_err(DecomposeError::Pattern)
        };
        let included: Vec<&str> = paths.iter().copied().filter(|path| !path.starts_with('!')).collect();
        let mut all = paths.clone();
        if included.is_empty() {
            all.push("**");
        }
        let entries = included.iter().map(|path| parse(&[*path]).map(|set| ((*path).to_owned(), set)));
        let entries = entries.collect::<Result<Vec<(String, PatternSet)>, DecomposeError>>()?;
        Ok(Wanted { set: Some(parse(&all)?), entries })
    }

    fn has(&self, path: &[u8]) -> bool {
        self.set.as_ref().is_none_or(|set| set.matches(path))
    }

    /// The folders that the entries lie in: what is new beside them was not asked for.
    fn around(&self) -> Vec<Vec<u8>> {
        let mut around = BTreeSet::new();
        for (entry, _) in &self.entries {
            let entry = entry.trim_start_matches("./");
            let literal = entry.split(['*', '?', '[', '{']).next().unwrap_or_default();
            // A folder that is named as a whole is asked for; one in which a pattern matches is not.
            let mut rest = if literal == entry { entry.trim_end_matches('/') } else { literal };
            while let Some(slash) = rest.rfind('/') {
                rest = &rest[..slash];
                around.insert(rest.as_bytes().to_vec());
            }
        }
        around.into_iter().collect()
    }

    /// An entry that matches no file.
    fn without_files(&self, files: &[File]) -> Option<String> {
        let matches = |set: &PatternSet| files.iter().any(|file| set.matches(file.bytes()));
        self.entries.iter().find(|(_, set)| !matches(set)).map(|(entry, _)| entry.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_and_what_lies_around_it() {
        for (paths, inside, outside, around) in [
            (&["src"][..], &["src/a.ts", "src/b/c.ts", "src"][..], &["srcs/a.ts", "lib/a.ts"][..], &[][..]),
            (&["app/models/", "./lib"], &["app/models/a.rb", "lib/b.rb"], &["app/a.rb"], &["app"]),
            (&["src/*/x.ts"], &["src/a/x.ts"], &["src/x.ts"], &["src"]),
            (&["src/", "!src/old"], &["src/a.ts"], &["src/old/a.ts"], &[]),
            (&["!docs/"], &["src/a.ts", "a"], &["docs/a.md"], &[]),
            (&["."], &["a", "b/c"], &[], &[]),
            (&[], &["a", "b/c"], &[], &[]),
        ] {
            let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
            let wanted = Wanted::new(&paths).expect("patterns");
            assert!(inside.iter().all(|path| wanted.has(path.as_bytes())), "{paths:?} has {inside:?}");
            assert!(!outside.iter().any(|path| wanted.has(path.as_bytes())), "{paths:?} has not {outside:?}");
            let found: Vec<String> =
                wanted.around().iter().map(|folder| String::from_utf8_lossy(folder).into_owned()).collect();
            assert_eq!(found, around, "{paths:?}");
        }
    }
}
