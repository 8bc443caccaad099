//! Which task runs when, and what keeps all of them from being done sooner.
//!
//! ```
//! use codex_core::analyze::{Gate, Opens, StartOrder, Task, TaskGraph};
//!
//! let task = |id: &str, minutes: u64| Task { id: id.to_owned(), work_millis: minutes * 60_000, ..Task::default() };
//! let behind_first = Gate { task: 0, opens: Opens::Complete };
//! let tasks = [task("schema", 3), Task { after: vec![behind_first], ..task("service", 9) }, task("pages", 10)];
//! let graph = TaskGraph::new(&tasks)?;
//!
//! assert_eq!(graph.width(), 2);
//! assert_eq!(graph.critical_path().tasks, [0, 1]);
//! assert_eq!(graph.schedule(2, StartOrder::File).makespan_millis, 12 * 60_000);
//! assert_eq!(graph.schedule(1, StartOrder::File).makespan_millis, 22 * 60_000);
//! # Ok::<(), codex_core::analyze::GraphError>(())
//! ```

mod graph;
mod list;
mod width;

pub use graph::{CriticalPath, Gate, GraphError, Opens, Task, TaskGraph};
pub use list::{Schedule, StartOrder};
