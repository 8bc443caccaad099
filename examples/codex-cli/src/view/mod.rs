//! What people see.

use std::sync::OnceLock;

mod advice;
mod analyze;
mod check;
mod describe;
mod progress;
mod report;
mod status;

pub(crate) use advice::in_short;
pub(crate) use analyze::analysis;
pub(crate) use check::{dry_run, open_overlaps, overlaps, plan_json};
pub(crate) use describe::describe;
pub(crate) use progress::Progress;
pub(crate) use report::report;
pub(crate) use status::status;

static PROGRAM: OnceLock<&'static str> = OnceLock::new();

/// Says how this program was called, for what it tells people to type.
pub(crate) fn called_as(program: &'static str) {
    // It is called once; were it twice, the first would hold.
    let _ = PROGRAM.set(program);
}

/// How to call this program's verbs.
pub(crate) fn program() -> &'static str {
    PROGRAM.get().copied().unwrap_or("codex workflow")
}

/// A text of an agent or a command without what would steer a terminal.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c }).collect()
}
