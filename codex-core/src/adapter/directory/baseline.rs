//! A small git repository in a workspace, for the agent's own `git status` and `git diff`.

use std::path::Path;
use std::process::{Command, Stdio};

use super::failed;
use crate::port::WorkspaceError;

/// Commits the files as they are. This happens before the agent starts, so nothing in the folder is its work yet; the engine
/// never runs git there again.
pub(super) fn create(folder: &Path) -> Result<(), WorkspaceError> {
    run(folder, &["init", "--quiet", "--template=", "--initial-branch=base"])?;
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
