//! A small git repository in a workspace, for the agent's own `git status` and `git diff`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use super::failed;
use crate::port::WorkspaceError;

/// Bytes as they are, whatever the files' own attributes ask for: no conversion, no filter.
const ATTRIBUTES: &str = "* -text !eol -ident -filter !working-tree-encoding\n";

/// What `git init` makes, kept so that it is asked once and not for every workspace.
#[derive(Debug, Default)]
pub(super) struct Skeleton(OnceLock<Vec<(PathBuf, Option<Vec<u8>>)>>);

impl Skeleton {
    /// An empty repository in a folder.
    fn lay(&self, folder: &Path) -> Result<(), WorkspaceError> {
        let Some(entries) = self.0.get() else {
            run(folder, &["init", "--quiet", "--template=", "--initial-branch=base"])?;
            let info = folder.join(".git").join("info");
            fs::create_dir_all(&info)
                .and_then(|()| fs::write(info.join("attributes"), ATTRIBUTES))
                .map_err(|error| failed("making the git folder of", folder, error))?;
            let entries =
                read(&folder.join(".git")).map_err(|error| failed("reading the git folder of", folder, error))?;
            // Another workspace may have been faster; what it read is the same.
            let _ = self.0.set(entries);
            return Ok(());
        };
        let git = folder.join(".git");
        let lay = |(path, content): &(PathBuf, Option<Vec<u8>>)| match content {
            Some(content) => fs::write(git.join(path), content),
            None => fs::create_dir(git.join(path)),
        };
        entries.iter().try_for_each(lay).map_err(|error| failed("making the git folder of", folder, error))
    }
}

/// Folders and files below a folder, every folder before what is in it; the folder itself is the first.
fn read(root: &Path) -> io::Result<Vec<(PathBuf, Option<Vec<u8>>)>> {
    let mut entries = vec![(PathBuf::new(), None)];
    let mut at = 0;
    while at < entries.len() {
        let (folder, content) = entries[at].clone();
        at += 1;
        if content.is_some() {
            continue;
        }
        for entry in fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            let content = match entry.file_type()?.is_dir() {
                true => None,
                false => Some(fs::read(entry.path())?),
            };
            entries.push((path, content));
        }
    }
    Ok(entries)
}

/// Commits the files as they are. This happens before the agent starts, so nothing in the folder is its work yet; the engine
/// never runs git there again.
pub(super) fn create(skeleton: &Skeleton, folder: &Path) -> Result<(), WorkspaceError> {
    skeleton.lay(folder)?;
    run(folder, &["add", "--all", "--force"])?;
    run(folder, &["commit", "--quiet", "--allow-empty", "--no-verify", "--no-gpg-sign", "--message=base"])
}

fn run(folder: &Path, arguments: &[&str]) -> Result<(), WorkspaceError> {
    let mut command = Command::new("git");
    command.env_clear();
    // Nothing of the user's configuration: what git does here is the same everywhere.
    for name in ["PATH", "TMPDIR"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap_or(folder))
        .env("GIT_AUTHOR_NAME", "Codex")
        .env("GIT_AUTHOR_EMAIL", "codex@agents.codex.invalid")
        .env("GIT_COMMITTER_NAME", "Codex")
        .env("GIT_COMMITTER_EMAIL", "codex@agents.codex.invalid")
        .args([
            "-c",
            "gc.auto=0",
            "-c",
            "maintenance.auto=false",
            "-c",
            "core.fsync=none",
            "-c",
            "core.compression=0",
            "-c",
            "core.autocrlf=false",
            "-c",
            "core.safecrlf=false",
            "-c",
            "core.attributesFile=/dev/null",
        ])
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let output = command.output().map_err(|error| failed("running git in", folder, error))?;
    match output.status.success() {
        true => Ok(()),
        false => {
            let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            Err(failed("making the git baseline of", folder, std::io::Error::other(said)))
        }
    }
}
