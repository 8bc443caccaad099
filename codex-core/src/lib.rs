//! The engine of Codex.

pub mod adapter;
pub mod agent;
pub mod engine;
pub mod id;
pub mod journal;
mod land;
mod limits;
pub mod path;
pub mod plan;
pub mod port;
pub mod report;
pub mod run;
mod sync;
#[cfg(feature = "testkit")]
pub mod testkit;
pub mod tree;

pub use codex_merge::{Change, Changes, Entry, Mode};
pub use codex_scope::{Pattern, Scope};
pub use engine::{
    BuildError, DecisionInput, Driver, Engine, EngineError, Land, ResumeOptions, RunEvent, RunHandle, Seq, StartOptions,
};
pub use id::{ObjectId, RunId, Timestamp};
pub use limits::Limits;
pub use path::RepoPath;
pub use plan::Checked;
pub use report::RunReport;
pub use run::{AgentOutcome, Outcome, WaitingFor};
