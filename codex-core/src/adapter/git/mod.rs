//! A git repository through the `git` program (2.36 or newer).
//!
//! Objects are read and written over a handful of long-lived `git` processes, so that an agent costs no process of its own.
//! Only the user's own repository is ever given to git, never a workspace; hooks and the file system monitor are switched off;
//! no working tree and no index is touched.
#![allow(clippy::disallowed_methods, reason = "this adapter is where git is started")]

mod channel;
mod objects;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use objects::Objects;

use crate::id::ObjectId;
use crate::port::{CommitSpec, Expected, RefUpdate, Repository, RepositoryError, Tree, TreeEntry};
use crate::sync::lock;

/// A git repository: with a working tree or bare, complete, shallow, partial or sparse.
pub struct GitRepository {
    /// That of the working tree it was opened in; a linked one has its own HEAD.
    git_dir: PathBuf,
    common_dir: PathBuf,
    work_tree: Option<PathBuf>,
    shown: String,
    objects: Objects,
    identity: Mutex<Option<String>>,
}

impl GitRepository {
    /// Opens the repository that holds `path`.
    ///
    /// # Errors
    /// [`RepositoryError::Open`] when there is none, git is missing, or git refuses to use it.
    pub fn open(path: impl AsRef<Path>) -> Result<Arc<GitRepository>, RepositoryError> {
        let path = path.as_ref();
        let ask = |what: &str| {
            let mut command = plain_git();
            command.arg("-C").arg(path).args(["rev-parse", "--path-format=absolute", what]);
            let output = command.output().map_err(|error| {
                RepositoryError::Open(format!("git could not be started ({error}): install git 2.36 or newer"))
            })?;
            if !output.status.success() {
                let said = String::from_utf8_lossy(&output.stderr);
                let said = said.trim().trim_start_matches("fatal: ");
                let detail = format!("{} can't be used as a git repository: {said}", path.display());
                return Err(RepositoryError::Open(detail));
            }
            Ok(path_of(output.stdout.strip_suffix(b"\n").unwrap_or(&output.stdout)))
        };
        let (common_dir, git_dir) = (ask("--git-common-dir")?, ask("--git-dir")?);
        // A bare repository has none.
        let work_tree = ask("--show-toplevel").ok();
        // One name for the repository, in whichever of its working trees it was opened.
        let shown = match common_dir.file_name() {
            Some(name) if name == ".git" => common_dir.parent().unwrap_or(&common_dir).display().to_string(),
            _ => common_dir.display().to_string(),
        };
        let objects = Objects::new(git_dir.clone());
        Ok(Arc::new(GitRepository { git_dir, common_dir, work_tree, shown, objects, identity: Mutex::new(None) }))
    }

    /// The folder that holds the repository's objects and refs, the same for all of its working trees.
    pub fn common_dir(&self) -> &Path {
        &self.common_dir
    }

    /// The root of the working tree it was opened in; `None` for a bare repository.
    pub fn work_tree(&self) -> Option<&Path> {
        self.work_tree.as_deref()
    }

    /// Runs git to its end; `Ok(None)` for exit code 1 with nothing to say, which is git's "no".
    fn ask(&self, arguments: &[&str]) -> Result<Option<Vec<u8>>, RepositoryError> {
        let mut command = git(&self.git_dir);
        command.args(arguments).stdin(Stdio::null());
        let output = command.output().map_err(|error| RepositoryError::Failed {
            action: "starting git".to_owned(),
            detail: error.to_string(),
        })?;
        if output.status.success() {
            return Ok(Some(output.stdout));
        }
        if output.status.code() == Some(1) && output.stderr.is_empty() {
            return Ok(None);
        }
        Err(RepositoryError::Failed {
            action: format!("git {}", arguments.first().unwrap_or(&"")),
            detail: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        })
    }

    fn ask_line(&self, arguments: &[&str]) -> Result<Option<String>, RepositoryError> {
        let output = self.ask(arguments)?;
        let line = output.map(|bytes| String::from_utf8_lossy(&bytes).trim_end().to_owned());
        Ok(line.filter(|line| !line.is_empty()))
    }

    /// `Name <address>` of whoever commits here, or a neutral one where git knows none.
    fn identity(&self) -> String {
        let mut known = lock(&self.identity);
        known
            .get_or_insert_with(|| {
                let ident = self.ask_line(&["var", "GIT_COMMITTER_IDENT"]).ok().flatten();
                ident
                    .and_then(|line| line.rfind('>').map(|end| line[..=end].to_owned()))
                    .unwrap_or_else(|| "Codex <codex@agents.codex.invalid>".to_owned())
            })
            .clone()
    }
}

fn plain_git() -> Command {
    let mut command = Command::new("git");
    for name in [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_COMMON_DIR",
        "GIT_NAMESPACE",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_CEILING_DIRECTORIES",
    ] {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0");
    command
}

pub(super) fn git(git_dir: &Path) -> Command {
    let mut command = plain_git();
    command.args(["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"]);
    command.arg("--git-dir").arg(git_dir);
    command
}

fn path_of(bytes: &[u8]) -> PathBuf {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
    }
    #[cfg(not(unix))]
    {
        PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
    }
}

impl Repository for GitRepository {
    fn describe(&self) -> String {
        self.shown.clone()
    }

