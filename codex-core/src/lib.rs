//! The engine of Codex: runs several coding agents at once on one repository and lands their work as one result.
//!
//! A host builds an [`Engine`] from adapters, has it [check](Engine::check) a workflow file, and
//! [starts](Engine::start) a run. What it gets back is a [`RunHandle`] to watch and steer the run, and a [`Driver`],
//! a future to poll to its end on any runtime. The engine makes an isolated checkout for each agent, holds what the
//! agent changed against its scope, judges it by its criteria, merges all results at once, judges the merged tree
//! again and puts commits on the feature branch, which moves once, at the end.
//!
//! # A whole run
//!
//! In memory and in virtual time, with agents that write one file each. A real host takes a repository, workspaces, a
//! journal and a runtime from [`adapter`] instead, and an executor that drives a model or a program.
//!
//! ```
//! use async_trait::async_trait;
//! use codex_core::adapter::memory::{InlineOffload, MemoryRepository, VirtualTime};
//! use codex_core::port::{AgentExecutor, AgentReply, AgentTask, Failure, FailureKind};
//! use codex_core::{Engine, Outcome, RepoPath, StartOptions};
//!
//! struct Writer;
//!
//! #[async_trait]
//! impl AgentExecutor for Writer {
//!     async fn run(&self, task: AgentTask) -> Result<AgentReply, Failure> {
//!         let path = RepoPath::new(format!("{}/notes.txt", task.agent))
//!             .map_err(|error| Failure::new(FailureKind::Crash, error.to_string()))?;
//!         task.workspace
//!             .write(&path, task.instructions.as_bytes())
//!             .map_err(|error| Failure::new(FailureKind::Workspace, error.to_string()))?;
//!         Ok(AgentReply::new("wrote my notes"))
//!     }
//!
//!     fn confined(&self) -> bool {
//!         true // it starts no process
//!     }
//! }
//!
//! let workflow = r#"
//! name: notes
//! agents:
//!   - { id: left, instructions: First., scope: { write: [left/] } }
//!   - { id: right, instructions: Second., scope: { write: [right/] } }
//! "#;
//!
//! let time = VirtualTime::new();
//! let repository = MemoryRepository::with_files([("README.md", "notes\n")])?;
//! let engine = Engine::builder()
//!     .repository(repository.clone())
//!     .clock(time.clone())
//!     .offload(InlineOffload)
//!     .default_executor(Writer)
//!     .build()?;
//!
//! let report = time.run(async {
//!     let checked = engine.check(workflow).await?;
//!     let (_run, driver) = engine.start(checked, StartOptions::default()).await?;
//!     driver.await
//! });
//! let report = report.ok_or("the run waits for nothing")??;
//!
//! assert!(matches!(report.outcome, Some(Outcome::Landed { .. })));
//! assert_eq!(repository.read("codex/notes", "left/notes.txt").as_deref(), Some("First."));
//! assert_eq!(repository.read("codex/notes", "right/notes.txt").as_deref(), Some("Second."));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Watching a run
//!
//! [`RunHandle::events`] is a stream of all that has happened and will: [`RunEvent::Run`] for facts of the run, as
//! its journal has them, and [`RunEvent::Agent`] for what agents do. A slow reader never slows the run. The stream
//! ends with the driver.
//!
//! ```
//! use codex_core::{RunEvent, RunHandle, Seq};
//! use futures::StreamExt;
//!
//! async fn watch(run: RunHandle) {
//!     let mut events = run.events(Seq::START);
//!     while let Some(event) = events.next().await {
//!         match event {
//!             RunEvent::Run(record) => println!("{} {:?}", record.seq, record.event),
//!             RunEvent::Agent(record) => println!("{}: {:?}", record.agent, record.event),
//!         }
//!     }
//! }
//! ```
//!
//! [`Engine::report`] says where a run stands by its journal, also while another process drives it, and
//! [`Engine::runs`] lists all of them. The engine also emits spans and events of the crate `tracing`.
//!
//! # Decisions
//!
//! A run that needs a person ends [waiting](Outcome::Waiting), for one of three reasons ([`WaitingFor`]): a conflict,
//! an approval, a merged tree that did not pass. It can wait for days; nothing is held meanwhile. A [`DecisionInput`]
//! settles it: approve what was merged and judged, take one agent's text at a path, use a content of one's own, leave
//! an agent out, or abort. What a decision changes is merged and judged anew; a conflict can't be approved, and
//! neither can a tree that did not pass.
//!
//! ```
//! use codex_core::{DecisionInput, Engine, EngineError, RepoPath, ResumeOptions, RunId, RunReport};
//!
//! async fn take(engine: &Engine, run: &RunId, agent: &str, path: RepoPath) -> Result<RunReport, EngineError> {
//!     let mut options = ResumeOptions::default();
//!     options.decisions = vec![DecisionInput::Take { agent: agent.to_owned(), path }];
//!     let (_run, driver) = engine.resume(run, options).await?;
//!     driver.await
//! }
//! ```
//!
//! A host that stays can start a run with [`StartOptions::stay`] and use [`RunHandle::decide`] instead.
//! [`Engine::resume`] is also how a run goes on whose process was killed.
//!
//! # Features
//!
//! None is on by default. The adapters in [`adapter::memory`] are always there.
//!
//! | feature | brings |
//! |---|---|
//! | `git` | `adapter::git`: repositories through the `git` program (Unix) |
//! | `directory` | `adapter::directory`: workspaces and checkouts as folders (Unix) |
//! | `process` | `adapter::process`: commands as child processes, not confined (Unix) |
//! | `jsonl` | `adapter::jsonl`: journals as files of JSON lines |
//! | `command` | `adapter::command`: agents that are programs; with `process` and `directory` |
//! | `tool-loop` | `agent::ToolLoop`: agents that are a model with tools |
//! | `recorded` | `adapter::recorded`: model turns from a recording |
//! | `tokio` | `adapter::tokio`: time and blocking work on a tokio runtime |
//! | `smol` | `adapter::smol`: the same without any runtime |
//! | `testkit` | `testkit`: conformance suites for adapters of your own, scripted agents |
//! | `full` | all of these |
//!
//! # Errors
//!
//! An [`EngineError`] means that the engine could not do what it was asked or keep its promises: the workflow is
//! invalid, the journal can't be written, the repository failed. An agent that failed, a criterion that did not pass
//! or a conflict is no error but a part of the [`RunReport`]. The journal keeps what happened before an error, and the
//! run can be resumed once its reason is gone.
//!
//! Errors and outcomes are closed to matching from outside (`#[non_exhaustive]`) where they may grow. The crate has
//! no exit codes and no texts for terminals beyond one sentence an error; hosts make them.

pub mod adapter;
pub mod agent;
pub mod analyze;
pub mod decompose;
pub mod engine;
pub mod id;
pub mod journal;
mod land;
mod limits;
pub mod path;
pub mod plan;
pub mod port;
mod redact;
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

#[cfg(all(doctest, feature = "full"))]
#[doc = include_str!("../../README.md")]
struct Readme;
