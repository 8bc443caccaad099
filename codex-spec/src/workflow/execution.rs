//! What runs when: the sections `execution` and `orchestration`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::choice::choice;

/// The section `execution`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Execution {
    /// How many agents run at once, from 1 to 1000. Default: 6.
    pub max_concurrent_agents: u32,
    /// Which agents go first when not all can run: the higher number. Default: 0 for each.
    pub agent_priority: BTreeMap<String, i64>,
    /// How agents and commands are confined. Default: auto.
    pub sandbox: Sandbox,
}

choice! {
    /// How agents and commands are confined.
    #[derive(Default)]
    pub enum Sandbox {
        /// As well as the system allows; the report says what is not held.
        #[default]
        Auto = "auto",
        /// Completely, or nothing starts.
        Required = "required",
    }
}

impl Default for Execution {
    fn default() -> Self {
        Self { max_concurrent_agents: 6, agent_priority: BTreeMap::new(), sandbox: Sandbox::default() }
    }
}

/// The section `orchestration`: workers that are started while the workflow runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orchestration {
    /// How work is divided. Default: hierarchical.
    pub mode: OrchestrationMode,
    /// How many workers run at once. Default: no limit of its own.
    pub max_worker_agents: Option<u32>,
    /// The model of workers whose template names none.
    pub worker_model: Option<String>,
    /// The most files in one assignment. Default: no limit.
    pub max_files_per_worker: Option<u32>,
}

choice! {
    /// How work is divided.
    #[derive(Default)]
    pub enum OrchestrationMode {
        /// An orchestrator assigns parts to workers.
        #[default]
        Hierarchical = "hierarchical",
    }
}
