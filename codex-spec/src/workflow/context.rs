//! What all agents are given.

use serde::{Deserialize, Serialize};

/// The repository and its branches: the section `context`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// Path of the repository. Default: the repository that holds the folder the host was called in.
    pub repository: Option<String>,
    /// The branch from which agents start. Default: the branch that is checked out.
    pub base_branch: Option<String>,
    /// The branch on which the result lands. Default: `codex/` and the workflow's name.
    pub feature_branch: Option<String>,
    /// Files with the contracts between agents; every agent may read them.
    /// Written as one path or as a list.
    pub shared_interfaces: Vec<String>,
}

/// The section `broadcast_context`: what all agents of a broadcast examine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroadcastContext {
    /// Path patterns of the files.
    pub files: Vec<String>,
    /// Whether agents may only read. Default: true.
    pub read_only: bool,
}

/// The section `shared_context`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedContext {
    /// Paths of files that are read once, before agents start. Grants no access. Default: none.
    pub pre_cache: Vec<String>,
}
