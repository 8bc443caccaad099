//! The estimator that goes by scope, files and instructions.

use super::instructions::{self, Asked};
use super::sketch::Sketch;
use super::{Estimate, EstimatePart, Estimator};
use crate::analyze::facts::AgentFacts;

/// Estimates by what an agent may write, what is there, and what its instructions name.
///
/// An agent is taken to write
///
/// * each file that its scope names and that does not exist, at the size that such files have nearby: the median of the
///   nearest three or more with the same ending that it can see, else [`file_lines`](ScopeEstimator::file_lines);
/// * a file of that kind for each class, component or table that the instructions name and no file is named after, for
///   each file that they name by its path, and for each folder of its scope in which nothing is and nothing was found
///   for;
/// * a share of each existing file that its scope names;
/// * a few lines for each function, endpoint and demand of the instructions;
/// * instead of all that but the files that its scope names, a share of everything that exists in its scope if the
///   instructions begin a sentence with a word such as "migrate" or "refactor".
///
/// An agent without a write scope writes a report, and takes time to read.
///
/// Every part says where its number comes from ([`Estimate::parts`]). **The fields are assumptions, not measurements**:
/// they say how agents compare with each other rather than what one will do. The factors of a
/// [`Calibration`](crate::analyze::Calibration) are what ties them to what agents did in this repository.
///
/// ```
/// use std::sync::Arc;
///
/// use codex_core::Scope;
/// use codex_core::analyze::{AgentFacts, Estimator, ScopeEstimator};
/// use codex_scope::PatternSet;
///
/// let write = PatternSet::parse(["src/components/payments/"])?;
/// let estimate = ScopeEstimator::default().estimate(&AgentFacts {
///     instructions: "Components required: PaymentForm, PaymentMethodSelector.".to_owned(),
///     scope: Arc::new(Scope::new(PatternSet::empty(), write)),
///     ..AgentFacts::default()
/// });
/// assert_eq!(estimate.lines, 160);
/// assert_eq!(
///     estimate.parts[0].basis,
///     "2 names (PaymentForm, PaymentMethodSelector) in src/components/payments/, a new file each: taken for 80 lines, \
///      as there are no files like it to go by",
/// );
/// # Ok::<(), codex_scope::SetError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScopeEstimator {
    /// Lines that an agent writes in a minute (default 44).
    pub lines_per_minute: u64,
    /// Lines that an agent without a write scope reads in a minute (default 2,000).
    pub read_lines_per_minute: u64,
    /// What passes before an agent writes anything, in milliseconds (default 30,000).
    pub start_millis: u64,
    /// How long the command of one criterion runs, in milliseconds (default 15,000).
    pub command_millis: u64,
    /// Lines of a new file where there is nothing to compare it with (default 80).
    pub file_lines: u64,
    /// Lines of a function or a field that the instructions name (default 15).
    pub member_lines: u64,
    /// Lines of an endpoint, or of a demand without any name (default 20).
    pub demand_lines: u64,
    /// How much is added to an existing file that the scope names, in percent of its lines (default 10).
    pub edited_percent: u64,
    /// The least that is added to such a file, in lines (default 5).
    pub least_edit_lines: u64,
    /// How much of what exists is written anew where that is asked for, in percent of the lines (default 40).
    pub rewritten_percent: u64,
    /// Lines of a report, before those for the demands of the instructions (default 40).
    pub report_lines: u64,
}

impl Default for ScopeEstimator {
    fn default() -> ScopeEstimator {
        ScopeEstimator {
            lines_per_minute: 44,
            read_lines_per_minute: 2_000,
            start_millis: 30_000,
            command_millis: 15_000,
            file_lines: 80,
            member_lines: 15,
            demand_lines: 20,
            edited_percent: 10,
            least_edit_lines: 5,
            rewritten_percent: 40,
            report_lines: 40,
        }
    }
}

impl ScopeEstimator {
    /// How long it takes to write so many lines, in milliseconds.
    pub fn work_millis(&self, lines: u64) -> u64 {
        at_rate(lines, self.lines_per_minute)
    }

    fn report(&self, asked: &Asked) -> EstimatePart {
        let lines = self.report_lines.saturating_add(self.demand_lines.saturating_mul(asked.demands));
        let basis = format!("a report, as it may write nothing: {lines} lines");
        EstimatePart { pattern: None, lines, basis }
    }
}

impl Estimator for ScopeEstimator {
    fn estimate(&self, facts: &AgentFacts) -> Estimate {
        let asked = instructions::read(&facts.instructions);
        let writes = !facts.scope.write().patterns().is_empty();
        let mut parts = if writes { Sketch::new(self, facts, &asked).parts() } else { vec![self.report(&asked)] };
        if parts.is_empty() {
            let basis = format!("nothing says how much: taken for one demand, {} lines", self.demand_lines);
            parts.push(EstimatePart { pattern: None, lines: self.demand_lines, basis });
        }
        let lines = parts.iter().fold(0, |sum: u64, part| sum.saturating_add(part.lines));
        let reading = if writes { 0 } else { at_rate(facts.readable_lines(), self.read_lines_per_minute) };
        Estimate {
            lines,
            start_millis: self.start_millis,
            work_millis: self.work_millis(lines).saturating_add(reading),
            check_millis: self.command_millis.saturating_mul(facts.commands as u64),
            parts,
            factors: None,
        }
    }
}

/// How long so many lines take at so many a minute, in milliseconds. A rate of 0 counts as 1.
fn at_rate(lines: u64, per_minute: u64) -> u64 {
    lines.saturating_mul(60_000) / per_minute.max(1)
}
