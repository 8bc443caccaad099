//! What people are told on standard error.

use std::io::Write;
use std::path::Path;

use codex_merge::Merged;

use crate::exit::{self, MergeExit};
use crate::view;

pub(super) fn say(text: &str) {
    // Without a place to print there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "{}", view::plain(text));
}

/// A line for each conflict, and for each thing a person should look at although it is merged.
pub(super) fn answer(path: &Path, merged: &Merged) {
    let path = path.to_string_lossy();
    for conflict in merged.conflicts() {
        say_line(&format!("{path}:{}: {}: {}", conflict.line, conflict.construct, conflict.reason));
    }
    for flag in merged.flags() {
        say_line(&format!("{path}: {flag}"));
    }
}

fn say_line(text: &str) {
    say(&text.replace(['\n', '\t'], " "));
}

/// Tells of an error; gives the exit code that goes with it.
pub(super) fn failed(error: &anyhow::Error) -> MergeExit {
    say(&format!("error: {error:#}"));
    exit::of_merge_error(error)
}
