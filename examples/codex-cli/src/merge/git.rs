//! Asking git.

use std::process::{Command, Stdio};

use anyhow::{anyhow, bail};
use codex_merge::ConflictStyle;

/// Runs git in the current folder and gives what it printed, without the last line end; nothing if it ended with 1, by which
/// `git config` says that there is no such value.
pub(super) fn ask(arguments: &[&str]) -> anyhow::Result<Option<String>> {
    let output = Command::new("git")
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| anyhow!("git can't be started: {error}; install it, or put its folder on the PATH"))?;
    match output.status.code() {
        Some(0) => {
            let printed = String::from_utf8_lossy(&output.stdout);
            Ok(Some(printed.strip_suffix('\n').unwrap_or(&printed).to_owned()))
        }
        Some(1) => Ok(None),
        _ => bail!("`git {}` failed: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr).trim()),
    }
}

/// How the user wants conflicts to be shown: `merge.conflictStyle`, by default and in doubt git's own default.
pub(super) fn conflict_style() -> ConflictStyle {
    match ask(&["config", "--get", "merge.conflictStyle"]).ok().flatten().as_deref() {
        Some("diff3") => ConflictStyle::Diff3,
        Some("zdiff3") => ConflictStyle::ZDiff3,
        _ => ConflictStyle::Merge,
    }
}
