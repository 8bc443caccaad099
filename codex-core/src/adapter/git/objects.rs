//! Reading and writing objects and refs over long-lived processes.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use codex_merge::Mode;

use super::channel::Channel;
use super::git;
use crate::id::ObjectId;
use crate::port::{RepositoryError, Tree, TreeEntry};
use crate::sync::lock;

/// Requests sent ahead of reading answers: enough to keep git busy, few enough that its pipe never fills up.
const AHEAD: usize = 256;

/// Trees kept in memory; past that the cache starts anew.
const TREES_KEPT: usize = 100_000;

pub(super) struct Objects {
    git_dir: PathBuf,
    readers: Pool,
    blobs: Pool,
    commits: Pool,
    trees: Pool,
    refs: Pool,
    known: Mutex<HashMap<ObjectId, Arc<Tree>>>,
    scratch: Mutex<Option<Arc<Scratch>>>,
}

/// Processes of one kind that nobody uses at the moment.
#[derive(Default)]
struct Pool(Mutex<Vec<Channel>>);

/// A folder for contents on their way to git, removed at the end.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        // Nothing in it is needed; what can't be removed is in the repository's own folder, under a telling name.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn broken(action: &str, error: &io::Error) -> RepositoryError {
    RepositoryError::Failed { action: action.to_owned(), detail: error.to_string() }
}

impl Objects {
    pub(super) fn new(git_dir: PathBuf) -> Objects {
        Objects {
            git_dir,
            readers: Pool::default(),
            blobs: Pool::default(),
            commits: Pool::default(),
            trees: Pool::default(),
            refs: Pool::default(),
            known: Mutex::default(),
            scratch: Mutex::default(),
        }
    }

    /// Uses a process of a pool; one that failed is not used again, and what it said explains the failure.
    fn with<T>(
        &self,
        pool: &Pool,
        arguments: &[&str],
        work: impl FnOnce(&mut Channel) -> io::Result<T>,
    ) -> Result<T, String> {
        let free = lock(&pool.0).pop();
        let mut channel = match free {
            Some(channel) => channel,
            None => {
                let mut command = git(&self.git_dir);
                command.args(arguments);
                Channel::start(command).map_err(|error| format!("git could not be started: {error}"))?
            }
        };
        match work(&mut channel) {
            Ok(value) => {
                lock(&pool.0).push(channel);
                Ok(value)
            }
            Err(error) => {
                let said = channel.last_words();
                Err(if said.is_empty() { error.to_string() } else { said })
            }
        }
    }

    pub(super) fn read_many(
        &self,
        ids: &[ObjectId],
        each: &mut dyn FnMut(usize, Vec<u8>) -> Result<(), RepositoryError>,
    ) -> Result<(), RepositoryError> {
        // A refusal of the receiver must not leave answers in the pipe: they are read and dropped.
        let mut refused = None;
        let done = self.with(&self.readers, &["cat-file", "--batch"], |channel| {
            for (start, chunk) in ids.chunks(AHEAD).enumerate() {
                for id in chunk {
                    channel.send(format!("{id}\n").as_bytes())?;
                }
                channel.flush()?;
                for (at, id) in chunk.iter().enumerate() {
                    let head = channel.line()?;
                    let Some(size) = head.rsplit(' ').next().and_then(|size| size.parse::<usize>().ok()) else {
                        refused.get_or_insert(RepositoryError::Missing(*id));
                        continue;
                    };
                    let bytes = channel.exact(size)?;
                    channel.exact(1)?;
                    if refused.is_none()
                        && let Err(error) = each(start * AHEAD + at, bytes)
                    {
                        refused = Some(error);
                    }
                }
            }
            Ok(())
        });
        done.map_err(|detail| RepositoryError::Failed { action: "reading objects".to_owned(), detail })?;
        refused.map_or(Ok(()), Err)
    }

    fn read(&self, id: &ObjectId) -> Result<Vec<u8>, RepositoryError> {
        let mut content = Vec::new();
        self.read_many(std::slice::from_ref(id), &mut |_, bytes| {
            content = bytes;
            Ok(())
        })?;
        Ok(content)
    }

    pub(super) fn tree_of(&self, commit: &ObjectId) -> Result<ObjectId, RepositoryError> {
        let text = self.read(commit)?;
        let line = text.strip_prefix(b"tree ").and_then(|rest| rest.split(|&b| b == b'\n').next());
        let id = line.and_then(|line| std::str::from_utf8(line).ok()).and_then(|line| line.parse().ok());
        id.ok_or_else(|| RepositoryError::Failed {
            action: "reading a commit".to_owned(),
            detail: format!("{commit} names no tree"),
        })
    }

    pub(super) fn tree(&self, id: &ObjectId) -> Result<Arc<Tree>, RepositoryError> {
        if let Some(tree) = lock(&self.known).get(id) {
            return Ok(tree.clone());
        }
        let tree = Arc::new(parse_tree(&self.read(id)?, id.as_bytes().len()).ok_or_else(|| {
            RepositoryError::Failed { action: "reading a tree".to_owned(), detail: format!("{id} is not a tree") }
        })?);
        let mut known = lock(&self.known);
        if known.len() >= TREES_KEPT {
            known.clear();
        }
        known.insert(*id, tree.clone());
        Ok(tree)
    }

