//! What a run will probably take, told before anything is paid for.
//!
//! [`analyze`] estimates how many lines each agent of a plan will write and how long that takes, runs the plan on a
//! [schedule](TaskGraph::schedule), marks [bottlenecks], says how to divide them and what that would save, and whether
//! one agent would be the better choice. [`Engine::analyze`](crate::Engine::analyze) is the same for a host with an
//! engine.
//!
//! ```
//! use codex_core::adapter::memory::{MemoryJournal, MemoryRepository};
//! use codex_core::analyze::{AnalyzeOptions, Bottleneck, Recommendation, analyze};
//! use codex_core::plan::{PlanRequest, check};
//!
//! let repository = MemoryRepository::with_files([("README.md", "shop\n")])?;
//! let workflow = "
//! name: cart
//! agents:
//!   - { id: schema, scope: { write: [db/] }, instructions: 'Create the tables cart_items and carts.' }
//!   - { id: pages, scope: { write: [web/] }, instructions: 'Make CartPage, CartList and CartBadge.' }
//!   - id: tests
//!     scope: { write: [spec/models/, spec/requests/, tests/pages/, tests/store/] }
//!     instructions: 'Cover: empty carts, full carts, carts of strangers, carts that were paid, returned carts.'
//! ";
//! let checked = check(repository.as_ref(), workflow.as_bytes(), &PlanRequest::default())?;
//! let plan = checked.plan.ok_or("the workflow has errors")?;
//! let analysis = analyze(repository.as_ref(), &MemoryJournal::new(), &plan, &AnalyzeOptions::default())?;
//!
//! assert_eq!(analysis.width, 3);
//! assert_eq!(analysis.agents[2].bottleneck, Some(Bottleneck::Definite));
//! let Some(Recommendation::Split(split)) = analysis.recommendations.first() else { panic!("nothing to divide") };
//! assert_eq!(split.parts[0].id, "tests-spec");
//! assert_eq!(split.parts[1].write, ["tests/pages/", "tests/store/"]);
//! assert!(split.makespan_millis < analysis.makespan_millis);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where the numbers come from
//!
//! * **Estimates** come from an [`Estimator`]. The one used if a host gives none, [`ScopeEstimator`], says of every
//!   number where it is from; what it assumes was not measured.
//! * **Calibration.** The latest runs in the journal are estimated anew, each from the commit that it started from, and
//!   compared with what its agents did. The medians multiply the estimates ([`Calibration`]): those of agents of the
//!   same model and role, if there are at least [`LEAST_AGENTS`], else those of the same model, else all. Until then
//!   the numbers say how agents compare with each other, not what a clock will show.
//! * **The schedule** starts agents as a [run](crate::run::Machine) does: priorities first, then the order of the file,
//!   as soon as there is a slot and everything is done that `depends_on` names. A checkpoint is taken to be reached
//!   when its agent has written everything; criteria may then still run.
//! * **Divisions** of a write scope are [proven](split_scope) to share no path.
//!
//! The modules here are pure but for reading snapshots and journals through their ports. How many files are listed and
//! read is bounded; past that the mean of the others stands for them.

mod analysis;
mod bottleneck;
mod calibration;
mod error;
mod estimate;
mod facts;
mod history;
mod overheads;
mod recommendation;
mod schedule;
mod split;
mod survey;
mod worth;

pub use analysis::{AgentAnalysis, Analysis, AnalyzeOptions, Caveat, Grounds, SpeedUp, analyze};
pub use bottleneck::{Bottleneck, bottlenecks};
pub use calibration::{Calibration, Factors, Group, LEAST_AGENTS, Ratio, Sample};
pub use error::AnalyzeError;
pub use estimate::{Estimate, EstimatePart, Estimator, ScopeEstimator};
pub use facts::{AgentFacts, FileFacts};
pub use history::{History, SkippedRun};
pub use overheads::{Landing, Overheads};
pub use recommendation::{Recommendation, Split, SplitPart};
pub use schedule::{CriticalPath, Gate, GraphError, Opens, Schedule, StartOrder, Task, TaskGraph};
pub use split::{NoSplit, ScopePart, split_scope};
pub use survey::Survey;
pub use worth::{OneAgent, Worth};
