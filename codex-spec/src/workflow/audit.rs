//! What is recorded for an audit: the section `audit`.

use serde::{Deserialize, Serialize};

use super::choice::choice;

/// The section `audit`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audit {
    /// Whether anything is recorded. Default, if the section is there: true.
    pub enabled: bool,
    /// How much is recorded. Default: summary.
    pub log_level: LogLevel,
    /// Where records go: a path or an address.
    pub log_destination: Option<String>,
    /// How long records are kept, in days. Default: for ever.
    pub retention_days: Option<u32>,
    /// Whether what agents say of their reasons is recorded. Default: false.
    pub include_agent_reasoning: bool,
}

impl Default for Audit {
    fn default() -> Self {
        Self {
            enabled: true,
            log_level: LogLevel::default(),
            log_destination: None,
            retention_days: None,
            include_agent_reasoning: false,
        }
    }
}

choice! {
    /// How much is recorded.
    #[derive(Default)]
    pub enum LogLevel {
        /// What agents did, summed up.
        #[default]
        Summary = "summary",
        /// Every file that is read or written.
        Full = "full",
    }
}
