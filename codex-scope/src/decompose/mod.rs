//! Dividing a repository among agents: files and what they need in, groups with scopes that cannot overlap out.
//!
//! A [`Graph`] holds paths and which of them needs which: imports, foreign keys, anything of that kind. Three questions
//! are answered on it, each by one function.
//!
//! * **Who gets what?** [`group`] divides the paths into balanced groups: files of one folder stay together, then files
//!   that need each other, and files that need each other in a circle always do.
//! * **In which order?** A file is ready when all that it needs is done or in its own group. [`blockers`] says what a
//!   file waits for, [`waves`] puts all files in order by that rule.
//! * **What may each write?** [`scopes`] writes the patterns of each group: folders where a group has a folder to
//!   itself, so that files which are yet to be written have an owner too, single paths where it has not. No path,
//!   existing or not, is matched by two groups.
//!
//! ```
//! use codex_scope::decompose::{Graph, GroupOptions, group, scopes, waves};
//!
//! let graph = Graph::new(
//!     ["src/api/client.ts", "src/api/orders.ts", "src/cart/cart.ts", "src/cart/total.ts"],
//!     [
//!         ("src/api/orders.ts", "src/api/client.ts"),
//!         ("src/cart/cart.ts", "src/cart/total.ts"),
//!         ("src/cart/total.ts", "src/cart/cart.ts"),
//!         ("src/cart/cart.ts", "src/api/orders.ts"),
//!     ],
//! );
//! let groups = group(&graph, &GroupOptions { max_files: Some(2), ..GroupOptions::default() });
//! let members: Vec<Vec<usize>> = groups.iter().map(|group| group.members.clone()).collect();
//! assert_eq!(members, [[0, 1], [2, 3]]);
//!
//! let order = waves(&graph, &members)?;
//! assert_eq!(order, [vec![0, 1, 3], vec![2]], "the cart itself needs the orders of the other group");
//!
//! let paths: Vec<Vec<&[u8]>> = members.iter().map(|group| graph.paths_of(group)).collect();
//! let scopes = scopes(&paths, &[], &[])?;
//! assert_eq!(scopes[0].patterns, ["src/api/"]);
//! assert_eq!(scopes[1].patterns, ["src/cart/"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Nothing here looks at a file: the caller reads what needs what. All answers depend on the input alone, and not on
//! the order in which paths and edges are given.

mod components;
mod folders;
mod graph;
mod grouping;
mod merging;
mod ready;
mod scopes;
mod trie;
mod written;

pub use graph::Graph;
pub use grouping::{Group, GroupOptions, group};
pub use ready::{Stuck, blockers, waves};
pub use scopes::{Contested, GroupScope, scopes};
pub use written::{folder_pattern, path_pattern};
