//! How much an agent will write and how long that takes, before it runs.

mod instructions;
mod scope;
mod sketch;
mod typical;

use serde::Serialize;

pub use scope::ScopeEstimator;

use super::calibration::Factors;
use super::facts::AgentFacts;

/// Says how much an agent will probably write, and how long that takes.
///
/// [`ScopeEstimator`] is the one that is used if the host gives none. One of your own:
///
/// ```
/// use codex_core::analyze::{AgentFacts, Estimate, Estimator};
///
/// /// A hundred lines for each criterion, at two seconds a line.
/// struct ByCriteria;
///
/// impl Estimator for ByCriteria {
///     fn estimate(&self, facts: &AgentFacts) -> Estimate {
///         let lines = 100 * (facts.commands + facts.judged) as u64;
///         Estimate { lines, work_millis: 2_000 * lines, ..Estimate::default() }
///     }
/// }
/// # assert_eq!(ByCriteria.estimate(&AgentFacts { commands: 3, ..AgentFacts::default() }).lines, 300);
/// ```
pub trait Estimator: Send + Sync + 'static {
    /// The estimate of one agent. The same facts give the same estimate.
    fn estimate(&self, facts: &AgentFacts) -> Estimate;

    /// Whether the estimates are to be multiplied by how much earlier runs differed from what this estimator says of
    /// them. Default: yes.
    fn calibrates(&self) -> bool {
        true
    }
}

/// What an agent will probably write, and how long it takes.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Estimate {
    /// Lines that it adds.
    pub lines: u64,
    /// What passes before it writes anything, in milliseconds: its workspace is made, it reads. Each part of an agent
    /// that is split needs as much.
    pub start_millis: u64,
    /// How long it writes, in milliseconds.
    pub work_millis: u64,
    /// How long its criteria run, in milliseconds.
    pub check_millis: u64,
    /// What `lines` is made of, before any factor. Empty if the estimator does not say.
    pub parts: Vec<EstimatePart>,
    /// By how much the numbers were multiplied to fit earlier runs; `None` if there are too few.
    pub factors: Option<Factors>,
}

impl Estimate {
    /// The time until its files are written, in milliseconds.
    pub fn written_millis(&self) -> u64 {
        self.start_millis.saturating_add(self.work_millis)
    }

    /// The time until it is done and judged, in milliseconds.
    pub fn total_millis(&self) -> u64 {
        self.written_millis().saturating_add(self.check_millis)
    }
}

/// A part of an estimate, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EstimatePart {
    /// The pattern of the write scope that it falls to, as the workflow writes it; `None` for no one in particular.
    pub pattern: Option<String>,
    /// Lines.
    pub lines: u64,
    /// Where the number comes from, for people.
    pub basis: String,
}
