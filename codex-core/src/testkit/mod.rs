//! For hosts and adapters that want to be tested: a scripted executor and one conformance suite a port.
//!
//! A suite returns the first promise that an adapter breaks, so that it can be run in any test framework:
//!
//! ```
//! use codex_core::adapter::memory::MemoryJournal;
//! codex_core::testkit::journal(&MemoryJournal::new()).expect("keeps the journal's promises");
//! ```
#![allow(clippy::missing_errors_doc, reason = "every suite's error is the promise that was broken")]

mod agents;
mod journal;
mod repository;
mod runtime;
mod scripted;
mod workspace;

pub use agents::{executor, model, task};
pub use journal::journal;
pub use repository::repository;
pub use runtime::{commands, runtime};
pub use scripted::{Script, ScriptedExecutor};
pub use workspace::workspaces;

/// A promise of a port that an adapter does not keep.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("broken promise: {0}")]
pub struct Broken(String);

type Suite = Result<(), Broken>;

fn promise(kept: bool, what: &str) -> Suite {
    if kept { Ok(()) } else { Err(Broken(what.to_owned())) }
}

fn works<T, E: std::fmt::Display>(result: Result<T, E>, what: &str) -> Result<T, Broken> {
    result.map_err(|error| Broken(format!("{what}: {error}")))
}
