//! `merge-driver`: what git calls for one file, and the verbs that make it do so.

use std::borrow::Cow;
use std::ffi::OsString;

use codex_merge::{ConflictStyle, Markers, Options, Order};

use super::arguments::DriverArguments;
use super::versions::Versions;
use super::{git, install, output, tell};
use crate::exit::{MergeExit, usage};

/// Merges one file for git, or sets git up.
pub(crate) fn merge_driver(arguments: &DriverArguments) -> MergeExit {
    let done = match (arguments.install, arguments.uninstall) {
        (true, _) => install::install(arguments.global, arguments.attributes),
        (false, true) => install::uninstall(arguments.global),
        (false, false) => {
            return try_merge(arguments).unwrap_or_else(|error| {
                tell::failed(&error);
                MergeExit::DriverFailed
            });
        }
    };
    match done {
        Ok(()) => MergeExit::Clean,
        Err(error) => tell::failed(&error),
    }
}

fn try_merge(arguments: &DriverArguments) -> anyhow::Result<MergeExit> {
    let DriverArguments { base, current, other, path, marker_size, labels, .. } = arguments;
    let (Some(base), Some(current), Some(other), Some(path), Some(size)) = (base, current, other, path, marker_size)
    else {
        return Err(usage("a driver is called with %O %A %B %P %L: see `codex merge-driver --help`"));
    };
    let versions = Versions::read(base, [current.as_path(), other.as_path()])?;
    let merged = versions.merge(path, &Options::default().with_order(Order::Side))?;
    // Asking git starts a process, so only if it shows.
    let style = if merged.is_clean() { ConflictStyle::default() } else { git::conflict_style() };
    let names = [label(labels.get(1), "%X", "ours"), label(labels.get(2), "%Y", "theirs")];
    let labels: Vec<&str> = names.iter().map(|name| &**name).collect();
    let content = versions.content(&merged, &Markers { style, size: usize::from(*size), labels: &labels });
    output::stage(current, &content)?.put()?;
    tell::answer(path, &merged);
    Ok(if merged.is_clean() { MergeExit::Clean } else { MergeExit::Conflicts })
}

/// What git calls a version. Where it has no name it gives nothing; where it does not know the placeholder, that itself.
fn label<'a>(given: Option<&'a OsString>, placeholder: &str, otherwise: &'a str) -> Cow<'a, str> {
    match given.map(|label| label.to_string_lossy()) {
        Some(label) if !label.is_empty() && label != placeholder => label,
        _ => Cow::Borrowed(otherwise),
    }
}