    pub(super) fn write_tree(&self, entries: &[TreeEntry]) -> Result<ObjectId, RepositoryError> {
        let failed = |detail| RepositoryError::Failed { action: "writing a tree".to_owned(), detail };
        let line = self.with(&self.trees, &["mktree", "-z", "--missing", "--batch"], |channel| {
            for entry in entries {
                let (mode, kind) = match entry.mode {
                    None => ("040000", "tree"),
                    Some(Mode::File) => ("100644", "blob"),
                    Some(Mode::Executable) => ("100755", "blob"),
                    Some(Mode::Symlink) => ("120000", "blob"),
                    Some(_) => ("160000", "commit"),
                };
                channel.send(format!("{mode} {kind} {}\t", entry.id).as_bytes())?;
                channel.send(&entry.name)?;
                channel.send(b"\0")?;
            }
            channel.send(b"\0")?;
            channel.flush()?;
            channel.line()
        });
        line.map_err(failed)?.parse().map_err(|_| failed("git answered with no id".to_owned()))
    }

    /// Stores a blob or commit. The content goes through a file: git reads many objects over one pipe only by their paths.
    pub(super) fn write(&self, kind: &str, bytes: &[u8]) -> Result<ObjectId, RepositoryError> {
        let action = format!("writing a {kind}");
        let scratch = self.scratch().map_err(|error| broken(&action, &error))?;
        let file = scratch.0.join(unique_name());
        fs::write(&file, bytes).map_err(|error| broken(&action, &error))?;
        let (pool, arguments): (_, &[&str]) = match kind {
            "commit" => (&self.commits, &["hash-object", "-w", "-t", "commit", "--no-filters", "--stdin-paths"]),
            _ => (&self.blobs, &["hash-object", "-w", "--no-filters", "--stdin-paths"]),
        };
        let line = self.with(pool, arguments, |channel| {
            use std::os::unix::ffi::OsStrExt;
            channel.send(file.as_os_str().as_bytes())?;
            channel.send(b"\n")?;
            channel.flush()?;
            channel.line()
        });
        let removed = fs::remove_file(&file);
        let failed = |detail| RepositoryError::Failed { action: action.clone(), detail };
        let id = line.map_err(failed)?.parse().map_err(|_| failed("git answered with no id".to_owned()))?;
        removed.map_err(|error| broken("removing a scratch file", &error))?;
        Ok(id)
    }

    fn scratch(&self) -> io::Result<Arc<Scratch>> {
        let mut scratch = lock(&self.scratch);
        if let Some(scratch) = scratch.as_ref() {
            return Ok(scratch.clone());
        }
        // Beside the objects, so that it is on the same disk and as private as they are. A path with a line break could not
        // be told to git over a pipe of lines.
        let mut parent = self.git_dir.clone();
        if parent.as_os_str().as_encoded_bytes().contains(&b'\n') {
            parent = std::env::temp_dir();
        }
        let mut random = [0u8; 8];
        // The number of the process alone is not enough: in a container it is the same every time.
        getrandom::fill(&mut random).map_err(|error| io::Error::other(error.to_string()))?;
        let folder = parent.join(format!("codex-scratch-{:016x}", u64::from_le_bytes(random)));
        {
            use std::os::unix::fs::DirBuilderExt;
            fs::DirBuilder::new().mode(0o700).create(&folder)?;
        }
        let made = Arc::new(Scratch(folder));
        *scratch = Some(made.clone());
        Ok(made)
    }

    /// One transaction on refs.
    pub(super) fn transact(&self, script: &str) -> Result<(), String> {
        self.with(&self.refs, &["update-ref", "-m", "codex", "--stdin"], |channel| {
            channel.send(script.as_bytes())?;
            channel.flush()?;
            for expected in ["start: ok", "commit: ok"] {
                let line = channel.line()?;
                if line != expected {
                    return Err(io::Error::other(line));
                }
            }
            Ok(())
        })
    }
}

fn unique_name() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Git's own form of a tree: `MODE NAME NUL ID`, again and again.
fn parse_tree(mut bytes: &[u8], id_length: usize) -> Option<Tree> {
    let mut entries = Vec::new();
    while !bytes.is_empty() {
        let space = bytes.iter().position(|&b| b == b' ')?;
        let nul = bytes.iter().position(|&b| b == 0)?;
        let mode = match &bytes[..space] {
            b"40000" => None,
            b"100755" => Some(Mode::Executable),
            b"120000" => Some(Mode::Symlink),
            b"160000" => Some(Mode::Submodule),
            _ => Some(Mode::File),
        };
        let name = bytes.get(space + 1..nul)?.to_vec();
        let id = ObjectId::from_bytes(bytes.get(nul + 1..nul + 1 + id_length)?).ok()?;
        bytes = bytes.get(nul + 1 + id_length..)?;
        entries.push(TreeEntry { name, mode, id });
    }
    Some(Tree { entries })
}