    fn resolve(&self, name: &str) -> Result<Option<ObjectId>, RepositoryError> {
        if name.starts_with('-') {
            return Ok(None);
        }
        // HEAD is what is checked out here, never the default branch of where the clone came from.
        let named = [format!("refs/heads/{name}"), format!("refs/remotes/origin/{name}")];
        let candidates = named.into_iter().filter(|_| name != "HEAD").chain([name.to_owned()]);
        for candidate in candidates {
            let commit = format!("{candidate}^{{commit}}");
            let found = self.ask_line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]);
            // An ambiguous or malformed name is no name.
            if let Some(id) = found.ok().flatten().and_then(|line| line.parse().ok()) {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    fn head_branch(&self) -> Result<Option<String>, RepositoryError> {
        self.ask_line(&["symbolic-ref", "--quiet", "--short", "HEAD"])
    }

    fn read_ref(&self, name: &str) -> Result<Option<ObjectId>, RepositoryError> {
        let line = self.ask_line(&["rev-parse", "--verify", "--quiet", "--end-of-options", name])?;
        Ok(line.and_then(|line| line.parse().ok()))
    }

    fn list_refs(&self, prefix: &str) -> Result<Vec<(String, ObjectId)>, RepositoryError> {
        let pattern = prefix.trim_end_matches('/');
        let output = self.ask(&["for-each-ref", "--format=%(objectname) %(refname)", pattern])?;
        let text = String::from_utf8_lossy(output.as_deref().unwrap_or_default()).into_owned();
        let line = |line: &str| {
            let (id, name) = line.split_once(' ')?;
            name.starts_with(prefix).then_some((name.to_owned(), id.parse().ok()?))
        };
        Ok(text.lines().filter_map(line).collect())
    }

    fn checked_out(&self, branch: &str) -> Result<Option<String>, RepositoryError> {
        let output = self.ask(&["worktree", "list", "--porcelain", "-z"])?.unwrap_or_default();
        let wanted = format!("branch refs/heads/{branch}");
        let mut place = String::new();
        let mut bare = false;
        for line in output.split(|&b| b == 0) {
            let line = String::from_utf8_lossy(line);
            if let Some(path) = line.strip_prefix("worktree ") {
                place = path.to_owned();
                bare = false;
            } else if line == "bare" {
                bare = true;
            } else if line == wanted && !bare {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }

    fn valid_branch(&self, name: &str) -> bool {
        let full = format!("refs/heads/{name}");
        !name.starts_with('-') && name != "HEAD" && matches!(self.ask(&["check-ref-format", &full]), Ok(Some(_)))
    }

    fn merge_base(&self, a: &ObjectId, b: &ObjectId) -> Result<Option<ObjectId>, RepositoryError> {
        let line = self.ask_line(&["merge-base", &a.to_string(), &b.to_string()])?;
        Ok(line.and_then(|line| line.parse().ok()))
    }

    fn history(&self, tip: &ObjectId, limit: usize) -> Result<Vec<ObjectId>, RepositoryError> {
        let (limit, tip) = (format!("--max-count={limit}"), tip.to_string());
        let output = self.ask(&["rev-list", "--first-parent", &limit, &tip])?.unwrap_or_default();
        Ok(String::from_utf8_lossy(&output).lines().filter_map(|line| line.parse().ok()).collect())
    }

    fn tree_of(&self, commit: &ObjectId) -> Result<ObjectId, RepositoryError> {
        self.objects.tree_of(commit)
    }

    fn tree(&self, id: &ObjectId) -> Result<Arc<Tree>, RepositoryError> {
        self.objects.tree(id)
    }

    fn blobs(
        &self,
        ids: &[ObjectId],
        each: &mut dyn FnMut(usize, Vec<u8>) -> Result<(), RepositoryError>,
    ) -> Result<(), RepositoryError> {
        self.objects.read_many(ids, each)
    }

    fn write_blob(&self, bytes: &[u8]) -> Result<ObjectId, RepositoryError> {
        self.objects.write("blob", bytes)
    }

    fn write_tree(&self, entries: &[TreeEntry]) -> Result<ObjectId, RepositoryError> {
        self.objects.write_tree(entries)
    }

    fn write_commit(&self, spec: &CommitSpec) -> Result<ObjectId, RepositoryError> {
        let mut text = format!("tree {}\n", spec.tree);
        for parent in &spec.parents {
            text.push_str(&format!("parent {parent}\n"));
        }
        let seconds = spec.time.seconds();
        let author = &spec.author;
        text.push_str(&format!("author {} <{}> {seconds} +0000\n", author.name, author.email));
        text.push_str(&format!("committer {} {seconds} +0000\n\n{}", self.identity(), spec.message));
        if !text.ends_with('\n') {
            text.push('\n');
        }
        self.objects.write("commit", text.as_bytes())
    }

    fn update_refs(&self, updates: &[RefUpdate]) -> Result<(), RepositoryError> {
        let mut script = String::from("start\n");
        for RefUpdate { name, expected, new } in updates {
            let line = match (new, expected) {
                (Some(new), Expected::Any) => format!("update {name} {new}\n"),
                (Some(new), Expected::Absent) => format!("create {name} {new}\n"),
                (Some(new), Expected::At(old)) => format!("update {name} {new} {old}\n"),
                (None, Expected::At(old)) => format!("delete {name} {old}\n"),
                (None, Expected::Absent) => format!("verify {name}\n"),
                (None, Expected::Any) => format!("delete {name}\n"),
            };
            script.push_str(&line);
        }
        script.push_str("commit\n");
        self.objects.transact(&script).map_err(|detail| {
            let moved = detail.contains("cannot lock ref") && !detail.contains("Unable to create");
            match updates.first() {
                Some(first) if moved => RepositoryError::Moved { name: first.name.clone(), detail },
                _ => RepositoryError::Failed { action: "moving refs".to_owned(), detail },
            }
        })
    }
}
